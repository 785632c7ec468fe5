"""The turns being worked right now: how a custom action learns for whom it acts."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.core.errors import NotAllowedError
from bot.core.messages import Incoming
from bot.core.people import Person


class UnknownTurnError(NotAllowedError):
    """An action was called outside a turn that the service itself began."""

    code = "turn_unknown"


@dataclass(frozen=True)
class Turn:
    """One turn: `key` names it for good (effects are recorded under it), `token` only now."""

    token: str
    key: str
    person: Person
    incoming: Incoming


class TurnBook:
    """Open turns by token. Rasa's port trusts anybody, so an action trusts only this."""

    def __init__(self) -> None:
        self._open: dict[str, Turn] = {}

    @contextmanager
    def opened(self, key: str, person: Person, incoming: Incoming) -> Iterator[Turn]:
        """Keep a turn open for the length of the block."""
        turn = Turn(secrets.token_urlsafe(16), key, person, incoming)
        self._open[turn.token] = turn
        try:
            yield turn
        finally:
            del self._open[turn.token]

    def get(self, token: str | None) -> Turn:
        """Return an open turn.

        Raises:
            UnknownTurnError: no such turn is open.
        """
        turn = self._open.get(token or "")
        if turn is None:
            raise UnknownTurnError()
        return turn
