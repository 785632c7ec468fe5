"""How often a platform lets itself be called: kept to, rather than found out."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable

from bot.core.errors import NotYetError

PATIENCE_S = 2.0  # waited out on the spot; longer goes back to the outbox
CODE = "channel_busy"


class Window:
    """At most so many in any span of time, exactly: no burst on top of a steady rate."""

    def __init__(self, most: int, span_s: float) -> None:
        self._span_s = span_s
        self._taken: deque[float] = deque([float("-inf")] * most, maxlen=most)
        self._resting_until = float("-inf")

    def wait_s(self, now: float) -> float:
        """How long from now until one more fits; 0.0: at once."""
        return max(0.0, self._taken[0] + self._span_s - now, self._resting_until - now)

    def take(self, now: float) -> None:
        """Count one."""
        self._taken.append(now)

    def rest(self, until: float) -> None:
        """Let nothing through until then: the platform has said so."""
        self._resting_until = max(self._resting_until, until)


class Windows:
    """Windows by name, all alike, made when first asked for; live in one event loop."""

    def __init__(self, most: int, span_s: float, clock: Callable[[], float]) -> None:
        self._windows: defaultdict[str, Window] = defaultdict(lambda: Window(most, span_s))
        self.clock = clock

    async def enter(self, name: str, patience_s: float = PATIENCE_S) -> None:
        """Count one, waiting a little if need be.

        Raises:
            NotYetError: it would take longer than `patience_s`; nothing was counted.
        """
        window = self._windows[name]
        while wait_s := window.wait_s(self.clock()):
            if wait_s > patience_s:
                raise NotYetError(wait_s, CODE, limit=name)
            await asyncio.sleep(wait_s)
        window.take(self.clock())

    def rest(self, name: str, seconds: float) -> None:
        """Let nothing through for so long."""
        self._windows[name].rest(self.clock() + seconds)
