from __future__ import annotations

from datetime import date, datetime

from bot.core.clock import OFFICE_TIME
from bot.core.people import OrgId
from bot.core.rules import AnswerStatus
from bot.core.unanswered import GroupState
from tests.fakes.desks import CHANGLE
from tests.unit.unanswered.stage import Stage


def test_questions_that_mean_the_same_are_one_group(stage: Stage) -> None:
    stage.ask("食堂几点开饭", "请问食堂什么时候开饭？", "停车证在哪里办")

    lunch, parking = stage.groups()
    assert (lunch.group.question, lunch.count) == ("食堂几点开饭", 2)
    assert [question.question for question in lunch.questions] == [
        "食堂几点开饭",
        "请问食堂什么时候开饭？",
    ]
    assert parking.count == 1


def test_offices_are_sorted_apart(stage: Stage) -> None:
    stage.ask("食堂几点开饭")
    stage.ask("食堂几点开饭", org=OrgId("yunyang"))

    assert stage.only().count == 1


def test_what_contradicts_lands_apart(stage: Stage) -> None:
    stage.ask("三楼大会议室怎么预定", "二楼大会议室怎么预定", "三楼大会议室谁管")

    assert [view.count for view in stage.groups()] == [1, 1, 1]


def test_numbers_and_names_of_people_are_masked_before_they_are_kept(stage: Stage) -> None:
    stage.ask("晏晓岚的电话是13800138000吗")

    with stage.database.unit_of_work() as uow:
        [kept] = uow.unanswered.listing(CHANGLE)
    assert kept.question == "***的电话是***吗"


def test_questions_kept_by_an_earlier_version_are_masked_and_sorted(stage: Stage) -> None:
    with stage.database.unit_of_work() as uow:
        now = stage.clock.now()
        uow.unanswered.add(CHANGLE, "我电话13800138000", AnswerStatus.SILENT, 3, now)
        uow.commit()

    view = stage.only()
    assert (view.group.question, view.group.nearest_article) == ("我电话***", 3)
    assert [question.question for question in view.questions] == ["我电话***"]


def test_a_long_text_is_kept_by_its_end(stage: Stage) -> None:
    stage.ask("会议材料" * 100 + "食堂几点开饭")

    assert len(stage.only().group.question) == 200
    assert stage.only().group.question.endswith("食堂几点开饭")


def test_what_says_nothing_is_not_kept(stage: Stage) -> None:
    stage.ask("？？？", "😀", "嗯")

    assert stage.groups() == []


def test_a_question_about_a_day_gone_by_is_not_kept(stage: Stage) -> None:
    stage.rule_desk.ask(CHANGLE, "食堂几点开饭", date(2020, 1, 1))

    assert stage.groups() == []


def test_a_follow_up_is_kept_as_the_whole_question(stage: Stage) -> None:
    stage.rule_desk.follow_up(CHANGLE, "食堂几点开饭", "那周末呢")

    assert stage.only().group.question == "食堂几点开饭那周末呢"


def test_a_new_group_has_an_owner_and_three_working_days(stage: Stage) -> None:
    stage.ask("食堂几点开饭")

    group = stage.only().group
    assert (group.owner, group.due_day) == ("changle/clerk1", date(2026, 11, 26))
    assert group.state is GroupState.OPEN


def test_an_office_sets_its_own_days(stage: Stage) -> None:
    stage.desk.change_settings(CHANGLE, "it", due_days=5)
    stage.ask("食堂几点开饭")

    assert stage.only().group.due_day == date(2026, 11, 30)


def test_the_owner_hears_once_of_a_group_and_in_office_hours(stage: Stage) -> None:
    stage.clock.set(datetime(2026, 11, 20, 20, 0, tzinfo=OFFICE_TIME))
    stage.ask("食堂几点开饭")
    stage.desk.tick()
    stage.ask("食堂什么时候开饭")
    stage.desk.tick()

    [push] = stage.pushes()
    assert push.to == "changle/clerk1"
    assert push.not_before == datetime(2026, 11, 23, 8, 30, tzinfo=OFFICE_TIME)
    assert "食堂几点开饭" in push.message.text


def test_the_owner_is_reminded_once_when_the_day_has_come(stage: Stage) -> None:
    stage.ask("食堂几点开饭")
    for _ in range(5):
        stage.pass_days(1)

    assert [push.key for push in stage.pushes()] == [
        "unanswered:1:new",
        "unanswered:1:due:2026-11-27",
    ]


def test_the_same_question_stays_with_the_group_that_was_dismissed(stage: Stage) -> None:
    stage.ask("食堂几点开饭")
    stage.desk.dismiss(stage.clerk, stage.only().group.id)
    stage.ask("食堂什么时候开饭", "食堂几点关门")

    dismissed, new = stage.groups()
    assert (dismissed.group.state, dismissed.count) == (GroupState.DISMISSED, 2)
    assert (new.group.state, new.count) == (GroupState.OPEN, 1)
