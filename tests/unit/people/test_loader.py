"""Reading a directory, broken ones above all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.people import load_directory
from bot.core.errors import ConfigurationError
from bot.core.people import Rank, Role, Unit

OFFICE = "office: {id: changle, name: 昌乐县人民政府, area: 昌乐县, seat: 宝都街道}\n"
HEAD = "{id: head, name: 林望舒, unit: 县政府, post: 县长, rank: head, roles: [leader]}"
STAFF = "{id: staff1, name: 顾砚秋, unit: 秘书科, post: 科员, rank: staff, leader: head}"


def write(folder: Path, people: list[str], units: list[str], office: str = OFFICE) -> Path:
    path = folder / "changle.yml"
    sections = {"people": people, "units": units}
    lists = "".join(f"{name}: [{', '.join(entries)}]\n" for name, entries in sections.items())
    path.write_text(office + lists, encoding="utf-8")
    return path


def test_ids_get_the_name_of_their_office(tmp_path: Path) -> None:
    path = write(tmp_path, [HEAD, STAFF], ["{name: 财政局, aliases: [财政], head: staff1}"])

    directory = load_directory(path)

    head, staff = directory.people
    assert (head.id, head.rank, staff.leader) == ("changle/head", Rank.HEAD, "changle/head")
    assert (head.roles, staff.roles) == (frozenset({Role.LEADER}), frozenset({Role.STAFF}))
    assert directory.units == (Unit(head.org, "财政局", ("财政",), staff.id, None),)


@pytest.mark.parametrize(
    ("people", "units", "entry", "reason"),
    [
        ([HEAD, HEAD], [], "changle/head", "the id is given twice"),
        ([STAFF], [], "顾砚秋", "nobody has the id `changle/head`"),
        ([HEAD.replace("name: 林望舒, ", "")], [], "people 1", "`name` is missing"),
        ([HEAD, STAFF.replace("rank: staff", "rank: king")], [], "people 2 (staff1)", "king"),
        ([HEAD.replace("[leader]", "[boss]")], [], "people 1 (head)", "boss"),
        ([HEAD.replace("}", ", phone: 1}")], [], "people 1", "unknown field `phone`"),
        (["3"], [], "people 1", "must be a mapping"),
        ([HEAD], ["{name: 财政局, head: cashier}"], "财政局", "nobody has the id"),
        ([HEAD], ["{name: 财政局, aliases: 财政}"], "units 1 (财政局)", "must be a list"),
        (
            [HEAD],
            ["{name: 财政局}", "{name: 财务局, aliases: [财政局]}"],
            "财务局",
            "`财政局` already names 财政局",
        ),
    ],
)
def test_a_broken_entry_is_named(
    tmp_path: Path, people: list[str], units: list[str], entry: str, reason: str
) -> None:
    path = write(tmp_path, people, units)

    with pytest.raises(ConfigurationError) as refusal:
        load_directory(path)

    assert refusal.value.code == "people_broken"
    assert refusal.value.details.items() >= {"file": "changle.yml", "entry": entry}.items()
    assert reason in str(refusal.value.details["reason"])


@pytest.mark.parametrize("office", ["", "office: {id: changle}\n", "office: [\n", "office: 3\n"])
def test_a_file_without_a_proper_office_is_named(tmp_path: Path, office: str) -> None:
    path = write(tmp_path, [HEAD], [], office=office)

    with pytest.raises(ConfigurationError) as refusal:
        load_directory(path)

    assert refusal.value.details["file"] == "changle.yml"
