"""The loop in its own thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from bot.adapters.channels.loop import LoopThread
from bot.core.errors import OutcomeUnknownError, OutsideServiceError


@pytest.fixture
def loop() -> Iterator[LoopThread]:
    loop = LoopThread()
    yield loop
    loop.stop()


async def _here() -> str:
    return threading.current_thread().name


async def _fails() -> None:
    raise OutsideServiceError("down")


def test_coroutines_run_in_the_loops_thread_and_return_here(loop: LoopThread) -> None:
    assert loop.run(_here(), 5) == "channels"
    assert threading.current_thread().name != "channels"


def test_what_a_coroutine_raises_is_raised_here(loop: LoopThread) -> None:
    with pytest.raises(OutsideServiceError, match="down"):
        loop.run(_fails(), 5)


def test_the_outcome_of_a_late_coroutine_is_unknown_and_it_is_cancelled(loop: LoopThread) -> None:
    cancelled = threading.Event()

    async def late() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            cancelled.set()

    with pytest.raises(OutcomeUnknownError, match="channel_late"):
        loop.run(late(), 0.01)

    assert cancelled.wait(5)


def test_stopping_runs_the_last_coroutine_and_ends_the_thread() -> None:
    loop, closed = LoopThread("brief"), threading.Event()
    loop.run(_here(), 5)

    async def close() -> None:
        closed.set()

    loop.stop(close())

    assert closed.is_set()
    assert "brief" not in {thread.name for thread in threading.enumerate()}


def test_a_loop_that_never_ran_can_be_stopped() -> None:
    async def close() -> None:
        raise AssertionError("nothing was open")

    LoopThread().stop(close())
