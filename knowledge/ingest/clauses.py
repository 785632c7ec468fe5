"""Articles cut into clauses, the sentence-sized units of search."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.rules import Clause
from knowledge.ingest.numerals import NUMERAL, to_number, to_numeral

LONG = 60  # characters: a longer sentence is cut at its semicolons
SHORT = 12  # characters: a shorter piece stays with the one before
ITEM = re.compile(rf"(?:(?<=[:：;；。])|(?:(?<=\n)|\A))\s*[(（]\s*({NUMERAL}+)\s*[)）]\s*")
SUB_ITEM = re.compile(r"(?:(?<=\n)|\A)\s*(?:\d{1,2}[.．、](?!\d)|[①-⑳])\s*")
SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*[”’」』)）]*")
HALF = re.compile(r"[^；;]+[；;]?")
ENDS = re.compile(r"[。！？!?；;:：][”’」』)）]*\s*$")
PAGE_NUMBER = re.compile(r"\s*[-—－]?\s*\d{1,3}\s*[-—－]?\s*")


def cut_clauses(article: str) -> tuple[Clause, ...]:
    """The clauses of an article, each a literal slice, item marks left out.

    A line that ends within a sentence goes on in the next line (copied from a narrow page).
    """
    clauses: list[Clause] = []
    for item, part in _items(article):
        for paragraph in _paragraphs(part):
            clauses += [Clause(text, item) for text in _pieces(paragraph)]
    return tuple(clauses)


def _items(article: str) -> Iterator[tuple[str | None, str]]:
    """The article in parts: before the items, each item, and what follows the last one."""
    marks = list(ITEM.finditer(article))
    starts = [mark.start() for mark in marks] + [len(article)]
    yield None, article[: starts[0]]
    for mark, end in zip(marks, starts[1:], strict=True):
        item = _item(mark[1])
        first, rest = _first_paragraphs(article[mark.end() : end])
        yield item, first
        yield None, rest


def _item(numeral: str) -> str | None:
    number = to_number(numeral)
    return to_numeral(number) if number else None


def _first_paragraphs(part: str) -> tuple[str, str]:
    """An item with its sub-items, and the paragraphs after it that belong to the article."""
    end = 0
    for paragraph in _paragraphs(part):
        start = part.index(paragraph, end)
        if end and not SUB_ITEM.match(paragraph):
            return part[:start], part[start:]
        end = start + len(paragraph)
    return part, ""


def _paragraphs(part: str) -> list[str]:
    paragraphs: list[str] = []
    start = 0
    for match in re.finditer(r"\n|\Z", part):
        whole = part[start : match.start()]
        following = part[match.end() :]
        if ENDS.search(whole) or not following.strip() or SUB_ITEM.match(following.lstrip()):
            paragraphs.append(whole.strip())
            start = match.end()
    return [text for text in paragraphs if text and not PAGE_NUMBER.fullmatch(text)]


def _pieces(paragraph: str) -> list[str]:
    body = paragraph[len(mark[0]) :] if (mark := SUB_ITEM.match(paragraph)) else paragraph
    sentences = _joined(body, SENTENCE)
    halves = [_joined(s, HALF) if len(s) > LONG else [s] for s in sentences]
    return [text for half in halves for piece in half if (text := piece.strip())]


def _joined(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The text cut where matches begin, short pieces left with the one before them."""
    cuts = [0]
    for match in pattern.finditer(text):
        is_long = len(match[0].strip()) >= SHORT
        if match.start() and is_long and len(text[cuts[-1] : match.start()].strip()) >= SHORT:
            cuts.append(match.start())
    return [text[a:b] for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
