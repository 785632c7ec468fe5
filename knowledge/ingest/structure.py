"""Text to chapters and articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.rules import Article, Defect
from knowledge.ingest.clauses import ENDS, cut_clauses
from knowledge.ingest.lines import Heading, Line, is_after_the_end, read_heading
from knowledge.ingest.numerals import FULL_WIDTH
from knowledge.ingest.ordinals import Mark, Numbered, number_articles
from knowledge.ingest.references import label

EXCERPT = 24  # characters
BLANK = r"[^\S\n]"
# The two ways to mark an article: 六十、 and 第六十条. Digits may be lost, even all of them.
COMMA_MARK = re.compile(rf"{BLANK}*(?P<ordinal>[零〇一二三四五六七八九十百千]*)、{BLANK}*(?=\S)")
ARTICLE_MARK = re.compile(
    rf"{BLANK}*第{BLANK}*(?P<ordinal>[0-9０-９]+|[零〇一二三四五六七八九十百千]*){BLANK}*条"
    rf"(?!之|第|规定|的|[、和至所,，或])[\s:：]*"
)
FEWEST = 2  # articles of a document; one marked line alone is no structure


@dataclass(frozen=True)
class Structure:
    """What a text consists of. `body_start` is where the first heading or article begins."""

    articles: tuple[Article, ...]
    defects: tuple[Defect, ...]
    body_start: int
    body_end: int


def read_structure(text: str, lines: Sequence[Line]) -> Structure:
    """Find the articles with their true ordinals, and report what had to be repaired."""
    pattern, numbered = _best_numbering(lines)
    if not numbered:
        return Structure((), (), len(text), len(text))
    headings = [heading for line in lines if (heading := read_heading(line))]
    articles = [
        _article(text, lines, headings, pattern, entry, numbered[index + 1 : index + 2])
        for index, entry in enumerate(numbered)
    ]
    first = lines[numbered[0].mark.line].start
    near = [heading for heading in headings if heading.line.start < first]
    body_start = _opening(near, first)
    used = [heading for heading in headings if heading.line.start >= body_start]
    defects = [*_ordinal_defects(lines, numbered), *_heading_defects(used, articles)]
    last = articles[-1]
    return Structure(tuple(articles), tuple(defects), body_start, last.start + len(last.text))


def _best_numbering(lines: Sequence[Line]) -> tuple[re.Pattern[str], list[Numbered]]:
    """The marks that make the longer sequence; 第六十条 when in doubt."""
    best: tuple[re.Pattern[str], list[Numbered]] = (ARTICLE_MARK, [])
    for pattern in (ARTICLE_MARK, COMMA_MARK):
        numbered = number_articles(_marks(lines, pattern))
        if len(numbered) >= max(FEWEST, len(best[1]) + 1):
            best = pattern, numbered
    return best


def _marks(lines: Sequence[Line], pattern: re.Pattern[str]) -> list[Mark]:
    marks: list[Mark] = []
    before: Line | None = None
    for index, line in enumerate(lines):
        if match := pattern.match(line.text):
            printed = match["ordinal"].translate(FULL_WIDTH)
            if printed or _is_finished(before):
                marks.append(Mark(index, printed, _leads_in(before)))
        before = line if line.text.strip() else before
    return marks


def _is_finished(before: Line | None) -> bool:
    """Whether a new paragraph may follow; else 、 is a comma at the start of a broken line."""
    return before is None or bool(ENDS.search(before.text)) or read_heading(before) is not None


def _leads_in(before: Line | None) -> bool:
    return before is not None and before.text.rstrip().endswith((":", "："))


def _article(
    text: str,
    lines: Sequence[Line],
    headings: Sequence[Heading],
    pattern: re.Pattern[str],
    entry: Numbered,
    following: Sequence[Numbered],
) -> Article:
    line = lines[entry.mark.line]
    match = pattern.match(line.text)
    start = line.start + (match.end() if match else 0)
    limit = lines[following[0].mark.line].start if following else _end_of_last(line, lines, text)
    ends = [h.line.start for h in headings if line.start < h.line.start < limit]
    body = text[start : min(ends, default=limit)].rstrip()
    chapter = _chapter([h for h in headings if h.line.start < line.start])
    return Article(entry.ordinal, chapter, body, cut_clauses(body), start)


def _end_of_last(line: Line, lines: Sequence[Line], text: str) -> int:
    """Where the last article ends: before the first attachment or footer behind it."""
    behind = (other for other in lines[line.number :] if is_after_the_end(other))
    return next((other.start for other in behind), len(text))


def _chapter(before: Sequence[Heading]) -> str:
    """The headings above an article: 第二章 决策草案的形成 第一节 决策启动."""
    titles: dict[str, str] = {}
    for heading in before:
        for level in "编章节"["编章节".index(heading.level) :]:
            titles.pop(level, None)
        titles[heading.level] = heading.title
    return " ".join(titles.values())


def _opening(headings: Sequence[Heading], first: int) -> int:
    """Where the body begins: at the headings right above the first article."""
    return headings[-1].line.start if headings else first


def _ordinal_defects(lines: Sequence[Line], numbered: Sequence[Numbered]) -> list[Defect]:
    defects: list[Defect] = []
    before = 0
    for entry in numbered:
        line = lines[entry.mark.line]
        missing = range(before + 1, entry.ordinal)
        defects += [Defect(line.number, "ordinal_missing", label(ordinal)) for ordinal in missing]
        if entry.is_repaired:
            defects.append(Defect(line.number, "ordinal_digits_lost", excerpt(line.text)))
        before = entry.ordinal
    return defects


def _heading_defects(headings: Sequence[Heading], articles: Sequence[Article]) -> list[Defect]:
    last = articles[-1].start
    return [
        Defect(heading.line.number, "heading_name_lost", heading.mark)
        for heading in headings
        if not heading.name and heading.line.start < last
    ]


def excerpt(line: str) -> str:
    """The beginning of a line, to recognise it by."""
    return line.strip()[:EXCERPT]
