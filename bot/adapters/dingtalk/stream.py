"""Stream mode: the links of all our bots, in a thread and an event loop of their own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.adapters.channels.leadership import Leadership
from bot.adapters.dingtalk.config import CHANNEL
from bot.adapters.dingtalk.link import Link
from bot.adapters.dingtalk.receiver import DingTalkReceiver
from bot.core.people import OrgId

logger = logging.getLogger(__name__)

STORING_THREADS = 8
STOP_S = 5.0
DRAIN_S = 2.0


@dataclass(frozen=True)
class StreamPace:
    """Times in seconds.

    `idle_s`: a link on which nothing came for so long, not even a ping of DingTalk's, is renewed,
    because links were seen that look alive and deliver nothing.
    """

    lead_s: float = 1.0  # between two looks at who leads
    idle_s: float = 180.0
    open_s: float = 10.0  # how long the old link waits for the new one


class DingTalkStreams:
    """Keeps one link for each bot that this process leads; of many processes one does."""

    def __init__(
        self,
        receivers: Sequence[DingTalkReceiver],
        leadership: Leadership,
        pace: StreamPace | None = None,
    ) -> None:
        self._receivers = receivers
        self._leadership = leadership
        self._pace = pace or StreamPace()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._links: dict[OrgId, _KeptLink] = {}

    def start(self) -> None:
        """Open the links in the background."""
        self._thread = threading.Thread(target=self._run, name="dingtalk-stream", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the links and wait for the thread."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def open_links(self) -> dict[OrgId, bool]:
        """The bots that this process leads, and whether their links are open."""
        return {org: kept.is_open for org, kept in self._links.copy().items()}

    def _run(self) -> None:
        asyncio.run(self._keep())

    async def _keep(self) -> None:
        with ThreadPoolExecutor(STORING_THREADS, "dingtalk-store") as pool:
            try:
                while not self._stopping.is_set():
                    await self._look_after_all(pool)
                    await asyncio.to_thread(self._stopping.wait, self._pace.lead_s)
            finally:
                await asyncio.gather(*(kept.close() for kept in self._links.values()))
                self._leadership.close()

    async def _look_after_all(self, pool: ThreadPoolExecutor) -> None:
        for receiver in self._receivers:
            try:
                await self._look_after(receiver, pool)
            except Exception:
                # The entry point of a thread: one bot's failure must not end the others' links.
                logger.exception("a link was not looked after", extra={"event": "dingtalk.link"})

    async def _look_after(self, receiver: DingTalkReceiver, pool: ThreadPoolExecutor) -> None:
        org = receiver.config.org
        leads = await asyncio.to_thread(self._leadership.leads, f"{CHANNEL}:{org}")
        if leads and org not in self._links:
            self._links[org] = _KeptLink(receiver, pool, self._pace)
            _log("opened", org)
        elif not leads and org in self._links:
            _log("given up", org)
            await self._links.pop(org).close()
        elif leads:
            await self._links[org].renew_if_silent()


@dataclass
class _KeptLink:
    """A bot's link and, for a moment, its successor."""

    receiver: DingTalkReceiver
    pool: ThreadPoolExecutor
    pace: StreamPace
    _tasks: dict[Link, asyncio.Task[None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._renewing = asyncio.Lock()
        self._link = self._open()

    @property
    def is_open(self) -> bool:
        return self._link.is_open

    async def renew_if_silent(self) -> None:
        silent_s = asyncio.get_running_loop().time() - self._link.heard_at
        if self._link.is_open and silent_s > self.pace.idle_s:
            _log("silent", self.receiver.config.org)
            await self._replace(self._link)

    async def close(self) -> None:
        await asyncio.gather(*(self._end(link) for link in list(self._tasks)))

    def _open(self) -> Link:
        def renew() -> Any:
            return self._replace(link)

        link = Link(self.receiver, self._in_thread, renew)
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
        self._ending = asyncio.create_task(self._end(old))

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

    async def _in_thread(self, work: Callable[..., Any], *given: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.pool, partial(work, *given))


async def _until(reached: Callable[[], bool], timeout_s: float) -> None:
    """Wait for something that comes true by itself, or else no longer than that."""
    ends_at = asyncio.get_running_loop().time() + timeout_s
    # The client tells by an attribute, not by an event.
    while not reached() and asyncio.get_running_loop().time() < ends_at:  # noqa: ASYNC110
        await asyncio.sleep(0.02)


def _log(what: str, org: OrgId) -> None:
    logger.info("DingTalk link %s", what, extra={"event": "dingtalk.link", "org": org})
