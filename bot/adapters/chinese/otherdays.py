"""Days that our own patterns do not know, left to jionlp where it can be trusted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date, datetime, time
from io import StringIO
from typing import Any

from bot.adapters.chinese.days import Mention
from bot.adapters.chinese.resolving import Asked, Days

WHOLE_DAYS = (time(0, 0), time(23, 59, 59))  # 三点 is an hour of today, not a day
MOST_DAYS = 31  # a longer stretch is a vague one (今年, 上半年), not a leave


def find_other_days(text: str, today: date) -> list[Mention]:
    """The days from today on that jionlp finds, if it is sure of them.

    Our patterns go first because jionlp reads the end of 下周三到周五 as this week's and 国庆前一天
    as yesterday (docs/decisions/0050).
    """
    with redirect_stdout(StringIO()):  # it greets on import
        import jionlp  # half a second, so only once it is needed
    logging.getLogger().addFilter(_not_of_jionlp)
    base = {"year": today.year, "month": today.month, "day": today.day}
    found = jionlp.ner.extract_time(text, time_base=base)
    mentions = (_mention(entity, today) for entity in found)
    return [mention for mention in mentions if mention is not None]


def _not_of_jionlp(record: logging.LogRecord) -> bool:
    """Whether a line may be logged: jionlp writes what people said into the root logger."""
    return "jionlp" not in record.pathname


def _mention(entity: dict[str, Any], today: date) -> Mention | None:
    detail = entity["detail"]
    if detail["type"] not in ("time_point", "time_span") or "inf" in str(detail["time"]):
        return None
    begins, ends = (datetime.fromisoformat(moment) for moment in detail["time"])
    if (begins.time(), ends.time()) != WHOLE_DAYS:
        return None
    first, last = begins.date(), ends.date()
    if first < today or not 0 <= (last - first).days <= MOST_DAYS:
        return None
    start, end = entity["offset"]
    return Mention(start, end, _always((first, last)))


def _always(days: Days) -> Callable[[Asked], Days]:
    return lambda asked: days
