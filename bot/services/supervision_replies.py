"""A sentence without a number right after a reminder means the item that it was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.core.errors import RefusedError
from bot.core.messages import Incoming
from bot.core.people import Person
from bot.core.supervision import Item
from bot.core.supervision_rights import Standing, standings
from bot.services.supervision_finding import is_open
from bot.services.supervision_ledger import Ledger

# A reminder of Friday morning is still what a Monday's first word answers.
REPLY_WITHIN = timedelta(days=4)


@dataclass(frozen=True)
class Replies:
    """Completes what answers a reminder; what could mean anything else is left as it is."""

    ledger: Ledger

    def completed(self, person: Person, incoming: Incoming) -> str:
        """The sentence, with the number of the item in front if it answers that item's reminder.

        Only the first thing said after the reminder answers it, only in the conversation that it
        came to, only if no other item was reminded of since the person last spoke, and only from
        the item's units: what the supervision office does to an item it names.
        """
        item = self._reminded_of(person, incoming)
        return incoming.text if item is None else f"{item.number} {incoming.text}"

    def _reminded_of(self, person: Person, incoming: Incoming) -> Item | None:
        ledger, text = self.ledger, incoming.text
        to = incoming.conversation if incoming.is_group else str(person.id)
        if ledger.reader.read_number(text, ledger.today()) is not None:
            return None
        since = incoming.received_at - REPLY_WITHIN
        with ledger.unit_of_work() as uow:
            since = max(since, uow.inbox.said_before(incoming) or since)
            items = uow.items.reminded_since(to, since)
            directory = uow.people.directory(person.org)
        if len(items) != 1:
            return None
        [item] = items
        try:
            unit = ledger.reader.read_query(text, ledger.today(), directory).unit
        except RefusedError:
            return None
        held = standings(person, item) & {Standing.LEAD_UNIT, Standing.ASSIST_UNIT}
        names_other = unit not in (None, item.lead_unit)
        return item if held and is_open(item) and not names_other else None
