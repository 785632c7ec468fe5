"""Figures of a running service, for whoever watches it; never a word that anybody said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.clock import OFFICE_TIME, Clock
from bot.core.people import OrgId
from bot.services.storage import UnitOfWork, UnitOfWorkFactory


@dataclass(frozen=True)
class Figure:
    """One number with what it is a number of."""

    name: str
    labels: Mapping[str, str]
    value: float


@dataclass(frozen=True)
class FigureDesk:
    """Reads the figures out of the database, so that every process tells the same.

    `allowed` are the calls that an office has in a month.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    allowed: Mapping[OrgId, int] = field(default_factory=dict)

    def read(self) -> list[Figure]:
        """All figures as they stand now."""
        with self.unit_of_work() as uow:
            return [*self._waiting(uow), *self._calls(uow)]

    def _waiting(self, uow: UnitOfWork) -> Iterator[Figure]:
        yield Figure("inbox_waiting", {}, uow.inbox.waiting())
        for state, count in uow.outbox.unsent().items():
            yield Figure("outbox_unsent", {"state": state.value}, count)

    def _calls(self, uow: UnitOfWork) -> Iterator[Figure]:
        month = self.clock.now().astimezone(OFFICE_TIME).date().replace(day=1)
        for row in uow.calls.of_month(month):
            labels = {"org": row.org, "channel": row.channel, "api": row.api}
            yield Figure("platform_calls_month", labels, row.calls)
        for org, calls in self.allowed.items():
            yield Figure("platform_calls_allowed", {"org": org}, calls)
