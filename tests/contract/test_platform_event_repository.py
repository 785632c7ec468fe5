from __future__ import annotations

from dataclasses import replace

from bot.core.platform_events import EventKind, PlatformEvent
from bot.services.platform_event_store import EventEntry, EventState
from bot.services.storage import UnitOfWorkFactory
from tests.contract.samples import MINUTE, NOW, ORG, OTHER_ORG

LEFT = PlatformEvent(
    channel="dingtalk",
    event_id="e1",
    org=ORG,
    kind=EventKind.PEOPLE,
    name="user_leave_org",
    subjects=("staff1", "staff2"),
    received_at=NOW,
)
MOVED = replace(LEFT, event_id="e2", kind=EventKind.APPROVAL, subjects=("p1",))


def store(new: UnitOfWorkFactory, *events: PlatformEvent) -> list[bool]:
    with new() as uow:
        added = [uow.platform_events.add(event) for event in events]
        uow.commit()
    return added


def claim(new: UnitOfWorkFactory, minutes: int = 0) -> EventEntry | None:
    with new() as uow:
        entry = uow.platform_events.claim(NOW + minutes * MINUTE, lease_s=60)
        uow.commit()
    return entry


def settle(new: UnitOfWorkFactory, entry: EventEntry | None, state: EventState) -> None:
    assert entry is not None
    with new() as uow:
        uow.platform_events.settle(entry.id, state)
        uow.commit()


def test_an_event_is_stored_once_for_each_channel(new: UnitOfWorkFactory) -> None:
    elsewhere = replace(LEFT, channel="wecom")

    assert store(new, LEFT, LEFT, elsewhere) == [True, False, True]
    assert store(new, LEFT) == [False]


def test_an_event_is_read_back_as_it_came(new: UnitOfWorkFactory) -> None:
    store(new, LEFT)

    entry = claim(new)

    assert entry == EventEntry(entry.id, LEFT, EventState.PENDING, 1) if entry else False


def test_a_try_that_did_not_count_is_due_again_when_it_says(new: UnitOfWorkFactory) -> None:
    store(new, LEFT)
    entry = claim(new)
    assert entry is not None

    with new() as uow:
        uow.platform_events.defer(entry.id, NOW + 5 * MINUTE)
        uow.commit()

    assert claim(new, minutes=4) is None
    assert claim(new, minutes=5) == entry


def test_events_are_claimed_the_oldest_first_and_by_one_only(new: UnitOfWorkFactory) -> None:
    store(new, LEFT, MOVED)

    claimed = [claim(new), claim(new), claim(new)]

    assert [entry and entry.event for entry in claimed] == [LEFT, MOVED, None]


def test_an_event_whose_lease_ended_is_claimed_again(new: UnitOfWorkFactory) -> None:
    store(new, LEFT)
    claim(new)

    again = claim(new, minutes=2)

    assert again is not None
    assert (again.event, again.attempts) == (LEFT, 2)


def test_a_postponed_event_waits_for_its_time(new: UnitOfWorkFactory) -> None:
    store(new, LEFT)
    entry = claim(new)
    assert entry is not None
    with new() as uow:
        uow.platform_events.postpone(entry.id, NOW + 5 * MINUTE)
        uow.commit()

    assert claim(new, minutes=4) is None
    assert claim(new, minutes=5) is not None


def test_a_settled_event_stays_as_it_is(new: UnitOfWorkFactory) -> None:
    store(new, LEFT, replace(MOVED, org=OTHER_ORG))
    entry = claim(new)
    settle(new, entry, EventState.FAILED)
    settle(new, entry, EventState.DONE)

    with new() as uow:
        failed = uow.platform_events.listing(ORG, [EventState.FAILED])
        waiting = uow.platform_events.listing(None, [EventState.PENDING])
        assert uow.platform_events.listing(ORG, [EventState.PENDING]) == []

    assert [each.event for each in failed] == [LEFT]
    assert [each.event.org for each in waiting] == [OTHER_ORG]
