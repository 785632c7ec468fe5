"""From a platform's people to the directory: who is who, and who is left out."""

from __future__ import annotations

from dataclasses import replace

from bot.core.people import Office, OrgId, PersonId, Rank, Role
from bot.core.staff_table import (
    Account,
    Department,
    Mapped,
    PersonRule,
    PostRule,
    StaffTable,
    UnitRule,
    Unmapped,
    map_staff,
)

ORG = OrgId("changle")
UNIT_HEAD = frozenset({Role.STAFF, Role.UNIT_HEAD})
DEPARTMENTS = (
    Department("1", "昌乐县"),
    Department("2", "县政府", "1"),
    Department("3", "发改局", "1"),
    Department("4", "综合科", "3"),
    Department("5", "秘书科", "2"),
)
TABLE = StaffTable(
    office=Office(ORG, "昌乐县人民政府", "昌乐县", "宝都街道"),
    posts=(
        PostRule("县长", Rank.HEAD),
        PostRule("*副县长", Rank.DEPUTY, leader="县长"),
        PostRule("局长", Rank.BUREAU_HEAD, UNIT_HEAD, unit="*局", shown="{unit}{post}"),
        PostRule("*", Rank.BUREAU_STAFF, unit="*局", leader="head"),
        PostRule("*科长", Rank.SECTION_CHIEF, leads=True),
    ),
    units=(UnitRule("发展和改革局", ("发展和改革局", "发改局"), ("发改委",), leader="副县长"),),
)


def id_of(user: str) -> PersonId:
    return PersonId(f"{ORG}/{user}")


def account(user: str, post: str, department: str = "2", **more: object) -> Account:
    made = Account(id_of(user), f"union-{user}", f"姓名{user}", post, (department,))
    return replace(made, **more)  # type: ignore[arg-type]


PEOPLE = (
    account("a", "县长"),
    account("b", "副县长"),
    account("c", "局长", "3"),
    account("d", "科员", "4"),
)


def mapped(*more: Account, table: StaffTable = TABLE) -> Mapped:
    return map_staff(table, DEPARTMENTS, (*PEOPLE, *more))


def test_post_and_unit_decide_on_rank_and_roles() -> None:
    directory = mapped().directory

    bureau_head = directory.person(id_of("c"))

    assert bureau_head is not None
    assert bureau_head.rank is Rank.BUREAU_HEAD
    assert bureau_head.roles == UNIT_HEAD
    assert bureau_head.post == "发展和改革局局长"


def test_somebody_in_a_part_of_a_unit_belongs_to_the_unit() -> None:
    person = mapped().directory.person(id_of("d"))

    assert person is not None
    assert person.unit == "发展和改革局"
    assert person.rank is Rank.BUREAU_STAFF


def test_a_department_that_is_no_unit_of_the_table_keeps_its_name() -> None:
    person = mapped(account("e", "副县长", "5")).directory.person(id_of("e"))

    assert person is not None
    assert person.unit == "秘书科"


def test_leaders_are_found_by_post_and_by_unit() -> None:
    directory = mapped().directory

    leaders = {person.id: person.leader for person in directory.people}

    assert leaders == {
        id_of("a"): None,
        id_of("b"): id_of("a"),
        id_of("c"): id_of("b"),  # the leader of the unit
        id_of("d"): id_of("c"),  # the head of the unit
    }


def test_the_only_member_with_the_role_heads_the_unit() -> None:
    unit = mapped().directory.unit("发改委")

    assert unit is not None
    assert (unit.head, unit.leader) == (id_of("c"), id_of("b"))


def test_a_unit_with_two_heads_has_none_and_is_named() -> None:
    result = mapped(account("c2", "局长", "3"))

    assert result.directory.units[0].head is None
    assert Unmapped("发展和改革局", "name_several", "unit_head") in result.unmapped


def test_a_post_that_no_rule_knows_is_left_out_and_named() -> None:
    result = mapped(account("x", "顾问"))

    assert result.directory.person(id_of("x")) is None
    assert result.unmapped == (Unmapped(id_of("x"), "post_unknown", "顾问"),)


def test_somebody_without_a_post_is_left_out_even_where_others_are_let_in() -> None:
    result = mapped(account("x", " "), table=replace(TABLE, others=Rank.STAFF))

    assert result.directory.person(id_of("x")) is None
    assert result.unmapped == (Unmapped(id_of("x"), "post_missing", ""),)


def test_others_are_let_in_only_where_the_table_says_so() -> None:
    person = (
        mapped(account("x", "顾问"), table=replace(TABLE, others=Rank.STAFF))
    ).directory.person(id_of("x"))

    assert person is not None
    assert (person.rank, person.roles) == (Rank.STAFF, frozenset({Role.STAFF}))


def test_a_rule_for_those_who_lead_speaks_of_nobody_else() -> None:
    result = mapped(account("x", "科长", "5"), account("y", "科长", "5", leads=("5",)))

    assert result.directory.person(id_of("x")) is None
    assert result.directory.person(id_of("y")) is not None


def test_what_is_said_of_one_person_goes_before_the_posts() -> None:
    special = PersonRule(post="二级调研员", rank=Rank.STAFF, leader="a", partner="副县长")
    table = replace(TABLE, people={"c": special})

    person = mapped(table=table).directory.person(id_of("c"))

    assert person is not None
    assert (person.post, person.rank) == ("二级调研员", Rank.STAFF)
    assert (person.leader, person.partner) == (id_of("a"), id_of("b"))


def test_a_leader_whom_nobody_or_several_can_be_is_none_and_named() -> None:
    table = replace(
        TABLE, people={"a": PersonRule(leader="书记"), "d": PersonRule(leader="副县长")}
    )

    result = mapped(account("b2", "副县长"), table=table)

    assert {result.directory.people[n].leader for n in (0, 3)} == {None}
    assert Unmapped(id_of("a"), "name_unknown", "书记") in result.unmapped
    assert Unmapped(id_of("d"), "name_several", "副县长") in result.unmapped


def test_leavers_are_not_in_the_directory() -> None:
    result = mapped(account("x", "副县长", active=False))

    assert result.directory.person(id_of("x")) is None
    assert result.unmapped == ()


def test_departments_that_lead_in_a_circle_do_no_harm() -> None:
    circle = (Department("8", "甲", "9"), Department("9", "乙", "8"))

    result = map_staff(TABLE, circle, (account("a", "县长", "8"),))

    assert result.directory.people[0].unit == "甲"
