"""From what a platform lists of an office's people to the directory, by an editable table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from bot.core.people import Directory, Office, OrgId, Person, PersonId, Rank, Role, Unit

HEAD = "head"  # as a leader: whoever heads the unit
UNIT_PLACE, POST_PLACE = "{unit}", "{post}"


@dataclass(frozen=True)
class Department:
    """A department as the platform lists it; the ids are the platform's."""

    id: str
    name: str
    parent: str | None = None


@dataclass(frozen=True)
class Account:
    """A member as the platform lists him; `post` is the title that stands there, or empty.

    `departments` are ids, the main one first; `leads` those that he is the head of there.
    """

    person: PersonId
    union_id: str
    name: str
    post: str = ""
    departments: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    active: bool = True

    @property
    def user(self) -> str:
        """The platform's own id of the person."""
        return user_of(self.person)


@dataclass(frozen=True)
class PostRule:
    """Which rank and roles go with a post; `post` and `unit` are patterns (*局长).

    `shown` is what the post is called here ("{unit}{post}"). `leader` and `partner` name a person
    by post or by the platform's id, HEAD the head of the unit; None: the unit's leader, nobody.
    """

    post: str
    rank: Rank
    roles: frozenset[Role] = frozenset({Role.STAFF})
    unit: str = "*"
    leads: bool = False  # only those who head a department
    shown: str = POST_PLACE
    leader: str | None = None
    partner: str | None = None

    def fits(self, post: str, unit: str, leads: bool) -> bool:
        """Whether the rule speaks of somebody with this post in this unit."""
        if self.leads and not leads:
            return False
        return fnmatchcase(post, self.post) and fnmatchcase(unit, self.unit)


@dataclass(frozen=True)
class UnitRule:
    """A unit of the office. `departments`: its names on the platform, parts of them included.

    `listed`: matters can be assigned to it. `head` and `leader` as in `PostRule`; without `head`
    the one member who has the role of a unit's head.
    """

    name: str
    departments: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    head: str | None = None
    leader: str | None = None
    listed: bool = True


@dataclass(frozen=True)
class PersonRule:
    """What is special about one person; None: as the posts say."""

    post: str | None = None
    unit: str | None = None
    rank: Rank | None = None
    roles: frozenset[Role] | None = None
    leader: str | None = None
    partner: str | None = None


@dataclass(frozen=True)
class StaffTable:
    """How one office's people are to be read; `others` is the rank of posts in no rule.

    `every_days`: how many nights lie between two looks at the whole list, which costs two calls a
    department of what the platform allows in a month.
    """

    office: Office
    posts: tuple[PostRule, ...]
    units: tuple[UnitRule, ...] = ()
    people: dict[str, PersonRule] = field(default_factory=dict)
    others: Rank | None = None
    every_days: int = 1


@dataclass(frozen=True)
class Unmapped:
    """Something that the table does not settle: `code` says what, `about` for which post."""

    who: str  # a person's id, or the name of a unit
    code: str  # "post_missing", "post_unknown", "name_unknown", "name_several"
    about: str = ""


@dataclass(frozen=True)
class Mapped:
    """The directory and what is missing from it."""

    directory: Directory
    unmapped: tuple[Unmapped, ...]


def map_staff(
    table: StaffTable, departments: Sequence[Department], accounts: Sequence[Account]
) -> Mapped:
    """Make the directory of an office; whoever the table does not settle is left out and named."""
    mapping = _Mapping(table, {each.id: each for each in departments})
    for account in accounts:
        if account.active:
            mapping.place(account)
    return mapping.result()


@dataclass(frozen=True)
class _Placed:
    person: Person
    leader: str | None
    partner: str | None


