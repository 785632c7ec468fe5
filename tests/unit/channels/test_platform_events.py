from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import GuijuError, NotYetError, OutsideServiceError
from bot.core.people import OrgId
from bot.core.platform_events import EventKind, PlatformEvent
from bot.services.platform_event_store import EventState
from bot.services.platform_events import MAX_ATTEMPTS, PlatformEventDesk
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeDatabase

ORG = OrgId("changle")
CLOCK = FakeClock()
MOVED = PlatformEvent(
    "dingtalk", "e1", ORG, EventKind.APPROVAL, "bpms_instance_change", ("p1",), CLOCK.now()
)


class Handler:
    def __init__(self) -> None:
        self.handled: list[PlatformEvent] = []
        self.trouble: Exception | None = None

    def __call__(self, event: PlatformEvent) -> None:
        if self.trouble:
            raise self.trouble
        self.handled.append(event)


@pytest.fixture
def handler() -> Handler:
    return Handler()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desk(handler: Handler, clock: FakeClock) -> PlatformEventDesk:
    return PlatformEventDesk(FakeDatabase().unit_of_work, clock, {EventKind.APPROVAL: handler})


def states(desk: PlatformEventDesk) -> list[EventState]:
    with desk.unit_of_work() as uow:
        return [entry.state for entry in uow.platform_events.listing(None, list(EventState))]


def test_an_event_that_is_told_five_times_is_handled_once(
    desk: PlatformEventDesk, handler: Handler
) -> None:
    taken = [desk.take(MOVED) for _ in range(5)]

    assert desk.work_all() == 1
    assert (taken, handler.handled) == ([True] + [False] * 4, [MOVED])


def test_an_event_that_nobody_waits_for_is_done(desk: PlatformEventDesk) -> None:
    desk.take(replace(MOVED, kind=EventKind.FEEDBACK))

    desk.work_all()

    assert states(desk) == [EventState.DONE]


def test_what_fails_is_tried_again_later(
    desk: PlatformEventDesk, handler: Handler, clock: FakeClock
) -> None:
    desk.take(MOVED)
    handler.trouble = OutsideServiceError("dingtalk_silent")
    desk.work_next()
    handler.trouble = None

    at_once = desk.work_all()
    clock.advance(seconds=5)

    assert (at_once, desk.work_all(), handler.handled) == (0, 1, [MOVED])


def test_what_fails_again_and_again_is_given_up_and_seen(
    desk: PlatformEventDesk, handler: Handler, clock: FakeClock
) -> None:
    desk.take(MOVED)
    handler.trouble = OutsideServiceError("dingtalk_silent")

    for _ in range(MAX_ATTEMPTS):
        desk.work_next()
        clock.advance(hours=1)

    assert (desk.work_all(), states(desk)) == (0, [EventState.FAILED])


def test_what_nobody_expects_is_raised_and_tried_again_later(
    desk: PlatformEventDesk, handler: Handler, clock: FakeClock
) -> None:
    desk.take(MOVED)
    handler.trouble = GuijuError("broken")
    with pytest.raises(GuijuError, match="broken"):
        desk.work_next()
    handler.trouble = None

    clock.advance(seconds=5)

    assert (desk.work_all(), handler.handled) == (1, [MOVED])


def test_waiting_for_a_limit_is_no_failed_try(
    desk: PlatformEventDesk, handler: Handler, clock: FakeClock
) -> None:
    desk.take(MOVED)
    handler.trouble = NotYetError(300, "dingtalk_banned")
    for _ in range(MAX_ATTEMPTS + 1):
        desk.work_next()
        clock.advance(seconds=300)
    handler.trouble = None

    desk.work_all()

    assert (states(desk), handler.handled) == ([EventState.DONE], [MOVED])


def test_what_the_platform_does_not_tell_leaves_one_line(
    desk: PlatformEventDesk, handler: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    desk.take(MOVED)
    handler.trouble = OutsideServiceError("dingtalk_silent")

    desk.work_next()

    [line] = caplog.records
    assert (line.levelname, line.exc_info) == ("WARNING", None)
    assert "dingtalk_silent" in line.getMessage()


def test_an_event_that_takes_the_process_down_is_given_up(
    desk: PlatformEventDesk, handler: Handler, clock: FakeClock
) -> None:
    desk.take(MOVED)
    for _ in range(MAX_ATTEMPTS):
        with desk.unit_of_work() as uow:
            uow.platform_events.claim(clock.now(), 60)
            uow.commit()
        clock.advance(minutes=2)

    desk.work_all()

    assert (states(desk), handler.handled) == ([EventState.FAILED], [])
