"""One event loop in a thread of its own, for all calls that go out to the platforms."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.core.errors import OutcomeUnknownError

T = TypeVar("T")


class LoopThread:
    """Runs coroutines for threads that wait for them; starts with the first."""

    def __init__(self, name: str = "channels") -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(self, coroutine: Coroutine[Any, Any, T], timeout_s: float) -> T:
        """Wait for a coroutine and return what it returns, or raise what it raises.

        Raises:
            OutcomeUnknownError: it took longer, and was cancelled ("channel_late").
        """
        future = asyncio.run_coroutine_threadsafe(coroutine, self._running())
        try:
            return future.result(timeout_s)
        except TimeoutError as error:
            future.cancel()
            raise OutcomeUnknownError("channel_late") from error

    def stop(self, last: Coroutine[Any, Any, Any] | None = None) -> None:
        """Run a last coroutine, such as closing the connections, and end the thread."""
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is None or thread is None:
            if last is not None:
                last.close()
            return
        asyncio.run_coroutine_threadsafe(_wind_up(last), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name=self._name, daemon=True
                )
                self._thread.start()
            return self._loop


async def _wind_up(last: Coroutine[Any, Any, Any] | None) -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    if last is not None:
        await last
