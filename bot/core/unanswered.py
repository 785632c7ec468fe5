"""Questions the rules left open, grouped by meaning, and what an office answers to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.core.errors import RefusedError
from bot.core.people import OrgId, PersonId
from bot.core.rules import AnswerStatus

GroupId = NewType("GroupId", int)


class GroupState(StrEnum):
    """Where a group stands."""

    OPEN = "open"
    ANSWERED = "answered"
    DISMISSED = "dismissed"  # nothing for the office to answer; more of the same stay here
    EXPIRED = "expired"  # the answer no longer holds; asked again, the group opens again


class GroupStateError(RefusedError):
    """The group is past what was asked for."""

    code = "unanswered_state"


@dataclass(frozen=True)
class Meaning:
    """What a question means, computed once. Vectors of different models are not compared."""

    normal: str  # the form shared by all that ask the same in other words
    model: str
    vector: str  # little-endian float32, base64


@dataclass(frozen=True)
class UnansweredQuestion:
    """A question the rules did not answer; who asked is not kept, numbers and names are masked.

    `group_id` and `meaning` are None until it is sorted.
    """

    id: int
    org: OrgId
    question: str
    status: AnswerStatus
    nearest_article: int | None
    asked_at: datetime
    group_id: GroupId | None = None
    meaning: Meaning | None = None


@dataclass(frozen=True)
class OfficeAnswer:
    """What a clerk approved. Without an article it is the office's own reply (单位答复), no rule.

    `quote` is a literal substring of the article in `edition`, the one in force at `at`.
    """

    text: str
    by: PersonId
    at: datetime
    edition: str
    wordings: tuple[Meaning, ...]  # the questions that it answers
    article: int | None = None
    item: str | None = None
    quote: str = ""
    end_day: date | None = None  # the last day on which it is given

    def holds(self, edition: str, day: date) -> bool:
        """Whether it may still be given: under the same edition, and not past its end."""
        return self.edition == edition and (self.end_day is None or day <= self.end_day)


@dataclass(frozen=True)
class QuestionGroup:
    """Questions about one matter. Immutable: a step gives a new object."""

    id: GroupId
    org: OrgId
    question: str  # the first of them
    status: AnswerStatus
    nearest_article: int | None
    opened_at: datetime
    owner: PersonId | None  # None: the office has no clerk
    due_day: date
    state: GroupState = GroupState.OPEN
    answer: OfficeAnswer | None = None  # kept when it has expired, to be looked at

    def assigned(self, owner: PersonId, due_day: date) -> QuestionGroup:
        """The group in another's hands.

        Raises:
            GroupStateError: nothing is left to do.
        """
        self._require(GroupState.OPEN, GroupState.EXPIRED)
        return replace(self, owner=owner, due_day=due_day)

    def answered(self, answer: OfficeAnswer) -> QuestionGroup:
        """The group with its answer.

        Raises:
            GroupStateError: it is answered or dismissed already; reopen it first.
        """
        self._require(GroupState.OPEN, GroupState.EXPIRED)
        return replace(self, state=GroupState.ANSWERED, answer=answer)

    def dismissed(self) -> QuestionGroup:
        """The group laid aside.

        Raises:
            GroupStateError: it is answered or dismissed already.
        """
        self._require(GroupState.OPEN, GroupState.EXPIRED)
        return replace(self, state=GroupState.DISMISSED)

    def reopened(self, due_day: date) -> QuestionGroup:
        """The group to be answered anew; what was answered is no longer given.

        Raises:
            GroupStateError: it is open.
        """
        self._require(GroupState.ANSWERED, GroupState.DISMISSED, GroupState.EXPIRED)
        return replace(self, state=GroupState.OPEN, due_day=due_day)

    def expired(self, due_day: date) -> QuestionGroup:
        """The group whose answer no longer holds.

        Raises:
            GroupStateError: it has no answer in use.
        """
        self._require(GroupState.ANSWERED)
        return replace(self, state=GroupState.EXPIRED, due_day=due_day)

    def _require(self, *states: GroupState) -> None:
        if self.state not in states:
            raise GroupStateError(state=self.state.value)


@dataclass(frozen=True)
class DeskSettings:
    """How an office keeps its desk."""

    due_days: int = 3  # working days from the day on which a question lands
    lifetime_days: int = 365  # calendar days for which an office's own reply is given
    owner: PersonId | None = None  # None: the first clerk of the directory
