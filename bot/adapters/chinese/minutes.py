"""A pasted minute, taken apart into what may become items: 一、由发改局牵头,财政局配合..."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from unicodedata import normalize

from bot.adapters.chinese.item_sentence import read_clause, read_source
from bot.adapters.chinese.references import find_references, read_full_day
from bot.core.calendar import CalendarUnpublishedError
from bot.core.errors import InvalidInputError
from bot.core.people import Directory
from bot.core.supervision import ItemParts, Reference
from bot.core.supervision_wishes import Minute, MinutePoint

_COUNT = r"[一二三四五六七八九十]{1,3}"
_CIRCLED = re.compile(r"[①-⑳❶-❿]")
_MARK = re.compile(
    rf"(?:^|(?<=[\s。;:,!]))\s*(?:{_COUNT}\s*、|\({_COUNT}\)\s*、?|第{_COUNT}[,、:]|{_COUNT}是(?=[^,。;]{{4}})"
    r"|\d{1,2}\s*[、)](?!\d)|\d{1,2}\.(?![\d])|\(\d{1,2}\))\s*"
)
_LINES = re.compile(r"[;\n]+")
_MINUTE = re.compile(r"[\u4e00-\u9fff\d()〔〕\[\]第]{2,40}纪要")
_MEETING = re.compile(
    r"常务会|专题会|党组会|全体会|[县市区]长办公会|办公会|主任会|调度会|推进会|协调会"
)
_REMARK = re.compile(r"(?:^|[。;\s])\s*会议(?:强调|要求|指出|认为|听取|传达|学习|号召)")
_TITLE_START = re.compile(r"^.*?(?:根据|按照|依据|来自|现将|把|将|这是|以下是)")


def read_minute(text: str, today: date, directory: Directory) -> Minute:
    """The points of a minute that name a unit, each with the minute as its link."""
    plain = normalize("NFKC", _CIRCLED.sub("\n1、", text)).strip()
    head, points = _split(plain)
    if len(points) > 1 and head == plain and _is_one(plain, points, today, directory):
        points = [plain]
    source, link = _source(head), _minute(head)
    found = {
        text: _point(text, today, directory, source, link) for text in map(_task, points) if text
    }
    kept = tuple(point for point in found.values() if point is not None)
    if len(kept) > 1:
        kept = tuple(map(_without_wishes, kept))
    return Minute(kept, tuple(text for text, point in found.items() if point is None))


def _task(point: str) -> str:
    """A point without what the meeting remarked."""
    return _REMARK.split(point)[0].strip()


def _source(head: str) -> str | None:
    meeting = _MEETING.search(head)
    return f"{meeting[0]}议" if meeting else read_source(head)


def says_several(text: str, today: date, directory: Directory) -> bool:
    """Whether a text has numbered points of which more than one would be an item."""
    plain = normalize("NFKC", _CIRCLED.sub("\n1、", text))
    if len(_MARK.findall(plain)) < 2:
        return False
    points = read_minute(text, today, directory).points
    return sum(point.problem is None for point in points) > 1


def _split(text: str) -> tuple[str, list[str]]:
    """What stands before the first point, and the points."""
    marks = list(_MARK.finditer(text))
    if len(marks) < 2:
        pieces = [piece.strip() for piece in _LINES.split(text) if piece.strip()]
        return text, pieces
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    points = [text[m.end() : end].strip() for m, end in zip(marks, ends, strict=True)]
    return text[: marks[0].start()], [point for point in points if point]


def _is_one(text: str, lines: list[str], today: date, directory: Directory) -> bool:
    """Whether lines without numbers say one thing of units of a kind, line by line."""
    try:
        each = [read_clause(line, today, directory) for line in lines]
        whole = read_clause(text.replace("\n", " "), today, directory)
    except (InvalidInputError, CalendarUnpublishedError):
        return False
    complete = sum(bool(part.lead_unit and part.content) for part in each)
    return bool(whole.each_of and whole.content) and not complete


def _point(
    text: str, today: date, directory: Directory, source: str | None, link: Reference | None
) -> MinutePoint | None:
    try:
        parts = read_clause(text.replace("\n", " ").rstrip("。;. "), today, directory)
    except (InvalidInputError, CalendarUnpublishedError) as error:
        return MinutePoint(ItemParts(content=text), error.code)
    if parts.lead_unit is None:
        return None
    links = parts.links or ((link,) if link else ())
    parts = replace(parts, source=parts.source or source, links=links)
    return MinutePoint(parts, None if parts.content else "item_content_missing")


def _without_wishes(point: MinutePoint) -> MinutePoint:
    """各部门要高度重视 among other points is no item for each of them: it has no day."""
    if not point.parts.each_of or point.parts.deadline is not None:
        return point
    return replace(point, problem="item_units_deadline")


def _minute(head: str) -> Reference | None:
    """The minute that the head names, with number and day."""
    named = [named.reference for named in find_references(head)]
    number = next((reference.number for reference in named if reference.number), "")
    titles = [reference.title for reference in named if "纪要" in reference.title]
    spoken = _MINUTE.search(head)
    if spoken is not None:
        titles.append(_TITLE_START.sub("", spoken[0]))
    if not number and not titles:
        return None
    return Reference(titles[0] if titles else number, number, read_full_day(head))
