"""What a document says about itself: title, number, issuer, days, what it repeals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.rules import Article, Defect
from knowledge.ingest.days import find_day, find_days, is_day
from knowledge.ingest.lines import Line
from knowledge.ingest.structure import Structure, excerpt

GENRE = "规则|规定|办法|条例|细则|制度|规程|规范|章程|守则|纲要|准则|意见|方案|决定|法"
TITLE = re.compile(rf"《?(?P<title>.{{0,60}}(?:{GENRE})(?:\s*[(（].{{1,12}}[)）])?)》?")
ANNOUNCED = re.compile(r"(?:印发|发布|公布)\s*《(?P<title>[^《》]+)》\s*(?P<trial>[(（]试行[)）])?")
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,14}\s*[〔［\[(（【]\s*(?:19|20)\d\d\s*[〕］\])）】]\s*第?\s*\d+\s*号"
)
DAMAGED_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,14}[〔［\[【]\s*(?:19|20)\d*\s*[〕］\]】]?\s*\d*\s*号?"
)
DECREE = re.compile(r"[\u4e00-\u9fff]{2,20}令\s*第?\s*[0-9一二三四五六七八九十百]+\s*号")
DAMAGED_DAY = re.compile(r"(?:19|20)\d{2}年?\d{1,2}月?\d{0,2}日?")
FIELD = r"{name}\s*[:：]?[ \t|]*(?P<value>[^|\n]*?)[ \t]*(?:\||$)"
START = re.compile(r"自(?P<day>.{4,20}?)起\s*(?:正式)?(?:施行|执行|实施|生效)")
REPEALED = re.compile(
    r"(?P<what>(?:《[^》]*》|[^,，;；。\n《]){0,120}?)\s*(?:同时|即行|自行|予以)?"
    r"(?:废止|停止(?:执行|施行|使用))"
)
ENDED = ("失效", "废止", "宣布失效", "已废止", "已失效")
CLOSING = 3  # articles at the end where a document speaks of its own validity
LEGISLATOR = re.compile(r"全国人民代表大会(?:常务委员会)?|国务院(?=令)")
ISSUER = re.compile(r"[\u4e00-\u9fff()（）]{4,40}")


@dataclass(frozen=True)
class Particulars:
    """The document's own particulars, and what was lost of them."""

    title: str
    number: str
    issuer: str
    adopted_day: date | None
    effective_day: date | None
    repeals: str | None
    repealed_day: date | None
    defects: tuple[Defect, ...]


def read_particulars(lines: Sequence[Line], structure: Structure) -> Particulars:
    """Read the lines above the body and the closing articles; nothing is guessed."""
    head = [line for line in lines if line.end <= structure.body_start]
    return _Reader(head, structure.articles).read()


