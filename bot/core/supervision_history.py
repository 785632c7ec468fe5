"""What has happened to an item, and how it stood at a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.clock import OFFICE_TIME
from bot.core.people import PersonId
from bot.core.supervision import Item, ItemState


@dataclass(frozen=True)
class ItemEvent:
    """One change of an item, with its state and its deadline after it."""

    event: str
    at: datetime
    by: PersonId | None  # None: time itself
    state: ItemState
    deadline: date | None


@dataclass(frozen=True)
class ItemHistory:
    """An item with all its events, oldest first."""

    item: Item
    events: tuple[ItemEvent, ...]

    def before(self, moment: datetime) -> ItemHistory | None:
        """The item as it stood just before a moment; None if it was not registered yet."""
        past = tuple(event for event in self.events if event.at < moment)
        if not past:
            return None
        last, closed_at = past[-1], self.item.closed_at
        gone = last.state in (ItemState.CLOSED, ItemState.CANCELLED)
        stood = replace(
            self.item,
            state=last.state,
            deadline=last.deadline,
            closed_at=closed_at if gone else None,
            progress=tuple(report for report in self.item.progress if report.at < moment),
            merged_into=self.item.merged_into if gone else None,
        )
        return ItemHistory(stood, past)

    def days_of(self, event: str) -> list[date]:
        """The days on which something happened, in office time."""
        moments = (each.at for each in self.events if each.event == event)
        return [moment.astimezone(OFFICE_TIME).date() for moment in moments]

    def finished_day(self) -> date | None:
        """When the unit applied for the closing that was granted, or is being waited for.

        Of an item that was closed without an application, or after one that was sent back, it is
        the day of closing.
        """
        if self.item.state not in (ItemState.IN_REVIEW, ItemState.CLOSED):
            return None
        steps = [each for each in self.events if each.event in ("finished", "sent_back", "closed")]
        last = steps[-1] if steps else None
        if last is not None and last.event == "closed" and len(steps) > 1:
            last = steps[-2] if steps[-2].event == "finished" else last
        return last.at.astimezone(OFFICE_TIME).date() if last else None
