"""Understands what people say about 会签, 请示 and minutes."""

from __future__ import annotations

import re
from datetime import datetime, time
from unicodedata import normalize

from bot.adapters.chinese.dates import read_day
from bot.adapters.chinese.item_sentence import read_sentence
from bot.core.clock import OFFICE_TIME
from bot.core.duties import DutyId, DutyKind
from bot.core.people import Directory
from bot.services.duty_registering import DutyParts

_KINDS = (
    (re.compile(r"会签|征求意见"), (DutyKind.COUNTERSIGN,)),
    (re.compile(r"纪要"), (DutyKind.MINUTES_REVIEW, DutyKind.MINUTES_ISSUE)),
    (re.compile(r"请示"), (DutyKind.REQUEST,)),
)
_COMMAND = re.compile(
    r"^\s*(?:请)?(?:登记|新增|记)?(?:一[件份])?(?:会签|征求意见|请示|纪要)\s*[:,]?\s*"
)
_MEETING = re.compile(r"全体会议|常务会议|办公会议|专题会议")
_ENDED = re.compile(
    r"(上午|下午|晚上|中午)?(\d{1,2})(?:[点时](半|(\d{1,2})分?)?|:(\d{2}))(?:散会|结束|开完)"
)
_NUMBER = re.compile(r"待办(?:事项)?\s*第?(\d+)\s*[号件]|(\d+)号待办")
_AFTERNOON = ("下午", "晚上")
NOON = 12


class ChineseDutyReader:
    """Reads by patterns; what it does not understand it leaves unsaid."""

    def read(self, text: str, now: datetime, directory: Directory) -> DutyParts:
        """The parts that a sentence states."""
        plain = normalize("NFKC", text)
        kinds = next((kinds for pattern, kinds in _KINDS if pattern.search(plain)), ())
        today = now.astimezone(OFFICE_TIME).date()
        start, rest = _ending(_COMMAND.sub("", plain), now)
        parts = read_sentence(rest, today, directory)
        meeting = _MEETING.search(plain)
        is_minutes = DutyKind.MINUTES_REVIEW in kinds
        return DutyParts(
            kinds=kinds,
            title=meeting[0] if is_minutes and meeting else parts.content,
            unit=parts.lead_unit,
            due_day=None if start else parts.deadline,
            meeting=meeting[0] if meeting else "",
            start=start,
        )

    def read_number(self, text: str) -> DutyId | None:
        """The duty that a sentence names (待办3号)."""
        found = _NUMBER.search(normalize("NFKC", text))
        return DutyId(int(found[1] or found[2])) if found else None


def _ending(text: str, now: datetime) -> tuple[datetime | None, str]:
    """When a meeting ended (今天下午5点散会), and the text without it."""
    found = _ENDED.search(text)
    if found is None:
        return None, text
    day = read_day(text[: found.start()], now.astimezone(OFFICE_TIME).date())
    hour = int(found[2]) + (NOON if found[1] in _AFTERNOON and int(found[2]) < NOON else 0)
    minute = 30 if found[3] == "半" else int(found[4] or found[5] or 0)
    if hour >= 24 or minute >= 60:
        return None, text
    date_ = day or now.astimezone(OFFICE_TIME).date()
    return datetime.combine(date_, time(hour, minute), OFFICE_TIME), text[: found.start()]
