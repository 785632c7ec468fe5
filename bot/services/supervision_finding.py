"""Which item a sentence means, and which ones a person may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.errors import NotFoundError, RefusedError
from bot.core.people import OrgId, Person
from bot.core.supervision import OPEN_STATES, Item, ItemQuery, ItemState
from bot.core.supervision_rights import Act, may, require
from bot.services.ledgers import year_and_serial
from bot.services.readers import SupervisionReader
from bot.services.storage import UnitOfWork

MOST_NAMED = 5  # choices in a question back

Wanted = Callable[[Item], bool]


def is_open(item: Item) -> bool:
    """Whether anything can still be done with an item."""
    return item.state in OPEN_STATES


def is_unsigned(item: Item) -> bool:
    """Whether an item waits for its unit."""
    return item.state is ItemState.UNSIGNED


def is_in_review(item: Item) -> bool:
    """Whether an item waits for the supervision office."""
    return item.state is ItemState.IN_REVIEW


def has_extension_asked(item: Item) -> bool:
    """Whether an extension of an item waits for a decision."""
    return is_open(item) and item.extension_to is not None


def units_of(item: Item) -> tuple[str, ...]:
    """The lead unit and those that assist it."""
    return item.lead_unit, *item.assist_units


def is_own(person: Person, item: Item) -> bool:
    """Whether an item is the person's to work on, to watch over or to answer for."""
    people = (item.person, item.supervisor, item.leader)
    return person.id in people or person.unit in units_of(item)


def waits_for(person: Person, item: Item) -> bool:
    """Whether an item waits for a word of this person: to sign for it, or to decide on it."""
    if has_extension_asked(item) and may(person, Act.DECIDE_EXTENSION, item):
        return True
    acts = {ItemState.UNSIGNED: Act.SIGN, ItemState.IN_REVIEW: Act.CLOSE}
    return item.state in acts and may(person, acts[item.state], item)


def asked_for(uow: UnitOfWork, org: OrgId, query: ItemQuery) -> list[Item]:
    """The items of an office that a question can be about: mostly the open ones alone."""
    if query.everything or query.state is not None:
        return uow.items.listing(org, query.state)
    return uow.items.still_open(org)


def seen_by(person: Person, items: Iterable[Item], query: ItemQuery, today: date) -> list[Item]:
    """What of these items a person may see and asks for, the most pressing first."""
    found = [
        item
        for item in items
        if query.fits(item, today)
        and may(person, Act.SEE, item)
        and (not query.mine or is_own(person, item))
    ]
    return sorted(found, key=_pressing)


def _pressing(item: Item) -> tuple[bool, date, int]:
    return not is_open(item), item.deadline or date.max, item.id


@dataclass(frozen=True)
class ItemFinder:
    """Looks items up within one unit of work."""

    uow: UnitOfWork
    reader: SupervisionReader
    today: date

    def named(self, person: Person, text: str, act: Act, wanted: Wanted = is_open) -> Item:
        """The item that a sentence names; without a number the only one that fits, locked.

        Raises:
            NotFoundError: "item_unknown", or "item_none" without a number.
            NotAllowedError: the person may not see it, or may not do this with it.
            RefusedError: "item_which", with the numbers that it could be.
        """
        number = self.reader.read_number(text, self.today)
        if number is not None:
            item = self._numbered(person, text, act, wanted, number)
        else:
            item = self._only(person, text, act, wanted)
        require(person, Act.SEE, item)
        require(person, act, item)
        return item

    def visible(self, person: Person, text: str = "") -> list[Item]:
        """What a person may see of what a sentence asks for, the most pressing first."""
        return self._seen(person, self._query(person, text))

    def _query(self, person: Person, text: str) -> ItemQuery:
        directory = self.uow.people.directory(person.org)
        return self.reader.read_query(text, self.today, directory)

    def _seen(self, person: Person, query: ItemQuery) -> list[Item]:
        return seen_by(person, asked_for(self.uow, person.org, query), query, self.today)

    def _numbered(
        self, person: Person, text: str, act: Act, wanted: Wanted, named: tuple[int, int]
    ) -> Item:
        """The item of a number; without its year this one's, unless last year's may be meant."""
        year, serial = named
        if year != self.today.year or str(year) in text:
            return self.uow.items.get(person.org, serial, year)
        item, last = self._find(person, year, serial), self._find(person, year - 1, serial)
        # In January people still say the plain number of what was registered in December.
        if last is not None and not is_open(last):
            last = None
        if item is None:
            if last is None:
                raise NotFoundError("item_unknown", org=person.org, year=year, serial=serial)
            return last
        if last is None or act is Act.SEE or not (may(person, act, last) and wanted(last)):
            return item
        both = (item, last) if may(person, act, item) and wanted(item) else (last,)
        raise RefusedError("item_which", numbers=_listed(both), count=len(both))

    def _find(self, person: Person, year: int, serial: int) -> Item | None:
        try:
            return self.uow.items.get(person.org, serial, year)
        except NotFoundError:
            return None

    def _only(self, person: Person, text: str, act: Act, wanted: Wanted) -> Item:
        """The only item that can be meant; see docs/decisions/0210.

        Those who look after the whole ledger narrow it by naming a unit. To the units' own people
        another unit is a part of the news (已报财政局审核), or another matter: it narrows nothing,
        and even a single item is asked about.
        """
        named = self.reader.read_unit(text, self.uow.people.directory(person.org))
        seen = [item for item in self._seen(person, ItemQuery()) if may(person, act, item)]
        fitting = [item for item in seen if wanted(item)]
        strange = [item for item in fitting if named not in (None, person.unit, *units_of(item))]
        if may(person, Act.REGISTER):
            fitting = [item for item in fitting if named in (None, *units_of(item))]
            strange = []
        if not fitting:
            raise NotFoundError("item_none")
        if len(fitting) > 1 or strange:
            raise RefusedError("item_which", numbers=_listed(fitting), count=len(fitting))
        year, serial = year_and_serial(fitting[0].number)
        return self.uow.items.get(person.org, serial, year)


def _listed(items: Sequence[Item]) -> str:
    return "、".join(item.number for item in items[:MOST_NAMED])
