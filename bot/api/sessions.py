"""Cookies that say who is signed in, or who is on the way: signed, never believed otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from bot.core.clock import Clock
from bot.core.people import PersonId

COOKIE = "guiju"
WAY_COOKIE = "guiju_way"  # of somebody who is at the platform, to come back
LIFE = timedelta(hours=12)  # a working day; then the platform is asked again
WAY_LIFE = timedelta(minutes=10)


class Sessions:
    """Writes and reads both; `key` is this installation's."""

    def __init__(self, key: str, clock: Clock) -> None:
        self._clock = clock
        self._people = URLSafeSerializer(key, salt="person")
        self._ways = URLSafeSerializer(key, salt="way")

    def cookie(self, person: PersonId) -> str:
        """Says for LIFE that somebody is signed in."""
        return str(self._people.dumps([person, (self._clock.now() + LIFE).isoformat()]))

    def person(self, cookie: str) -> PersonId | None:
        """Who is signed in; None: nobody, or no longer."""
        found = self._read(self._people, cookie)
        return PersonId(found[0]) if found else None

    def way_cookie(self, org: str, state: str, to: str) -> str:
        """Keeps for WAY_LIFE what somebody set out with."""
        until = (self._clock.now() + WAY_LIFE).isoformat()
        return str(self._ways.dumps([org, state, to, until]))

    def way(self, cookie: str) -> tuple[str, str, str] | None:
        """The office, the state and the aim of who comes back; None: nobody had set out."""
        found = self._read(self._ways, cookie)
        return (found[0], found[1], found[2]) if found else None

    def _read(self, serializer: URLSafeSerializer, cookie: str) -> Any:
        try:
            found = serializer.loads(cookie)
        except BadSignature:
            return None
        return found if self._clock.now() < datetime.fromisoformat(found[-1]) else None
