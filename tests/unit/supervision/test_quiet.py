from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.chinese.calendar import PublishedCalendar
from bot.core.clock import OFFICE_TIME
from bot.core.office_hours import OfficeHours, ReminderCalendar
from bot.core.people import PersonId
from bot.core.reminder_plan import DEFAULT_PLAN, ReminderPlan
from bot.core.reminders import LONGEST_QUIET, due_reminders, quiet_until
from bot.core.supervision import Item, ItemKind, ItemState, Occasion, Progress, SentReminder
from tests.unit.supervision.stage import sample_item

CALENDAR = ReminderCalendar(PublishedCalendar())
PLANS = (
    DEFAULT_PLAN,
    ReminderPlan(
        to_sign=None,
        ahead=(10, 5, 2),
        cycle=timedelta(weeks=1),
        escalations=((2, Occasion.ESCALATED_OFFICE),),
        hours=OfficeHours(time(9), time(17)),
    ),
)
NOON = datetime(2026, 9, 7, 12, tzinfo=OFFICE_TIME)  # the weeks after it hold two feasts

moments = st.integers(0, 120 * 24 * 4).map(lambda quarters: NOON + quarters * timedelta(minutes=15))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Item, list[SentReminder], datetime]:
    """An item, what was sent of it, and a moment at which all that is due has been sent."""
    now = draw(moments)
    assigned = now.date() - timedelta(days=draw(st.integers(0, 40)))
    ahead = draw(st.none() | st.integers(0, 60))
    item = sample_item(
        assigned=assigned,
        deadline=None if ahead is None else assigned + timedelta(days=ahead),
        kind=draw(st.sampled_from([ItemKind.ORDINARY, ItemKind.LONG])),
        state=draw(st.sampled_from(ItemState)),
        urgent=draw(st.booleans()),
    )
    # A clock that was set back leaves news of tomorrow behind.
    news = [
        now + timedelta(hours=draw(st.integers(-500, 40))) for _ in range(draw(st.integers(0, 1)))
    ]
    progress = tuple(Progress(at, PersonId("changle/bureau_head"), "进展") for at in news)
    told = SentReminder(
        now - timedelta(hours=draw(st.integers(0, 72))),
        Occasion.ASSIGNED,
        "changle/bureau_head",
        "sent",
        assigned,
    )
    return replace(item, progress=progress), [told], now


@settings(max_examples=300)
@given(cases(), st.sampled_from(PLANS), st.data())
def test_while_an_item_is_quiet_nothing_of_it_is_due(
    case: tuple[Item, list[SentReminder], datetime], plan: ReminderPlan, data: st.DataObject
) -> None:
    item, sent, now = case

    def due(at: datetime) -> list[SentReminder]:
        found = due_reminders([item], {item.id: sent}, at, CALENDAR, plan=plan)
        return [SentReminder(at, r.occasion, r.to, "sent", r.day) for r in found]

    sent += due(now)
    until = quiet_until(item, sent, now, CALENDAR, plan=plan)

    assert now < until <= now + LONGEST_QUIET
    quarters = int((until - now) / timedelta(minutes=15))
    asked = {0, quarters, *data.draw(st.lists(st.integers(0, quarters), max_size=40))}
    for moment in sorted(now + number * timedelta(minutes=15) for number in asked):
        assert moment >= until or due(moment) == []
    assert due(until - timedelta(seconds=1)) == []


def test_an_item_is_not_looked_at_before_its_next_day() -> None:
    item = sample_item(deadline=date(2026, 12, 31))  # first reminded on the 28th
    now = datetime(2026, 11, 23, 9, tzinfo=OFFICE_TIME)

    until = quiet_until(item, [], now, CALENDAR)
    soon = quiet_until(replace(item, deadline=date(2026, 12, 4)), [], now, CALENDAR)

    assert until == now + LONGEST_QUIET
    assert soon == datetime(2026, 12, 1, 8, 30, tzinfo=OFFICE_TIME)
