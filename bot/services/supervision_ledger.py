"""What every use case of the supervision ledger is made of: find, change, note, tell."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.clock import Clock
from bot.core.clock import today as today_of
from bot.core.people import Person, PersonId
from bot.core.supervision import Item
from bot.core.supervision_rights import Act
from bot.services.ledgers import year_and_serial
from bot.services.outside import Calendars, ProcedureBook, RuleBook, Texts
from bot.services.readers import SupervisionReader
from bot.services.reminder_plans import ReminderPlans
from bot.services.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.supervision_deadlines import DeadlineBook
from bot.services.supervision_finding import ItemFinder, Wanted, is_open
from bot.services.supervision_notice_words import Notice
from bot.services.supervision_reminders import SupervisionPost

logger = logging.getLogger(__name__)

TOLD_TO_SUPERVISOR = frozenset({"reported", "part_done", "finished", "extension_asked"})
TOLD_TO_UNIT = frozenset(
    {"part_done", "extended", "extension_refused", "closed", "sent_back", "cancelled"}
    | {"merged", "unmerged"}
)
TOLD_WHY = frozenset({"extension_refused", "sent_back", "cancelled"})
_BETWEEN = "、"  # the numbers of a turn that made several items


@dataclass(frozen=True)
class Call:
    """One request for a step: who, in which words, under which turn, and by which right."""

    person: Person
    text: str
    turn_key: str
    act: Act

    @property
    def effect(self) -> str:
        """The key under which what it has done is noted."""
        return f"{self.turn_key}:supervision.{self.act}"


Step = Callable[[Item], tuple[str, Item]]  # gives the event and the changed item


@dataclass(frozen=True)
class Ledger:
    """The ports of the supervision ledger, and what its use cases share."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    calendars: Calendars
    procedures: ProcedureBook
    rules: RuleBook
    reader: SupervisionReader
    texts: Texts

    def today(self) -> date:
        """The office's date."""
        return today_of(self.clock)

    def take(self, call: Call, step: Step, wanted: Wanted = is_open) -> Item:
        """One step in one transaction: found, changed, noted, told."""
        with self.unit_of_work() as uow:
            done = self.done(uow, call)
            if done:
                return done[0]
            item = self.finder(uow).named(call.person, call.text, call.act, wanted)
            event, changed = step(item)
            self.change(uow, call, changed, event)
            self.record(uow, call, [changed])
            uow.commit()
        log(event, changed)
        return changed

    def change(
        self,
        uow: UnitOfWork,
        call: Call,
        item: Item,
        event: str,
        was: Mapping[str, str | None] | None = None,
    ) -> None:
        """Store a changed item, write it into the audit and tell those concerned.

        Args:
            was: What the change takes away, for the audit.
        """
        uow.items.update(item, event, call.person.id, self.clock.now())
        self.audit(uow, call, item, event, was)
        if event in TOLD_TO_SUPERVISOR:
            self.tell(uow, call, item, event, item.supervisor)
        if event in TOLD_TO_UNIT:
            key = self.tell(uow, call, item, event, item.person)
            if event == "extended" and key is not None:
                self.post().cover(uow, item, key, self.clock.now())

    def done(self, uow: UnitOfWork, call: Call) -> list[Item]:
        """The items of a turn that is repeated, none if it is not."""
        numbers = uow.effects.subject(call.effect)
        names = map(year_and_serial, numbers.split(_BETWEEN)) if numbers else ()
        return [uow.items.get(call.person.org, serial, year) for year, serial in names]

    def record(self, uow: UnitOfWork, call: Call, items: Sequence[Item]) -> None:
        """Note what the turn has done, so that it is not done again."""
        uow.effects.record(call.effect, _BETWEEN.join(item.number for item in items))

    def audit(
        self,
        uow: UnitOfWork,
        call: Call,
        item: Item,
        event: str,
        was: Mapping[str, str | None] | None = None,
    ) -> None:
        """Write a step into the audit."""
        deadline = item.deadline.isoformat() if item.deadline else None
        details = {"state": item.state.value, "deadline": deadline, "unit": item.lead_unit}
        if item.merged_into is not None:
            details["merged_into"] = item.merged_into
        details |= was or {}
        action, now = f"supervision.{event}", self.clock.now()
        uow.audit.append(item.org, call.person.id, action, item.number, now, details)

    def tell(
        self, uow: UnitOfWork, call: Call, item: Item, event: str, to: PersonId | None
    ) -> str | None:
        """Tell somebody of a step, unless the person took it; the key of the push."""
        reason = self.reader.read_reason(call.text) if event in TOLD_WHY else ""
        return self.send(uow, call, Notice(event, item, call.person, reason), to)

    def send(self, uow: UnitOfWork, call: Call, notice: Notice, to: PersonId | None) -> str | None:
        """As `tell`, with a notice that is made."""
        if to is None or to == call.person.id:
            return None
        key = f"supervision:{notice.item.id}:{notice.event}:{call.turn_key}:{to}"
        self.post().notify(uow, notice, to, key, self.clock.now())
        return key

    def post(self) -> SupervisionPost:
        """Writes reminders and notices."""
        return SupervisionPost(self.calendars, self.plans(), self.texts)

    def plans(self) -> ReminderPlans:
        """When each office is reminded."""
        return ReminderPlans(self.procedures, self.rules)

    def deadlines(self) -> DeadlineBook:
        """Counts deadlines."""
        return DeadlineBook(self.procedures, self.rules, self.calendars)

    def finder(self, uow: UnitOfWork) -> ItemFinder:
        """Looks items up."""
        return ItemFinder(uow, self.reader, self.today())


def log(event: str, item: Item) -> None:
    """One line for people and machines."""
    logger.info(
        "item %s %s",
        item.id,
        event,
        extra={"event": f"supervision.{event}", "item_id": item.id, "org": item.org},
    )
