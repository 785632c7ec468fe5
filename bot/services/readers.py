"""Ports to what understands people's words about leave, approvals and matters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.core.approvals import ApprovalAnswer
from bot.core.calendar import WorkCalendar
from bot.core.leave import LeaveParts
from bot.core.people import Directory
from bot.core.supervision import ItemParts, ItemQuery, Reference
from bot.core.supervision_amending import AmendWish
from bot.core.supervision_sheet import SheetRow
from bot.core.supervision_wishes import GroupWish, MergeWish, Minute


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

    def read_amending(self, text: str, directory: Directory) -> AmendWish:
        """What a sentence changes of which item: its unit, its person or its content.

        Raises:
            InvalidInputError: "amend_deadline", "amend_assisting", "amend_units": what is changed
                in another way, or by none.
        """
        ...

    def confirms_amending(self, text: str) -> bool:
        """Whether a sentence confirms the change that it states: 确认:督办4号…."""
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
