"""Open connections to platforms, one a bot, in a thread and an event loop of their own."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from bot.adapters.channels.leadership import Leadership
from bot.core.errors import NotYetError, OutcomeUnknownError
from bot.core.people import OrgId

logger = logging.getLogger(__name__)

STORING_THREADS = 8
LEAD_S = 1.0  # between two looks at who leads

InThread = Callable[..., Awaitable[Any]]


class KeptLink(Protocol):
    """A bot's link with all its reconnecting; lives in the keeper's event loop."""

    @property
    def is_open(self) -> bool:
        """Whether something can come in."""
        ...

    async def look_after(self) -> None:
        """See whether it is still good; asked with every look at who leads."""
        ...

    async def close(self) -> None:
        """End it for good."""
        ...


T = TypeVar("T")
L = TypeVar("L", bound=KeptLink)


class Links(Generic[L]):
    """Keeps one link for each bot that this process leads; of many processes one does."""

    def __init__(
        self,
        channel: str,
        openers: Mapping[OrgId, Callable[[InThread], L]],  # called in the event loop
        leadership: Leadership,
        lead_s: float = LEAD_S,
    ) -> None:
        self._channel, self._openers = channel, openers
        self._leadership, self._lead_s = leadership, lead_s
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._links: dict[OrgId, L] = {}

    def start(self) -> None:
        """Open the links in the background."""
        name = f"{self._channel}-links"
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the links and wait for the thread."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def open_links(self) -> dict[OrgId, bool]:
        """The bots that this process leads, and whether their links are open."""
        return {org: kept.is_open for org, kept in self._links.copy().items()}

    def call(self, org: OrgId, work: Callable[[L], Coroutine[Any, Any, T]], timeout_s: float) -> T:
        """Do something on a bot's link and wait for it; not in the links' own thread.

        Raises:
            NotYetError: this process has no open link of the bot ("channel_link_elsewhere").
            OutcomeUnknownError: it took longer, and was cancelled ("channel_late").
        """
        link, loop = self._links.get(org), self._loop
        if link is None or loop is None or not link.is_open:
            raise NotYetError(self._lead_s, "channel_link_elsewhere", org=org)
        future = asyncio.run_coroutine_threadsafe(work(link), loop)
        try:
            return future.result(timeout_s)
        except TimeoutError as error:
            future.cancel()
            raise OutcomeUnknownError("channel_late", org=org) from error

    def _run(self) -> None:
        asyncio.run(self._keep())

    async def _keep(self) -> None:
        self._loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(STORING_THREADS, f"{self._channel}-store") as pool:
            try:
                while not self._stopping.is_set():
                    await self._look_after_all(pool)
                    await asyncio.to_thread(self._stopping.wait, self._lead_s)
            finally:
                await asyncio.gather(*(kept.close() for kept in self._links.values()))
                self._links.clear()
                self._loop = None
                self._leadership.close()

    async def _look_after_all(self, pool: ThreadPoolExecutor) -> None:
        for org, opener in self._openers.items():
            try:
                await self._look_after(org, opener, pool)
            except Exception:
                # The entry point of a thread: one bot's failure must not end the others' links.
                logger.exception("a link was not looked after", extra={"event": "channel.link"})

    async def _look_after(
        self, org: OrgId, opener: Callable[[InThread], L], pool: ThreadPoolExecutor
    ) -> None:
        leads = await asyncio.to_thread(self._leadership.leads, f"{self._channel}:{org}")
        if leads and org not in self._links:
            self._links[org] = opener(partial(_in_thread, pool))
            log_link(self._channel, "opened", org)
        elif not leads and org in self._links:
            log_link(self._channel, "given up", org)
            await self._links.pop(org).close()
        elif leads:
            await self._links[org].look_after()


def log_link(channel: str, what: str, org: OrgId) -> None:
    """Leave a line about a link."""
    told = {"event": "channel.link", "channel": channel, "org": org}
    logger.info("link to %s %s", channel, what, extra=told)


def _in_thread(pool: ThreadPoolExecutor, work: Callable[..., Any], *given: Any) -> Awaitable[Any]:
    return asyncio.get_running_loop().run_in_executor(pool, partial(work, *given))
