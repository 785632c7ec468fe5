"""并案: items joined into a main one, and taken out of it again."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.errors import InvalidInputError, NotFoundError, RefusedError
from bot.core.people import Person
from bot.core.supervision import Item, ItemState
from bot.core.supervision_merging import merge, unmerge
from bot.core.supervision_rights import Act, require
from bot.core.supervision_wishes import ItemName
from bot.services.ledgers import year_and_serial
from bot.services.storage import UnitOfWork
from bot.services.supervision_ledger import Call, Ledger, log


@dataclass(frozen=True)
class Mergers:
    """Merges items of one office; both sides change in one transaction."""

    ledger: Ledger

    def merge(self, person: Person, text: str, turn_key: str) -> list[Item]:
        """Merge the items that a sentence names into the main one, or take such a merger back.

        Returns:
            The items, the main one last.

        Raises:
            InvalidInputError: "merge_two_missing", "merge_same".
            RefusedError: "merge_which": two items, and it is not said which is the main one; the
                details hold both numbers. "item_not_merged", "item_merged".
            NotFoundError, NotAllowedError, ItemStateError: as of any step.
        """
        wish = self.ledger.reader.read_merging(text, self.ledger.today())
        act = Act.UNMERGE if wish.undo else Act.MERGE
        call = Call(person, text, turn_key, act)
        require(person, act)
        with self.ledger.unit_of_work() as uow:
            done = self.ledger.done(uow, call)
            if done:
                return done
            if wish.undo:
                changed = self._unmerge(uow, call, wish.items)
            else:
                changed = self._merge(uow, call, wish.items, wish.main)
            self.ledger.record(uow, call, changed)
            uow.commit()
        log("unmerged" if wish.undo else "merged", changed[0])
        return changed

    def _merge(
        self, uow: UnitOfWork, call: Call, names: tuple[ItemName, ...], main_name: ItemName | None
    ) -> list[Item]:
        if main_name is None and len(names) == 2:
            items = self._items(uow, call, names)
            raise RefusedError("merge_which", numbers="、".join(item.number for item in items))
        if main_name is None or not names:
            raise InvalidInputError("merge_two_missing")
        *items, main = self._items(uow, call, (*names, main_name))
        now, merged = self.ledger.clock.now(), []
        for item in items:
            outcome = merge(item, main, call.person, now)
            main = outcome.main
            merged.append(outcome.item)
        for item in merged:
            self.ledger.change(uow, call, item, "merged")
        self.ledger.change(uow, call, main, "joined")
        self._tell_joined(uow, call, main, {unit for item in merged for unit in item.joined_units})
        return [*merged, main]

    def _unmerge(self, uow: UnitOfWork, call: Call, names: tuple[ItemName, ...]) -> list[Item]:
        if len(names) != 1:
            raise InvalidInputError("unmerge_one_missing")
        [item] = self._items(uow, call, names)
        if item.merged_into is None:
            raise RefusedError("item_not_merged", number=item.number)
        [main] = self._items(uow, call, (ItemName(*year_and_serial(item.merged_into)),))
        siblings = [
            other
            for other in uow.items.listing(item.org, ItemState.CANCELLED)
            if other.merged_into == main.number and other.id != item.id
        ]
        outcome = unmerge(item, main, siblings, call.person)
        self.ledger.change(uow, call, outcome.item, "unmerged")
        if outcome.main != main:
            self.ledger.change(uow, call, outcome.main, "parted")
        return [outcome.item, outcome.main]

    def _items(self, uow: UnitOfWork, call: Call, names: tuple[ItemName, ...]) -> list[Item]:
        """The items in the order of their names, locked in that of their numbers."""
        found = {name: self._item(uow, call, name) for name in sorted(set(names))}
        return [found[name] for name in names]

    def _item(self, uow: UnitOfWork, call: Call, name: ItemName) -> Item:
        try:
            item = uow.items.get(call.person.org, name.serial, name.year)
        except NotFoundError:
            # In January people still say the plain number of what was registered in December.
            if str(name.year) in call.text or name.year != self.ledger.today().year:
                raise
            item = uow.items.get(call.person.org, name.serial, name.year - 1)
        require(call.person, Act.SEE, item)
        return item

    def _tell_joined(self, uow: UnitOfWork, call: Call, main: Item, joined: set[str]) -> None:
        directory = uow.people.directory(main.org)
        for unit in map(directory.unit, sorted(joined)):
            self.ledger.tell(uow, call, main, "assisting", unit.head if unit else None)
