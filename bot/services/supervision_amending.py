"""变更: another unit, person or content for an item, shown first and done once it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.errors import InvalidInputError
from bot.core.people import Directory, Person, PersonId, Unit
from bot.core.reminders import Reminder
from bot.core.supervision import Item, ItemState, Occasion
from bot.core.supervision_amending import Amendment, AmendWish, LeadUnit, amend
from bot.core.supervision_rights import Act, require
from bot.services.storage import UnitOfWork
from bot.services.supervision_amending_words import changes, new_owner
from bot.services.supervision_finding import units_of
from bot.services.supervision_ledger import Call, Ledger, log
from bot.services.supervision_notice_words import Notice
from bot.services.supervision_registering import LONGEST_CONTENT, Registry


@dataclass(frozen=True)
class Amendments:
    """Changes items of one office; the reasons are docs/decisions/0295."""

    ledger: Ledger

    def propose(self, person: Person, text: str) -> Amendment:
        """What a sentence would change; nothing is stored.

        Raises:
            InvalidInputError: "amend_what_missing", "amend_same", "item_content_long", or as
                `read_amending`; as `Registry.responsible` for the person.
            NotFoundError, NotAllowedError, ItemStateError: as of any step.
        """
        with self.ledger.unit_of_work() as uow:
            return self._amended(uow, person, text)

    def amend(self, person: Person, text: str, turn_key: str) -> Amendment:
        """Change the item and tell the old and the new side; raises as `propose` does.

        A repeated turn changes nothing: both sides are then the item as it is.
        """
        with self.ledger.unit_of_work() as uow:
            again = self.ledger.done(uow, Call(person, text, turn_key, Act.AMEND))
            if again:
                return Amendment(again[0], again[0])
            found = self._amended(uow, person, text)
            call = Call(person, text, turn_key, Act.AMEND)
            self.ledger.change(uow, call, found.after, "amended", _taken_away(found))
            self._tell(uow, call, found)
            self.ledger.record(uow, call, [found.after])
            uow.commit()
        log("amended", found.after)
        return found

    def _amended(self, uow: UnitOfWork, person: Person, text: str) -> Amendment:
        require(person, Act.AMEND)
        directory = uow.people.directory(person.org)
        wish = self.ledger.reader.read_amending(text, directory)
        if wish == AmendWish(wish.item):
            raise InvalidInputError("amend_what_missing")
        if wish.content is not None and len(wish.content) > LONGEST_CONTENT:
            raise InvalidInputError("item_content_long", most=LONGEST_CONTENT)
        item = self.ledger.finder(uow).named(person, wish.item, Act.AMEND)
        lead = self._lead(item, wish, directory)
        return amend(item, person, lead, wish.content or item.content)

    def _lead(self, item: Item, wish: AmendWish, directory: Directory) -> LeadUnit:
        """The unit that is to lead and who answers in it, as far as the wish says."""
        registry = Registry(directory, self.ledger.deadlines())
        unit = directory.unit(wish.lead_unit or item.lead_unit)
        if wish.lead_unit is None or (unit is not None and unit.name == item.lead_unit):
            who = registry.responsible(wish.person, unit) if wish.person else item.person
            return LeadUnit(item.lead_unit, item.registered_unit, who, item.leader)
        who = registry.responsible(wish.person, unit)
        leader = unit.leader if unit else None
        return LeadUnit(unit.name if unit else wish.lead_unit, unit is not None, who, leader)

    def _tell(self, uow: UnitOfWork, call: Call, found: Amendment) -> None:
        """Each once: who gives the item up, who takes it over, and who else works on it."""
        directory, after = uow.people.directory(call.person.org), found.after
        texts = self.ledger.texts
        told: dict[PersonId | None, Notice] = {}
        others = [after.person, after.supervisor, *_heads(after, directory)]
        said = changes(found, directory, texts)
        for other in others:
            told[other] = Notice("amended", after, call.person, changes=said)
        if found.moved or found.hands_on:
            owner = new_owner(after, directory, texts)
            told[found.before.person] = Notice("given_up", after, call.person, changes=owner)
            event = "to_sign" if after.state is ItemState.UNSIGNED else "taken_over"
            told[after.person] = Notice(event, after, call.person, changes=said)
        for to, notice in told.items():
            key = self.ledger.send(uow, call, notice, to)
            if to is not None and key is not None and notice.event == "to_sign":
                self._cover(uow, after, to, key)

    def _cover(self, uow: UnitOfWork, item: Item, to: PersonId, key: str) -> None:
        """The notice is the new unit's assignment: from it the day for signing counts."""
        post, now = self.ledger.post(), self.ledger.clock.now()
        assigned = Reminder(item.id, Occasion.ASSIGNED, item.assigned_day, to)
        uow.items.add_reminders([assigned], key, now)
        post.cover(uow, item, key, now)


def _heads(item: Item, directory: Directory) -> list[PersonId | None]:
    units: list[Unit | None] = [directory.unit(name) for name in units_of(item)[1:]]
    return [unit.head for unit in units if unit is not None]


def _taken_away(found: Amendment) -> dict[str, str | None]:
    """What the audit keeps: units and people, of a content no words but that it was changed."""
    before, after = found.before, found.after
    kept: dict[str, str | None] = {}
    if found.moved:
        kept |= {"unit_before": before.lead_unit}
    if found.hands_on:
        kept |= {"person_before": before.person, "person": after.person}
    if before.content != after.content:
        kept |= {"content": "changed"}
    return kept
