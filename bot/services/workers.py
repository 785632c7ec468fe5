"""The threads that work the inbox and the outbox and keep the beat."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from typing import Protocol

from bot.core.errors import OutsideServiceError
from bot.services.deliver import Delivery
from bot.services.inbox import ANSWERED_ON_THE_SPOT, Conversation, is_settled
from bot.services.platform_events import PlatformEventDesk
from bot.services.storage import EntryId, InboxEntry, UnitOfWorkFactory
from bot.services.tick import Ticker

logger = logging.getLogger(__name__)

POLL_S = 0.5  # how soon an idle thread sees what another process or a crash has left
INBOX_THREADS = 4  # for what no caller waits for; most of a turn is waiting for the engine


@dataclass(frozen=True)
class Pace:
    """How often things are looked at; `tick_s` in seconds between two beats."""

    tick_s: float = 30.0
    poll_s: float = POLL_S
    inbox_threads: int = INBOX_THREADS
    outbox_threads: int = 1  # more where sending means waiting for a platform


class Listener(Protocol):
    """Hears what a platform sends, in threads of its own."""

    def start(self) -> None:
        """Begin to listen in the background."""
        ...

    def stop(self) -> None:
        """Stop and wait until nothing more comes in."""
        ...


class Workers:
    """Background threads of one process; any number of processes may run them."""

    def __init__(
        self,
        conversation: Conversation,
        delivery: Delivery,
        ticker: Ticker,
        unit_of_work: UnitOfWorkFactory,
        pace: Pace,
        events: PlatformEventDesk | None = None,
        listeners: Sequence[Listener] = (),
    ) -> None:
        self._conversation = conversation
        self._delivery = delivery
        self._ticker = ticker
        self._unit_of_work = unit_of_work
        self._pace = pace
        self._events = events
        self._listeners = listeners
        self._news = threading.Semaphore(0)
        self._to_send = threading.Event()
        self._to_handle = threading.Event()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._awaited: dict[EntryId, Future[InboxEntry]] = {}

    def start(self) -> None:
        """Start all threads."""
        loops = [self._work_inbox] * self._pace.inbox_threads + [self._beat]
        loops += [self._work_outbox] * self._pace.outbox_threads
        if self._events is not None:
            loops.append(self._work_events)
        self._threads = [
            threading.Thread(target=loop, name=loop.__name__.strip("_"), daemon=True)
            for loop in loops
        ]
        for thread in self._threads:
            thread.start()
        for listener in self._listeners:
            listener.start()

    def notice(self) -> None:
        """Wake the threads for what a channel has just stored; sooner or later they look anyway."""
        self._news.release()
        self._to_send.set()
        self._to_handle.set()

    def stop(self) -> None:
        """Let every thread finish what it holds, and wait for them."""
        for listener in self._listeners:
            listener.stop()
        self._stopping.set()
        self._news.release(len(self._threads))
        self._to_send.set()
        self._to_handle.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, entry: InboxEntry, timeout_s: float) -> InboxEntry:
        """Have a stored message worked and return it settled.

        The caller's own thread lends a hand: to pass a message to another and back would cost
        more than the rest of the bookkeeping.

        Raises:
            OutsideServiceError: not settled in time ("reply_late"); it still will be.
        """
        future = self._awaited.setdefault(entry.id, Future())
        try:
            while not is_settled(entry) and not future.done() and self._guarded(self._work_one):
                pass
            for _ in range(max(1, round(timeout_s / self._pace.poll_s))):
                if is_settled(entry):
                    return entry
                try:
                    return future.result(self._pace.poll_s)
                except FutureTimeoutError:
                    # Another process, or a thread that was quicker than we, may have worked it.
                    entry = self._stored(entry.id)
            raise OutsideServiceError("reply_late", entry=entry.id)
        finally:
            self._awaited.pop(entry.id, None)

    def _stored(self, entry_id: EntryId) -> InboxEntry:
        with self._unit_of_work() as uow:
            return uow.inbox.get(entry_id)

    def _work_inbox(self) -> None:
        while not self._stopping.is_set():
            self._news.acquire(timeout=self._pace.poll_s)
            while not self._stopping.is_set() and self._guarded(self._work_one):
                pass

    def _work_one(self) -> bool:
        entry = self._conversation.work_next()
        if entry is None:
            return False
        awaited = self._awaited.get(entry.id)
        if awaited is not None and not awaited.done():
            awaited.set_result(entry)
        if entry.incoming.channel not in ANSWERED_ON_THE_SPOT:
            self._to_send.set()
            self._news.release()
        elif len(self._awaited) > 1:
            self._news.release()  # the next of the same thread has become free
        return True

    def _work_outbox(self) -> None:
        alone = self._pace.outbox_threads == 1
        deliver = self._delivery.deliver_all if alone else self._delivery.deliver_next
        while not self._stopping.is_set():
            while self._guarded(deliver) and not self._stopping.is_set():
                pass
            self._to_send.wait(self._pace.poll_s)
            self._to_send.clear()

    def _work_events(self) -> None:
        while not self._stopping.is_set():
            while not self._stopping.is_set() and self._guarded(self._work_event):
                pass
            self._to_handle.wait(self._pace.poll_s)
            self._to_handle.clear()

    def _work_event(self) -> bool:
        worked = self._events is not None and self._events.work_next()
        if worked:
            self._to_send.set()
        return worked

    def _beat(self) -> None:
        while not self._stopping.wait(self._pace.tick_s):
            self._guarded(self._ticker.tick)

    def _guarded(self, work: Callable[[], object]) -> object:
        try:
            return work()
        except OutsideServiceError as error:
            logger.warning(
                "background work failed: %s",
                error.code,
                extra={"event": "worker.failed", "code": error.code},
            )
            return None
        except Exception:
            # The entry point of a thread: one message's failure must not stop all others.
            logger.exception("background work failed", extra={"event": "worker.failed"})
            return None
