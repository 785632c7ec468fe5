"""变更: another unit, person or content for an item that is registered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.adapters.chinese.amending import confirms_amending, read_amending
from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.people import Directory, Person
from bot.core.supervision import ItemState, ItemStateError
from bot.core.supervision_amending import AmendWish
from tests.unit.supervision.stage import CHANGLE, Stage

OLD, NEW = "水利局", "住房和城乡建设局"
MATTER = "立项:水利局12月4日前报送雨污分流方案,教育局配合"


@pytest.fixture
def directory(stage: Stage) -> Directory:
    return stage.database.unit_of_work().people.directory(CHANGLE)


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("把4号的责任单位换成住建局", AmendWish("督办4号", lead_unit=NEW)),
        ("督办4号的承办单位改成住建局吧", AmendWish("督办4号", lead_unit=NEW)),
        ("督〔2026〕4号牵头单位由水利局调整为住建局", AmendWish("督〔2026〕4号", lead_unit=NEW)),
        ("@小规 督办4号转给住建局办", AmendWish("督办4号", lead_unit=NEW)),
        ("督办4号改由住建局承办", AmendWish("督办4号", lead_unit=NEW)),
        ("把4号交给住建局", AmendWish("督办4号", lead_unit=NEW)),
        ("督办4号单位换成城投集团", AmendWish("督办4号", lead_unit="城投集团")),
        ("确认：4号的责任单位换成住建局", AmendWish("督办4号", lead_unit=NEW)),
        ("4号的责任人改成张三", AmendWish("督办4号", person="张三")),
        ("督办4号责任人换张三同志", AmendWish("督办4号", person="张三")),
        ("换一下督办4号的责任人:张三", AmendWish("督办4号", person="张三")),
        (
            "4号的责任单位换成住建局,责任人张三",
            AmendWish("督办4号", lead_unit=NEW, person="张三"),
        ),
        (
            "4号的责任单位换成住建局,内容改成报送泵站方案",
            AmendWish("督办4号", lead_unit=NEW, content="报送泵站方案"),
        ),
        ("4号的责任单位换成住建局,内容不变", AmendWish("督办4号", lead_unit=NEW)),
        (
            "4号内容改成12月5日前报送5号楼方案。",
            AmendWish("督办4号", content="12月5日前报送5号楼方案"),
        ),
        (
            "修改督办4号内容:“督办5号地块,由教育局配合”",
            AmendWish("督办4号", content="督办5号地块,由教育局配合"),
        ),
        ("督办4号单位写错了,应该换成住建局", AmendWish("督办4号", lead_unit=NEW)),
        ("督办4号的负责人不再是她,改为张三", AmendWish("督办4号", person="张三")),
        ("督办4号责任人换一下,换成住建局张三", AmendWish("督办4号", person="张三")),
        ("督办4号内容里的5号楼改成6号楼", AmendWish("督办4号")),
        ("督办4号换家单位来办", AmendWish("督办4号")),
        ("督办3号换个单位办", AmendWish("督办3号")),
        ("督办6号改一下内容", AmendWish("督办6号")),
    ],
)
def test_the_item_is_read_before_the_change_and_the_new_value_after_it(
    said: str, wish: AmendWish, directory: Directory
) -> None:
    read = read_amending(said, directory)

    assert replace(read, item=wish.item) == wish
    assert wish.item in read.item


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("督办4号的责任单位换成住建局,时限改到12月10日", "amend_deadline"),
        ("督办4号的配合单位换成财政局", "amend_assisting"),
        ("督办4号的责任单位换成住建局和财政局", "amend_units"),
        ("督办4号的责任单位换成各镇街", "amend_units"),
    ],
)
def test_what_is_changed_in_another_way_is_not_passed_over(
    said: str, problem: str, directory: Directory
) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        read_amending(said, directory)

    assert refusal.value.code == problem


def test_a_change_is_confirmed_by_saying_so_before_it() -> None:
    assert confirms_amending("确认：督办4号的责任单位换成住建局")
    assert not confirms_amending("督办4号的责任单位换成住建局")


def head_of(stage: Stage, name: str) -> Person:
    people = stage.database.unit_of_work().people
    unit = people.directory(CHANGLE).unit(name)
    assert unit is not None
    assert unit.head is not None
    return people.person(unit.head)


def amend(stage: Stage, said: str, post: str = "supervisor1") -> None:
    stage.desk.amendments.amend(stage.person(post), said, stage.turn())


def test_a_proposed_change_changes_nothing(stage: Stage) -> None:
    item = stage.register(MATTER)

    found = stage.desk.amendments.propose(stage.person("supervisor1"), "把1号的责任单位换成住建局")

    assert (found.before, found.after.lead_unit) == (item, NEW)
    assert stage.item(item.number) == item


def test_another_unit_signs_anew_and_both_are_told(stage: Stage) -> None:
    item = stage.register(MATTER)
    old, new = head_of(stage, OLD), head_of(stage, NEW)
    stage.desk.sign(old, "签收督办1号", stage.turn())

    amend(stage, "把1号的责任单位换成住建局")

    changed = stage.item(item.number)
    assert (changed.lead_unit, changed.person, changed.leader) == (NEW, new.id, new.leader)
    assert (changed.state, changed.signed_at) == (ItemState.UNSIGNED, None)
    assert changed.deadline == item.deadline
    assert "您不用再办" in stage.pushes_to(old.id)[-1].message.text
    [given] = [push for push in stage.pushes_to(new.id) if "今后由您负责" in push.message.text]
    assert "签收督办1号" in given.message.text
    assert [button.say for button in given.message.buttons] == ["签收督办1号"]
    with pytest.raises(NotAllowedError):
        stage.desk.report(old, "督办1号已完成80%", stage.turn())


def test_the_new_unit_has_its_own_day_to_sign(stage: Stage) -> None:
    stage.register(MATTER)
    stage.desk.tick()
    stage.at(2026, 11, 26, 9)
    new = head_of(stage, NEW)

    amend(stage, "把1号的责任单位换成住建局")
    stage.desk.tick()
    at_once = [push.message.text for push in stage.pushes_to(new.id)]
    stage.at(2026, 11, 27, 9, 30)
    stage.desk.tick()

    assert len(at_once) == 1
    later = [push.message.text for push in stage.pushes_to(new.id)]
    assert any("还没有签收" in text for text in later)


def test_another_person_of_the_unit_takes_over_what_is_signed(stage: Stage) -> None:
    item = stage.register("立项:发改局12月4日前报送重点项目进展")
    stage.desk.sign(stage.person("bureau_head"), "签收督办1号", stage.turn())
    staff = stage.person("bureau_staff")

    amend(stage, f"1号的责任人改成{staff.name}")

    changed = stage.item(item.number)
    assert (changed.person, changed.state) == (staff.id, ItemState.WORKING)
    assert "您不用再办" in stage.pushes("bureau_head")[-1].message.text
    assert "今后由您负责" in stage.pushes("bureau_staff")[-1].message.text


def test_another_content_is_told_to_the_unit_and_to_who_assists(stage: Stage) -> None:
    item = stage.register(MATTER)
    assisting = head_of(stage, "教育局")

    amend(stage, "督办1号内容改成报送5号泵站雨污分流方案")

    changed = stage.item(item.number)
    assert changed == replace(item, content="报送5号泵站雨污分流方案")
    for to in (item.person, assisting.id):
        assert "雨污分流方案 → 报送5号泵站" in stage.pushes_to(str(to))[-1].message.text


def test_the_audit_keeps_units_and_people_and_no_words(stage: Stage) -> None:
    item = stage.register(MATTER)

    amend(stage, "把1号的责任单位换成住建局")
    amend(stage, "督办1号内容改成报送泵站方案")

    moved, reworded = [
        record.details
        for record in stage.database.unit_of_work().audit.listing(CHANGLE)
        if record.action == "supervision.amended"
    ][::-1]
    assert (moved["unit_before"], moved["unit"]) == (OLD, NEW)
    assert moved["person_before"] == item.person
    assert reworded["content"] == "changed"


def test_a_change_repeated_by_its_turn_is_done_once(stage: Stage) -> None:
    stage.register(MATTER)
    office, turn = stage.person("supervisor1"), stage.turn()

    first = stage.desk.amendments.amend(office, "1号内容改成报送泵站方案", turn)
    again = stage.desk.amendments.amend(office, "1号内容改成报送泵站方案", turn)

    assert again.before == again.after == first.after


@pytest.mark.parametrize("post", ["bureau_head", "clerk1", "head", "staff1"])
def test_only_the_supervision_office_changes_an_item(stage: Stage, post: str) -> None:
    stage.register(MATTER)

    with pytest.raises(NotAllowedError, match="supervision_amend_not_allowed"):
        amend(stage, "1号内容改成报送泵站方案", post)


def test_a_unit_is_not_changed_in_review_nor_anything_of_what_is_closed(stage: Stage) -> None:
    stage.register("立项:发改局12月4日前报送重点项目进展")
    stage.desk.report(stage.person("bureau_head"), "督办1号已办结", stage.turn())

    with pytest.raises(ItemStateError):
        amend(stage, "把1号的责任单位换成住建局")
    stage.desk.close(stage.person("supervisor1"), "督办1号销号", stage.turn())

    with pytest.raises(ItemStateError):
        amend(stage, "督办1号内容改成报送泵站方案")


def test_what_would_change_nothing_or_says_no_new_value_is_refused(stage: Stage) -> None:
    stage.register(MATTER)

    with pytest.raises(InvalidInputError, match="amend_same"):
        amend(stage, "把1号的责任单位换成水利局")
    with pytest.raises(InvalidInputError, match="amend_what_missing"):
        amend(stage, "督办1号换个单位办")
    with pytest.raises(InvalidInputError, match="item_person_unknown"):
        amend(stage, "1号的责任人改成无此人")


def test_an_extension_asked_for_by_the_old_unit_lapses(stage: Stage) -> None:
    item = stage.register("立项:发改局12月4日前报送重点项目进展")
    stage.desk.extend(stage.person("bureau_head"), "督办1号申请延期到12月18日", stage.turn())

    amend(stage, "把1号的责任单位换成住建局")

    changed = stage.item(item.number)
    assert (changed.extension_to, changed.deadline) == (None, date(2026, 12, 4))
