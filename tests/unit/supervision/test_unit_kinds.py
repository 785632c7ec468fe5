"""Units named by their kind: one item for each that the directory lists, confirmed first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.chinese.supervision_reader import ChineseSupervisionReader
from bot.adapters.chinese.unit_kinds import find_kinds, units_meant
from bot.adapters.people import load_directory
from bot.core.errors import InvalidInputError, RefusedError
from bot.core.people import Directory
from bot.core.supervision import ItemParts
from bot.services.supervision_intake import Proposal
from bot.services.supervision_proposal_words import proposals_message
from tests.unit.supervision.stage import CHANGLE, MONDAY, Stage

PEOPLE = Path(__file__).parents[3] / "demo" / "people"
COUNTY, CITY = (load_directory(PEOPLE / f"{org}.yml") for org in ("changle", "xianyang"))
TOWNS, STREETS = ("营丘镇", "红河镇", "乔官镇"), ("五图街道", "朱刘街道")
EACH = "立项:各镇街12月5日前报送防火责任清单"
READER = ChineseSupervisionReader()


def proposed(stage: Stage, text: str) -> Proposal:
    with pytest.raises(InvalidInputError) as refusal:
        stage.register(text)
    assert refusal.value.code == "item_several"
    [proposal], skipped = stage.desk.intake.propose(stage.person("supervisor1"), text)
    assert skipped == ()
    return proposal


@pytest.mark.parametrize(
    ("spoken", "units"),
    [
        ("各乡镇", TOWNS),
        ("全县各镇", TOWNS),
        ("各街道办事处", STREETS),
        ("各镇街", TOWNS + STREETS),
        ("各乡镇(街道)", TOWNS + STREETS),
        ("各乡镇、街道", TOWNS + STREETS),
        ("所有镇街", TOWNS + STREETS),
    ],
)
def test_a_kind_takes_in_the_towns_that_its_words_name(spoken: str, units: tuple[str, ...]) -> None:
    meant = units_meant(spoken, COUNTY)

    assert [kind.spoken for kind in find_kinds(f"请{spoken}12月5日前报送")] == [spoken]
    assert meant is not None
    assert meant.units == units


def test_departments_are_the_units_that_a_bureau_head_leads() -> None:
    for spoken in ("各部门", "县直各部门", "县政府各部门", "各委办局", "县直各单位"):
        meant = units_meant(spoken, COUNTY)

        assert meant is not None
        assert len(meant.units) == 27
        assert not {*TOWNS, *STREETS} & {*meant.units}


def test_every_unit_is_each_that_the_directory_lists() -> None:
    everyone = tuple(unit.name for unit in COUNTY.units)

    for spoken in ("各单位", "各镇街、各部门"):
        meant = units_meant(spoken, COUNTY)
        assert meant is not None
        assert meant.units == everyone


def test_units_like_those_meant_are_named_as_left_out() -> None:
    meant = units_meant("各乡镇", COUNTY)

    assert meant is not None
    assert meant.left_out == STREETS


def test_a_unit_whose_kind_the_directory_does_not_tell_is_left_out_and_named() -> None:
    units = (replace(COUNTY.units[0], head=None), *COUNTY.units[1:])
    meant = units_meant("各部门", Directory(COUNTY.office, COUNTY.people, units))

    assert meant is not None
    assert len(meant.units) == 26
    assert meant.left_out == (units[0].name,)


def test_a_town_without_a_head_is_a_town_by_its_name() -> None:
    units = tuple(replace(unit, head=None) for unit in COUNTY.units)
    meant = units_meant("各镇街", Directory(COUNTY.office, COUNTY.people, units))

    assert meant is not None
    assert meant.units == TOWNS + STREETS


@pytest.mark.parametrize(
    ("spoken", "directory"),
    [
        ("各有关部门", COUNTY),
        ("各责任单位", COUNTY),
        ("各学校", COUNTY),
        ("各县市区", COUNTY),
        ("各乡镇", CITY),
        ("各镇街、各部门", CITY),
    ],
)
def test_what_the_directory_cannot_tell_is_not_guessed(spoken: str, directory: Directory) -> None:
    assert units_meant(spoken, directory) is None
    with pytest.raises(InvalidInputError) as refusal:
        READER.read_item(f"立项:{spoken}12月5日前报送清单", MONDAY, directory)

    assert refusal.value.code == "item_units_unknown"


def test_a_city_has_counties_and_districts() -> None:
    meant = units_meant("各县(市、区)", CITY)

    assert meant is not None
    assert meant.units == ("兴平市", "秦都区", "渭城区", "三原县", "乾县")


def test_each_of_a_kind_is_proposed_with_their_number_and_names_and_nothing_stored(
    stage: Stage,
) -> None:
    proposal = proposed(stage, EACH)

    text = proposals_message([proposal], (), [1], MONDAY, stage.texts).text
    assert "看出5件" in text
    assert "营丘镇、红河镇、乔官镇、五图街道、朱刘街道（5个单位各立一件）" in text
    assert "2026年12月5日" in text
    assert stage.desk.listing(CHANGLE) == []


def test_once_confirmed_each_unit_has_its_own_item_and_is_told(stage: Stage) -> None:
    items = stage.desk.intake.accept(stage.person("supervisor1"), EACH, [1], stage.turn())

    assert [item.lead_unit for item in items] == [*TOWNS, *STREETS]
    assert {item.content for item in items} == {"报送防火责任清单"}
    assert {item.assist_units for item in items} == {()}
    assert len({item.number for item in items}) == 5
    assert [push.message.text[:4] for push in stage.pushes("honghe_head")] == ["督办交办"]


def test_who_is_left_out_is_shown_before_anything_is_confirmed(stage: Stage) -> None:
    proposal = proposed(stage, "立项:各乡镇12月5日前报送秸秆禁烧情况")

    text = proposals_message([proposal], (), [1], MONDAY, stage.texts).text
    assert "没有算上：五图街道、朱刘街道" in text


def test_units_that_act_severally_get_an_item_each(stage: Stage) -> None:
    proposal = proposed(stage, "立项:营丘镇、红河镇分别于12月5日前报送河长制情况")

    assert proposal.each_of == ("营丘镇", "红河镇")
    assert proposal.content == "报送河长制情况"


def test_a_kind_that_assists_is_shown_first_too(stage: Stage) -> None:
    proposal = proposed(stage, "立项:发改局牵头,各镇街配合,12月10日前报送项目清单")

    assert proposal.each_of == ()
    assert proposal.item is not None
    assert proposal.item.lead_unit == "发展和改革局"
    assert proposal.item.assist_units == TOWNS + STREETS


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("立项:农业农村局12月5日前汇总各乡镇秸秆禁烧情况", "汇总各乡镇秸秆禁烧情况"),
        ("立项:发改局会同各有关部门12月10日前拿出方案", "会同各有关部门拿出方案"),
        ("立项:教育局12月5日前检查各学校食堂", "检查各学校食堂"),
    ],
)
def test_a_kind_that_the_matter_is_about_stays_in_the_content(text: str, content: str) -> None:
    parts = READER.read_item(text, MONDAY, COUNTY)

    assert parts.content == content
    assert parts.each_of == parts.assist_units == ()


def test_in_a_minute_an_appeal_to_all_without_a_day_is_no_item_for_each() -> None:
    text = "议定:一、发改局12月10日前报方案。二、各镇街12月15日前完成排查。三、各部门要高度重视。"

    points = READER.read_minute(text, MONDAY, COUNTY).points

    assert [point.problem for point in points] == [None, None, "item_units_deadline"]
    assert points[1].parts.each_of == TOWNS + STREETS


def test_one_person_cannot_answer_for_each_of_several_units(stage: Stage) -> None:
    proposal = proposed(stage, "立项:各镇街12月5日前报送防火责任清单,责任人顾起元")

    assert proposal.problem is not None
    assert proposal.problem.code == "item_person_each"


def test_a_form_is_told_that_an_item_has_one_lead_unit(stage: Stage) -> None:
    parts = ItemParts(content="报送清单", lead_unit="各镇街", deadline=MONDAY)

    with pytest.raises(RefusedError) as refusal:
        stage.desk.intake.register(stage.person("supervisor1"), parts, stage.turn(), True)

    assert refusal.value.code == "item_units_several"
