from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.core.errors import NotFoundError
from bot.core.reminders import Reminder
from bot.core.supervision import Item, ItemId, ItemState, Occasion, SentReminder
from bot.core.supervision_history import ItemEvent
from bot.services.ledgers import year_and_serial
from bot.services.storage import READ, OutboxState, UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import CLERK, DAY, ITEM, MINUTE, MONDAY, NOW, ORG, OTHER_ORG, push

SECOND = replace(
    ITEM,
    id=ItemId(2),
    number="督〔2026〕2号",
    state=ItemState.UNSIGNED,
    person=None,
    leader=None,
    deadline=None,
    deadline_rule=None,
    signed_at=None,
    closed_at=None,
    extension_to=None,
    progress=(),
    links=(),
    merged_into=None,
    joined_units=(),
)


def add(new: UnitOfWorkFactory, *items: Item) -> None:
    with new() as uow:
        for item in items:
            uow.items.add(item, item.supervisor, NOW)
        uow.commit()


def test_a_number_tells_year_and_serial() -> None:
    assert year_and_serial("督〔2026〕15号") == (2026, 15)
    with pytest.raises(ValueError, match="without year"):
        year_and_serial("督15号")


def test_an_item_is_read_back_by_its_number(new: UnitOfWorkFactory) -> None:
    add(new, ITEM, SECOND)

    with new() as uow:
        assert uow.items.get(ORG, 1, 2026) == ITEM
        assert uow.items.get(ORG, 2, 2026) == SECOND


def test_an_item_of_another_office_or_year_is_not_found(new: UnitOfWorkFactory) -> None:
    add(new, ITEM)

    with new() as uow:
        with pytest.raises(NotFoundError) as refusal:
            uow.items.get(OTHER_ORG, 1, 2026)
        with pytest.raises(NotFoundError):
            uow.items.get(ORG, 1, 2025)
        with pytest.raises(NotFoundError):
            uow.items.update(SECOND, "signed", CLERK, NOW)

    assert refusal.value.code == "item_unknown"


def test_serials_count_each_office_and_year_from_one(new: UnitOfWorkFactory) -> None:
    add(new, ITEM, SECOND, replace(ITEM, id=ItemId(3), number="督〔2025〕9号"))

    with new() as uow:
        serials = [
            uow.items.next_serial(ORG, 2026),
            uow.items.next_serial(ORG, 2025),
            uow.items.next_serial(ORG, 2027),
            uow.items.next_serial(OTHER_ORG, 2026),
        ]

    assert serials == [3, 10, 1, 1]


