from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.adapters.calendars import OfficeCalendars
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.core.calendar import LocalDays
from bot.core.clock import OFFICE_TIME
from bot.core.office_hours import OfficeHours
from bot.core.people import OrgId
from bot.core.procedures import Condition, Procedures, Row, Table
from bot.core.reminder_plan import DEFAULT_PLAN, REMINDER_TABLE, ReminderPlan, Stage, plan_of
from bot.core.reminders import due_reminders
from bot.core.supervision import ItemKind, ItemState, Occasion
from bot.services.reminder_plans import ReminderPlans
from knowledge.procedures.loader import load_procedures
from tests.fakes.rule_book import FakeRuleBook
from tests.unit.supervision.stage import CHANGLE, ROOT, SHUANGTAIZI, sample_item
from tests.unit.supervision.stage import Stage as Office

PUBLISHED = load_procedures(ROOT / "knowledge" / "procedures")


def row(stage: Stage, outcome: dict[str, object], quote: str = "") -> Row:
    when = (Condition("stage", frozenset({stage.value})),)
    basis = "rule" if quote else "office"
    return Row(when, outcome, 64 if quote else None, None, quote, basis)


def table(*rows: Row) -> Procedures:
    return Procedures(CHANGLE, {REMINDER_TABLE: Table(CHANGLE, REMINDER_TABLE, "督办提醒", rows)})


@pytest.mark.parametrize("org", ["changle", "shuangtaizi", "fenghuang", "xianyang", "yunyang"])
def test_every_office_has_all_stages_and_they_are_the_usual_ones(org: str) -> None:
    plan = plan_of(PUBLISHED.of(OrgId(org)))

    assert set(plan.rows) == set(Stage)
    assert plan == ReminderPlan(rows=plan.rows)


def test_what_a_rule_lays_down_is_cited_and_a_default_of_the_office_is_not() -> None:
    plans = ReminderPlans(PUBLISHED, FakeRuleBook())
    plan = plans.of(SHUANGTAIZI)

    cited = plans.cite(SHUANGTAIZI, plan.row_of(Occasion.PROGRESS_DUE))

    assert cited is not None
    assert (cited.article, cited.quote) == (64, "需要长期推进的工作,每两周反馈工作进展")
    assert plans.cite(SHUANGTAIZI, plan.row_of(Occasion.DUE_SOON)) is None
    assert plan.row_of(Occasion.OVERDUE) is None


def test_a_row_whose_quote_is_gone_gives_way_to_the_default() -> None:
    gone = table(row(Stage.PROGRESS, {"amount": 4}, quote="每四周反馈"))

    rules = FakeRuleBook(gone=("每四周反馈",))

    class Book:
        def of(self, org: OrgId) -> Procedures:
            return gone

    assert plan_of(gone).cycle == timedelta(weeks=4)
    assert ReminderPlans(Book(), rules).of(CHANGLE).cycle == DEFAULT_PLAN.cycle


def test_a_table_sets_its_own_stages_and_switches_others_off() -> None:
    plan = plan_of(
        table(
            row(Stage.SIGNING, {"amount": 2}),
            row(Stage.AHEAD, {"amounts": [1, 10, 5]}),
            row(Stage.PROGRESS, {"off": True}),
            row(Stage.UNIT, {"amount": 2}),
            row(Stage.LEADER, {"off": True}),
            row(Stage.YELLOW, {"amount": 7}),
            row(Stage.HOURS, {"opens": "09:00", "closes": "17:00"}),
        )
    )

    assert (plan.to_sign, plan.ahead, plan.cycle, plan.yellow_days) == (2, (10, 5, 1), None, 7)
    assert plan.escalations == (
        (2, Occasion.ESCALATED_UNIT),
        (3, Occasion.ESCALATED_OFFICE),
    )
    assert plan.hours == OfficeHours(time(9), time(17))


def test_reminders_follow_the_plan_of_their_office() -> None:
    plan = plan_of(
        table(
            row(Stage.SIGNING, {"off": True}),
            row(Stage.AHEAD, {"off": True}),
            row(Stage.PROGRESS, {"off": True}),
            row(Stage.OFFICE, {"off": True}),
            row(Stage.HOURS, {"opens": "10:00", "closes": "11:00"}),
        )
    )
    item = sample_item(kind=ItemKind.LONG, state=ItemState.WORKING)

    def told(day: int, hour: int) -> set[Occasion]:
        now = datetime(2026, 12, day, hour, tzinfo=OFFICE_TIME)
        found = due_reminders([item], {}, now, PublishedCalendar(), plan=plan)
        return {reminder.occasion for reminder in found}

    assert told(7, 9) == told(7, 11) == set()
    assert told(7, 10) == {
        Occasion.OVERDUE,
        Occasion.ESCALATED_UNIT,
        Occasion.ESCALATED_LEADER,
    }


def test_an_office_s_own_day_off_is_kept_quiet_there_and_nowhere_else() -> None:
    stage = Office()
    monday = date(2026, 11, 30)
    calendars = OfficeCalendars(
        PublishedCalendar(), {CHANGLE: LocalDays(holidays=frozenset({monday}))}
    )
    stage.desk = replace(stage.desk, calendars=calendars)
    for org in (CHANGLE, SHUANGTAIZI):
        stage.register("立项:发改局11月27日前报送重点项目进展", org=org)

    def overdue(org: OrgId) -> bool:
        return any("超期" in push.message.text for push in stage.pushes("bureau_head", org))

    stage.at(2026, 11, 30, 9)
    stage.desk.tick()
    there, elsewhere = overdue(CHANGLE), overdue(SHUANGTAIZI)
    stage.at(2026, 12, 1, 9)
    stage.desk.tick()

    assert (there, elsewhere) == (False, True)
    assert overdue(CHANGLE)
