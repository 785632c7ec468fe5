"""What a registering sentence says beside its matter: people, the day of assignment, papers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.adapters.chinese.dates import read_day
from bot.adapters.chinese.days import find_mentions
from bot.adapters.chinese.references import find_basis
from bot.adapters.chinese.unit_names import EDGE
from bot.core.supervision import Reference

_NAME = rf"(?:是|为)?\s*[:]?\s*(?P<name>[\u4e00-\u9fff·]{{2,12}}?)(?:同志)?(?=$|{EDGE})"
_PERSON = re.compile(rf"(?:责任人|经办人|承办人|负责人){_NAME}")
_SUPERVISOR = re.compile(rf"(?:督办人|督查人员?|督查专员){_NAME}")
_ASSIGNED = re.compile(r"\s*(?:就|已经?)?(?:交办|部署|下达|布置)(?:的)?")
_CALLED_ASSIGNED = re.compile(r"(?:交办|部署|下达|布置)(?:日期|时间)?(?:是|为)?[:]?\s*$")

Cut = Callable[[int, int], None]


@dataclass(frozen=True)
class Details:
    """What was found, and taken out of the sentence."""

    person: str | None
    supervisor: str | None
    assigned_day: date | None
    links: tuple[Reference, ...]


def take_details(text: str, today: date, cut: Cut) -> Details:
    """Read the details of a sentence and cut them out, span by span."""
    links = tuple(named.reference for named in find_basis(text))
    for named in find_basis(text):
        cut(named.start, named.end)
    person, supervisor = (_take_name(pattern, text, cut) for pattern in (_PERSON, _SUPERVISOR))
    return Details(person, supervisor, _take_assigned_day(text, today, cut), links)


def _take_name(pattern: re.Pattern[str], text: str, cut: Cut) -> str | None:
    match = pattern.search(text)
    if match is None:
        return None
    cut(*match.span())
    return match["name"]


def _take_assigned_day(text: str, today: date, cut: Cut) -> date | None:
    """The day before 交办 or after 交办日期; a past one, for what is not yet assigned is due."""
    for mention in find_mentions(text):
        after = _ASSIGNED.match(text, mention.end)
        called = _CALLED_ASSIGNED.search(text[: mention.start])
        if after is None and called is None:
            continue
        day = read_day(text[mention.start : mention.end], today)
        if day is not None and day > today:  # 11月20日交办 said on the 23rd means this year's
            day = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else None
        if day is not None:
            cut(called.start() if called else mention.start, after.end() if after else mention.end)
            return day
    return None
