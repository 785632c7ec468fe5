"""The directory in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.tables import office, person, unit
from bot.core.errors import NotFoundError
from bot.core.people import Directory, Office, OrgId, Person, PersonId, Unit


class SqlPeopleRepository:
    """Offices with their people and units."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, directory: Directory) -> None:
        row = to_row(directory.office)
        new = upsert(office).values(row)
        self._connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=row))
        self._replace(person, directory.office.id, directory.people)
        self._replace(unit, directory.office.id, directory.units)

    def _replace(self, table: Table, org: OrgId, members: Sequence[Person | Unit]) -> None:
        self._connection.execute(delete(table).where(table.c.org == org))
        rows = [to_row(member) | {"position": n} for n, member in enumerate(members)]
        if rows:
            self._connection.execute(insert(table), rows)

    def directory(self, org: OrgId) -> Directory:
        found = self._connection.execute(select(office).where(office.c.id == org))
        row = found.mappings().one_or_none()
        if row is None:
            raise NotFoundError("org_unknown", org=org)
        people = self._connection.execute(_members(person, org)).mappings()
        units = self._connection.execute(_members(unit, org)).mappings()
        return Directory(
            load(Office, row),
            tuple(load(Person, each) for each in people),
            tuple(load(Unit, each) for each in units),
        )

    def person(self, person_id: PersonId) -> Person:
        found = self._connection.execute(select(person).where(person.c.id == person_id))
        row = found.mappings().one_or_none()
        if row is None:
            raise NotFoundError("person_unknown", person=person_id)
        return load(Person, row)

    def orgs(self) -> list[OrgId]:
        ids = self._connection.execute(select(office.c.id)).scalars()
        return sorted(OrgId(each) for each in ids)


def _members(table: Table, org: OrgId) -> Select[Any]:
    return select(table).where(table.c.org == org).order_by(table.c.position)
