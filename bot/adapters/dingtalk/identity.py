"""Who somebody is in DingTalk: by its login page, which its own browser passes by itself.

Source: DingTalk's pages on signing in to third-party sites: the code is exchanged for a token of
the person's, that for his union id, and that for his id in the company (`user/getbyunionid`).
"""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.loop import LoopThread
from bot.adapters.dingtalk.client import DingTalkClient
from bot.core.errors import NotAllowedError, OutsideServiceError
from bot.core.people import PersonId

REFUSED = "dingtalk_refused"
BY_UNION_ID, COLLEAGUE = "/topapi/user/getbyunionid", 0  # 1: a contact outside


@dataclass(frozen=True)
class DingTalkIdentity:
    """The `Identity` of one office on DingTalk."""

    client: DingTalkClient
    loop: LoopThread

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
        told, config = self._told(self.client.user_of(code)), self.client.config
        if not told.get("unionId") or told.get("corpId") not in (None, "", config.corp_id):
            raise NotAllowedError("sign_in_refused")
        asked = {"unionid": told["unionId"]}
        call = self.client.oapi(BY_UNION_ID, asked, api="sign_in", repeatable=True)
        found = self._told(call).get("result") or {}
        if found.get("contact_type") != COLLEAGUE or not found.get("userid"):
            raise NotAllowedError("sign_in_refused")
        return config.person(str(found["userid"]))

    def _told(self, call: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
        try:
            return self.loop.run(call, LONGEST_CALL_S)
        except OutsideServiceError as error:
            if error.code == REFUSED:
                raise NotAllowedError("sign_in_refused") from error
            raise
