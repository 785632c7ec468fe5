"""What can be asked of the supervision ledger as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from bot.core.supervision import ItemQuery
from bot.core.supervision_report import Figure, Period, month_period, year_period


class Asked(Enum):
    """The form of the answer."""

    LIST = auto()
    COUNT = auto()
    BY_UNIT = auto()  # how many each unit has, the most first
    RATE = auto()  # shares of what was due
    BULLETIN = auto()


@dataclass(frozen=True)
class Months:
    """A month or a year that is looked back on, named by its first day."""

    first: date
    is_year: bool = False

    def period(self, now: datetime) -> Period:
        """Its days as far as they have come; raises as `month_period` does."""
        if self.is_year:
            return year_period(self.first.year, now)
        return month_period(self.first, now)


@dataclass(frozen=True)
class LedgerQuestion:
    """One question: which items, in which form, and of which months; None: it does not say."""

    query: ItemQuery
    asked: Asked = Asked.LIST
    months: Months | None = None
    figure: Figure | None = None
    each_unit: bool = False
    not_done: bool = False  # of what happened, only what is still open
    own_desk: bool = False  # what waits for the asker's own decision
    units: tuple[str, ...] = ()  # of a kind that is named (各乡镇); empty: whichever
    units_called: str = ""
