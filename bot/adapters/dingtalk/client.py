"""Calls to DingTalk: one token, two APIs, limits kept to, every outcome told apart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.adapters.channels.limits import Windows
from bot.adapters.channels.tokens import Grant, TokenKeeper
from bot.adapters.dingtalk.answers import (
    BANNED,
    BUSY_S,
    TokenRefusedError,
    read_new,
    read_old,
)
from bot.adapters.dingtalk.config import DingTalkConfig
from bot.core.errors import NotYetError, OutcomeUnknownError, OutsideServiceError

TIMEOUT = httpx.Timeout(10.0, connect=3.0)
LONGEST_CALL_S = 30.0  # a call, its wait for the limit, a token and the call once more
TOKEN_HEADER = "x-acs-dingtalk-access-token"  # noqa: S105 (the name of a header)
OWN_HOSTS = ".dingtalk.com"
# Before the request had left: nothing can have been done.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

Json = Mapping[str, Any]
Reader = Callable[..., dict[str, Any]]
Tally = Callable[[str], None]  # counts one call of an API


@dataclass(frozen=True)
class _Call:
    """One request; `api` names it in the limits, the counts and the logs."""

    method: str
    url: str
    api: str
    repeatable: bool
    json: Json | None = None
    params: Mapping[str, Any] | None = None
    headers: Mapping[str, str] | None = None


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
        self._http, self._clock, self._tally = http, clock, tally
        self._tokens = TokenKeeper(self._fetch_token, clock)
        self._pace = Windows(config.limits.api_per_s, 1.0, clock)
        self._banned_until = float("-inf")

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
            call = _Call(method, url, api, repeatable, json, params, headers)
            return await self._answered(call, read_new)

        return await self._with_token(once)

    async def oapi(
        self, path: str, json: Json | None = None, *, api: str, repeatable: bool
    ) -> dict[str, Any]:
        """Call the old API (`/topapi/...`) and return its answer; raises as `call`."""

        async def once(token: str) -> dict[str, Any]:
            url, params = self.config.oapi_url + path, {"access_token": token}
            call = _Call("POST", url, api, repeatable, json or {}, params)
            return await self._answered(call, read_old)

        return await self._with_token(once)

    async def answer_session(self, webhook: str, json: Json) -> None:
        """Answer by the webhook that came with a message; raises as `call`."""
        call = _Call("POST", webhook, "session", repeatable=False, json=json)
        await self._answered(call, read_old)

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

    async def _with_token(self, once: Callable[[str], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
        token = await self._tokens.token()
        try:
            return await once(token)
        except TokenRefusedError:
            self._tokens.refused(token)
        return await once(await self._tokens.token())  # once more, never again

    async def _fetch_token(self) -> Grant:
        body = {"appKey": self.config.app_key, "appSecret": self.config.app_secret}
        url = f"{self.config.api_url}/v1.0/oauth2/accessToken"
        call = _Call("POST", url, "token", repeatable=True, json=body)
        answer = await self._answered(call, read_new)
        try:
            return Grant(str(answer["accessToken"]), float(answer["expireIn"]))
        except (KeyError, ValueError) as error:
            raise OutsideServiceError("dingtalk_garbled", api="token") from error

    async def _answered(self, call: _Call, read: Reader) -> dict[str, Any]:
        response = await self._exchange(call)
        try:
            return read(response, repeatable=call.repeatable)
        except NotYetError as error:
            if error.code == BANNED:
                self._banned_until = self._clock() + error.after_s
            else:
                self._pace.rest(call.api, min(error.after_s, BUSY_S))
            raise

    async def _exchange(self, call: _Call) -> httpx.Response:
        if (wait_s := self._banned_until - self._clock()) > 0:
            raise NotYetError(wait_s, BANNED)
        await self._pace.enter(call.api)
        self._tally(call.api)
        try:
            response = await self._http.request(
                call.method, call.url, json=call.json, params=call.params, headers=call.headers
            )
        except _NOT_SENT as error:
            raise OutsideServiceError("dingtalk_unreachable", api=call.api) from error
        except httpx.HTTPError as error:
            kind = OutsideServiceError if call.repeatable else OutcomeUnknownError
            raise kind("dingtalk_silent", api=call.api) from error
        return response
