from __future__ import annotations

from datetime import date

import pytest

from bot.core.errors import InvalidInputError, NotAllowedError, RefusedError
from bot.core.supervision import ItemParts, ItemState, Reference
from bot.services.supervision_stepping import StepWords, step
from tests.unit.supervision.stage import CHANGLE, SHUANGTAIZI, Stage

MINUTE = """县政府第12次常务会议纪要 乐政纪〔2026〕12号
2026年11月20日。会议议定:
一、由发改局牵头,财政局配合,于12月10日前完成资金方案。
二、教育局11月27日前报送校园安全整治情况。
三、气象局12月5日前报送资料。
四、水利局11月1日前完成清淤。
会议强调,要抓好落实。"""


def test_a_minute_is_proposed_and_nothing_stored(stage: Stage) -> None:
    proposals, skipped = stage.desk.intake.propose(stage.person("supervisor1"), MINUTE)

    assert [(p.place, p.item is not None) for p in proposals] == [
        (1, True),
        (2, True),
        (3, True),
        (4, False),
    ]
    assert proposals[3].problem is not None
    assert proposals[3].problem.code == "deadline_past"
    assert proposals[2].item is not None
    assert not proposals[2].item.registered_unit
    assert proposals[0].exceeded is not None  # 昌乐 90: five days
    assert skipped == ()
    assert stage.desk.listing(CHANGLE) == []


def test_confirmed_points_become_items_that_name_the_minute(stage: Stage) -> None:
    items = stage.desk.intake.accept(stage.person("supervisor1"), MINUTE, [1, 3], stage.turn())

    assert [item.number for item in items] == ["督〔2026〕1号", "督〔2026〕2号"]
    assert items[0].source == "常务会议"
    assert items[0].links == (
        Reference("县政府第12次常务会议纪要", "乐政纪〔2026〕12号", date(2026, 11, 20)),
    )
    assert [push.message.text.startswith("督办交办") for push in stage.pushes("bureau_head")] == [
        True
    ]


def test_points_are_stored_all_or_none_and_once_a_turn(stage: Stage) -> None:
    person = stage.person("supervisor1")

    with pytest.raises(InvalidInputError, match="deadline_past"):
        stage.desk.intake.accept(person, MINUTE, [1, 4], "turn-a")
    with pytest.raises(InvalidInputError, match="point_unknown"):
        stage.desk.intake.accept(person, MINUTE, [1, 9], "turn-a")
    first = stage.desk.intake.accept(person, MINUTE, [1, 2], "turn-a")
    again = stage.desk.intake.accept(person, MINUTE, [1, 2], "turn-a")

    assert again == first
    assert stage.desk.listing(CHANGLE) == first


def test_who_may_not_register_is_not_shown_proposals(stage: Stage) -> None:
    with pytest.raises(NotAllowedError):
        stage.desk.intake.propose(stage.person("bureau_head"), MINUTE)


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("全部立项", [1, 2, 4]),
        ("第2件立项", [2]),
        ("第一件和第四件立项", [1, 4]),
        ("除了第2件都立项", [1, 4]),
        ("第2件不要", None),
        ("第2件要,其他不要", [2]),
        ("其余的都不要", None),
        ("不立项", None),
        ("常务会议纪要谁签发", None),
        ("立项:发改局12月1日前报送三件材料", None),  # a matter of its own
    ],
)
def test_a_sentence_confirms_points_that_are_left(
    stage: Stage, said: str, chosen: list[int] | None
) -> None:
    assert stage.desk.intake.choice(stage.person("supervisor1"), said, [1, 2, 4]) == chosen


def test_a_form_names_people_and_is_told_what_it_lacks(stage: Stage) -> None:
    person, intake = stage.person("supervisor1"), stage.desk.intake
    good = ItemParts("报送方案", "发改局", person="樊讷言", supervisor="阮鹿鸣")

    item = intake.register(person, good, stage.turn())

    assert (item.person, item.supervisor) == ("changle/bureau_staff", "changle/ducha_chief")
    for parts, code in (
        (ItemParts("报送方案", "发改局", person="无名氏"), "item_person_unknown"),
        (ItemParts("报送方案", "发改局", supervisor="樊讷言"), "item_supervisor_unknown"),
        (ItemParts("报送方案", "发改局", assigned_day=date(2026, 11, 30)), "assigned_to_come"),
        (ItemParts("报" * 501, "发改局"), "item_content_long"),
        (ItemParts("报送方案", "发改局", assigned_day=date(2026, 10, 30)), "deadline_past"),
    ):
        with pytest.raises(InvalidInputError, match=code):
            intake.register(person, parts, stage.turn())


