"""Calls to a platform: kept to its limits, counted, every outcome told apart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import httpx

from bot.adapters.channels.limits import Windows
from bot.adapters.channels.loop import LoopThread
from bot.adapters.channels.tokens import TokenKeeper, TokenRefusedError
from bot.core.errors import NotYetError, OutcomeUnknownError, OutsideServiceError
from bot.core.people import OrgId

TIMEOUT = httpx.Timeout(10.0, connect=3.0)
LONGEST_CALL_S = 30.0  # a call, its wait for the limit, a token and the call once more
# Before the request had left: nothing can have been done.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

T = TypeVar("T")
Json = Mapping[str, Any]
Answer = dict[str, Any]
Reader = Callable[..., Answer]
Tally = Callable[[str], None]  # counts one call of an API
OfficeTally = Callable[[OrgId, str, str], None]  # office, channel, API


class BannedError(NotYetError):
    """The platform answers nothing from this address for a while, whatever is called."""


@dataclass(frozen=True)
class Call:
    """One request; `api` names it in the limits, the counts and the logs.

    `repeatable`: doing it twice is as good as once; what is not known of it counts as not done.
    """

    method: str
    url: str
    api: str
    repeatable: bool
    json: Json | None = None
    params: Mapping[str, Any] | None = None
    headers: Mapping[str, str] | None = None


class Caller:
    """Makes the calls of one app; lives in one event loop.

    `rest_s` is how long an API is left alone that was called too often.
    """

    def __init__(
        self, channel: str, http: httpx.AsyncClient, pace: Windows, rest_s: float, tally: Tally
    ) -> None:
        self._channel, self._http, self._pace = channel, http, pace
        self._rest_s, self._tally = rest_s, tally
        self._banned_until = float("-inf")

    async def answered(self, call: Call, read: Reader) -> Answer:
        """Make a call and return what `read` makes of the answer.

        Raises:
            OutsideServiceError: certainly not done. OutcomeUnknownError: perhaps done.
        """
        response = await self._exchange(call)
        try:
            return read(response, repeatable=call.repeatable)
        except BannedError as error:
            self._banned_until = self._pace.clock() + error.after_s
            raise
        except NotYetError as error:
            self._pace.rest(call.api, min(error.after_s, self._rest_s))
            raise

    async def _exchange(self, call: Call) -> httpx.Response:
        if (wait_s := self._banned_until - self._pace.clock()) > 0:
            raise BannedError(wait_s, f"{self._channel}_banned")
        await self._pace.enter(call.api)
        self._tally(call.api)
        try:
            return await self._http.request(
                call.method, call.url, json=call.json, params=call.params, headers=call.headers
            )
        except _NOT_SENT as error:
            raise OutsideServiceError(f"{self._channel}_unreachable", api=call.api) from error
        except httpx.HTTPError as error:
            kind = OutsideServiceError if call.repeatable else OutcomeUnknownError
            raise kind(f"{self._channel}_silent", api=call.api) from error


async def with_token(tokens: TokenKeeper, once: Callable[[str], Awaitable[T]]) -> T:
    """Do something with a token; with a new one once more, never again, if it is not taken."""
    token = await tokens.token()
    try:
        return await once(token)
    except TokenRefusedError:
        tokens.refused(token)
    return await once(await tokens.token())


Client = TypeVar("Client")


class Line(Generic[Client]):
    """The clients of all offices on one set of connections, in one event loop."""

    def __init__(self, channel: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.loop = LoopThread(channel)
        # An idle connection that the other side closes at this moment costs a call's outcome.
        kept = httpx.Limits(max_connections=50, max_keepalive_connections=10, keepalive_expiry=5)
        self.http = httpx.AsyncClient(timeout=TIMEOUT, limits=kept, transport=transport)
        self.clients: dict[OrgId, Client] = {}

    def close(self) -> None:
        """Close the connections and end the thread."""
        self.loop.stop(self.http.aclose())
