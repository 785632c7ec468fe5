"""Reads the table that turns a platform's people into a directory: `posts.yml`.

`deploy/posts.example.yml` explains every field. The file is read anew at each use, so that it
may be edited while the service runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PositiveInt,
    TypeAdapter,
    ValidationError,
)

from bot.core.errors import ConfigurationError, NotFoundError
from bot.core.people import Office, OrgId, Rank, Role
from bot.core.staff_table import POST_PLACE, PersonRule, PostRule, StaffTable, UnitRule

Names = str | tuple[str, ...]


class StaffTableFile:
    """The tables of all offices in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, org: OrgId) -> StaffTable:
        """The table of an office.

        Raises:
            ConfigurationError: there is no file ("posts_missing"), or it cannot be used
                ("posts_broken"); names file and entry.
            NotFoundError: the file says nothing of the office ("org_unknown").
        """
        tables = self._read()
        if org not in tables:
            raise NotFoundError("org_unknown", org=org)
        return tables[org].table(org)

    def _read(self) -> dict[str, _Office]:
        if not self._path.exists():
            raise ConfigurationError("posts_missing", file=self._path.name)
        try:
            return _FILE.validate_python(yaml.safe_load(self._path.read_text(encoding="utf-8")))
        except ValidationError as error:
            first = error.errors()[0]
            entry = ".".join(map(str, first["loc"])) or "file"
            raise self._broken(entry, first["msg"]) from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise self._broken("file", " ".join(str(error).split())) from error

    def _broken(self, entry: str, reason: str) -> ConfigurationError:
        return ConfigurationError("posts_broken", file=self._path.name, entry=entry, reason=reason)


class OfficeTables:
    """The tables of a platform's offices, each in the file that its configuration names."""

    def __init__(self, channel: str, posts: Mapping[OrgId, Path | None]) -> None:
        self._channel = channel
        self._files = {org: StaffTableFile(path) for org, path in posts.items() if path}

    def orgs(self) -> Sequence[OrgId]:
        """The offices that have a table of posts."""
        return list(self._files)

    def table(self, org: OrgId) -> StaffTable:
        """The table of an office; raises as `StaffTableFile.of`."""
        if org not in self._files:
            raise ConfigurationError("posts_missing", file=f"{self._channel}.{org}.posts")
        return self._files[org].of(org)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _OfficeName(_Entry):
    name: str
    area: str
    seat: str


def _with_staff(roles: frozenset[Role]) -> frozenset[Role]:
    return roles | {Role.STAFF}


_Roles = Annotated[frozenset[Role], AfterValidator(_with_staff)]


class _Post(_Entry):
    post: Names
    rank: Rank
    roles: _Roles = frozenset({Role.STAFF})
    unit: str = "*"
    leads: bool = False
    shown: str = POST_PLACE
    leader: str | None = None
    partner: str | None = None

    def rules(self) -> list[PostRule]:
        """One rule a pattern."""
        said = self.model_dump(exclude={"post"})
        return [PostRule(post=post, **said) for post in _several(self.post)]


class _Unit(_Entry):
    name: str
    departments: Names = ()
    aliases: tuple[str, ...] = ()
    head: str | None = None
    leader: str | None = None
    listed: bool = True

    def rule(self) -> UnitRule:
        """As the core has it: the unit's own name is a department's, too."""
        departments = tuple(dict.fromkeys((self.name, *_several(self.departments))))
        return UnitRule(**self.model_dump(exclude={"departments"}), departments=departments)


class _Person(_Entry):
    post: str | None = None
    unit: str | None = None
    rank: Rank | None = None
    roles: _Roles | None = None
    leader: str | None = None
    partner: str | None = None


class _Office(_Entry):
    office: _OfficeName
    posts: tuple[_Post, ...]
    units: tuple[_Unit, ...] = ()
    people: dict[str, _Person] = {}
    others: Rank | None = None
    every_days: PositiveInt = 1

    def table(self, org: OrgId) -> StaffTable:
        """The same in the core's words."""
        return StaffTable(
            office=Office(org, self.office.name, self.office.area, self.office.seat),
            posts=tuple(rule for post in self.posts for rule in post.rules()),
            units=tuple(unit.rule() for unit in self.units),
            people={user: PersonRule(**said.model_dump()) for user, said in self.people.items()},
            others=self.others,
            every_days=self.every_days,
        )


_FILE = TypeAdapter(dict[str, _Office])


def _several(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names