def test_the_rule_counts_from_the_day_of_assignment(stage: Stage) -> None:
    person = stage.person("supervisor1", SHUANGTAIZI)
    parts = ItemParts("拿出方案", "发改局", assigned_day=date(2026, 11, 20))

    item = stage.desk.register(person, "710督办:发改局拿出方案,11月20日部署", stage.turn())

    assert item.assigned_day == parts.assigned_day
    assert item.deadline == date(2026, 11, 26)  # 双台子 55: the day itself is the first of seven
    assert item.deadline_rule is not None
    assert item.deadline_rule.article == 55


def test_a_rule_that_runs_into_an_unpublished_year_says_which(stage: Stage) -> None:
    stage.at(2026, 12, 29, 9)

    with pytest.raises(RefusedError) as refusal:
        stage.register("立项:发改局报送方案,一般", org=SHUANGTAIZI)

    assert (refusal.value.code, refusal.value.details["year"]) == ("deadline_unpublished", 2027)
    assert "2027年" in stage.texts.say("errors.deadline_unpublished", year=2027)


def test_a_step_by_form_does_what_its_sentence_does(stage: Stage) -> None:
    number = stage.register("立项:发改局12月10日前报送方案").number
    unit, office = stage.person("bureau_head"), stage.person("supervisor1")

    step(stage.desk, unit, "sign", StepWords(number), stage.turn())
    step(stage.desk, unit, "report", StepWords(number, "正在征求意见", 60), stage.turn())
    step(stage.desk, unit, "extend", StepWords(number, day=date(2026, 12, 20)), stage.turn())
    [granted] = step(stage.desk, office, "extend", StepWords(number, grant=True), stage.turn())
    step(stage.desk, unit, "report", StepWords(number, "已办结"), stage.turn())
    step(stage.desk, office, "send_back", StepWords(number, "材料不全"), stage.turn())
    step(stage.desk, unit, "report", StepWords(number, "已办结"), stage.turn())
    [closed] = step(stage.desk, office, "close", StepWords(number), stage.turn())

    assert granted.deadline == date(2026, 12, 20)
    assert [p.percent for p in closed.progress] == [60, None, None]
    assert closed.state is ItemState.CLOSED


def test_a_merger_by_form_is_taken_back_by_form(stage: Stage) -> None:
    main = stage.register("立项:发改局12月10日前报送方案").number
    other = stage.register("立项:财政局12月8日前报送资金方案").number
    office = stage.person("supervisor1")

    merged = step(stage.desk, office, "merge", StepWords(other, main=main), stage.turn())
    apart = step(stage.desk, office, "unmerge", StepWords(other), stage.turn())

    assert [item.merged_into for item in merged] == [main, None]
    assert merged[1].assist_units == ("财政局",)
    assert [item.state for item in apart] == [ItemState.UNSIGNED, ItemState.UNSIGNED]
    assert apart[1].assist_units == ()


def test_a_step_without_a_number_is_refused(stage: Stage) -> None:
    with pytest.raises(InvalidInputError, match="item_number_missing"):
        step(stage.desk, stage.person("bureau_head"), "sign", StepWords("三"), stage.turn())


def test_a_merger_is_told_to_both_units_and_silences_the_item(stage: Stage) -> None:
    main = stage.register("立项:发改局12月10日前报送方案").number
    other = stage.register("立项:财政局11月30日前报送资金方案").number
    before = len(stage.pushes("caizheng_head"))

    stage.desk.merge(stage.person("supervisor1"), f"{other}并入{main}", stage.turn())
    stage.at(2026, 12, 3, 9)
    stage.desk.tick()

    told = [push.message.text for push in stage.pushes("caizheng_head")[before:]]
    assert len(told) == 2
    assert any(text.startswith("已并案") for text in told)
    assert any(text.startswith("请配合办理") for text in told)
    with pytest.raises(RefusedError, match="item_merged"):
        stage.desk.report(stage.person("caizheng_head"), f"{other}已完成80%", stage.turn())


def test_two_items_without_a_main_one_are_asked_about(stage: Stage) -> None:
    for unit in ("发改局", "财政局"):
        stage.register(f"立项:{unit}12月10日前报送方案")

    with pytest.raises(RefusedError) as refusal:
        stage.desk.merge(stage.person("supervisor1"), "督办1号和2号并案", stage.turn())

    assert refusal.value.code == "merge_which"
    assert refusal.value.details["numbers"] == "督〔2026〕1号、督〔2026〕2号"
