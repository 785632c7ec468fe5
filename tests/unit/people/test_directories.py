"""The five invented directories are complete and hold together."""

from __future__ import annotations

from functools import cache

import pytest

from bot.adapters.people import load_directory
from bot.core.people import Directory, Person, PersonId, Rank, Role
from bot.settings import ROOT

ORGS = ("changle", "shuangtaizi", "fenghuang", "xianyang", "yunyang")
POSTS = {
    "head": Rank.HEAD,
    "deputy1": Rank.DEPUTY,
    "deputy2": Rank.DEPUTY,
    "office_director": Rank.OFFICE_DIRECTOR,
    "office_deputy": Rank.OFFICE_DEPUTY,
    "section_chief": Rank.SECTION_CHIEF,
    "staff1": Rank.STAFF,
    "staff2": Rank.STAFF,
    "clerk1": Rank.STAFF,
    "supervisor1": Rank.STAFF,
    "bureau_head": Rank.BUREAU_HEAD,
    "bureau_staff": Rank.BUREAU_STAFF,
    "town_head": Rank.TOWN_HEAD,
}
ROLES = {
    "head": Role.LEADER,
    "deputy1": Role.LEADER,
    "deputy2": Role.LEADER,
    "clerk1": Role.CLERK,
    "supervisor1": Role.SUPERVISOR,
    "bureau_head": Role.UNIT_HEAD,
    "town_head": Role.UNIT_HEAD,
}
# As people say it: at least these are understood in every office.
SPOKEN = """
    发改局 发改委 教育局 科技局 工信局 公安局 民政局 司法局 财政局 人社局 自然资源局 生态环境局
    住建局 交通局 水利局 水务局 农业农村局 商务局 文旅局 卫健局 卫健委 应急局 审计局 市场监管局
    统计局 信访局 城管局 大数据局 县发改局 区财政局 市住建局
"""


@cache
def directory(org: str) -> Directory:
    return load_directory(ROOT / "demo" / "people" / f"{org}.yml")


def person(org: str, post: str) -> Person:
    found = directory(org).person(PersonId(f"{org}/{post}"))
    assert found is not None
    return found


@pytest.mark.parametrize("org", ORGS)
def test_every_post_is_held_with_its_rank_and_its_roles(org: str) -> None:
    assert directory(org).office.id == org
    for post, rank in POSTS.items():
        wanted = frozenset({Role.STAFF, ROLES.get(post, Role.STAFF)})
        held = person(org, post)
        assert (held.rank, held.roles - {Role.COMMITTEE}) == (rank, wanted)


@pytest.mark.parametrize("org", ORGS)
def test_the_deputies_stand_in_for_each_other(org: str) -> None:
    first, second = person(org, "deputy1"), person(org, "deputy2")

    assert (first.partner, second.partner) == (second.id, first.id)
    assert first.in_committee
    assert not second.in_committee


@pytest.mark.parametrize("org", ORGS)
def test_everybody_but_the_head_has_a_leader(org: str) -> None:
    without = [member.id for member in directory(org).people if member.leader is None]

    assert without == [f"{org}/head"]


@pytest.mark.parametrize("org", ORGS)
def test_staff_have_a_chief_in_their_own_section(org: str) -> None:
    chief = person(org, "section_chief")

    assert {person(org, post).unit for post in ("staff1", "staff2")} == {chief.unit}


@pytest.mark.parametrize("org", ORGS)
def test_every_unit_has_a_head_of_its_own_and_a_deputy_in_charge(org: str) -> None:
    found = directory(org)
    deputies = {f"{org}/deputy1", f"{org}/deputy2"}

    heads = [found.person(unit.head) for unit in found.units if unit.head]

    assert len(found.units) >= 30
    assert [head.unit for head in heads if head] == [unit.name for unit in found.units]
    assert {unit.leader for unit in found.units} == deputies
    assert all(head and head.has(Role.UNIT_HEAD) for head in heads)
    assert [head.leader for head in heads if head] == [unit.leader for unit in found.units]


@pytest.mark.parametrize("org", ORGS)
def test_the_bureau_is_that_of_development_and_reform_and_there_are_five_towns(org: str) -> None:
    found = directory(org)
    towns = [member.id for member in found.people if member.rank is Rank.TOWN_HEAD]

    bureau = found.unit("发改局")

    assert bureau is not None
    assert bureau.head == f"{org}/bureau_head"
    assert person(org, "bureau_staff").unit == bureau.name
    assert (len(towns), towns[0]) == (5, f"{org}/town_head")


@pytest.mark.parametrize("org", ORGS)
@pytest.mark.parametrize("spoken", SPOKEN.split())
def test_units_are_found_by_the_names_that_people_use(org: str, spoken: str) -> None:
    assert directory(org).unit(spoken) is not None


def test_no_name_is_given_twice() -> None:
    names = [member.name for org in ORGS for member in directory(org).people]

    assert len(names) == len(set(names))
