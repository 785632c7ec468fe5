from __future__ import annotations

import pytest

from bot.adapters.chinese.group_words import read_group_wish
from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.people import PersonId
from bot.core.supervision_wishes import GroupWish
from bot.services.supervision_group_naming import GroupNaming
from bot.services.supervision_groups import (
    SupervisionGroup,
    name_groups,
    read_group,
    write_group,
)
from tests.unit.supervision.stage import CHANGLE, Stage

GROUP = "cid-supervision"


def name_group(stage: Stage, *posts: str, group: str = GROUP, by: str = "supervisor1") -> None:
    members = tuple(PersonId(f"changle/{post}") for post in posts)
    with stage.database.unit_of_work() as uow:
        write_group(uow, stage.person(by), SupervisionGroup(group, members), stage.clock.now())
        uow.commit()


def digests(stage: Stage) -> list[str]:
    """What the group got, ticking twice each time."""
    stage.desk.tick()
    stage.desk.tick()
    return [push.message.text for push in stage.pushes_to(GROUP)]


def overdue(stage: Stage) -> None:
    """Two matters of two units, one of them overdue on Monday, 30 November."""
    stage.register("立项:发改局11月25日前报送重点项目进展")
    stage.register("立项:财政局12月25日前报送预算执行情况")
    stage.at(2026, 11, 30, 9)


def test_a_group_gets_one_digest_on_each_working_day(stage: Stage) -> None:
    overdue(stage)
    name_group(stage, "head", "supervisor1")

    monday = digests(stage)
    stage.at(2026, 11, 30, 16)
    afternoon = digests(stage)
    stage.at(2026, 12, 1, 8, 29)
    night = digests(stage)
    stage.at(2026, 12, 1, 8, 30)
    tuesday = digests(stage)
    stage.at(2026, 12, 5, 10)
    saturday = digests(stage)

    assert monday == afternoon == night
    assert [len(monday), len(tuesday), len(saturday)] == [1, 2, 2]
    assert "共2件" in monday[0]
    assert "超期1件" in monday[0]
    assert "发展和改革局：在办1件，超期1件" in monday[0]
    assert "督〔2026〕1号 报送重点项目进展" in monday[0]


def test_a_group_reads_only_what_all_its_members_may_see(stage: Stage) -> None:
    overdue(stage)
    name_group(stage, "supervisor1", "caizheng_head")

    [text] = digests(stage)

    assert "共2件" in text
    assert "财政局：在办1件" in text
    assert "发展和改革局" not in text
    assert "报送重点项目进展" not in text


def test_a_group_whose_members_are_not_known_reads_counts_alone(stage: Stage) -> None:
    overdue(stage)
    name_group(stage)

    [text] = digests(stage)

    assert len(text.split("\n")) == 2
    assert "共2件" in text


def test_an_office_without_a_group_or_without_items_sends_no_digest(stage: Stage) -> None:
    name_group(stage, "head")
    empty = digests(stage)
    overdue(stage)
    name_group(stage, "head", group="")

    assert empty == digests(stage) == []


def test_only_the_supervision_office_names_the_group_and_only_of_its_people(stage: Stage) -> None:
    with pytest.raises(NotAllowedError) as refused:
        name_group(stage, "head", by="bureau_head")
    with pytest.raises(InvalidInputError) as refusal:
        name_group(stage, "nobody")
    assert refused.value.code == "supervision_name_group_not_allowed"
    assert refusal.value.code == "group_member_unknown"

    name_group(stage, "head")

    assert read_group(stage.database.unit_of_work(), CHANGLE) == SupervisionGroup(
        GROUP, (PersonId("changle/head"),)
    )


def test_a_configuration_names_a_group_without_its_members_and_ends_it(stage: Stage) -> None:
    unit_of_work = stage.database.unit_of_work

    name_groups(unit_of_work, {CHANGLE: GROUP})
    assert read_group(unit_of_work(), CHANGLE) == SupervisionGroup(GROUP)

    name_groups(unit_of_work, {CHANGLE: None})
    assert read_group(unit_of_work(), CHANGLE) is None


