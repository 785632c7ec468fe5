"""Understands what people say about matters under supervision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from unicodedata import normalize

from bot.adapters.chinese.amending import confirms_amending, read_amending
from bot.adapters.chinese.choices import read_choice
from bot.adapters.chinese.dates import read_day
from bot.adapters.chinese.deadline_words import later_day, moved_day
from bot.adapters.chinese.extension_questions import asks_for_extensions
from bot.adapters.chinese.group_words import read_group_wish
from bot.adapters.chinese.item_numbers import find_number, number_of, without_number
from bot.adapters.chinese.item_sentence import read_sentence
from bot.adapters.chinese.item_sheet import read_sheet
from bot.adapters.chinese.ledger_questions import read_question
from bot.adapters.chinese.merging import read_merging
from bot.adapters.chinese.minutes import read_minute, says_several
from bot.adapters.chinese.progress import read_percent, says_done
from bot.adapters.chinese.references import read_references
from bot.adapters.chinese.step_words import report_words, step_reason
from bot.adapters.chinese.unit_kinds import names_kind
from bot.adapters.chinese.unit_names import first_unit
from bot.core.errors import InvalidInputError
from bot.core.people import Directory
from bot.core.supervision import ItemParts, ItemQuery, Reference
from bot.core.supervision_amending import AmendWish
from bot.core.supervision_sheet import SheetRow
from bot.core.supervision_wishes import GroupWish, MergeWish, Minute

_REFUSES = re.compile(
    r"不(?:能|予|准|得|宜|可以?|给)?(?:同意|批准|延期|延长|延|批|准)|(?<!能)(?<!可以)不(?:予|行)"
    r"|驳回|拒绝|否决|按原(?:定)?(?:时限|期限|时间)"
)
_ASKS = re.compile(
    r"能不能|可不可以|行不行|可否|能否|是否|申请[^,。\s]{0,10}[延顺推]|请求|请(?:领导|督查室)?(?:同意|批准)"
)
_GRANTS = re.compile(
    r"同意|批准|准予|准许|照准|准延|予以延期|可以延|(?:^|[,。\s])(?:行|好的?|可以)(?=$|[,。!\s])"
)

_INSISTS = re.compile(r"仍然|仍旧|仍要|照样|照销|也要?销|直接销|坚持|强制|不用等|不等了")


class ChineseSupervisionReader:
    """Reads by patterns; what it does not understand it leaves unsaid."""

    def read_item(self, text: str, today: date, directory: Directory) -> ItemParts:
        """The parts of a new item that a sentence states.

        Raises:
            InvalidInputError: it states several items, or units by their kind ("item_several");
                which units those are is not known ("item_units_unknown").
        """
        if says_several(text, today, directory):
            raise InvalidInputError("item_several")
        return read_sentence(text, today, directory)

    def read_number(self, text: str, today: date) -> tuple[int, int] | None:
        """The (year, serial) of the item that a sentence names."""
        match = find_number(normalize("NFKC", text))
        return number_of(match, today.year) if match else None

    def read_progress(self, text: str) -> int | None:
        """The percentage that a report states of its own progress.

        Raises:
            InvalidInputError: outside 0 to 100 ("progress_percent"), or a report that only says
                that it is one ("progress_missing").
        """
        return read_percent(_plain(text))

    def read_words(self, text: str) -> str:
        """What a report says beside the number of its item; all of it if that is nothing."""
        return report_words(text)

    def read_reason(self, text: str) -> str:
        """Why a step is taken; empty if the sentence only takes it."""
        return step_reason(text)

    def read_completion(self, text: str) -> bool:
        """Whether a report says that the matter is done."""
        return says_done(_plain(text))

    def read_day(self, text: str, today: date) -> date | None:
        """The date that a sentence states, the item's number left out."""
        return read_day(_plain(text), today)

    def read_extension(self, text: str, today: date, deadline: date | None) -> date | None:
        """The day an extension leads to: a date (到12月15日), or a length from the deadline on."""
        plain = _plain(text)
        return later_day(plain, deadline) or moved_day(plain, today) or read_day(plain, today)

    def asks_for_extensions(self, text: str) -> bool:
        """Whether a sentence asks which extensions wait, or what became of one; it wants none."""
        return asks_for_extensions(normalize("NFKC", text))

    def read_decision(self, text: str) -> bool | None:
        """Whether a sentence grants (True) or refuses (False); None: neither."""
        text = normalize("NFKC", text)
        if _ASKS.search(text):
            return None
        if _REFUSES.search(text):
            return False
        return True if _GRANTS.search(text) else None

    def insists(self, text: str) -> bool:
        """Whether a sentence holds on to what was asked about (仍然销号)."""
        return bool(_INSISTS.search(normalize("NFKC", text)))

    def read_references(self, text: str) -> tuple[Reference, ...]:
        """The papers and addresses that a report names."""
        return read_references(without_number(text))

    def read_group_wish(self, text: str) -> GroupWish | None:
        """What a sentence wants of the group that reads the digest; None if it speaks of none."""
        return read_group_wish(text)

    def read_merging(self, text: str, today: date) -> MergeWish:
        """Which items a sentence merges into which."""
        return read_merging(text, today.year)

    def read_amending(self, text: str, directory: Directory) -> AmendWish:
        """What a sentence changes of which item."""
        return read_amending(text, directory)

    def confirms_amending(self, text: str) -> bool:
        """Whether a sentence confirms the change that it states."""
        return confirms_amending(text)

    def read_minute(self, text: str, today: date, directory: Directory) -> Minute:
        """The points of a pasted minute."""
        return read_minute(text, today, directory)

    def names_kind(self, unit: str) -> bool:
        """Whether what stands for a unit is the name of a kind of units: 各镇街."""
        return names_kind(normalize("NFKC", unit))

    def read_choice(self, text: str, left: Sequence[int]) -> list[int] | None:
        """Which of the proposals that are left a sentence confirms."""
        return read_choice(text, left)

    def read_sheet(self, data: bytes, today: date) -> tuple[SheetRow, ...]:
        """The rows of a workbook."""
        return read_sheet(data, today)

    def read_unit(self, text: str, directory: Directory) -> str | None:
        """The unit of the directory that a sentence names first."""
        return first_unit(_plain(text), directory)

    def read_query(self, text: str, today: date, directory: Directory) -> ItemQuery:
        """What a question about the ledger narrows it to."""
        return read_question(_plain(text), today, directory)


def _plain(text: str) -> str:
    """The sentence in half-width signs, without the item's number."""
    return without_number(normalize("NFKC", text))