class _Mapping:
    def __init__(self, table: StaffTable, departments: dict[str, Department]) -> None:
        self._table = table
        self._departments = departments
        self._units = {name: unit for unit in table.units for name in unit.departments}
        self._placed: list[_Placed] = []
        self._unmapped: list[Unmapped] = []
        self._called: defaultdict[str, list[PersonId]] = defaultdict(list)

    def place(self, account: Account) -> None:
        """Find post, unit, rank and roles of one member."""
        special = self._table.people.get(account.user, PersonRule())
        unit = special.unit or self._unit(account)
        title = special.post or account.post.strip()
        rule = self._rule(title, unit, account)
        if rule is None and special.rank is None:
            code = "post_unknown" if title else "post_missing"
            self._unmapped.append(Unmapped(account.person, code, title))
            return
        rule = rule or PostRule("*", special.rank or Rank.STAFF)
        person = Person(
            id=account.person,
            org=self._table.office.id,
            name=account.name,
            unit=unit,
            post=special.post or _shown(rule, title, unit),
            rank=special.rank or rule.rank,
            roles=special.roles or rule.roles,
        )
        leader, partner = special.leader or rule.leader, special.partner or rule.partner
        self._placed.append(_Placed(person, leader, partner))

    def result(self) -> Mapped:
        """Everybody with leaders and partners, and the units with their heads."""
        for placed in self._placed:
            self._called[placed.person.post].append(placed.person.id)
        for placed in self._placed:
            self._called[user_of(placed.person.id)] = [placed.person.id]
        units = tuple(self._made(unit) for unit in self._table.units)
        people = tuple(self._linked(placed, units) for placed in self._placed)
        listed = [unit.listed for unit in self._table.units]
        shown = tuple(unit for unit, is_listed in zip(units, listed, strict=True) if is_listed)
        return Mapped(Directory(self._table.office, people, shown), tuple(self._unmapped))

    def _rule(self, title: str, unit: str, account: Account) -> PostRule | None:
        leads = bool(account.leads)
        for rule in self._table.posts:
            if title and rule.fits(title, unit, leads):
                return rule
        return PostRule("*", self._table.others) if self._table.others and title else None

    def _unit(self, account: Account) -> str:
        """The nearest unit of the table above one of the departments; else the first's name."""
        for each in account.departments:
            for name in self._upwards(each):
                if name in self._units:
                    return self._units[name].name
        first = account.departments[0] if account.departments else ""
        return next(iter(self._upwards(first)), self._table.office.name)

    def _upwards(self, department: str | None) -> list[str]:
        names: list[str] = []
        seen: set[str] = set()
        while department in self._departments and department not in seen:
            seen.add(department)
            names.append(self._departments[department].name)
            department = self._departments[department].parent
        return names

    def _made(self, rule: UnitRule) -> Unit:
        leader = self._named(rule.leader, rule.name) if rule.leader else None
        head = self._named(rule.head, rule.name) if rule.head else self._head(rule)
        return Unit(self._table.office.id, rule.name, rule.aliases, head, leader)

    def _head(self, rule: UnitRule) -> PersonId | None:
        heads = [
            placed.person.id
            for placed in self._placed
            if placed.person.unit == rule.name and placed.person.has(Role.UNIT_HEAD)
        ]
        if len(heads) > 1:
            self._unmapped.append(Unmapped(rule.name, "name_several", Role.UNIT_HEAD))
        return heads[0] if len(heads) == 1 else None

    def _linked(self, placed: _Placed, units: Sequence[Unit]) -> Person:
        person = placed.person
        unit = next((unit for unit in units if unit.name == person.unit), None)
        leader = unit.leader if unit else None
        if placed.leader == HEAD:
            leader = unit.head if unit and unit.head != person.id else leader
        elif placed.leader:
            leader = self._named(placed.leader, person.id)
        partner = self._named(placed.partner, person.id) if placed.partner else None
        return replace(
            person,
            leader=leader if leader != person.id else None,
            partner=partner if partner != person.id else None,
        )

    def _named(self, name: str, who: str) -> PersonId | None:
        """The one person of this id on the platform or this post; none or several are named."""
        found = self._called.get(name, [])
        if len(found) == 1:
            return found[0]
        code = "name_several" if found else "name_unknown"
        self._unmapped.append(Unmapped(who, code, name))
        return None


def _shown(rule: PostRule, title: str, unit: str) -> str:
    if title.startswith(unit):
        unit = ""  # 财政局 and 财政局局长 are not 财政局财政局局长
    return rule.shown.replace(UNIT_PLACE, unit).replace(POST_PLACE, title)


def org_of(person: PersonId) -> OrgId:
    """The office of a person."""
    return OrgId(person.split("/", 1)[0])


def user_of(person: PersonId) -> str:
    """The id that a platform knows a person by."""
    return person.split("/", 1)[1]
