from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import pytest

from bot.adapters.calendars import OfficeCalendars
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.chinese.duty_reader import ChineseDutyReader
from bot.adapters.people import load_directory
from bot.adapters.texts import YamlTexts
from bot.core.clock import OFFICE_TIME
from bot.core.duties import Duty, DutyKind, DutyState, DutyStateError
from bot.core.errors import InvalidInputError, NotAllowedError, RefusedError
from bot.core.people import OrgId, Person, PersonId
from bot.services.duties import DutyDesk
from bot.services.storage import OutboxState
from knowledge.procedures.loader import load_procedures
from tests.fakes.clock import FakeClock
from tests.fakes.rule_book import FakeRuleBook
from tests.fakes.storage import FakeDatabase
from tests.unit.supervision.stage import ROOT

OFFICES = ("shuangtaizi", "fenghuang", "xianyang", "changle")
PROCEDURES = load_procedures(ROOT / "knowledge" / "procedures")


@dataclass
class Stage:
    """The duties of four offices; Monday, 23 November 2026, 09:00."""

    clock: FakeClock = field(default_factory=FakeClock)
    database: FakeDatabase = field(default_factory=FakeDatabase)
    turns: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        with self.database.unit_of_work() as uow:
            for org in OFFICES:
                uow.people.save(load_directory(ROOT / "demo" / "people" / f"{org}.yml"))
            uow.commit()
        self.desk = DutyDesk(
            self.database.unit_of_work,
            self.clock,
            OfficeCalendars(PublishedCalendar(), {}),
            PROCEDURES,
            FakeRuleBook(),
            ChineseDutyReader(),
            YamlTexts(),
        )

    def person(self, user: str) -> Person:
        return self.database.unit_of_work().people.person(PersonId(user))

    def register(self, text: str, user: str) -> list[Duty]:
        return self.desk.register(self.person(user), text, f"turn-{next(self.turns)}")

    def at(self, day: int, hour: int, minute: int = 0, month: int = 11) -> None:
        self.clock.set(datetime(2026, month, day, hour, minute, tzinfo=OFFICE_TIME))
        self.desk.tick()
        self.desk.tick()

    def told(self, user: str) -> list[str]:
        entries = self.database.unit_of_work().outbox.listing(None, list(OutboxState))
        pushes = [entry.payload for entry in entries]
        return [push.message.text for push in pushes if getattr(push, "to", None) == user]  # type: ignore[union-attr]


@pytest.fixture
def stage() -> Stage:
    return Stage()


def moment(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=OFFICE_TIME)


CLERK, CHIEF = "shuangtaizi/clerk1", "shuangtaizi/bureau_head"
COUNTERSIGN = "会签 发改局 关于印发公文处理办法的通知"


def test_a_countersigning_is_due_five_working_days_after_by_the_article(stage: Stage) -> None:
    [duty] = stage.register(COUNTERSIGN, CLERK)

    assert (duty.kind, duty.person, duty.by) == (DutyKind.COUNTERSIGN, CHIEF, CLERK)
    assert "关于印发公文处理办法的通知" in duty.title
    assert duty.due_at == moment(30, 17, 30)
    assert duty.rule is not None
    assert duty.rule.article == 48
    assert duty.lapse_rule is not None
    assert "视为无不同意见" in duty.lapse_rule.quote


def test_a_day_that_was_said_wins_over_the_rule(stage: Stage) -> None:
    [duty] = stage.register("会签 发改局 关于印发公文处理办法的通知,12月3号前", CLERK)

    assert duty.due_at == moment(3, 17, 30, month=12)
    assert duty.rule is None
    assert duty.lapse_rule is not None


def test_silence_is_announced_before_and_told_after_as_no_objection(stage: Stage) -> None:
    [duty] = stage.register(COUNTERSIGN, CLERK)
    stage.at(27, 8, 29)
    stage.at(27, 8, 30)
    stage.at(30, 9)
    stage.at(30, 18)
    stage.at(1, 8, 30, month=12)
    stage.at(2, 9, month=12)

    assert [text[:4] for text in stage.told(CHIEF)] == [
        "请办理待",
        "临近到期",
        "今天到期",
        "已过时限",
    ]
    assert all("视为无不同意见" in text for text in stage.told(CHIEF))
    assert [text[:10] for text in stage.told(CLERK)] == ["发展和改革局未按时办"]
    assert stage.desk.listing(duty.org, None)[0].state is DutyState.LAPSED