class _Reader:
    def __init__(self, head: Sequence[Line], articles: Sequence[Article]) -> None:
        self._head = [line for line in head if line.text.strip()]
        self._closing = [article.text for article in articles[-CLOSING:]]
        self._defects: list[Defect] = []

    def read(self) -> Particulars:
        signature = self._signature()
        issued = self._issued(signature)
        effective = self._effective(issued)
        if effective is None and not any(d.reason == "day_damaged" for d in self._defects):
            self._defects.append(Defect(1, "day_missing", ""))
        return Particulars(
            title=self._title(),
            number=self._number(),
            issuer=self._issuer(signature),
            adopted_day=self._adopted() or issued,
            effective_day=effective,
            repeals=self._repeals(),
            repealed_day=self._repealed(effective),
            defects=tuple(self._defects),
        )

    def _title(self) -> str:
        """The last line above the body that names a rule, completed by the announcement's."""
        whole = re.sub(r"\s+", "", "".join(line.text for line in self._head))
        announced = [m["title"] + (m["trial"] or "") for m in ANNOUNCED.finditer(whole)]
        lines = (re.sub(r"\s+", "", line.text) for line in reversed(self._head))
        named = next((m["title"] for line in lines if (m := TITLE.fullmatch(line))), "")
        longer = (title for title in announced if named and title.endswith(named))
        return next(longer, named or next(iter(announced), ""))

    def _number(self) -> str:
        for line in self._head:
            field = self._field("文 *号", line)
            if field is not None and not NUMBER.match(field):
                self._flag(line, "number_field_empty")
        found = [(line, m[0]) for line in self._head if (m := self._number_in(line))]
        if found:
            return found[0][1]
        decrees = [m[0] for line in self._head for m in DECREE.finditer(line.text)]
        if decrees:
            return decrees[-1]
        return self._damaged_number()

    def _number_in(self, line: Line) -> re.Match[str] | None:
        """A number that stands by itself: first on its line, or in the field of that name."""
        field = re.search(r"文\s*号\s*[:：]?[ \t|]*", line.text)
        return NUMBER.match(line.text[field.end() :] if field else line.text.strip())

    def _damaged_number(self) -> str:
        for line in self._head:
            if match := DAMAGED_NUMBER.fullmatch(line.text.strip()):
                self._flag(line, "document_number_damaged")
                return match[0]
        self._defects.append(Defect(1, "document_number_missing", ""))
        return ""

    def _signature(self) -> int | None:
        """Where the signing day stands, alone on its line, in `_head`."""
        for index in range(len(self._head) - 1, -1, -1):
            text = self._head[index].text.strip()
            if DAMAGED_DAY.fullmatch(text) or is_day(text):
                return index
        return None

    def _issued(self, signature: int | None) -> date | None:
        if signature is not None:
            line = self._head[signature]
            if (day := find_day(line.text)) is None:
                self._flag(line, "day_damaged")
            return day
        fields = (self._field("成文日期", line) for line in self._head)
        days = [day for field in fields if field and (day := find_day(field))]
        if days:
            return days[0]
        acts = (
            line.text for line in self._head if re.search("通过|公布|修订|修正|发布", line.text)
        )
        return max((day for act in acts for day in find_days(act)), default=None)

    def _adopted(self) -> date | None:
        text = "".join(line.text for line in self._head)
        passed = re.search(r"已?经?(?P<day>\d{4}年[^,，。]{3,7}日)[^,，。]*?通过[,，]?现", text)
        return find_day(passed["day"]) if passed else None

    def _effective(self, issued: date | None) -> date | None:
        """The day the document names, else the day it was issued (自印发之日起)."""
        for text in self._closing:
            if (match := START.search(text)) and (day := find_day(match["day"])):
                return day
        stated = (line.text for line in self._head if line.text.strip().endswith("施行"))
        return max((day for text in stated for day in find_days(text)), default=issued)

    def _issuer(self, signature: int | None) -> str:
        if signature:
            above = self._head[signature - 1].text.strip()
            if ISSUER.fullmatch(above):
                return above
        fields = (self._field("发布机构", line) for line in self._head)
        enacted = (m[0] for line in self._head for m in LEGISLATOR.finditer(line.text))
        return next((field for field in fields if field), next(enacted, ""))

    def _repeals(self) -> str | None:
        for text in reversed(self._closing):
            for match in REPEALED.finditer(text):
                if "《" in match["what"]:
                    return match["what"].strip()
        return None

    def _repealed(self, effective: date | None) -> date | None:
        """A page that calls its text repealed without a day: then it never was in force."""
        for line in self._head:
            if (self._field("效力(?:状态)?", line) or "") in ENDED:
                self._flag(line, "marked_repealed")
                return effective or date.min
        return None

    def _field(self, name: str, line: Line) -> str | None:
        """The value of a field in the page's table; None if the line has no such field."""
        spaced = r"\s*".join(name) if name.isalpha() else name
        match = re.search(FIELD.format(name=spaced), line.text)
        return match["value"].strip() if match else None

    def _flag(self, line: Line, reason: str) -> None:
        self._defects.append(Defect(line.number, reason, excerpt(line.text)))
