"""What is said to the assistant and what it says back, whatever the channel."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.people import OrgId, PersonId
from bot.core.rules import Citation

MAX_TEXT_LENGTH = 2_000  # characters; longer is refused politely, before anything is stored
PAGE_LENGTH = 200  # characters: longer is a page that somebody pasted
DIRECT = "direct"  # the conversation name of a chat between one person and the assistant

_ASKING = "?\uff1f"
_LAST_SENTENCE = re.compile(r"[^\u3002\uff01!\uff1f?\uff1b;\n]+[\u3002\uff01!\uff1f?\uff1b;]*$")


@dataclass(frozen=True)
class ReplyAddress:
    """Where the platform lets a message be answered directly, for a while."""

    url: str = field(repr=False)  # whoever has it may answer
    until: datetime


@dataclass(frozen=True)
class Incoming:
    """One message as a channel received it. `text` is never logged."""

    channel: str  # "web", "dingtalk", "wecom": with message_id the unique key of the inbox
    message_id: str
    org: OrgId
    person: PersonId
    conversation: str  # DIRECT or the id of a group
    text: str
    received_at: datetime
    reply_to: ReplyAddress | None = None

    @property
    def is_group(self) -> bool:
        """Whether others read along: then nothing personal is shown."""
        return self.conversation != DIRECT

    @property
    def thread(self) -> str:
        """The dialogue this belongs to: one for each person in each conversation."""
        return f"{self.person}@{self.conversation}"

    @property
    def heard(self) -> str:
        """What the dialogue engine is to understand: of a pasted page the question at its end."""
        if len(self.text) <= PAGE_LENGTH:
            return self.text
        last = _LAST_SENTENCE.search(self.text.rstrip())
        return last[0].strip() if last and last[0][-1] in _ASKING else self.text


@dataclass(frozen=True)
class Button:
    """A choice: pressing it says `say`."""

    title: str
    say: str


@dataclass(frozen=True)
class Message:
    """One thing the assistant says."""

    text: str
    buttons: tuple[Button, ...] = ()
    citations: tuple[Citation, ...] = ()
    topic: str = ""  # see bot/core/topics.py; empty: nothing that changes


@dataclass(frozen=True)
class Push:
    """A message nobody asked for just now: to a person, or to a group of an office.

    `key` is unique for the occasion, so that the same push is never stored twice.
    """

    key: str
    org: OrgId
    to: str  # a PersonId or a group id
    message: Message
    not_before: datetime | None = None
    mention: PersonId | None = None  # in a group: whom it is meant for
    reply_to: ReplyAddress | None = None  # of the message that it answers
