"""Ports to everything outside the process and to the parts that need libraries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.approvals import ApprovalAnswer, ApprovalRequest
from bot.core.calendar import WorkCalendar
from bot.core.errors import OutsideServiceError
from bot.core.leave import LeaveParts
from bot.core.messages import Message, Push
from bot.core.people import Directory, OrgId
from bot.core.procedures import Procedures
from bot.core.rules import Answer, Article, Citation, Edition
from bot.core.supervision import ItemParts, ItemQuery, Reference
from bot.core.supervision_sheet import SheetRow
from bot.core.supervision_wishes import GroupWish, MergeWish, Minute
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

    def follow_up(self, org: OrgId, previous: str, question: str) -> FollowUp:
        """Answer a question that leans on the one before (那副县长呢), and say it in full."""
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


class LeaveReader(Protocol):
    """Understands what people say about leave."""

    def counting_by(self, calendar: WorkCalendar) -> LeaveReader:
        """The same reader, counting working days by another calendar."""
        ...

    def read(
        self, text: str, today: date, asked: str | None = None, said: LeaveParts | None = None
    ) -> LeaveParts:
        """The parts that a sentence states; `asked` names the part it was asked for.

        `said` is what is known already: "until Friday" or "three days" continues from it.

        Raises:
            InvalidInputError: a date that does not exist ("date_impossible"), an end before the
                beginning ("leave_ends_before_start"), more days than a leave has
                ("leave_too_long"). The detail `parts` is what could be read all the same.
            CalendarUnpublishedError: working days reach into a year that is not published; with
                `parts` as well.
        """
        ...

    def read_change(self, text: str, today: date, said: LeaveParts) -> LeaveParts:
        """The parts of a whole request after a change of it: 改到下周四, 推迟一天, 提前一天走.

        A single new day begins what lasts as long as before. Without a change the parts are `said`.

        Raises:
            See `read`; InvalidInputError: the change can mean several things ("change_unclear").
        """
        ...

    def is_out_of_area(self, place: str, directory: Directory) -> bool:
        """Whether going to a place means leaving the office's area."""
        ...

    def names_post(self, spoken: str) -> bool:
        """Whether what was said names a post (副局长) and not a person."""
        ...


class ApprovalReader(Protocol):
    """Understands what approvers answer."""

    def read(self, text: str) -> ApprovalAnswer:
        """Yes or no, to which request, and why."""
        ...

    def tells_only_of_leave(self, words: str) -> bool:
        """Whether words hold nothing but days and kinds of leave."""
        ...


class SupervisionReader(Protocol):
    """Understands what the supervision office says about matters."""

    def read_item(self, text: str, today: date, directory: Directory) -> ItemParts:
        """The parts of a new item that a sentence states.

        Raises:
            InvalidInputError: it states several items, or units by their kind ("item_several");
                which units those are is not known ("item_units_unknown").
        """
        ...

    def read_number(self, text: str, today: date) -> tuple[int, int] | None:
        """The (year, serial) of the item that a sentence names: 督办3号, 督〔2026〕15号."""
        ...

    def read_progress(self, text: str) -> int | None:
        """The percentage that a progress report states, None if none.

        Raises:
            InvalidInputError: outside 0 to 100 ("progress_percent"), or the report says nothing
                ("progress_missing").
        """
        ...

    def read_words(self, text: str) -> str:
        """What a report says beside the number of its item; all of it if that is nothing."""
        ...

    def read_reason(self, text: str) -> str:
        """Why a step is taken (退回督办3号,材料不全); empty if the sentence only takes it."""
        ...

    def read_completion(self, text: str) -> bool:
        """Whether a report says that the matter is done, and so applies for its closing."""
        ...

    def read_day(self, text: str, today: date) -> date | None:
        """The date that a sentence states, such as the day an extension asks for."""
        ...

    def read_extension(self, text: str, today: date, deadline: date | None) -> date | None:
        """The day that an extension leads to: 到12月15日, or 延长5天 counted from the deadline."""
        ...

    def asks_for_extensions(self, text: str) -> bool:
        """Whether a sentence asks which extensions wait, or what became of one; it wants none."""
        ...

    def read_decision(self, text: str) -> bool | None:
        """Whether a sentence grants (True) or refuses (False) what was asked; None: neither."""
        ...

    def insists(self, text: str) -> bool:
        """Whether a sentence holds on to what was asked about (仍然销号)."""
        ...

    def read_references(self, text: str) -> tuple[Reference, ...]:
        """The papers and addresses that a report names as its evidence."""
        ...

    def read_group_wish(self, text: str) -> GroupWish | None:
        """What a sentence wants of the group that reads the digest; None if it speaks of none."""
        ...

    def read_merging(self, text: str, today: date) -> MergeWish:
        """Which items a sentence merges into which, or sets apart again."""
        ...

    def read_minute(self, text: str, today: date, directory: Directory) -> Minute:
        """The points of a pasted minute; one that cannot be used says why."""
        ...

    def read_sheet(self, data: bytes, today: date) -> tuple[SheetRow, ...]:
        """The rows of a workbook (.xlsx); a cell that cannot be used is named with its row.

        Raises:
            InvalidInputError: "sheet_broken", "sheet_too_long", "sheet_heading_missing".
        """
        ...

    def names_kind(self, unit: str) -> bool:
        """Whether what stands for a unit is the name of a kind of units: 各镇街."""
        ...

    def read_choice(self, text: str, left: Sequence[int]) -> list[int] | None:
        """Which of the proposals that are `left` a sentence confirms; None: it confirms none."""
        ...

    def read_unit(self, text: str, directory: Directory) -> str | None:
        """The unit of the directory that a sentence names first."""
        ...

    def read_query(self, text: str, today: date, directory: Directory) -> ItemQuery:
        """What a question about the ledger narrows it to."""
        ...


class Texts(Protocol):
    """The words for people, by key (`bot/web/texts.yml`)."""

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
