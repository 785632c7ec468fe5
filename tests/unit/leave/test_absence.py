from __future__ import annotations

from datetime import date

import pytest

from bot.core.people import OrgId
from bot.core.spoken_names import named_people
from bot.services.leave_absence import Absences
from tests.unit.leave.stage import Stage, directory, person

CHANGLE = OrgId("changle")
STAFF, BUREAU = "changle/staff1", "changle/weijian_head"


@pytest.fixture
def stage() -> Stage:
    stage = Stage(orgs=["changle", "yunyang"])
    stage.grant(STAFF, "12月1日到2日年休假")
    stage.grant(BUREAU, "11月30日到12月1日去济南开会")
    stage.file("changle/staff2", "12月1日年休假")
    return stage


def answer(stage: Stage, text: str, org: OrgId = CHANGLE) -> str:
    absences = Absences(stage.database.unit_of_work, stage.clock, stage.words)
    return absences.answer(org, text, stage.desk.read(text, org).span).text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("今天谁不在", ""),
        ("12月1日谁请假", "卞桑"),
        ("下周谁不在", "卞桑"),
        ("下周三有谁请假", "卞"),
        ("下个月谁请假", "卞桑"),
        ("12月1日秘书科谁请假", "卞"),
        ("12月1日卫健局谁请假", "桑"),
        ("12月1日哪些领导不在家", ""),
    ],
)
def test_whoever_is_granted_leave_on_the_days_is_away(stage: Stage, text: str, names: str) -> None:
    lines = answer(stage, text).splitlines()[1:]

    assert [line[0] for line in lines] == list(names)


@pytest.mark.parametrize(
    "text", ["卞北辰12月1日在不在", "小卞12月1日在吗", "12月1日卞北辰请假了吗"]
)
def test_one_person_is_told_of_alone(stage: Stage, text: str) -> None:
    said = answer(stage, text)

    assert "卞北辰" in said
    assert "12月1日（周二）至12月2日" in said
    assert "桑" not in said


def test_whoever_is_there_is_said_to_have_no_leave(stage: Stage) -> None:
    assert "没有请假或外出的记录" in answer(stage, "卞北辰今天在不在")


def test_whom_the_directory_does_not_list_is_not_guessed(stage: Stage) -> None:
    assert "通讯录里没有找到" in answer(stage, "张局长在不在")


def test_neither_kind_nor_place_nor_reason_is_told(stage: Stage) -> None:
    said = answer(stage, "12月1日谁请假")

    assert not any(word in said for word in ("年休", "济南", "开会"))


def test_another_offices_leaves_are_not_told(stage: Stage) -> None:
    assert "没有人" in answer(stage, "12月1日谁请假", OrgId("yunyang"))


def test_whoever_has_not_reported_back_is_named_as_late(stage: Stage) -> None:
    stage.go_to(date(2026, 12, 5))
    stage.desk.tick()

    said = answer(stage, "今天谁不在")

    assert "卞北辰" in said
    assert "还没有销假" in said


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("舒观棋在吗", ["office_director"]),
        ("冉科长在不在", ["section_chief"]),
        ("欧阳局长在不在", ["sifa_head"]),
        ("县长在不在", ["head"]),
        ("副县长在不在", ["deputy2"]),
        ("匡县长在家吗", ["deputy1"]),
        ("教育局局长在不在", ["jiaoyu_head"]),
        ("教育局长在不在", ["jiaoyu_head"]),
        ("财政局谁请假", []),
    ],
)
def test_people_are_known_by_name_title_and_post(text: str, people: list[str]) -> None:
    found = named_people(text, directory("changle"))

    assert list(found) == [person(f"changle/{who}") for who in people]


@pytest.mark.parametrize("text", ["谁还没销假", "哪些人没有销假", "逾期没回来的有谁"])
def test_whoever_has_not_reported_back_is_named(stage: Stage, text: str) -> None:
    nobody = answer(stage, text)
    stage.go_to(date(2026, 12, 4))
    stage.desk.tick()
    stage.desk.return_from(person(BUREAU), None, stage.turn())

    late = answer(stage, text)

    assert nobody == "没有假期已满还没销假的人。"
    assert person(STAFF).name in late
    assert person(BUREAU).name not in late


def test_of_days_that_are_over_those_who_have_come_back_are_named_too(stage: Stage) -> None:
    stage.go_to(date(2026, 12, 4))
    stage.desk.tick()
    stage.desk.return_from(person(BUREAU), None, stage.turn())

    assert person(BUREAU).name in answer(stage, "12月1日谁请过假")
    assert person(BUREAU).name in answer(stage, "12月谁请过假")
    assert "1月1日（周五）" in answer(stage, "1月份谁请假")  # of 2027
    assert person(BUREAU).name not in answer(stage, "今天谁请假")
