"""The directory kept as the platform lists it: whole every night, single people by event."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Protocol

from bot.core.clock import OFFICE_TIME, Clock
from bot.core.errors import GuijuError, NotFoundError, OutsideServiceError
from bot.core.people import Directory, OrgId, PersonId
from bot.core.staff_table import Account, Department, Mapped, StaffTable, map_staff
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

NIGHT = timedelta(hours=2)  # after midnight, when nobody waits for anything
AGAIN_AFTER = timedelta(minutes=30)  # after a list that could not be had
NOTED_SINGLY = 20  # people who come or go at once; the rows of the audit wait for one another
SETTLED_AFTER = timedelta(minutes=10)  # after a first change of departments


class Contacts(Protocol):
    """A platform's list of people."""

    def orgs(self) -> Sequence[OrgId]:
        """The offices whose people it lists."""
        ...

    def table(self, org: OrgId) -> StaffTable:
        """How an office's people are to be read.

        Raises:
            ConfigurationError: the table is missing or broken.
        """
        ...

    def departments(self, org: OrgId) -> list[Department]:
        """Every department that the platform shows us.

        Raises:
            OutsideServiceError: the platform did not answer, or does not let us see them.
        """
        ...

    def members(self, org: OrgId, departments: Sequence[Department]) -> list[Account]:
        """Every member of these departments, each once.

        Raises:
            OutsideServiceError: see `departments`.
        """
        ...

    def member(self, org: OrgId, user: str) -> Account | None:
        """One member by the platform's id; None: the office has none.

        Raises:
            OutsideServiceError: see `departments`.
        """
        ...


