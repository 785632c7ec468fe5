"""A platform's access token: fetched once for all who need it, renewed before it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.core.errors import OutsideServiceError

MARGIN_S = 300.0  # before the end: clocks differ, and a call takes time
SHORT_LIFE = 0.1  # of a token that lives less than ten margins


class TokenRefusedError(OutsideServiceError):
    """The access token is not, or no longer, good: nothing was done."""

    code = "channel_token"


@dataclass(frozen=True)
class Grant:
    """A token as the platform gave it, with the seconds it is good for."""

    token: str = field(repr=False)
    life_s: float


class TokenKeeper:
    """Keeps one token; lives in one event loop. Whoever asks while it is fetched waits with it."""

    def __init__(self, fetch: Callable[[], Awaitable[Grant]], clock: Callable[[], float]) -> None:
        self._fetch, self._clock = fetch, clock
        self._token, self._good_until = "", float("-inf")
        self._fetching: asyncio.Task[str] | None = None

    async def token(self) -> str:
        """A token that is good for a while.

        Raises:
            OutsideServiceError: as `fetch` raises it, to all who wait for this fetch.
        """
        if self._clock() < self._good_until:
            return self._token
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._renewed())
            self._fetching.add_done_callback(self._fetched)
        # One of those who wait may be cancelled; the fetch goes on for the others.
        return await asyncio.shield(self._fetching)

    def refused(self, token: str) -> None:
        """The platform no longer takes this token: the next one who asks fetches another."""
        if token == self._token:
            self._good_until = float("-inf")

    async def _renewed(self) -> str:
        grant = await self._fetch()
        margin_s = min(MARGIN_S, grant.life_s * SHORT_LIFE)
        self._token, self._good_until = grant.token, self._clock() + grant.life_s - margin_s
        return grant.token

    def _fetched(self, task: asyncio.Task[str]) -> None:
        self._fetching = None
        if not task.cancelled():
            task.exception()  # told to those who wait, if any still does
