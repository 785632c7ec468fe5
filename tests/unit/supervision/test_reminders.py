from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.adapters.chinese.calendar import PublishedCalendar
from bot.core.clock import OFFICE_TIME
from bot.core.people import PersonId
from bot.core.reminders import Reminder, due_reminders, stages_passed
from bot.core.supervision import Item, ItemKind, ItemState, Occasion, Progress, SentReminder
from tests.unit.supervision.stage import CHANGLE, sample_item

HEAD = "changle/bureau_head"


def at(*moment: int) -> datetime:
    year, month, day, hour, minute = (*moment, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE_TIME)


def due(item: Item, now: datetime, *sent: Reminder) -> list[tuple[Occasion, date, str, bool]]:
    rows = [SentReminder(at(2026, 11, 23, 9), r.occasion, r.to, "sent", r.day) for r in sent]
    found = due_reminders([item], {item.id: rows}, now, PublishedCalendar())
    return [(r.occasion, r.day, r.to, r.late) for r in found]


@pytest.mark.parametrize(
    "now", [at(2026, 11, 23, 9), at(2026, 11, 23, 20), at(2026, 11, 23, 0), at(2026, 11, 22, 10)]
)
def test_an_assignment_is_told_at_once_whatever_the_hour(now: datetime) -> None:
    item = sample_item(assigned=now.date(), state=ItemState.UNSIGNED)

    assert due(item, now) == [(Occasion.ASSIGNED, now.date(), HEAD, False)]


def test_an_assignment_of_friday_night_is_chased_on_tuesday() -> None:
    item = sample_item(assigned=date(2026, 11, 20), state=ItemState.UNSIGNED)
    friday_night = at(2026, 11, 20, 20)
    told = SentReminder(friday_night, Occasion.ASSIGNED, HEAD, "sent", date(2026, 11, 20))

    def chased(now: datetime) -> bool:
        found = due_reminders([item], {item.id: [told]}, now, PublishedCalendar())
        return Occasion.UNSIGNED in {reminder.occasion for reminder in found}

    assert not chased(at(2026, 11, 23, 17))
    assert chased(at(2026, 11, 24, 9))


@pytest.mark.parametrize(
    ("now", "urgent", "told"),
    [
        (at(2026, 11, 23, 8, 29), False, False),
        (at(2026, 11, 23, 8, 30), False, True),
        (at(2026, 11, 23, 17, 29), False, True),
        (at(2026, 11, 23, 17, 30), False, False),
        (at(2026, 11, 28, 10), False, False),  # a Saturday
        (at(2026, 10, 10, 10), False, True),  # a make-up Saturday
        (at(2026, 11, 28, 23), True, True),
    ],
)
def test_only_urgent_items_break_the_quiet_hours(now: datetime, urgent: bool, told: bool) -> None:
    item = sample_item(assigned=date(2026, 9, 1), deadline=date(2026, 10, 1), urgent=urgent)

    assert bool(due(item, now)) is told


def test_an_urgent_reminder_still_waits_for_its_morning() -> None:
    item = sample_item(urgent=True)

    assert due(item, at(2026, 11, 25, 8, 29)) == []
    assert due(item, at(2026, 11, 25, 8, 30)) == [
        (Occasion.DUE_SOON, date(2026, 11, 25), HEAD, False)
    ]


@pytest.mark.parametrize(
    ("day", "occasion"),
    [
        (24, None),
        (25, Occasion.DUE_SOON),  # three working days before Monday the 30th
        (26, Occasion.DUE_SOON),  # the same, late
        (27, Occasion.DUE_SOON),  # one working day before
        (30, Occasion.DUE_TODAY),
    ],
)
def test_before_the_deadline_the_latest_reminder_counts(day: int, occasion: Occasion) -> None:
    found = due(sample_item(), at(2026, 11, day, 9))

    assert [reminder[0] for reminder in found] == ([occasion] if occasion else [])
    assert [reminder[3] for reminder in found] == ([day == 26] if occasion else [])


def test_a_deadline_on_a_sunday_is_told_on_the_friday_before() -> None:
    item = sample_item(deadline=date(2026, 11, 29))

    assert due(item, at(2026, 11, 27, 9))[0][0] is Occasion.DUE_TODAY
    assert due(replace(item, urgent=True), at(2026, 11, 27, 9))[0][0] is Occasion.DUE_SOON
    assert due(replace(item, urgent=True), at(2026, 11, 29, 9))[0][0] is Occasion.DUE_TODAY


def test_overdue_is_told_every_working_morning_to_ever_higher_places() -> None:
    item = sample_item(deadline=date(2026, 11, 27))  # a Friday

    told = {
        day: sorted((occasion.value, to) for occasion, _, to, _ in due(item, at(2026, *day, 9)))
        for day in ((11, 28), (11, 30), (12, 2), (12, 4))
    }
    overdue, unit = ("overdue", HEAD), ("escalated_unit", HEAD)
    office, leader = (
        ("escalated_office", "changle/supervisor1"),
        ("escalated_leader", "changle/deputy1"),
    )
    assert told == {
        (11, 28): [],
        (11, 30): [unit, overdue],
        (12, 2): [office, unit, overdue],
        (12, 4): [leader, office, unit, overdue],
    }


