"""Cards, judgements and calls in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.core.people import OrgId
from bot.services.card_store import CallCount, Card, Judgement
from tests.fakes.tables import Session


class FakeCardRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, card: Card) -> None:
        self._session.tables.cards.setdefault(card.key, card)

    def open(self, limit: int) -> list[Card]:
        cards = [card for card in self._session.tables.cards.values() if not card.settled]
        return sorted(cards, key=lambda card: card.sent_at, reverse=True)[:limit]

    def update(self, card: Card) -> None:
        self._session.tables.cards[card.key] = card


class FakeFeedbackRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, judgement: Judgement) -> None:
        self._session.tables.judgements[judgement.key, judgement.person] = judgement

    def listing(self, since: datetime) -> list[Judgement]:
        late = [each for each in self._session.tables.judgements.values() if each.at >= since]
        return sorted(late, key=lambda each: each.at, reverse=True)


class FakeCallRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, month: date, counts: Mapping[tuple[OrgId, str, str], int]) -> None:
        calls = self._session.tables.calls
        for key, count in counts.items():
            calls[month, *key] = calls.get((month, *key), 0) + count

    def of_month(self, month: date) -> list[CallCount]:
        rows = sorted(self._session.tables.calls.items())
        return [
            CallCount(org, channel, api, day, calls)
            for (day, org, channel, api), calls in rows
            if day == month
        ]
