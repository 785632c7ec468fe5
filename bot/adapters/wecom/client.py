"""Calls to WeCom: one token an app, limits kept to, every outcome told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import httpx

from bot.adapters.channels.calling import Call, Caller, Json, Tally, with_token
from bot.adapters.channels.limits import Windows
from bot.adapters.channels.tokens import Grant, TokenKeeper
from bot.adapters.wecom.answers import MINUTE_S, read
from bot.adapters.wecom.config import CHANNEL, WeComConfig
from bot.core.errors import OutsideServiceError


class WeComClient:
    """One office's app; lives in one event loop.

    A call is `repeatable` when doing it twice is as good as once: what is not known of it then
    counts as not done.
    """

    def __init__(
        self,
        config: WeComConfig,
        http: httpx.AsyncClient,
        clock: Callable[[], float],
        tally: Tally,
    ) -> None:
        self.config = config
        self._tokens = TokenKeeper(self._fetch_token, clock)
        pace = Windows(config.limits.api_per_min, MINUTE_S, clock)
        self._caller = Caller(CHANNEL, http, pace, MINUTE_S, tally)

    async def get(self, path: str, params: Mapping[str, Any], *, api: str) -> dict[str, Any]:
        """Look something up (`user/get`).

        Raises:
            OutsideServiceError: WeCom did not tell.
        """
        return await self._called("GET", path, None, params, api=api, repeatable=True)

    async def post(self, path: str, json: Json, *, api: str, repeatable: bool) -> dict[str, Any]:
        """Call `/cgi-bin/<path>` and return its answer.

        Raises:
            OutsideServiceError: certainly not done. OutcomeUnknownError: perhaps done.
        """
        return await self._called("POST", path, json, {}, api=api, repeatable=repeatable)

    async def by_robot(self, key: str, json: Json) -> dict[str, Any]:
        """Let a group robot speak; raises as `post`."""
        url = f"{self.config.api_url}/cgi-bin/webhook/send"
        call = Call("POST", url, "robot", repeatable=False, json=json, params={"key": key})
        return await self._caller.answered(call, read)

    async def at_address(self, url: str, json: Json) -> dict[str, Any]:
        """Answer where the smart bot's call is to be answered, once; raises as `post`."""
        call = Call("POST", url, "bot.answer", repeatable=False, json=json)
        return await self._caller.answered(call, read)

    async def token(self) -> str:
        """The app's access token."""
        return await self._tokens.token()

    async def _called(
        self,
        method: str,
        path: str,
        json: Json | None,
        params: Mapping[str, Any],
        *,
        api: str,
        repeatable: bool,
    ) -> dict[str, Any]:
        async def once(token: str) -> dict[str, Any]:
            url, given = f"{self.config.api_url}/cgi-bin/{path}", {"access_token": token, **params}
            return await self._caller.answered(
                Call(method, url, api, repeatable, json, given), read
            )

        return await with_token(self._tokens, once)

    async def _fetch_token(self) -> Grant:
        asked = {"corpid": self.config.corp_id, "corpsecret": self.config.app_secret}
        url = f"{self.config.api_url}/cgi-bin/gettoken"
        call = Call("GET", url, "token", repeatable=True, params=asked)
        answer = await self._caller.answered(call, read)
        try:
            return Grant(str(answer["access_token"]), float(answer["expires_in"]))
        except (KeyError, TypeError, ValueError) as error:
            raise OutsideServiceError("wecom_garbled", api="token") from error
