"""Who could not be reached with a reminder, told once to the supervision office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.clock import OFFICE_TIME
from bot.core.messages import Message, Push
from bot.core.people import Directory, OrgId, PersonId, Role
from bot.core.supervision import Item, ItemId, SentReminder
from bot.services.ledgers import UnreachedReminder
from bot.services.outside import Texts
from bot.services.storage import OutboxState, UnitOfWork, UnitOfWorkFactory
from bot.services.supervision_words import shortened

MOST_AT_ONCE = 200  # reminders; the rest at the next beat
MOST_LISTED = 10
FAILED = OutboxState.FAILED.value


@dataclass(frozen=True)
class UnreachedNews:
    """Tells of reminders that the platform would not deliver: once for each person and item."""

    texts: Texts

    def tick(self, unit_of_work: UnitOfWorkFactory, now: datetime) -> None:
        """Tell what has not been told, one message a supervisor."""
        with unit_of_work() as uow:
            failed = uow.items.unreached(MOST_AT_ONCE)
            if not failed:
                return
            items = {
                item.id: item for item in uow.items.locked(sorted({f.item_id for f in failed}))
            }
            for (org, to), rows in self._by_supervisor(uow, items, failed).items():
                self._tell(uow, org, to, [(items[row.item_id], row.to) for row in rows], now)
            uow.items.note_unreached([row.id for row in failed], now)
            uow.commit()

    def _by_supervisor(
        self, uow: UnitOfWork, items: dict[ItemId, Item], failed: Sequence[UnreachedReminder]
    ) -> dict[tuple[OrgId, PersonId], list[UnreachedReminder]]:
        told: defaultdict[tuple[OrgId, PersonId], list[UnreachedReminder]] = defaultdict(list)
        known = set()
        for row in failed:
            item = items[row.item_id]
            to = _teller(item, row.to, uow.people.directory(item.org))
            if row.again or to is None or (row.item_id, row.to) in known:
                continue
            known.add((row.item_id, row.to))
            told[item.org, to].append(row)
        return told

    def _tell(
        self,
        uow: UnitOfWork,
        org: OrgId,
        to: PersonId,
        missed: list[tuple[Item, str]],
        now: datetime,
    ) -> None:
        first, person = missed[0]
        directory = uow.people.directory(org)
        message = unreached_message(missed, directory, self.texts)
        uow.outbox.add(
            Push(f"supervision:unreached:{first.id}:{person}:{to}", org, to, message), now
        )


def unreached_message(
    missed: Sequence[tuple[Item, str]], directory: Directory, texts: Texts
) -> Message:
    """Whom a reminder of which items did not reach."""
    lines = [texts.say("reminders.unreached", count=len(missed))]
    lines += [
        texts.say(
            "reminders.unreached_line",
            name=name_of(person, directory, texts),
            number=item.number,
            content=shortened(item.content),
        )
        for item, person in missed[:MOST_LISTED]
    ]
    if len(missed) > MOST_LISTED:
        lines.append(texts.say("reminders.unreached_more", count=len(missed) - MOST_LISTED))
    return Message("\n".join(lines))


def unreached_line(
    reminders: Sequence[SentReminder], directory: Directory, texts: Texts
) -> str | None:
    """For the card of an item: whom its last reminder did not reach; None if all are reached."""
    last = {sent.to: sent.status for sent in reminders}
    missed = [name_of(to, directory, texts) for to, status in last.items() if status == FAILED]
    if not missed:
        return None
    return texts.say("reminders.unreached_card", names=texts.say("supervision.comma").join(missed))


def reach_lines(sent: Sequence[SentReminder], directory: Directory, texts: Texts) -> list[str]:
    """What became of the last reminder of each person, the latest last."""
    last = {reminder.to: reminder for reminder in sorted(sent, key=lambda each: each.at)}
    return [
        texts.say(
            f"reminders.reach_{reminder.status}",
            name=name_of(to, directory, texts),
            day=reminder.at.astimezone(OFFICE_TIME).date(),
        )
        for to, reminder in last.items()
    ]


def name_of(person_id: str, directory: Directory, texts: Texts) -> str:
    """A person with unit, as one looks for a telephone number."""
    person = directory.person(PersonId(person_id))
    if person is None:
        return person_id
    return texts.say("reminders.person", name=person.name, unit=person.unit)


def _teller(item: Item, missed: str, directory: Directory) -> PersonId | None:
    """Who hears of it: the item's supervisor, or another when he is the one not reached."""
    office = [person.id for person in directory.people if person.has(Role.SUPERVISOR)]
    candidates = (each for each in (item.supervisor, *office) if each != missed)
    return next(candidates, None)
