"""Units that are named by their kind (各镇街, 各部门, 各单位), as far as the directory tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.people import Directory, Rank, Unit

_EACH = (
    r"(?:全[县市区州]的?|[县市区]?政府|各级)?"
    r"(?:各|所有的?|每一?个|全部|全体)(?:[县市区][直级]|政府)?"
)
_STREETS = r"街道(?:办事处|办)?"
_TOWNS = (
    rf"(?:乡镇|镇乡|镇|乡)[(、和及]{{0,2}}(?:{_STREETS}|街区?|办事处|办(?!公|理))[)]?|街镇"
    rf"|乡镇|镇|乡|{_STREETS}"
)
_COUNTIES = r"县[(]?[、,]?市[、,]?区[)]?|市[、,]?县[、,]?区?|区[、,]?县|县[、,]?区|区市县"
_BUREAUS = r"(?:政府)?(?:职能|工作|委办|行政)?部门|委办局|局(?=$|[^势部面])"
_UNKNOWN = (
    r"(?:有关|相关|责任|承办|成员|涉及|主管|配合|牵头)(?:的)?(?:单位|部门|乡镇|镇街)|学校|医院|村"
)
_KIND = rf"(?:{_UNKNOWN}|{_TOWNS}|{_COUNTIES}|{_BUREAUS}|单位)(?:人民政府|政府)?"
_MENTION = re.compile(
    rf"(?:{_EACH}|[县市区]直各?)(?:{_KIND})(?:[(](?:单位|部门)[)])?"
    rf"(?:[、,和及与]{{1,2}}(?:{_EACH}|[县市区]直各?)(?:{_KIND}))*"
)
_UNCLEAR = re.compile(_UNKNOWN)
_ENDS = {  # what a kind's words take in, by the last sign of a unit's name
    "镇": re.compile(r"镇"),
    "乡": re.compile(r"乡"),
    "街道": re.compile(r"街|(?<=镇)[(、和及]{0,2}办"),
}
_TOWN_ENDS = (
    ("镇", re.compile(r"镇(?:人民政府|政府)?$")),
    ("乡", re.compile(r"乡(?:人民政府|政府)?$")),
    ("街道", re.compile(r"街道(?:办事处|办)?$")),
)
_COUNTY = re.compile(r"(?<!开发)(?<!高新)(?<!园)(?<!新)(?<!景)[县市区](?:人民政府|政府)?$")
TOWN, COUNTY, BUREAU, UNCLEAR = "town", "county", "bureau", ""


@dataclass(frozen=True)
class KindOfUnit:
    """A kind of units where a sentence names it."""

    start: int
    end: int
    spoken: str


@dataclass(frozen=True)
class UnitsMeant:
    """Whom the name of a kind takes in.

    `left_out` are those like them that it does not name (各乡镇: the 街道), or whose kind the
    directory does not tell.
    """

    units: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def find_kinds(text: str) -> list[KindOfUnit]:
    """The kinds of units that a sentence names."""
    return [KindOfUnit(*match.span(), match[0]) for match in _MENTION.finditer(text)]


def names_kind(spoken: str) -> bool:
    """Whether a name is that of a kind, not of a unit."""
    return _MENTION.fullmatch(spoken) is not None


def units_meant(spoken: str, directory: Directory) -> UnitsMeant | None:
    """The units of a kind, in the directory's order; None where it does not tell which."""
    if _UNCLEAR.search(spoken):
        return None
    kinds = [(unit.name, *_kind_of(unit, directory)) for unit in directory.units]
    if "单位" in re.sub(r"[(](?:单位|部门)[)]|[县市区]直各?单位", "", spoken):
        return UnitsMeant(tuple(unit.name for unit in directory.units)) if kinds else None
    wanted = _wanted(spoken)
    meant = tuple(name for name, kind, end in kinds if (kind, end) in wanted)
    asked = {kind for kind, _ in wanted}
    told = {kind for name, kind, _ in kinds if name in meant}
    if told != asked:
        return None
    doubtful = asked | {UNCLEAR}
    left_out = (name for name, kind, _ in kinds if name not in meant and kind in doubtful)
    return UnitsMeant(meant, tuple(left_out))


def _wanted(spoken: str) -> set[tuple[str, str]]:
    """The kinds with the ends of names that the words take in."""
    wanted = {(TOWN, end) for end, pattern in _ENDS.items() if pattern.search(spoken)}
    if re.search(_COUNTIES, re.sub(r"[县市区]直", "", spoken)):
        wanted.add((COUNTY, ""))
    if re.search(rf"{_BUREAUS}|[县市区]直", spoken):
        wanted.add((BUREAU, ""))
    return wanted


def _kind_of(unit: Unit, directory: Directory) -> tuple[str, str]:
    """By the rank of its head, and where that says no more than 镇街、县市区 by its name."""
    head = directory.person(unit.head) if unit.head else None
    if head is not None and head.rank is Rank.BUREAU_HEAD:
        return BUREAU, ""
    if head is not None and head.rank is not Rank.TOWN_HEAD:
        return UNCLEAR, ""
    for end, pattern in _TOWN_ENDS:
        if pattern.search(unit.name):
            return TOWN, end
    if _COUNTY.search(unit.name):
        return COUNTY, ""
    return UNCLEAR, ""
