"""The supervision group of an office (督查工作群): one digest on each working day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError
from bot.core.messages import Message, Push
from bot.core.office_hours import ReminderCalendar, is_open
from bot.core.people import Directory, OrgId, Person, PersonId
from bot.core.supervision import Item
from bot.core.supervision_rights import Act, may, require
from bot.services.outside import Calendars, Texts
from bot.services.reminder_plans import ReminderPlans
from bot.services.storage import EffectRepeatedError, UnitOfWork, UnitOfWorkFactory
from bot.services.supervision_words import counts_line, deadline_words, shortened

MOST_OVERDUE = 10
MOST_UNITS = 15


@dataclass(frozen=True)
class SupervisionGroup:
    """A group chat of the platform and those who read along; nobody known: counts alone."""

    group: str
    members: tuple[PersonId, ...] = ()


def read_group(uow: UnitOfWork, org: OrgId) -> SupervisionGroup | None:
    """The group that an office has named."""
    kept = uow.settings.get(_key(org))
    return SupervisionGroup(kept["group"], tuple(kept["members"])) if kept else None


def write_group(uow: UnitOfWork, person: Person, group: SupervisionGroup, now: datetime) -> None:
    """Name the group of a person's office, and audit it; an empty name ends its digest.

    Raises:
        NotAllowedError: not of the supervision office ("supervision_name_group_not_allowed").
        InvalidInputError: a member is not of the office ("group_member_unknown").
    """
    require(person, Act.NAME_GROUP)
    directory = uow.people.directory(person.org)
    strangers = [member for member in group.members if directory.person(member) is None]
    if strangers:
        raise InvalidInputError("group_member_unknown", members="、".join(strangers))
    before = read_group(uow, person.org)
    uow.settings.put(_key(person.org), asdict(group) if group.group else None)
    named = group.group or (before.group if before else "")
    event = "group_named" if group.group else "group_ended"
    details = {"before": before.group if before else None, "members": list(group.members)}
    uow.audit.append(person.org, person.id, f"supervision.{event}", named, now, details)


def name_groups(unit_of_work: UnitOfWorkFactory, groups: Mapping[OrgId, str | None]) -> None:
    """Name the groups of offices as their configuration does; None ends a digest.

    Only a configuration that has changed says something new: what was named in chat since stays.
    Who reads along is not known of a new group, and kept of the one that was named before.
    """
    with unit_of_work() as uow:
        for org, group in groups.items():
            told = {"group": group}
            if uow.settings.get(_configured(org)) == told:
                continue
            uow.settings.put(_configured(org), told)
            known = read_group(uow, org)
            if (known.group if known else None) != group:
                uow.settings.put(_key(org), asdict(SupervisionGroup(group)) if group else None)
        uow.commit()


def visible_to_all(items: Sequence[Item], members: Sequence[Person]) -> list[Item]:
    """The items that each of the people may see; none if nobody is known."""
    return [item for item in items if members and all(may(p, Act.SEE, item) for p in members)]


@dataclass(frozen=True)
class GroupDigests:
    """Writes each group's digest once a day, in office hours; a day that was missed is dropped."""

    calendars: Calendars
    plans: ReminderPlans
    texts: Texts

    def tick(self, unit_of_work: UnitOfWorkFactory, now: datetime) -> None:
        """Write what is due."""
        with unit_of_work() as uow:
            due = [org for org in uow.people.orgs() if self._is_due(uow, org, now)]
        for org in due:
            with unit_of_work() as uow:
                try:
                    self._write(uow, org, now)
                except EffectRepeatedError:
                    continue  # another process was quicker
                uow.commit()

    def _is_due(self, uow: UnitOfWork, org: OrgId, now: datetime) -> bool:
        if read_group(uow, org) is None or uow.effects.subject(_effect(org, now)) is not None:
            return False
        calendar = ReminderCalendar(self.calendars.of(org))
        return is_open(now, calendar, self.plans.of(org).hours)

    def _write(self, uow: UnitOfWork, org: OrgId, now: datetime) -> None:
        setting = read_group(uow, org)
        if setting is None:
            return
        uow.effects.record(_effect(org, now), setting.group)
        items = uow.items.still_open(org)
        if not items:
            return
        message = self._message(items, setting, uow.people.directory(org), now)
        uow.outbox.add(
            Push(f"{_effect(org, now)}:{setting.group}", org, setting.group, message), now
        )

    def _message(
        self, items: list[Item], setting: SupervisionGroup, directory: Directory, now: datetime
    ) -> Message:
        today = now.astimezone(OFFICE_TIME).date()
        members = [directory.person(member) for member in setting.members]
        shown = visible_to_all(items, [member for member in members if member is not None])
        lines = [
            self.texts.say("reminders.group_head", office=directory.office.name, day=today),
            counts_line(items, today, self.texts),
        ]
        overdue = sorted(
            (item for item in shown if item.overdue_days(today)),
            key=lambda item: (-item.overdue_days(today), item.id),
        )
        lines += self._units(shown, overdue)
        lines += [
            self.texts.say(
                "reminders.group_overdue",
                number=item.number,
                content=shortened(item.content),
                unit=item.lead_unit,
                deadline=deadline_words(item, today, self.texts),
            )
            for item in overdue[:MOST_OVERDUE]
        ]
        if len(overdue) > MOST_OVERDUE:
            lines.append(self.texts.say("reminders.group_more", count=len(overdue) - MOST_OVERDUE))
        return Message("\n".join(lines))

    def _units(self, shown: Sequence[Item], overdue: Sequence[Item]) -> list[str]:
        """Open and overdue by unit, those with the most overdue first."""
        still, late = (Counter(item.lead_unit for item in each) for each in (shown, overdue))
        units = sorted(still, key=lambda unit: (-late[unit], -still[unit], unit))
        return [
            self.texts.say("reminders.group_unit", unit=unit, open=still[unit], overdue=late[unit])
            for unit in units[:MOST_UNITS]
        ]


def _key(org: OrgId) -> str:
    return f"supervision_group:{org}"


def _configured(org: OrgId) -> str:
    return f"supervision_group_configured:{org}"


def _effect(org: OrgId, now: datetime) -> str:
    return f"supervision:group:{org}:{now.astimezone(OFFICE_TIME).date()}"
