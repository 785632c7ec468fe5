"""How an office keeps its unanswered desk: its settings, its owner, its due days."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from bot.core.calendar import WorkCalendar, add_working_days
from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError
from bot.core.office_hours import ReminderCalendar
from bot.core.people import Directory, OrgId, PersonId, Role
from bot.core.unanswered import DeskSettings
from bot.services.storage import UnitOfWork

LONGEST_DAYS = 3650


def read_settings(uow: UnitOfWork, org: OrgId) -> DeskSettings:
    """The settings of an office, the default ones if it never changed any."""
    return DeskSettings(**(uow.settings.get(_key(org)) or {}))


def write_settings(uow: UnitOfWork, org: OrgId, settings: DeskSettings) -> None:
    """Store the settings of an office.

    Raises:
        InvalidInputError: fewer than one day or too many ("unanswered_days"), or an owner who is
            no clerk of the office ("unanswered_owner").
        NotFoundError: the office is unknown ("org_unknown").
    """
    for days in (settings.due_days, settings.lifetime_days):
        if not 0 < days <= LONGEST_DAYS:
            raise InvalidInputError("unanswered_days", most=LONGEST_DAYS)
    directory = uow.people.directory(org)
    if settings.owner is not None:
        require_clerk(directory, settings.owner)
    uow.settings.put(_key(org), asdict(settings))


def owner_of(directory: Directory, settings: DeskSettings) -> PersonId | None:
    """Who gets what lands: the clerk of the settings, else the first of the directory."""
    clerks = [person.id for person in directory.people if person.has(Role.CLERK)]
    return settings.owner if settings.owner in clerks else next(iter(clerks), None)


def require_clerk(directory: Directory, person: PersonId) -> None:
    """Let pass who may own a group.

    Raises:
        InvalidInputError: no clerk of the office ("unanswered_owner").
    """
    found = directory.person(person)
    if found is None or not found.has(Role.CLERK):
        raise InvalidInputError("unanswered_owner", owner=person)


def due_day_from(now: datetime, settings: DeskSettings, calendar: WorkCalendar) -> date:
    """The working day until which the office answers; the day of landing does not count."""
    # It binds nobody, so an unpublished year may be taken for ordinary weeks (decision 0061).
    day = now.astimezone(OFFICE_TIME).date()
    return add_working_days(day, settings.due_days, ReminderCalendar(calendar))


def _key(org: OrgId) -> str:
    return f"unanswered:{org}"
