"""Who somebody is in DingTalk: by its login page, which its own browser passes by itself.

Source: DingTalk's pages on signing in to third-party sites: the code is exchanged for a token of
the person's, that for his union id, which the address book has taken over with everybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.loop import LoopThread
from bot.adapters.dingtalk.client import DingTalkClient
from bot.core.errors import NotAllowedError, OutsideServiceError
from bot.core.people import PersonId
from bot.services.storage import UnitOfWorkFactory

REFUSED = "dingtalk_refused"


@dataclass(frozen=True)
class DingTalkIdentity:
    """The `Identity` of one office on DingTalk."""

    client: DingTalkClient
    loop: LoopThread
    unit_of_work: UnitOfWorkFactory

    @property
    def public_url(self) -> str:
        """See `Identity`."""
        return self.client.config.public_url.rstrip("/")

    def address(self, back: str, state: str, agent: str) -> str:
        """See `Identity`."""
        asked = {
            "redirect_uri": back,
            "response_type": "code",
            "client_id": self.client.config.app_key,
            "scope": "openid corpid",
            "state": state,
            "prompt": "consent",
            "corpId": self.client.config.corp_id,
        }
        return f"{self.client.config.login_url}?{urlencode(asked)}"

    def person(self, code: str) -> PersonId:
        """See `Identity`."""
        told, config = self._told(code), self.client.config
        union_id = told.get("unionId")
        if told.get("corpId") not in (None, "", config.corp_id):
            raise NotAllowedError("sign_in_refused")
        with self.unit_of_work() as uow:
            accounts = uow.accounts.listing(config.org)
        found = [
            each for each in accounts if each.active and union_id and each.union_id == union_id
        ]
        if len(found) != 1:
            raise NotAllowedError("sign_in_refused")
        return found[0].person

    def _told(self, code: str) -> dict[str, Any]:
        try:
            return self.loop.run(self.client.user_of(code), LONGEST_CALL_S)
        except OutsideServiceError as error:
            if error.code == REFUSED:
                raise NotAllowedError("sign_in_refused") from error
            raise
