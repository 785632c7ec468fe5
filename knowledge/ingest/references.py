"""What people write when they mean an article: 第六十条第五项, 60条(五), 《…》第八十三条第二款."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.ingest.numerals import NUMERAL, to_number, to_numeral

DIGITS = rf"{NUMERAL}(?:\s*{NUMERAL})*"
PARAGRAPH = rf"第?\s*(?P<paragraph>{DIGITS})\s*款"
ITEM = (
    rf"(?:第?\s*[(（]\s*(?P<item_b>{DIGITS})\s*[)）]\s*项?"
    rf"|第?\s*(?P<item_p>{DIGITS})\s*项)"
)
# Without 第 the number may count things (采用一条信息): what follows tells.
BARE = (
    rf"(?<![这那有共前后各每几多第])(?<!{NUMERAL})(?<!{NUMERAL}\s)(?!一\s*条)(?P<bare>{DIGITS})\s*条"
    r"(?=\s*(?:$|[,，.。;；:：?？!！、和与及跟到至的呢吗么嘛啊吧是说写讲规怎咋原内里第(（款项]))"
)
REFERENCE = re.compile(
    r"(?:《(?P<document>[^《》]+)》\s*(?:[(（][^()（）]*[)）])?\s*的?\s*)?"
    rf"(?:第\s*(?P<ordinal>{DIGITS})\s*条(?![件例线龙鱼路街款])|{BARE})"
    rf"(?:\s*的?\s*{PARAGRAPH})?(?:\s*的?\s*{ITEM})?"
)
RANGE = re.compile(
    rf"第?\s*(?P<first>{DIGITS})\s*条?\s*(?:到|至|[-—–~～－])+\s*第?\s*(?P<last>{DIGITS})\s*条"
)
LONGEST_RANGE = 20  # articles; a longer one is no wish to read them all
LONE_ITEM = re.compile(rf"第\s*[(（]?\s*(?P<item>{DIGITS})\s*[)）]?\s*项")


@dataclass(frozen=True)
class ArticleReference:
    """An article that a text names. `item` is written as in `Clause.item`: "五"."""

    ordinal: int
    item: str | None = None
    paragraph: int | None = None  # 款, from 1
    document: str | None = None  # the title between 《 and 》


def find_references(text: str) -> list[ArticleReference]:
    """The articles a text names, in order; digits may be Chinese, Arabic, full-width or mixed.

    第83条到第85条 and 83至85条 name those between as well.
    """
    found = (_reference(match) for match in REFERENCE.finditer(RANGE.sub(_spelled_out, text)))
    return [reference for reference in found if reference is not None]


def _spelled_out(match: re.Match[str]) -> str:
    first, last = to_number(match["first"]), to_number(match["last"])
    if first is None or last is None or not first < last < first + LONGEST_RANGE:
        return match[0]
    return "、".join(label(ordinal) for ordinal in range(first, last + 1))


def find_item(text: str) -> str | None:
    """The item that is named without its article (第五项呢), as in `Clause.item`."""
    match = LONE_ITEM.search(text)
    return _item(match["item"]) if match else None


def label(ordinal: int, item: str | None = None) -> str:
    """The name of an article or one of its items: 第六十条第五项."""
    article = f"第{to_numeral(ordinal)}条"
    return f"{article}第{item}项" if item else article


def _reference(match: re.Match[str]) -> ArticleReference | None:
    ordinal = to_number(match["ordinal"] or match["bare"])
    if ordinal is None:
        return None
    paragraph = to_number(match["paragraph"]) if match["paragraph"] else None
    item = _item(match["item_b"] or match["item_p"])
    return ArticleReference(ordinal, item, paragraph, match["document"])


def _item(numeral: str | None) -> str | None:
    number = to_number(numeral) if numeral else None
    return to_numeral(number) if number else None
