"""Keeping to limits."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.channels.limits import Window, Windows
from bot.core.errors import NotYetError


@given(st.lists(st.floats(0, 20), max_size=60), st.integers(1, 5))
def test_no_span_ever_holds_more_than_the_limit(pauses: list[float], most: int) -> None:
    window, now, taken = Window(most, 60.0), 0.0, []
    for pause in pauses:
        now += pause
        now += window.wait_s(now)
        window.take(now)
        taken.append(now)

    for first, last in zip(taken, taken[most:], strict=False):
        assert last - first >= 60.0 - 1e-6


def test_a_window_that_rests_lets_nothing_through() -> None:
    window = Window(5, 1.0)

    window.rest(until=300.0)

    assert window.wait_s(0.0) == 300.0
    assert window.wait_s(300.0) == 0.0


def test_a_short_wait_is_waited_out() -> None:
    async def enter_twice() -> float:
        loop = asyncio.get_running_loop()
        windows, began = Windows(1, 0.02, loop.time), loop.time()
        await windows.enter("send")
        await windows.enter("send")
        return loop.time() - began

    assert asyncio.run(enter_twice()) >= 0.02


def test_a_long_wait_is_told_and_nothing_counted() -> None:
    now = 0.0

    async def enter() -> float:
        nonlocal now
        windows = Windows(1, 60.0, lambda: now)
        await windows.enter("group")
        now = 10.0
        with pytest.raises(NotYetError) as error:
            await windows.enter("group")
        now = 60.0
        await windows.enter("group")
        return error.value.after_s

    assert asyncio.run(enter()) == 50.0


def test_limits_of_other_names_are_their_own() -> None:
    async def enter() -> None:
        windows = Windows(1, 60.0, lambda: 0.0)
        await windows.enter("one", patience_s=0)
        await windows.enter("other", patience_s=0)

    asyncio.run(enter())
