"""Port: where a platform calls us (HTTP mode)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Knock:
    """A platform's call as it arrived; header names in small letters."""

    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What the platform is answered."""

    content: str
    media_type: str = "application/json"


class Door(Protocol):
    """One bot's callback address."""

    def answer(self, knock: Knock) -> Reply:
        """See to a call; once this returns, what it brought is stored or refused for good.

        Raises:
            BadSignatureError: nobody proves to be the platform.
            InvalidInputError: this is no call of the platform's ("message_malformed").
            OutsideServiceError: nothing could be stored; the platform is to call again.
        """
        ...
