"""Ports to everything outside the process and to the parts that need libraries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.approvals import ApprovalRequest
from bot.core.calendar import WorkCalendar
from bot.core.errors import OutsideServiceError
from bot.core.messages import Message, Push
from bot.core.people import OrgId
from bot.core.procedures import Procedures
from bot.core.rules import Answer, Article, Citation, Edition
from bot.core.talk import FollowUp
from bot.core.unanswered import Meaning


class Dialogue(Protocol):
    """The dialogue engine: one turn of one thread at a time."""

    def turn(self, thread: str, text: str, metadata: Mapping[str, str]) -> list[Message]:
        """Say something and return what the engine answers, never an empty list.

        Raises:
            OutsideServiceError: no answer within the time limit, an empty one, or the breaker is
                open because the engine failed repeatedly.
        """
        ...

    def is_ready(self) -> bool:
        """Whether the engine runs with its model loaded."""
        ...


class Platform(Protocol):
    """DingTalk, WeCom or the embedded platform: sends messages and carries approvals."""

    def send(self, push: Push, *, again: bool = False) -> None:
        """Deliver a message; a repeated `push.key` must not show twice where the platform can tell.

        Args:
            again: An earlier try may have had its effect.

        Raises:
            OutsideServiceError: not sent; OutcomeUnknownError: perhaps sent; NotYetError: a limit
                is reached; UnreachableError: there is nobody to send it to.
        """
        ...

    def file_approval(self, request: ApprovalRequest) -> str:
        """Start an approval and return its id.

        Raises:
            OutsideServiceError: not filed; OutcomeUnknownError: perhaps filed.
        """
        ...

    def find_approval(self, key: str) -> str | None:
        """The id of the approval filed under our key; None if there is none."""
        ...

    def cancel_approval(self, approval: str) -> None:
        """Withdraw a running approval; a settled one is left alone."""
        ...


class Broadcast(Protocol):
    """A platform that reaches several people of an office by one call."""

    def room(self, push: Push) -> int:
        """How many people one call may reach with this message; 1: it goes out by itself."""
        ...

    def send_alike(self, pushes: Sequence[Push]) -> Mapping[str, OutsideServiceError]:
        """Deliver one message to several people; who did not get it and why, by key.

        Raises:
            OutsideServiceError: nobody got it; OutcomeUnknownError: perhaps everybody did;
                NotYetError: a limit is reached.
        """
        ...


class RuleBook(Protocol):
    """The rule documents in force, searchable."""

    def answer(self, org: OrgId, question: str, as_of: date | None = None) -> Answer:
        """Answer from the office's own rules, with citations, or say that they do not."""
        ...

    def follow_up(
        self, org: OrgId, previous: str, question: str, last: Answer | None = None
    ) -> FollowUp:
        """Answer a question that leans on the one before (那副县长呢), and say it in full.

        Args:
            last: What the one before was answered with; asked again if not given.
        """
        ...

    def edition(self, org: OrgId, edition: str | None = None) -> Edition:
        """The edition in force of an office, or the one named.

        Raises:
            NotFoundError: unknown office ("org_unknown") or edition ("edition_unknown").
        """
        ...

    def article(self, org: OrgId, ordinal: int, edition: str | None = None) -> Article:
        """One article.

        Raises:
            NotFoundError: as `edition`, or no such article ("article_unknown").
        """
        ...

    def cite(self, org: OrgId, ordinal: int, quote: str, item: str | None = None) -> Citation:
        """A citation of a literal quote from the edition in force.

        Raises:
            NotFoundError: the article is not there, or the quote is not in it ("quote_gone").
        """
        ...


class ProcedureBook(Protocol):
    """The decision tables of every office."""

    def of(self, org: OrgId) -> Procedures:
        """The tables of an office, empty if it has none."""
        ...


class Calendars(Protocol):
    """The working days of every office."""

    def of(self, org: OrgId) -> WorkCalendar:
        """The published days with the office's own; the published ones if it has none."""
        ...


class Texts(Protocol):
    """The words for people, by key (`bot/web/texts`)."""

    def say(self, key: str, **fields: object) -> str:
        """The sentence of a key with its fields filled in."""
        ...

    def has(self, key: str) -> bool:
        """Whether there is a sentence for the key."""
        ...


class QuestionEncoder(Protocol):
    """Turns what was said into the vector that understanding and search share."""

    def prepare(self, text: str) -> None:
        """Begin with a text that will soon be asked for; returns at once."""
        ...

    def encode(self, text: str) -> str:
        """The embedding of a text: little-endian float32, base64."""
        ...


class Meanings(Protocol):
    """Tells which questions mean the same; deterministic, the first of equals."""

    def read(self, question: str) -> Meaning:
        """What a question means; its `normal` is empty when it says nothing."""
        ...

    def alike(self, meaning: Meaning, others: Sequence[Meaning]) -> int | None:
        """The position of a question about the same matter, for a person to look at together.

        Numbers, a no, and what is asked for must agree. None: there is none.
        """
        ...

    def same(self, meaning: Meaning, others: Sequence[Meaning]) -> int | None:
        """The position of the question that one answer answers as well: everything must agree."""
        ...


class SettableClock(Protocol):
    """The embedded platform's clock."""

    def now(self) -> datetime:
        """What the clock says."""
        ...

    def set(self, now: datetime) -> datetime:
        """Set the clock, which goes on from there, and return what it says.

        Raises:
            InvalidInputError: the time has no zone ("time_without_zone").
        """
        ...
