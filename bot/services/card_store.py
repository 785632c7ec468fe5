"""Ports of what platforms show and count: cards, what people think of answers, calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.people import OrgId, PersonId


@dataclass(frozen=True)
class Card:
    """A card that somebody sees, to be updated in place until it is settled.

    `key` is that of its push, `topic` that of its message, `state` what it shows of the matter.
    `handle` is what the platform gave for updating it, where it gives anything.
    """

    key: str
    org: OrgId
    topic: str
    sent_at: datetime
    state: str = ""
    settled: bool = False
    handle: str = ""


class CardRepository(Protocol):
    """Cards with a topic, one a key."""

    def add(self, card: Card) -> None:
        """Keep a card; a known key stays as it stands."""
        ...

    def open(self, limit: int) -> list[Card]:
        """The cards that are not settled, latest first."""
        ...

    def update(self, card: Card) -> None:
        """Note what a card shows now."""
        ...


@dataclass(frozen=True)
class Judgement:
    """What somebody thinks of an answer, by the key of its push."""

    key: str
    org: OrgId
    person: PersonId
    useful: bool
    at: datetime


class FeedbackRepository(Protocol):
    """Judgements, one a person and answer: the last one counts."""

    def put(self, judgement: Judgement) -> None:
        """Keep a judgement in place of the person's last one of that answer."""
        ...

    def listing(self, since: datetime) -> list[Judgement]:
        """The judgements since then, latest first."""
        ...


@dataclass(frozen=True)
class CallCount:
    """How often a platform's API was called for an office in a month."""

    org: OrgId
    channel: str
    api: str
    month: date  # its first day
    calls: int


class CallRepository(Protocol):
    """Calls made, added up over all processes."""

    def add(self, month: date, counts: Mapping[tuple[OrgId, str, str], int]) -> None:
        """Add calls by (office, channel, API)."""
        ...

    def of_month(self, month: date) -> Sequence[CallCount]:
        """What was called in a month, in the order of office, channel, API."""
        ...
