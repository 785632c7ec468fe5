"""Offices, people and units."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType

OrgId = NewType("OrgId", str)  # "changle"
PersonId = NewType("PersonId", str)  # "changle/clerk1"
LEVELS = frozenset("县区市")  # what people put before the name of a bureau of their own


class Rank(StrEnum):
    """Where a person stands; the procedures decide by it."""

    HEAD = "head"
    DEPUTY = "deputy"
    OFFICE_DIRECTOR = "office_director"
    OFFICE_DEPUTY = "office_deputy"
    SECTION_CHIEF = "section_chief"
    STAFF = "staff"
    BUREAU_HEAD = "bureau_head"
    BUREAU_STAFF = "bureau_staff"
    TOWN_HEAD = "town_head"


class Role(StrEnum):
    """What a person may do beyond asking and asking for leave."""

    STAFF = "staff"
    LEADER = "leader"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    UNIT_HEAD = "unit_head"
    COMMITTEE = "committee"  # a deputy who also sits on the party's standing committee (常委)


@dataclass(frozen=True)
class Office:
    """One organisation (机关) with its own rules, people and ledgers."""

    id: OrgId
    name: str  # the full name, as on its documents
    area: str  # the county, district or city: leaving it is "out of area"
    seat: str  # the town it sits in; 凤凰 78 distinguishes the seat from the county


@dataclass(frozen=True)
class Person:
    """One member of an office, known by post.

    `leader` is the leader in charge (分管领导), `partner` the one who stands in (补位, AB角).
    """

    id: PersonId
    org: OrgId
    name: str
    unit: str
    post: str
    rank: Rank
    roles: frozenset[Role] = frozenset({Role.STAFF})
    leader: PersonId | None = None
    partner: PersonId | None = None

    def has(self, role: Role) -> bool:
        """Whether the person holds a role."""
        return role in self.roles

    @property
    def in_committee(self) -> bool:
        """Whether the person also sits on the party's standing committee (常委)."""
        return "常委" in self.post


@dataclass(frozen=True)
class Unit:
    """A bureau, town or section that matters can be assigned to."""

    org: OrgId
    name: str
    aliases: tuple[str, ...] = ()
    head: PersonId | None = None  # the responsible person
    leader: PersonId | None = None  # the leader in charge

    def answers_to(self, spoken: str) -> bool:
        """Whether people call the unit by this name, 县发改局 as well as 发改局."""
        names = (self.name, *self.aliases)
        return spoken in names or (spoken[:1] in LEVELS and spoken[1:] in names)


@dataclass(frozen=True)
class Directory:
    """Everybody of one office."""

    office: Office
    people: tuple[Person, ...]
    units: tuple[Unit, ...]

    def person(self, person_id: PersonId) -> Person | None:
        """The person with this id; None if nobody has it."""
        return next((person for person in self.people if person.id == person_id), None)

    def unit(self, spoken: str) -> Unit | None:
        """The unit that people call by this name; None if none is."""
        return next((unit for unit in self.units if unit.answers_to(spoken)), None)

    def without(self, gone: Collection[PersonId]) -> Directory:
        """The same when some have left: nobody and no unit is led by them any more."""

        def still(person: PersonId | None) -> PersonId | None:
            return None if person in gone else person

        people = tuple(
            replace(person, leader=still(person.leader), partner=still(person.partner))
            for person in self.people
            if person.id not in gone
        )
        units = tuple(
            replace(unit, head=still(unit.head), leader=still(unit.leader)) for unit in self.units
        )
        return Directory(self.office, people, units)