def test_a_reminder_before_the_deadline_is_dropped_after_it() -> None:
    item = sample_item(deadline=date(2026, 11, 27))

    occasions = {reminder[0] for reminder in due(item, at(2026, 11, 30, 9))}
    assert occasions == {Occasion.OVERDUE, Occasion.ESCALATED_UNIT}


def test_what_was_sent_is_not_sent_again() -> None:
    item = sample_item()
    sent = Reminder(item.id, Occasion.DUE_SOON, date(2026, 11, 25), PersonId(HEAD))

    assert due(item, at(2026, 11, 25, 9), sent) == []
    assert due(item, at(2026, 11, 26, 9), sent) == []
    assert len(due(item, at(2026, 11, 27, 9), sent)) == 1


def test_unsigned_is_told_a_working_day_after_the_assignment_was_received() -> None:
    item = sample_item(state=ItemState.UNSIGNED, deadline=date(2026, 12, 31))
    assigned = Reminder(item.id, Occasion.ASSIGNED, date(2026, 11, 23), PersonId(HEAD))

    assert due(item, at(2026, 11, 23, 17), assigned) == []
    assert due(item, at(2026, 11, 24, 9), assigned) == [
        (Occasion.UNSIGNED, date(2026, 11, 24), HEAD, False)
    ]
    signed = replace(item, state=ItemState.WORKING)
    assert due(signed, at(2026, 11, 24, 9), assigned) == []


def test_a_long_item_asks_for_progress_two_weeks_after_the_last_news() -> None:
    item = sample_item(deadline=None, kind=ItemKind.LONG)
    news = Progress(at(2026, 11, 30, 10), PersonId(HEAD), "进展")

    assert due(item, at(2026, 12, 4, 9)) == []
    assert due(item, at(2026, 12, 7, 9)) == [
        (Occasion.PROGRESS_DUE, date(2026, 12, 7), HEAD, False)
    ]
    assert due(replace(item, progress=(news,)), at(2026, 12, 7, 9)) == []
    assert due(replace(item, progress=(news,)), at(2026, 12, 14, 9))[0][1] == date(2026, 12, 14)


def test_a_long_item_that_names_its_own_rhythm_keeps_it() -> None:
    weekly = replace(sample_item(deadline=None, kind=ItemKind.LONG), cycle=7)

    assert due(weekly, at(2026, 11, 27, 9)) == []
    assert [(what, day) for what, day, *_ in due(weekly, at(2026, 11, 30, 9))] == [
        (Occasion.PROGRESS_DUE, date(2026, 11, 30))
    ]
    assert due(replace(weekly, kind=ItemKind.ORDINARY), at(2026, 11, 30, 9)) == []


@pytest.mark.parametrize("state", [ItemState.CLOSED, ItemState.CANCELLED])
def test_a_closed_item_is_silent(state: ItemState) -> None:
    assert due(sample_item(state=state), at(2026, 12, 20, 9)) == []


def test_in_review_only_the_supervision_office_is_reminded() -> None:
    item = sample_item(state=ItemState.IN_REVIEW, deadline=date(2026, 11, 27))

    assert [(r[0], r[2]) for r in due(item, at(2026, 12, 9, 9))] == [
        (Occasion.ESCALATED_OFFICE, "changle/supervisor1")
    ]


def test_a_moved_deadline_moves_the_reminders() -> None:
    item = sample_item()
    moved = replace(item, deadline=date(2026, 12, 11))

    assert due(item, at(2026, 11, 30, 9)) != []
    assert due(moved, at(2026, 11, 30, 9)) == []
    assert due(moved, at(2026, 12, 8, 9))[0][:2] == (Occasion.DUE_SOON, date(2026, 12, 8))


def test_the_head_of_the_unit_is_told_of_what_another_answers_for() -> None:
    item = replace(
        sample_item(deadline=date(2026, 11, 27)), person=PersonId("changle/bureau_staff")
    )
    heads = {(CHANGLE, item.lead_unit): PersonId(HEAD)}

    found = due_reminders([item], {}, at(2026, 11, 30, 9), PublishedCalendar(), heads)

    assert {r.occasion: r.to for r in found} == {
        Occasion.OVERDUE: "changle/bureau_staff",
        Occasion.ESCALATED_UNIT: HEAD,
    }


def test_a_unit_without_anybody_is_reminded_through_the_supervision_office() -> None:
    item = replace(sample_item(state=ItemState.UNSIGNED), person=None, leader=None)

    assert due(item, at(2026, 11, 23, 9))[0][2] == "changle/supervisor1"


def test_stages_passed_are_those_that_a_new_deadline_overtakes() -> None:
    passed = stages_passed(sample_item(), at(2026, 11, 27, 9), PublishedCalendar())

    assert [r.day for r in passed] == [date(2026, 11, 25), date(2026, 11, 27)]
    assert stages_passed(sample_item(deadline=None), at(2026, 11, 27, 9), PublishedCalendar()) == []