def test_a_configuration_that_names_the_same_group_keeps_its_members(stage: Stage) -> None:
    name_group(stage, "head")

    name_groups(stage.database.unit_of_work, {CHANGLE: GROUP})

    kept = read_group(stage.database.unit_of_work(), CHANGLE)
    assert kept is not None
    assert kept.members == (PersonId("changle/head"),)


def say(stage: Stage, text: str, where: str | None = GROUP, by: str = "supervisor1") -> str:
    wish = read_group_wish(text)
    assert wish is not None
    naming = GroupNaming(stage.database.unit_of_work, stage.clock)
    return naming.follow(stage.person(by), wish, where)


def audited(stage: Stage) -> list[tuple[str, str]]:
    rows = stage.database.unit_of_work().audit.listing(CHANGLE)
    return [(row.action, row.subject) for row in rows if "group" in row.action]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("督办日报发这个群", GroupWish.NAME),
        ("以后督办汇总发到本群", GroupWish.NAME),
        ("本群就是督查工作群", GroupWish.NAME),
        ("督办日报不要发这个群了", GroupWish.END),
        ("取消这个群的督办日报", GroupWish.END),
        ("督办日报发到哪个群", GroupWish.ASK),
        ("督办日报是发这个群吗", GroupWish.ASK),
        ("督办3号已完成80%,日报下周送", None),
        ("立项:发改局每天报送日报", None),
    ],
)
def test_what_is_said_of_the_group_is_read(text: str, wish: GroupWish | None) -> None:
    assert read_group_wish(text) is wish


def test_a_word_in_the_group_has_the_digest_sent_there_with_counts_alone(stage: Stage) -> None:
    overdue(stage)

    assert say(stage, "督办日报发这个群") == "named"

    [text] = digests(stage)
    assert "共2件" in text
    assert "发展和改革局" not in text
    assert audited(stage) == [("supervision.group_named", GROUP)]


def test_naming_the_same_group_again_keeps_its_members(stage: Stage) -> None:
    name_group(stage, "head")

    assert say(stage, "督办日报发这个群") == "named_before"

    kept = read_group(stage.database.unit_of_work(), CHANGLE)
    assert kept is not None
    assert kept.members == (PersonId("changle/head"),)


def test_another_group_takes_the_place_of_the_first(stage: Stage) -> None:
    say(stage, "督办日报发这个群", where="cid-first")

    assert say(stage, "督办日报发到哪个群") == "elsewhere"
    assert say(stage, "督办日报改发这个群") == "named_instead"
    assert say(stage, "督办日报发到哪个群") == "here"


def test_a_word_ends_the_digest_where_it_is_sent_and_not_elsewhere(stage: Stage) -> None:
    say(stage, "督办日报发这个群")

    assert say(stage, "督办日报不要发这个群了", where="cid-other") == "ended_elsewhere"
    assert say(stage, "督办日报不要发这个群了") == "ended"
    assert say(stage, "督办日报不要发这个群了") == "ended_before"
    assert read_group(stage.database.unit_of_work(), CHANGLE) is None
    assert ("supervision.group_ended", GROUP) in audited(stage)


def test_outside_of_a_group_there_is_none_to_name(stage: Stage) -> None:
    assert say(stage, "督办日报发这个群", where=None) == "named_outside"
    assert say(stage, "督办日报发到哪个群", where=None) == "nowhere"


@pytest.mark.parametrize("by", ["head", "clerk1", "bureau_head", "staff1"])
def test_others_name_no_group(stage: Stage, by: str) -> None:
    for text in ("督办日报发这个群", "督办日报不要发这个群了"):
        with pytest.raises(NotAllowedError) as refusal:
            say(stage, text, by=by)
        assert refusal.value.code == "supervision_name_group_not_allowed"


def test_what_was_named_in_chat_outlives_a_start_with_the_same_configuration(stage: Stage) -> None:
    unit_of_work = stage.database.unit_of_work
    name_groups(unit_of_work, {CHANGLE: "cid-configured"})
    say(stage, "督办日报改发这个群")

    name_groups(unit_of_work, {CHANGLE: "cid-configured"})
    kept = read_group(unit_of_work(), CHANGLE)
    name_groups(unit_of_work, {CHANGLE: "cid-changed"})

    assert kept == SupervisionGroup(GROUP)
    assert read_group(unit_of_work(), CHANGLE) == SupervisionGroup("cid-changed")
