"""Which item a sentence without a number speaks of: the one that was just put before the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.core.messages import Incoming
from bot.core.people import Person
from bot.core.supervision import Item
from bot.core.supervision_rights import Standing, standings
from bot.services.ledgers import year_and_serial
from bot.services.storage import REPLY, InboxEntry, UnitOfWork
from bot.services.supervision_finding import Wanted, is_open
from bot.services.supervision_ledger import Ledger

# A reminder of Friday morning is still what a Monday's first word answers; a card is looked at.
REMINDER_LASTS = timedelta(days=4)
CARD_LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class Replies:
    """Completes what answers a reminder or a card; what could mean anything else stays as it is."""

    ledger: Ledger

    def completed(self, person: Person, incoming: Incoming, wanted: Wanted = is_open) -> str:
        """The sentence, with the number of its item in front if that is beyond doubt.

        Only if all that the conversation has seen since the person last spoke is about one item,
        which is `wanted`, and only from the item's units: what the supervision office does to an
        item it names. The rule is docs/decisions/0210.
        """
        item = self._spoken_of(person, incoming)
        return f"{item.number} {incoming.text}" if item and wanted(item) else incoming.text

    def show(self, turn_key: str, item: Item) -> None:
        """Note that a turn ends with the card of an item, which the next sentence may answer."""
        key = _shown(turn_key)
        with self.ledger.unit_of_work() as uow:
            if uow.effects.subject(key) is None:
                uow.effects.record(key, item.number)
                uow.commit(durable=False)  # forgotten, it is asked which item is meant

    def _spoken_of(self, person: Person, incoming: Incoming) -> Item | None:
        reader, text = self.ledger.reader, incoming.text
        if reader.read_number(text, self.ledger.today()) is not None:
            return None
        with self.ledger.unit_of_work() as uow:
            items = _put_before(uow, incoming)
            unit = reader.read_unit(text, uow.people.directory(person.org))
        if len(items) != 1:
            return None
        [item] = items
        held = standings(person, item) & {Standing.LEAD_UNIT, Standing.ASSIST_UNIT}
        return item if held and unit in (None, person.unit, item.lead_unit) else None


def _put_before(uow: UnitOfWork, incoming: Incoming) -> list[Item]:
    """The items that the conversation has seen since the person last spoke in it.

    None if anything else came in between, for then nobody knows what is answered.
    """
    now, before = incoming.received_at, uow.inbox.before(incoming)
    since = now - REMINDER_LASTS
    if before is not None:
        since = max(since, before.incoming.received_at)
    to = incoming.conversation if incoming.is_group else str(incoming.person)
    pushes = [key for key in uow.outbox.arrived(to, since, now) if not key.startswith(REPLY)]
    reminded = uow.items.reminded_by(pushes)
    if not all(reminded.values()):
        return []
    found = _on_card(uow, incoming, before) if before is not None else []
    found += [item for items in reminded.values() for item in items]
    return list({item.id: item for item in found}.values())


def _on_card(uow: UnitOfWork, incoming: Incoming, before: InboxEntry) -> list[Item]:
    """The item whose card was the answer to what the person said before."""
    age = incoming.received_at - before.incoming.received_at
    number = uow.effects.subject(_shown(before.turn_key))
    if number is None or not timedelta() <= age <= CARD_LASTS:
        return []
    year, serial = year_and_serial(number)
    return [uow.items.get(incoming.org, serial, year)]


def _shown(turn_key: str) -> str:
    """Not among the turn's own effects: a card is shown, nothing is done."""
    return f"shown:{turn_key}"