def test_a_serial_of_an_item_that_was_rolled_back_is_given_again(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.items.next_serial(ORG, 2026)
        uow.items.add(ITEM, CLERK, NOW)

    with new() as uow:
        assert uow.items.next_serial(ORG, 2026) == 1


def test_no_two_items_get_the_same_id(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        first, second = uow.items.next_ids(2)
    with new() as uow:
        [third] = uow.items.next_ids(1)

    assert first < second < third


def test_a_changed_item_replaces_the_stored_one(new: UnitOfWorkFactory) -> None:
    add(new, ITEM)
    closed = replace(ITEM.to(ItemState.CLOSED), progress=ITEM.progress[:1])

    with new() as uow:
        uow.items.update(closed, "closed", None, NOW)
        uow.commit()

    with new() as uow:
        assert uow.items.get(ORG, 1, 2026) == closed


def test_items_are_listed_by_id_office_and_state(new: UnitOfWorkFactory) -> None:
    elsewhere = replace(ITEM, id=ItemId(3), org=OTHER_ORG)
    add(new, elsewhere, SECOND, ITEM)

    with new() as uow:
        assert uow.items.listing() == [ITEM, SECOND, elsewhere]
        assert uow.items.listing(ORG) == [ITEM, SECOND]
        assert uow.items.listing(ORG, "待签收") == [SECOND]
        assert uow.items.listing(state=ItemState.WORKING) == [ITEM, elsewhere]


def test_a_reminder_is_noted_once_for_item_occasion_day_and_person(new: UnitOfWorkFactory) -> None:
    add(new, ITEM)

    with new() as uow:
        noted = [
            uow.items.add_reminder(ITEM.id, Occasion.OVERDUE, day, to, "p1", NOW)
            for day, to in [(MONDAY, CLERK), (MONDAY, CLERK), (MONDAY + DAY, CLERK), (MONDAY, "g")]
        ]

    assert noted == [True, False, True, True]


def test_reminders_tell_what_became_of_their_push(new: UnitOfWorkFactory) -> None:
    add(new, ITEM, SECOND)
    with new() as uow:
        for n in (3, 2, 1):
            at, key = NOW + n * MINUTE, f"p{n}"
            uow.items.add_reminder(ITEM.id, Occasion.DUE_SOON, MONDAY + n * DAY, CLERK, key, at)
        uow.outbox.add(push("p1"), NOW)
        uow.outbox.add(push("p2"), NOW)
        entry = uow.outbox.claim(NOW, lease_s=20)
        assert entry is not None
        uow.outbox.settle(entry.id, OutboxState.SENT)
        uow.commit()

    with new() as uow:
        found = uow.items.reminders([ITEM.id, SECOND.id])

    assert found == {
        ITEM.id: [
            SentReminder(NOW + n * MINUTE, Occasion.DUE_SOON, CLERK, status, MONDAY + n * DAY)
            for n, status in [(1, "sent"), (2, "pending"), (3, "pending")]
        ],
        SECOND.id: [],
    }


def test_a_quiet_item_is_not_looked_at_until_its_time_or_when_the_clock_goes_back(
    new: UnitOfWorkFactory,
) -> None:
    add(new, ITEM, SECOND)
    with new() as uow:
        uow.items.hush({ITEM.id: NOW + DAY}, NOW)
        uow.commit()

    def awake(at: datetime, after: int = 0, limit: int = 9) -> list[ItemId]:
        with new() as uow:
            return [item.id for item in uow.items.awake(at, ItemId(after), limit)]

    assert awake(NOW) == awake(NOW + DAY - MINUTE) == [SECOND.id]
    assert awake(NOW + DAY) == awake(NOW - MINUTE) == [ITEM.id, SECOND.id]
    assert awake(NOW + DAY, after=ITEM.id) == [SECOND.id]
    assert awake(NOW + DAY, limit=1) == [ITEM.id]


def test_a_change_or_a_call_wakes_a_quiet_item_and_a_closed_one_sleeps(
    new: UnitOfWorkFactory,
) -> None:
    third = replace(ITEM, id=ItemId(3), number="督〔2026〕3号")
    add(new, ITEM, SECOND, third)

    def awake() -> list[ItemId]:
        with new() as uow:
            return [item.id for item in uow.items.awake(NOW, ItemId(0), 9)]

    with new() as uow:
        uow.items.hush(dict.fromkeys([ITEM.id, SECOND.id, third.id], NOW + DAY), NOW)
        uow.items.update(ITEM, "reported", CLERK, NOW)
        uow.items.update(third.to(ItemState.CLOSED), "closed", CLERK, NOW)
        uow.commit()
    changed = awake()
    with new() as uow:
        uow.items.wake()
        uow.commit()

    assert changed == [ITEM.id]
    assert awake() == [ITEM.id, SECOND.id]


def test_items_are_fetched_by_id_and_their_reminders_noted_together(
    new: UnitOfWorkFactory,
) -> None:
    add(new, ITEM, SECOND)
    both = [Reminder(id_, Occasion.OVERDUE, MONDAY, CLERK) for id_ in (ITEM.id, SECOND.id)]

    with new() as uow:
        uow.items.add_reminder(ITEM.id, Occasion.OVERDUE, MONDAY, CLERK, "p1", NOW)
        uow.items.add_reminders(both, "p2", NOW + MINUTE)
        uow.items.add_reminders([], "p3", NOW)
        found = uow.items.locked([SECOND.id, ITEM.id, ItemId(9)])
        noted = uow.items.reminders([ITEM.id, SECOND.id])

        later = uow.items.reminders([ITEM.id], since=MONDAY + DAY)

    assert later == {ITEM.id: []}
    assert found == [ITEM, SECOND]
    assert {id_: [sent.at for sent in rows] for id_, rows in noted.items()} == {
        ITEM.id: [NOW],
        SECOND.id: [NOW + MINUTE],
    }


def test_events_are_kept_with_the_state_and_the_deadline_after_them(
    new: UnitOfWorkFactory,
) -> None:
    add(new, ITEM, SECOND)
    later = ITEM.deadline + timedelta(days=7) if ITEM.deadline else None

    with new() as uow:
        uow.items.update(replace(ITEM, deadline=later), "extended", CLERK, NOW + MINUTE)
        uow.commit()

    with new() as uow:
        found = uow.items.events([ITEM.id, SECOND.id])
    assert found[ITEM.id] == [
        ItemEvent("registered", NOW, ITEM.supervisor, ITEM.state, ITEM.deadline),
        ItemEvent("extended", NOW + MINUTE, CLERK, ITEM.state, later),
    ]
    assert [event.deadline for event in found[SECOND.id]] == [None]


def fail(uow: UnitOfWork, key: str) -> None:
    uow.outbox.add(push(key), NOW)
    entry = uow.outbox.claim_key(key, NOW, lease_s=20)
    assert entry is not None
    uow.outbox.settle(entry.id, OutboxState.FAILED, "no_such_user")


def test_a_reminder_that_failed_is_unreached_until_it_is_told(new: UnitOfWorkFactory) -> None:
    add(new, ITEM, SECOND)
    with new() as uow:
        for n, item in enumerate((ITEM, SECOND), start=1):
            day = MONDAY + n * DAY
            uow.items.add_reminder(item.id, Occasion.OVERDUE, day, CLERK, f"p{n}", NOW)
            uow.items.add_reminder(item.id, Occasion.OVERDUE, day, "g", f"q{n}", NOW)
            uow.outbox.add(push(f"q{n}"), NOW)
            fail(uow, f"p{n}")
        uow.commit()

    with new() as uow:
        [first] = uow.items.unreached(limit=1)
        uow.items.note_unreached([first.id], NOW)
        uow.items.add_reminder(ITEM.id, Occasion.OVERDUE, MONDAY + 3 * DAY, CLERK, "p3", NOW)
        fail(uow, "p3")
        left = uow.items.unreached(limit=9)

    assert (first.item_id, first.to, first.again) == (ITEM.id, CLERK, False)
    assert [(row.item_id, row.again) for row in left] == [(SECOND.id, False), (ITEM.id, True)]


def test_a_push_that_was_read_says_so_and_stays_read(new: UnitOfWorkFactory) -> None:
    add(new, ITEM)
    with new() as uow:
        uow.items.add_reminder(ITEM.id, Occasion.OVERDUE, MONDAY, CLERK, "p1", NOW)
        uow.outbox.add(push("p1"), NOW)
        uow.outbox.note_read("p1", NOW)
        entry = uow.outbox.claim(NOW, lease_s=20)
        assert entry is not None
        uow.outbox.settle(entry.id, OutboxState.SENT)
        [found] = uow.items.reminders([ITEM.id]).values()

    assert [sent.status for sent in found] == [READ]


def test_a_push_names_the_items_that_it_reminds_of(new: UnitOfWorkFactory) -> None:
    add(new, ITEM, SECOND)
    with new() as uow:
        for n, (key, item) in enumerate((("p1", SECOND), ("p1", ITEM), ("p1", ITEM), ("p2", ITEM))):
            day = MONDAY + n * DAY
            uow.items.add_reminder(item.id, Occasion.DUE_SOON, day, CLERK, key, NOW)

        assert uow.items.reminded_by([]) == {}
        assert uow.items.reminded_by(["p1", "notice"]) == {"p1": [ITEM, SECOND], "notice": []}


def test_many_items_are_stored_as_one_is(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.items.add_all([], CLERK, NOW)
        uow.items.add_all([ITEM, SECOND], CLERK, NOW)
        uow.commit()

    with new() as uow:
        assert uow.items.listing(ORG) == [ITEM, SECOND]


def test_what_is_closed_and_was_due_before_a_day_counts_no_more(new: UnitOfWorkFactory) -> None:
    early = MONDAY - DAY
    closed = replace(SECOND, state=ItemState.CLOSED, closed_at=NOW, deadline=early)
    add(new, replace(ITEM, state=ItemState.WORKING, closed_at=None, deadline=early), closed)

    def counted(day: date) -> list[ItemId]:
        with new() as uow:
            return [item.id for item in uow.items.counted_since(ORG, day)]

    with new() as uow:
        assert [item.id for item in uow.items.still_open(ORG)] == [ITEM.id]
        assert uow.items.still_open(OTHER_ORG) == []
    assert counted(MONDAY - DAY) == [ITEM.id, SECOND.id]
    assert counted(MONDAY) == [ITEM.id, SECOND.id]
    assert counted(MONDAY + DAY) == [ITEM.id]