@dataclass(frozen=True)
class PeopleSync:
    """Takes the platform's people over; whoever leaves has no rights from that moment on."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    contacts: Contacts
    _one_at_a_time: Lock = field(default_factory=Lock, repr=False)

    def sync(self, org: OrgId) -> Mapped:
        """Take over the whole list of an office.

        Raises:
            OutsideServiceError: the list could not be had, or is empty ("contacts_empty"): what
                is known stays as it is.
            ConfigurationError: the office's table cannot be used.
        """
        with self._one_at_a_time:
            table = self.contacts.table(org)  # before the platform is asked for anything
            departments = self.contacts.departments(org)
            accounts = self.contacts.members(org, departments)
            if not any(account.active for account in accounts):
                raise OutsideServiceError("contacts_empty", org=org)
            with self.unit_of_work() as uow:
                uow.accounts.replace(org, departments, accounts)
                mapped = self._map(uow, org, table)
                next_day = self._day() + timedelta(days=table.every_days)
                uow.settings.put(_setting(org), next_day.isoformat())
                uow.commit()
        return mapped

    def refresh(self, org: OrgId, users: Collection[str]) -> None:
        """Look single members up again after an event; a leaver is out at once.

        Raises:
            OutsideServiceError: a member could not be looked up.
            ConfigurationError: the office's table cannot be used.
        """
        with self._one_at_a_time:
            table = self.contacts.table(org)
            found = {user: self.contacts.member(org, user) for user in users}
            gone = [_person(org, user) for user, account in found.items() if account is None]
            with self.unit_of_work() as uow:
                uow.accounts.leave(gone)
                for account in filter(None, found.values()):
                    uow.accounts.put(account)
                self._map(uow, org, table)
                uow.commit()

    def leave(self, org: OrgId, users: Collection[str]) -> None:
        """Take away the rights of those who left, without asking anybody."""
        people = {_person(org, user) for user in users}
        with self._one_at_a_time, self.unit_of_work() as uow:
            uow.accounts.leave(people)
            directory = _directory(uow, org)
            if directory is not None:
                known = _known(directory)
                self._note(uow, org, known, known - people)
                uow.people.save(directory.without(people))
                uow.items.wake()
            uow.commit()

    def sync_soon(self, org: OrgId) -> None:
        """Have the whole list taken over in some minutes: a reform changes many departments."""
        with self.unit_of_work() as uow:
            until = self._not_before(uow, org)
            if until is None or until <= self.clock.now():
                until = self.clock.now() + SETTLED_AFTER
                uow.settings.put(_not_before_key(org), until.isoformat())
                uow.settings.put(_setting(org), self._day().isoformat())
                uow.commit()

    def unmapped(self, org: OrgId) -> Mapped:
        """What the table leaves open of the people as they were last listed.

        Raises:
            ConfigurationError: the office's table cannot be used.
        """
        table = self.contacts.table(org)
        with self.unit_of_work() as uow:
            return map_staff(table, uow.accounts.departments(org), uow.accounts.listing(org))

    def tick(self) -> None:
        """Take over the lists whose night has come, and those that were never taken over."""
        for org in self.contacts.orgs():
            if self._is_due(org):
                self._take_over(org)

    def _is_due(self, org: OrgId) -> bool:
        with self.unit_of_work() as uow:
            due, until = uow.settings.get(_setting(org)), self._not_before(uow, org)
        if until is not None and self.clock.now() < until:
            return False
        return due is None or date.fromisoformat(due) <= self._day()

    def _take_over(self, org: OrgId) -> None:
        try:
            mapped = self.sync(org)
        except GuijuError as error:
            logger.error(
                "the people of %s could not be taken over",
                org,
                extra={"event": "people.not_synced", "org": org, "code": error.code},
            )
            with self.unit_of_work() as uow:
                until = self.clock.now() + AGAIN_AFTER
                uow.settings.put(_not_before_key(org), until.isoformat())
                uow.commit()
            return
        logger.info(
            "took over %d people of %s, %d left open",
            len(mapped.directory.people),
            org,
            len(mapped.unmapped),
            extra={"event": "people.synced", "org": org},
        )

    def _map(self, uow: UnitOfWork, org: OrgId, table: StaffTable) -> Mapped:
        """Make the directory anew from all accounts and note who came and who went."""
        accounts = uow.accounts.listing(org)
        mapped = map_staff(table, uow.accounts.departments(org), accounts)
        stored = _directory(uow, org)
        if stored == mapped.directory:
            return mapped
        uow.people.save(mapped.directory)
        uow.items.wake()
        self._note(uow, org, _known(stored), _known(mapped.directory))
        return mapped

    def _note(
        self, uow: UnitOfWork, org: OrgId, before: set[PersonId], after: set[PersonId]
    ) -> None:
        """Put who came and who went into the audit: one row each, or one for a whole list."""
        came, left, now = sorted(after - before), sorted(before - after), self.clock.now()
        if len(came) + len(left) > NOTED_SINGLY:
            details = {"came": came, "left": left}
            uow.audit.append(org, "system", "people.changed", org, now, details)
            return
        for action, people in (("person.came", came), ("person.left", left)):
            for person in people:
                uow.audit.append(org, "system", action, person, now)

    def _not_before(self, uow: UnitOfWork, org: OrgId) -> datetime | None:
        found = uow.settings.get(_not_before_key(org))
        return None if found is None else datetime.fromisoformat(found)

    def _day(self) -> date:
        """The date; until the night's hour still yesterday's."""
        return (self.clock.now().astimezone(OFFICE_TIME) - NIGHT).date()


def _directory(uow: UnitOfWork, org: OrgId) -> Directory | None:
    try:
        return uow.people.directory(org)
    except NotFoundError:  # before the first list
        return None


def _known(directory: Directory | None) -> set[PersonId]:
    return {person.id for person in directory.people} if directory else set()


def _person(org: OrgId, user: str) -> PersonId:
    return PersonId(f"{org}/{user}")


def _setting(org: OrgId) -> str:
    return f"people.next:{org}"


def _not_before_key(org: OrgId) -> str:
    return f"people.not_before:{org}"
