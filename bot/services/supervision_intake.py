"""The ways into the supervision ledger: a sentence, a form, a minute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.errors import InvalidInputError, RefusedError
from bot.core.messages import Push
from bot.core.people import Directory, Person, PersonId
from bot.core.supervision import Item, ItemParts, item_number
from bot.core.supervision_rights import Act, require
from bot.core.supervision_wishes import MinutePoint
from bot.services.storage import UnitOfWork
from bot.services.supervision_deadlines import RuleDeadline
from bot.services.supervision_ledger import Call, Ledger, log
from bot.services.supervision_notice_words import assisting_message
from bot.services.supervision_registering import Registry


@dataclass(frozen=True)
class Proposal:
    """One point of a minute as the item that it would become; nothing is stored.

    `place` counts from 1. `item` None: `problem` says what keeps it from being one. With `each_of`
    it would become one for each of these units, `item` being the first; `left_out` are units
    like them that the point does not take in.
    """

    place: int
    content: str
    item: Item | None
    problem: RefusedError | None = None
    exceeded: RuleDeadline | None = None  # the written rule that the stated day oversteps
    each_of: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Intake:
    """Registers items; what belongs together is stored together or not at all."""

    ledger: Ledger

    def read(self, person: Person, text: str) -> ItemParts:
        """What a sentence says about a new item; nothing is stored."""
        with self.ledger.unit_of_work() as uow:
            directory = uow.people.directory(person.org)
        return self.ledger.reader.read_item(text, self.ledger.today(), directory)

    def register(
        self, person: Person, parts: ItemParts, turn_key: str, accept_unlisted: bool = False
    ) -> Item:
        """Store a new item and tell the heads of its units; raises as `Registry.draft` does.

        Raises:
            InvalidInputError: "item_units_several", 各镇街 as its lead unit.
        """
        return self._store(person, (parts,), turn_key, accept_unlisted)[0]

    def propose(self, person: Person, text: str) -> tuple[list[Proposal], tuple[str, ...]]:
        """The items that a pasted minute asks for, and the points in which no unit is to act.

        Raises:
            NotAllowedError: the person may not register.
        """
        require(person, Act.REGISTER)
        now = self.ledger.clock.now()
        with self.ledger.unit_of_work() as uow:
            directory = uow.people.directory(person.org)
        minute = self.ledger.reader.read_minute(text, self.ledger.today(), directory)
        registry = Registry(directory, self.ledger.deadlines())
        proposals = [
            _proposal(place, point, registry, person, now)
            for place, point in enumerate(minute.points, start=1)
        ]
        return proposals, minute.skipped

    def choice(self, person: Person, text: str, left: Sequence[int]) -> list[int] | None:
        """Which points that are `left` a sentence confirms; None: none, or it is a matter anew."""
        try:
            said = self.read(person, text)
        except RefusedError:
            return None
        if said.lead_unit is not None or said.deadline is not None:
            return None
        return self.ledger.reader.read_choice(text, left)

    def accept(self, person: Person, text: str, places: Sequence[int], turn_key: str) -> list[Item]:
        """Store the points of a minute that a person has confirmed, all of them or none.

        A unit that is not listed was shown as such, so it is accepted.

        Raises:
            InvalidInputError: "point_unknown"; else as `register`.
        """
        with self.ledger.unit_of_work() as uow:
            directory = uow.people.directory(person.org)
        points = self.ledger.reader.read_minute(text, self.ledger.today(), directory).points
        for place in places:
            if not 1 <= place <= len(points):
                raise InvalidInputError("point_unknown", place=place, most=len(points))
            if (problem := points[place - 1].problem) is not None:
                raise InvalidInputError(problem)
        chosen = [parts for place in places for parts in _single(points[place - 1].parts)]
        return self._store(person, chosen, turn_key, accept_unlisted=True)

    def _store(
        self, person: Person, several: Sequence[ItemParts], turn_key: str, accept_unlisted: bool
    ) -> list[Item]:
        call = Call(person, "", turn_key, Act.REGISTER)
        require(person, call.act)
        if any(self.ledger.reader.names_kind(parts.lead_unit or "") for parts in several):
            raise InvalidInputError("item_units_several")
        with self.ledger.unit_of_work() as uow:
            done = self.ledger.done(uow, call)
            if done:
                return done
            directory = uow.people.directory(person.org)
            registry = Registry(directory, self.ledger.deadlines())
            now = self.ledger.clock.now()
            drafts = [registry.draft(person, parts, now, accept_unlisted) for parts in several]
            items = add_items(uow, self.ledger, call, drafts)
            for item in items:
                self.ledger.audit(uow, call, item, "registered")
            self.ledger.record(uow, call, items)
            tell_units(uow, self.ledger, call, items, directory)
            uow.commit()
        for item in items:
            log("registered", item)
        return items


def _proposal(
    place: int, point: MinutePoint, registry: Registry, person: Person, now: datetime
) -> Proposal:
    parts = point.parts
    try:
        if point.problem is not None:
            raise InvalidInputError(point.problem)
        items = [registry.draft(person, one, now, accept_unlisted=True) for one in _single(parts)]
    except RefusedError as error:
        return Proposal(place, parts.content or "", None, error)
    exceeded = registry.deadlines.exceeded(items[0])
    return Proposal(
        place, parts.content or "", items[0], None, exceeded, parts.each_of, parts.left_out
    )


def _single(parts: ItemParts) -> list[ItemParts]:
    """One item for each of the units that are to have one.

    Raises:
        InvalidInputError: "item_person_each", one person named for all of them.
    """
    if not parts.each_of:
        return [parts]
    if parts.person is not None:
        raise InvalidInputError("item_person_each")
    return [replace(parts, lead_unit=unit, each_of=()) for unit in parts.each_of]


def add_items(uow: UnitOfWork, ledger: Ledger, call: Call, drafts: Sequence[Item]) -> list[Item]:
    """Number drafts in their order and store them."""
    today, now = ledger.today(), ledger.clock.now()
    first = uow.items.next_serial(call.person.org, today.year)
    ids = uow.items.next_ids(len(drafts))
    items = [
        replace(draft, id=item_id, number=item_number(today.year, serial))
        for serial, (draft, item_id) in enumerate(zip(drafts, ids, strict=True), start=first)
    ]
    uow.items.add_all(items, call.person.id, now)
    return items


def tell_units(
    uow: UnitOfWork, ledger: Ledger, call: Call, items: Sequence[Item], directory: Directory
) -> None:
    """Tell the heads of the lead units and those of the assisting ones, one message a person."""
    now = ledger.clock.now()
    ledger.post().remind(uow, items, now)
    helping: defaultdict[PersonId, list[Item]] = defaultdict(list)
    for item in items:
        for unit in map(directory.unit, item.assist_units):
            if unit is not None and unit.head is not None:
                helping[unit.head].append(item)
    for head, several in helping.items():
        if len(several) == 1:
            ledger.tell(uow, call, several[0], "assisting", head)
        elif head != call.person.id:
            message = assisting_message(several, ledger.today(), ledger.texts)
            key = f"supervision:{several[0].id}:assisting:{call.turn_key}:{head}"
            uow.outbox.add(Push(key, call.person.org, head, message), now)
