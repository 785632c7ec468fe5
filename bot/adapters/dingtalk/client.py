"""Calls to DingTalk: one token, two APIs, limits kept to, every outcome told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.adapters.channels.calling import Call, Caller, Json, Tally, with_token
from bot.adapters.channels.limits import Windows
from bot.adapters.channels.tokens import Grant, TokenKeeper
from bot.adapters.dingtalk.answers import BUSY_S, read_new, read_old
from bot.adapters.dingtalk.config import CHANNEL, DingTalkConfig
from bot.core.errors import OutsideServiceError

TOKEN_HEADER = "x-acs-dingtalk-access-token"  # noqa: S105 (the name of a header)
OWN_HOSTS = ".dingtalk.com"


class DingTalkClient:
    """One office's app; lives in one event loop.

    A call is `repeatable` when doing it twice is as good as once: what is not known of it then
    counts as not done.
    """

    def __init__(
        self,
        config: DingTalkConfig,
        http: httpx.AsyncClient,
        clock: Callable[[], float],
        tally: Tally,
    ) -> None:
        self.config = config
        self._tally = tally
        self._tokens = TokenKeeper(self._fetch_token, clock)
        pace = Windows(config.limits.api_per_s, 1.0, clock)
        self._caller = Caller(CHANNEL, http, pace, BUSY_S, tally)

    async def call(
        self,
        method: str,
        path: str,
        json: Json | None = None,
        params: Mapping[str, Any] | None = None,
        *,
        api: str,
        repeatable: bool,
    ) -> dict[str, Any]:
        """Call the new API (`/v1.0/...`) and return its answer.

        Raises:
            OutsideServiceError: certainly not done. OutcomeUnknownError: perhaps done.
        """

        async def once(token: str) -> dict[str, Any]:
            url, headers = self.config.api_url + path, {TOKEN_HEADER: token}
            call = Call(method, url, api, repeatable, json, params, headers)
            return await self._caller.answered(call, read_new)

        return await with_token(self._tokens, once)

    async def oapi(
        self, path: str, json: Json | None = None, *, api: str, repeatable: bool
    ) -> dict[str, Any]:
        """Call the old API (`/topapi/...`) and return its answer; raises as `call`."""

        async def once(token: str) -> dict[str, Any]:
            url, params = self.config.oapi_url + path, {"access_token": token}
            call = Call("POST", url, api, repeatable, json or {}, params)
            return await self._caller.answered(call, read_old)

        return await with_token(self._tokens, once)

    async def answer_session(self, webhook: str, json: Json) -> None:
        """Answer by the webhook that came with a message; raises as `call`."""
        call = Call("POST", webhook, "session", repeatable=False, json=json)
        await self._caller.answered(call, read_old)

    async def user_of(self, code: str) -> dict[str, Any]:
        """Who signed in with a code: his own record, and the company he chose; raises as `call`."""
        config, urls = self.config, self.config.api_url
        asked = {
            "clientId": config.app_key,
            "clientSecret": config.app_secret,
            "code": code,
            "grantType": "authorization_code",
        }
        url = f"{urls}/v1.0/oauth2/userAccessToken"
        given = await self._caller.answered(
            Call("POST", url, "sign_in", repeatable=True, json=asked), read_new
        )
        headers = {TOKEN_HEADER: str(given.get("accessToken", ""))}
        url = f"{urls}/v1.0/contact/users/me"
        call = Call("GET", url, "sign_in", repeatable=True, headers=headers)
        return {"corpId": given.get("corpId")} | await self._caller.answered(call, read_new)

    def is_own(self, address: str) -> bool:
        """Whether an address that came with a message is DingTalk's: messages can be forged."""
        parts, known = urlsplit(address), urlsplit(self.config.oapi_url)
        if (parts.scheme, parts.netloc) == (known.scheme, known.netloc):
            return True
        return parts.scheme == "https" and (parts.hostname or "").endswith(OWN_HOSTS)

    async def token(self) -> str:
        """The app's access token, for libraries that want it themselves."""
        return await self._tokens.token()

    def count(self, api: str) -> None:
        """Count a call that such a library makes."""
        self._tally(api)

    def token_refused(self, token: str) -> None:
        """Such a library was told that the token is not good: the next one is fetched anew."""
        self._tokens.refused(token)

    async def _fetch_token(self) -> Grant:
        body = {"appKey": self.config.app_key, "appSecret": self.config.app_secret}
        url = f"{self.config.api_url}/v1.0/oauth2/accessToken"
        call = Call("POST", url, "token", repeatable=True, json=body)
        answer = await self._caller.answered(call, read_new)
        try:
            return Grant(str(answer["accessToken"]), float(answer["expireIn"]))
        except (KeyError, ValueError) as error:
            raise OutsideServiceError("dingtalk_garbled", api="token") from error
