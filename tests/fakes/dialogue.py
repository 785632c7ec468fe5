"""A dialogue engine that says what it is told to, or fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.core.errors import OutsideServiceError
from bot.core.messages import Message

Reply = Callable[[str, str, Mapping[str, str]], list[Message]]


class FakeDialogue:
    """Echoes, unless `reply` says otherwise or `is_down`."""

    def __init__(self, reply: Reply | None = None) -> None:
        self.reply = reply
        self.is_down = False
        self.said: list[tuple[str, str]] = []

    def turn(self, thread: str, text: str, metadata: Mapping[str, str]) -> list[Message]:
        self.said.append((thread, text))
        if self.is_down:
            raise OutsideServiceError("dialogue_down")
        if self.reply is not None:
            return self.reply(thread, text, metadata)
        return [Message(f"heard {text}")]

    def is_ready(self) -> bool:
        return not self.is_down


class FakeEncoder:
    """Encodes nothing."""

    def prepare(self, text: str) -> None:
        pass

    def encode(self, text: str) -> str:
        return ""
