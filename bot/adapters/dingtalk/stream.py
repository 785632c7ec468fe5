"""Stream mode: links that are renewed before they end, and when they fall silent."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.adapters.channels.leadership import Leadership
from bot.adapters.channels.links import LEAD_S, InThread, Links, log_link
from bot.adapters.dingtalk.config import CHANNEL
from bot.adapters.dingtalk.link import Link
from bot.adapters.dingtalk.receiver import DingTalkReceiver

STOP_S = 5.0
DRAIN_S = 2.0


@dataclass(frozen=True)
class StreamPace:
    """Times in seconds.

    `idle_s`: a link on which nothing came for so long, not even a ping of DingTalk's, is renewed,
    because links were seen that look alive and deliver nothing.
    """

    lead_s: float = LEAD_S
    idle_s: float = 180.0
    open_s: float = 10.0  # how long the old link waits for the new one


@dataclass
class _KeptLink:
    """A bot's link and, for a moment, its successor."""

    receiver: DingTalkReceiver
    pace: StreamPace
    in_thread: InThread
    _tasks: dict[Link, asyncio.Task[None]] = field(default_factory=dict)
    _ending: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._renewing = asyncio.Lock()
        self._link = self._open()

    @property
    def is_open(self) -> bool:
        return self._link.is_open

    async def look_after(self) -> None:
        silent_s = asyncio.get_running_loop().time() - self._link.heard_at
        if self._link.is_open and silent_s > self.pace.idle_s:
            log_link(CHANNEL, "silent", self.receiver.config.org)
            await self._replace(self._link)

    async def close(self) -> None:
        await asyncio.gather(*self._ending, *(self._end(link) for link in list(self._tasks)))

    def _open(self) -> Link:
        def renew() -> Any:
            return self._replace(link)

        link = Link(self.receiver, self.in_thread, renew)
        self._tasks[link] = asyncio.create_task(link.start())
        return link

    async def _replace(self, old: Link) -> None:
        """Open another link, and leave the old one once frames can come in on the new."""
        async with self._renewing:
            if old is not self._link:
                return
            self._link = new = self._open()
            await _until(lambda: new.is_open, self.pace.open_s)
            # At most the announcement of the end is still worked on the old one.
            await _until(lambda: old.at_work <= 1, DRAIN_S)
        # Not here: the old link waits for this call in one of its own tasks.
        ending = asyncio.create_task(self._end(old))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    async def _end(self, link: Link) -> None:
        task = self._tasks.pop(link, None)
        if task is None:
            return
        await link.stop()
        _, late = await asyncio.wait([task], timeout=STOP_S)
        for each in late:
            each.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(task, return_exceptions=True)


class DingTalkStreams(Links[_KeptLink]):
    """The Stream links of the offices' bots."""

    def __init__(
        self,
        receivers: Sequence[DingTalkReceiver],
        leadership: Leadership,
        pace: StreamPace | None = None,
    ) -> None:
        pace = pace or StreamPace()
        openers = {each.config.org: partial(_KeptLink, each, pace) for each in receivers}
        super().__init__(CHANNEL, openers, leadership, pace.lead_s)


async def _until(reached: Callable[[], bool], timeout_s: float) -> None:
    """Wait for something that comes true by itself, or else no longer than that."""
    ends_at = asyncio.get_running_loop().time() + timeout_s
    # The client tells by an attribute, not by an event.
    while not reached() and asyncio.get_running_loop().time() < ends_at:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