def test_an_answer_in_time_silences_it(stage: Stage) -> None:
    [duty] = stage.register(COUNTERSIGN, CLERK)
    done = stage.desk.finish(stage.person(CHIEF), f"待办{duty.id}号已办", "t")
    again = stage.desk.finish(stage.person(CHIEF), f"待办{duty.id}号已办", "t")
    stage.at(1, 9, month=12)

    assert done == again
    assert done.state is DutyState.DONE
    assert len(stage.told(CHIEF)) == 1
    assert stage.told(CLERK) == []
    with pytest.raises(DutyStateError):
        stage.desk.finish(stage.person(CHIEF), f"待办{duty.id}号已办", "t2")


def test_minutes_have_36_hours_or_two_days_and_five_working_days(stage: Stage) -> None:
    [review] = stage.register("纪要:常务会议今天下午5点散会", "fenghuang/clerk1")
    special = stage.register("纪要:专题会议11月20日下午3点半散会", "fenghuang/clerk1")

    assert review.due_at == moment(25, 5)
    assert [(duty.kind, duty.due_at) for duty in special] == [
        (DutyKind.MINUTES_REVIEW, moment(22, 17, 30)),
        (DutyKind.MINUTES_ISSUE, moment(27, 17, 30)),
    ]
    assert {duty.person for duty in special} == {"fenghuang/clerk1"}


def test_a_request_is_answered_in_ten_working_days_or_explained(stage: Stage) -> None:
    [duty] = stage.register("请示:教育局关于新建校舍的请示", "xianyang/clerk1")
    stage.at(8, 9, month=12)

    assert duty.due_at == moment(7, 17, 30, month=12)
    assert "请说明原因" in stage.told("xianyang/jiaoyu_head")[-1]
    assert stage.desk.own(stage.person("xianyang/jiaoyu_head"))[0].is_late(stage.clock.now())


def test_every_friday_the_plans_of_next_week_are_collected(stage: Stage) -> None:
    director = "xianyang/office_director"
    stage.at(26, 9)
    before = stage.told(director)
    stage.at(27, 8, 30)
    stage.at(27, 15)
    friday = stage.told(director)
    stage.at(4, 9, month=12)

    assert before == []
    assert len(friday) == 1
    assert "下周领导重大活动安排" in friday[0]
    opened = [text for text in stage.told(director) if "请办理" in text]
    assert len(opened) == 2
    assert stage.told("changle/office_director") == []


def test_a_friday_off_is_brought_forward(stage: Stage) -> None:
    stage.clock.set(datetime(2026, 9, 24, 9, tzinfo=OFFICE_TIME))  # before the Mid-Autumn feast
    stage.desk.tick()

    assert len(stage.told("xianyang/office_director")) == 1


def test_what_has_passed_long_ago_is_told_no_more(stage: Stage) -> None:
    stage.register(COUNTERSIGN, CLERK)
    stage.at(15, 9, month=12)

    assert len(stage.told(CHIEF)) == 1
    assert stage.told(CLERK) == []


def test_a_repeated_turn_registers_nothing_twice(stage: Stage) -> None:
    first = stage.desk.register(stage.person(CLERK), COUNTERSIGN, "same")
    second = stage.desk.register(stage.person(CLERK), COUNTERSIGN, "same")

    assert first == second
    assert len(stage.desk.listing(OrgId("shuangtaizi"))) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("发改局的材料", "duty_kind_missing"),
        ("会签 关于印发办法的通知", "duty_unit_missing"),
        ("会签 发改局 关于印发办法的通知,11月20日前", "deadline_past"),
        ("请示 发改局 关于追加预算的请示", "duty_deadline_missing"),
    ],
)
def test_what_is_missing_is_asked_for(stage: Stage, text: str, code: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        stage.register(text, CLERK)

    assert refusal.value.code == code


def test_others_duties_are_not_ones_own(stage: Stage) -> None:
    [duty] = stage.register(COUNTERSIGN, CLERK)

    with pytest.raises(NotAllowedError):
        stage.desk.finish(stage.person("shuangtaizi/staff1"), f"待办{duty.id}号已办", "t")
    with pytest.raises(RefusedError) as none:
        stage.desk.finish(stage.person("shuangtaizi/staff1"), "办完了", "t")
    assert none.value.code == "duty_none"
    assert stage.desk.own(stage.person("shuangtaizi/staff1")) == []
    assert stage.desk.own(stage.person("shuangtaizi/bureau_staff")) == [duty]
