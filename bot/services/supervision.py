"""Matters under supervision: registered, signed for, reported on, extended, closed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.core import supervision_steps as steps
from bot.core.clock import Clock
from bot.core.clock import today as today_of
from bot.core.errors import InvalidInputError
from bot.core.people import OrgId, Person, PersonId
from bot.core.supervision import Item, ItemParts, ItemState, Progress
from bot.core.supervision_rights import Act, may, require
from bot.services.ledgers import year_and_serial
from bot.services.outside import Calendars, ProcedureBook, RuleBook, SupervisionReader, Texts
from bot.services.reminder_plans import ReminderPlans
from bot.services.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.supervision_deadlines import DeadlineBook, RuleDeadline
from bot.services.supervision_finding import (
    ItemFinder,
    Wanted,
    is_in_review,
    is_open,
    is_unsigned,
    waits_for,
)
from bot.services.supervision_registering import Registry, UnitUnlistedError
from bot.services.supervision_reminders import SupervisionPost

__all__ = ["SupervisionDesk", "UnitUnlistedError"]

logger = logging.getLogger(__name__)

COMPLETE = 100  # percent
TOLD_TO_SUPERVISOR = frozenset({"reported", "finished", "extension_asked"})
TOLD_TO_UNIT = frozenset({"extended", "extension_refused", "closed", "sent_back", "cancelled"})


@dataclass(frozen=True)
class _Call:
    """One request for a step: who, in which words, under which turn, and by which right."""

    person: Person
    text: str
    turn_key: str
    act: Act


Step = Callable[[Item], tuple[str, Item]]  # gives the event and the changed item


@dataclass(frozen=True)
class SupervisionDesk:
    """The supervision ledger's use cases.

    A step that is repeated under the same `turn_key` does nothing and returns the item. An item
    of another office does not exist for this one. Every step raises as `find` does, NotAllowedError
    where the rights table says no, and ItemStateError where the item is past it.
    """

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

    def read(self, person: Person, text: str) -> ItemParts:
        """What a sentence says about a new item; nothing is stored."""
        with self.unit_of_work() as uow:
            directory = uow.people.directory(person.org)
        return self.reader.read_item(text, self.today(), directory)

    def register(
        self, person: Person, text: str, turn_key: str, accept_unlisted: bool = False
    ) -> Item:
        """Store a new item and tell the heads of its units.

        Raises:
            NotAllowedError: not of the supervision office, nor a clerk or a leader.
            UnitUnlistedError: a unit is not in the directory and `accept_unlisted` is not set.
            InvalidInputError: "item_content_missing", "item_unit_missing", "deadline_past", or
                "item_deadline_missing": neither the sentence nor the office's table gives a day.
            CalendarUnpublishedError: the rule counts into a year that is not published.
        """
        call = _Call(person, text, turn_key, Act.REGISTER)
        require(person, call.act)
        with self.unit_of_work() as uow:
            done = self._done(uow, call)
            if done is not None:
                return done
            item = self._register(uow, call, accept_unlisted)
            uow.commit()
        logger.info(
            "item %s registered",
            item.id,
            extra={"event": "supervision.registered", "item_id": item.id, "org": item.org},
        )
        return item

    def exceeded_rule(self, item: Item) -> RuleDeadline | None:
        """The written rule's deadline, with its article, where the item's own day is later."""
        return self._deadlines().exceeded(item)

    def find(self, person: Person, text: str) -> Item:
        """The item that a sentence names by its number, or the only one it can mean.

        Raises:
            NotFoundError: "item_unknown", or "item_none" without a number.
            NotAllowedError: the person may not see it.
            RefusedError: "item_which", with the numbers that it could be.
        """
        with self.unit_of_work() as uow:
            return self._finder(uow).named(person, text, Act.SEE)

    def sign(self, person: Person, text: str, turn_key: str) -> Item:
        """Sign for an item (签收)."""
        now = self.clock.now()
        call = _Call(person, text, turn_key, Act.SIGN)
        return self._take(call, lambda item: ("signed", steps.sign(item, person, now)), is_unsigned)

    def report(self, person: Person, text: str, turn_key: str) -> Item:
        """Note progress; the unit's report signs, and one that says it is done asks for closing.

        Raises:
            InvalidInputError: "progress_percent", outside 0 to 100.
        """
        finished = self.report_event(text) == "finished"
        percent = self.reader.read_progress(text)
        progress = Progress(self.clock.now(), person.id, text.strip(), percent)

        def step(item: Item) -> tuple[str, Item]:
            changed = steps.report(item, person, progress, finished)
            review = changed.state is ItemState.IN_REVIEW and changed.state is not item.state
            return "finished" if review else "reported", changed

        return self._take(_Call(person, text, turn_key, Act.REPORT), step)

    def report_event(self, text: str) -> str:
        """What `report` did, for the words: noted a report, or an application for closing."""
        finished = self.reader.read_progress(text) == COMPLETE or self.reader.read_completion(text)
        return "finished" if finished else "reported"

    def extend(self, person: Person, text: str, turn_key: str) -> Item:
        """Ask for a later deadline as the unit, or decide on it as the supervision office.

        The supervision office may also name a day that nobody asked for.

        Raises:
            InvalidInputError: "extension_day_missing", "extension_not_later", "deadline_past", or
                "extension_decision_missing": what was asked is neither granted nor refused.
            RefusedError: "extension_not_asked", when there is nothing to refuse.
        """
        today = self.today()

        def step(item: Item) -> tuple[str, Item]:
            day = self.reader.read_extension(text, today, item.deadline)
            if not may(person, Act.DECIDE_EXTENSION, item):
                return "extension_asked", steps.ask_extension(item, person, day, today)
            granted = self.reader.read_decision(text)
            if granted is False:
                return "extension_refused", steps.refuse_extension(item, person)
            if granted is None and day is None and item.extension_to is not None:
                raise InvalidInputError("extension_decision_missing", number=item.number)
            return "extended", steps.grant_extension(item, person, day, today)

        return self._take(_Call(person, text, turn_key, Act.EXTEND), step)

    def extension_event(self, text: str, item: Item) -> str:
        """What `extend` did, for the words: asked for, granted or refused."""
        if item.extension_to is not None:
            return "extension_asked"
        return "extension_refused" if self.reader.read_decision(text) is False else "extended"

    def close(self, person: Person, text: str, turn_key: str) -> Item:
        """Strike an item off the ledger (销号)."""
        now = self.clock.now()
        call = _Call(person, text, turn_key, Act.CLOSE)
        return self._take(
            call, lambda item: ("closed", steps.close(item, person, now)), is_in_review
        )

    def send_back(self, person: Person, text: str, turn_key: str) -> Item:
        """Return an item from review to its unit (退回)."""
        call = _Call(person, text, turn_key, Act.SEND_BACK)
        return self._take(
            call, lambda item: ("sent_back", steps.send_back(item, person)), is_in_review
        )

    def cancel(self, person: Person, text: str, turn_key: str) -> Item:
        """Take back an item that should not have been registered (撤销)."""
        now = self.clock.now()
        call = _Call(person, text, turn_key, Act.CANCEL)
        return self._take(call, lambda item: ("cancelled", steps.cancel(item, person, now)))

    def listing(self, org: OrgId, state: str | None = None) -> list[Item]:
        """The items of an office, or those in one state, by number."""
        with self.unit_of_work() as uow:
            return uow.items.listing(org, state)

    def visible_to(self, person: Person, text: str = "") -> list[Item]:
        """What a person may see of what a sentence asks for, the most pressing first.

        Closed items only if the sentence asks for them.
        """
        with self.unit_of_work() as uow:
            return self._finder(uow).visible(person, text)

    def waiting_for(self, person: Person) -> list[Item]:
        """What waits for a signature or a decision of this person, the most pressing first."""
        return [item for item in self.visible_to(person) if waits_for(person, item)]

    def tick(self) -> None:
        """Write every reminder that is due into the outbox, each once."""
        self._post().tick(self.unit_of_work, self.clock.now())

    def _register(self, uow: UnitOfWork, call: _Call, accept_unlisted: bool) -> Item:
        now, directory = self.clock.now(), uow.people.directory(call.person.org)
        parts = self.reader.read_item(call.text, self.today(), directory)
        registry = Registry(directory, self._deadlines())
        item = registry.new_item(uow, call.person, parts, now, accept_unlisted)
        uow.items.add(item, call.person.id, now)
        self._note(uow, call, item, "registered")
        self._post().remind(uow, [item], now)
        for unit in map(directory.unit, item.assist_units):
            self._tell(uow, call, item, "assisting", unit.head if unit else None)
        return item

    def _take(self, call: _Call, step: Step, wanted: Wanted = is_open) -> Item:
        """One step in one transaction: found, changed, noted, told."""
        with self.unit_of_work() as uow:
            done = self._done(uow, call)
            if done is not None:
                return done
            item = self._finder(uow).named(call.person, call.text, call.act, wanted)
            event, changed = step(item)
            uow.items.update(changed, event, call.person.id, self.clock.now())
            self._note(uow, call, changed, event)
            self._announce(uow, call, changed, event)
            uow.commit()
        logger.info(
            "item %s %s",
            item.id,
            event,
            extra={"event": f"supervision.{event}", "item_id": item.id, "org": item.org},
        )
        return changed

    def _done(self, uow: UnitOfWork, call: _Call) -> Item | None:
        """The item of a turn that is repeated."""
        number = uow.effects.subject(f"{call.turn_key}:supervision.{call.act}")
        if number is None:
            return None
        year, serial = year_and_serial(number)
        return uow.items.get(call.person.org, serial, year)

    def _note(self, uow: UnitOfWork, call: _Call, item: Item, event: str) -> None:
        uow.effects.record(f"{call.turn_key}:supervision.{call.act}", item.number)
        deadline = item.deadline.isoformat() if item.deadline else None
        details = {"state": item.state.value, "deadline": deadline, "unit": item.lead_unit}
        action, now = f"supervision.{event}", self.clock.now()
        uow.audit.append(item.org, call.person.id, action, item.number, now, details)

    def _announce(self, uow: UnitOfWork, call: _Call, item: Item, event: str) -> None:
        if event in TOLD_TO_SUPERVISOR:
            self._tell(uow, call, item, event, item.supervisor)
        elif event in TOLD_TO_UNIT:
            key = self._tell(uow, call, item, event, item.person)
            if event == "extended" and key is not None:
                self._post().cover(uow, item, key, self.clock.now())

    def _tell(
        self, uow: UnitOfWork, call: _Call, item: Item, event: str, to: PersonId | None
    ) -> str | None:
        if to is None or to == call.person.id:
            return None
        key = f"supervision:{item.id}:{event}:{call.turn_key}:{to}"
        self._post().notify(uow, item, event, call.person, to, key, self.clock.now())
        return key

    def _post(self) -> SupervisionPost:
        plans = ReminderPlans(self.procedures, self.rules)
        return SupervisionPost(self.calendars, plans, self.texts)

    def _deadlines(self) -> DeadlineBook:
        return DeadlineBook(self.procedures, self.rules, self.calendars)

    def _finder(self, uow: UnitOfWork) -> ItemFinder:
        return ItemFinder(uow, self.reader, self.today())
