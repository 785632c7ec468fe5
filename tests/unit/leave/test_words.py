"""What people read about leave."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.errors import RefusedError
from bot.core.leave import LeaveState
from tests.unit.leave.stage import Stage, directory, person


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_the_confirmation_shows_everything_that_would_be_filed(stage: Stage) -> None:
    leave = stage.preview("yunyang/bureau_head", "紧急,后天去重庆出差两天,参加评审,没有代理人")

    message = stage.words.summary(leave)

    for shown in (
        "出差",
        "11月25日（周三）至11月26日（周四）",
        "共2天，其中工作日2天",
        "重庆（外出，离开本地）",
        "参加评审",
        "紧急",
        "温梅隐 → 县长 温鉴明",
        "县政府办公室",
        "第59条",
        "提前3天",
        "没有写明",
    ):
        assert shown in message.text
    assert [button.title for button in message.buttons] == ["确认提交", "修改", "算了"]
    assert {citation.article for citation in message.citations} == {59}


def test_an_unpublished_year_is_named(stage: Stage) -> None:
    leave = stage.preview("changle/staff1", "12月30日至1月3日年休假")

    text = stage.words.summary(leave).text

    assert leave.working_days is None
    assert "2027年节假日安排尚未发布" in text
    assert "2027年1月3日" in text


@pytest.mark.parametrize(
    ("said", "asked", "title"),
    [
        ("我要请假", "请问请哪一种假？", "年休假"),
        ("病假", "请问从哪天到哪天", "今天"),
        ("请三天病假", "请3天，从哪天开始？", "明天"),
        ("下周三开始病假", "12月2日（周三）开始，请几天", "半天"),
        ("明天请半天病假", "11月24日（周二）请半天，是上午还是下午？", "上午"),
        ("12月1日出差", "请问去哪里？", "就在本地"),
        ("12月1日事假", "请问事由是什么？", "家中有事"),
    ],
)
def test_each_missing_part_has_its_question_and_buttons(
    stage: Stage, said: str, asked: str, title: str
) -> None:
    user = "changle/staff1"
    view = stage.say(user, said)

    message = stage.words.question(view.missing[0], view, person(user), directory("changle"))

    assert message.text.startswith(asked)
    assert title in [button.title for button in message.buttons]


def test_pressing_a_button_for_half_a_day_answers_the_question(stage: Stage) -> None:
    user = "changle/staff1"
    view = stage.say(user, "明天请半天病假")
    message = stage.words.question("span", view, person(user), directory("changle"))

    view = stage.say(user, message.buttons[1].say, "span")

    assert view.draft.parts.span is not None
    assert (view.draft.parts.span.first_day, view.draft.parts.span.starts_pm) == (
        date(2026, 11, 24),
        True,
    )


def test_own_leaves_are_listed_with_their_states(stage: Stage) -> None:
    stage.file("changle/staff1", "12月1日病假")

    leaves = stage.desk.listing(person("changle/staff1").org, person("changle/staff1").id)

    assert "病假 12月1日（周二），共1天，其中工作日1天，审批中" in stage.words.listing(leaves).text
    assert stage.words.listing([]).text == "您没有请假记录。"


@pytest.mark.parametrize("state", list(LeaveState))
def test_every_state_has_a_word(stage: Stage, state: LeaveState) -> None:
    assert stage.words.state(state)


def test_a_problem_without_a_sentence_names_its_code(stage: Stage) -> None:
    assert "odd_code" in stage.words.problem(RefusedError("odd_code")).text


def test_what_is_told_reads_as_one_sentence(stage: Stage) -> None:
    asker = person("changle/bureau_head")
    leave = stage.grant(asker.id, "12月7日到9日去济南出差,工作由副局长主持")

    text = stage.words.told(leave, asker).text

    assert text.endswith("已经批准，前往济南，期间工作由副局长主持。")


def test_a_post_that_names_its_unit_is_not_said_twice(stage: Stage) -> None:
    fields = []
    for user in ("changle/bureau_head", "changle/head"):
        leave = stage.preview(user, "12月7日病假")
        fields.append(dict(stage.words.fields(leave, person(user)))["申请人"])

    assert fields == ["舒蘅芜（发展和改革局局长）", "莫寻梅（县政府县长）"]


def test_one_day_of_another_leave_is_named_once(stage: Stage) -> None:
    stage.file("changle/staff1", "12月7日病假")
    leave = stage.preview("changle/staff1", "12月7日上午年休假")

    assert "（12月7日（周一））时间重叠" in leave.warnings[0].text
