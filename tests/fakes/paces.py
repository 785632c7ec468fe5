"""Windows that several processes share, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.services.platform_records import Limit
from tests.fakes.tables import Session


class FakePaceRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, name: str, limits: Sequence[Limit], now: datetime, count: int = 1) -> float:
        tables = self._session.tables
        taken = tables.paces.get(name, ())
        spans = ((max(0, limit.most - count), timedelta(seconds=limit.span_s)) for limit in limits)
        full = [sorted(taken)[-1 - nth] + span for nth, span in spans if len(taken) > nth]
        until = max(now, tables.rests.get(name, now), *full)
        if until > now:
            return (until - now).total_seconds()
        tables.paces[name] = (*taken, *[now] * count)
        return 0.0

    def rest(self, name: str, until: datetime) -> None:
        rests = self._session.tables.rests
        rests[name] = max(until, rests.get(name, until))
