"""Who somebody is in WeCom: by OAuth inside its app, by its own page in other browsers.

Source: WeCom's pages 91022 (address), 98152 (login page), 91023 (`auth/getuserinfo`).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.loop import LoopThread
from bot.adapters.wecom.answers import REFUSED
from bot.adapters.wecom.client import WeComClient
from bot.core.errors import NotAllowedError, OutsideServiceError
from bot.core.people import PersonId

OWN_BROWSER = "wxwork"


@dataclass(frozen=True)
class WeComIdentity:
    """The `Identity` of one office on WeCom."""

    client: WeComClient
    loop: LoopThread

    @property
    def public_url(self) -> str:
        """See `Identity`."""
        return self.client.config.public_url.rstrip("/")

    def address(self, back: str, state: str, agent: str) -> str:
        """See `Identity`."""
        config = self.client.config
        asked = {"appid": config.corp_id, "redirect_uri": back, "state": state}
        if OWN_BROWSER in agent.lower():
            asked |= {"response_type": "code", "scope": "snsapi_base"}
            query = urlencode(asked | {"agentid": config.agent_id})
            return f"{config.oauth_url}?{query}#wechat_redirect"
        query = urlencode(asked | {"login_type": "CorpApp", "agentid": config.agent_id})
        return f"{config.login_url}?{query}"

    def person(self, code: str) -> PersonId:
        """See `Identity`."""
        call = self.client.get("auth/getuserinfo", {"code": code}, api="sign_in")
        try:
            told = self.loop.run(call, LONGEST_CALL_S)
        except OutsideServiceError as error:
            if error.code == REFUSED:
                raise NotAllowedError("sign_in_refused") from error
            raise
        userid = told.get("userid") or told.get("UserId")
        if not isinstance(userid, str) or not userid:  # an openid: somebody outside
            raise NotAllowedError("sign_in_refused")
        return self.client.config.person(userid)
