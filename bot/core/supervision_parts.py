"""The parts of an item: what each assisting unit has to do of it, as its own reports tell."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.people import Person
from bot.core.supervision import Item, Progress
from bot.core.supervision_rights import Standing, standings


@dataclass(frozen=True)
class UnitPart:
    """The part of one assisting unit. `last` is its latest report, None if it has not reported."""

    unit: str
    last: Progress | None = None

    @property
    def is_done(self) -> bool:
        """Whether the unit says that its part is done; a later report may open it again."""
        return self.last is not None and self.last.done


def parts_of(item: Item) -> tuple[UnitPart, ...]:
    """One part for each assisting unit, in the item's order."""
    last = {report.unit: report for report in item.progress}
    return tuple(UnitPart(unit, last.get(unit)) for unit in item.assist_units)


def open_parts(item: Item) -> tuple[str, ...]:
    """The assisting units whose part is not done."""
    return tuple(part.unit for part in parts_of(item) if not part.is_done)


def unit_spoken_for(item: Item, person: Person) -> str:
    """The unit whose part a person's report is about; the person's own if it has no part."""
    held = standings(person, item)
    if Standing.LEAD_UNIT in held:
        return item.lead_unit
    return person.unit
