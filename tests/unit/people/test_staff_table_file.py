"""The table of posts as people edit it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.staff_tables import StaffTableFile
from bot.core.errors import ConfigurationError, NotFoundError
from bot.core.people import OrgId, Rank, Role
from bot.core.staff_table import PersonRule
from bot.settings import ROOT

ORG = OrgId("changle")
OFFICE = "changle:\n  office: {name: 昌乐县人民政府, area: 昌乐县, seat: 宝都街道}\n"


def written(folder: Path, text: str) -> StaffTableFile:
    path = folder / "posts.yml"
    path.write_text(text, encoding="utf-8")
    return StaffTableFile(path)


def test_the_example_can_be_used_as_it_is() -> None:
    table = StaffTableFile(ROOT / "deploy" / "posts.example.yml").of(ORG)

    assert table.office.name == "昌乐县人民政府"
    assert table.others is None
    assert table.people["manager4711"] == PersonRule(partner="副县长")


def test_several_posts_of_one_line_are_several_rules(tmp_path: Path) -> None:
    line = "  posts: [{post: [镇长, 主任], rank: town_head, roles: [unit_head]}]\n"

    rules = written(tmp_path, OFFICE + line).of(ORG).posts

    assert [rule.post for rule in rules] == ["镇长", "主任"]
    assert {rule.rank for rule in rules} == {Rank.TOWN_HEAD}
    assert {rule.roles for rule in rules} == {frozenset({Role.STAFF, Role.UNIT_HEAD})}


def test_a_unit_answers_to_its_own_name_among_the_departments(tmp_path: Path) -> None:
    lines = "  posts: []\n  units: [{name: 发展和改革局, departments: 发改局}]\n"

    (unit,) = written(tmp_path, OFFICE + lines).of(ORG).units

    assert unit.departments == ("发展和改革局", "发改局")


def test_a_changed_file_counts_at_once(tmp_path: Path) -> None:
    table = written(tmp_path, OFFICE + "  posts: []\n")
    assert table.of(ORG).others is None

    written(tmp_path, OFFICE + "  posts: []\n  others: staff\n")

    assert table.of(ORG).others is Rank.STAFF


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("  posts: [{post: 县长, rank: king}]", "changle.posts.0.rank"),
        ("  posts: [{post: 县长, rank: head, role: [leader]}]", "changle.posts.0.role"),
        ("  posts: [{rank: head}]", "changle.posts.0.post"),
        ("  posts: [", "file"),
    ],
)
def test_a_broken_file_names_the_entry(tmp_path: Path, line: str, entry: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        written(tmp_path, OFFICE + line).of(ORG)

    assert refusal.value.code == "posts_broken"
    assert str(refusal.value.details["entry"]).startswith(entry)


def test_an_office_that_the_file_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="org_unknown"):
        written(tmp_path, OFFICE + "  posts: []\n").of(OrgId("yunyang"))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="posts_missing"):
        StaffTableFile(tmp_path / "posts.yml").of(ORG)
