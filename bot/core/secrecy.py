"""Finds secrecy marks (密级标志) in text, so that marked text is refused before it is stored.

Source: 国家秘密载体 carry their level and term at the top left, "机密★1年" (GB/T 9704-2012, 7.2.2).
A question that merely speaks of secrets (绝密级事项怎么报送) bears no mark and passes.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]"
)
_SIMPLIFIED = str.maketrans("絕機祕級長開內", "绝机秘级长开内")
_GAP = r"[ \t·.\-_|]*"
_LEVEL = rf"(?:绝{_GAP}密|机{_GAP}密|秘{_GAP}密)"
_STAR = r"[★☆✩✪✫✬✭✮✯✰⭐🌟*※]"
_TERM = rf"(?:\d{{1,3}}{_GAP}[年月]|[一二三四五六七八九十]+{_GAP}[年月]|长{_GAP}期)"

# Rule name -> pattern; the name is all that is noted of a hit.
_RULES: dict[str, re.Pattern[str]] = {
    "starred": re.compile(rf"{_LEVEL}{_GAP}级?{_GAP}{_STAR}|{_STAR}{_GAP}{_LEVEL}"),
    "termed": re.compile(rf"(?<![\w国])(?:{_LEVEL}){_GAP}级?{_GAP}{_TERM}(?!\w*[之以]内)"),
    "labelled": re.compile(
        rf"(?:密{_GAP}级|保密等级|秘密等级)[ \t]*[:为是]?[ \t]*{_LEVEL}(?!级?[的和与、或])"
    ),
    "bracketed": re.compile(rf"[\[【〔(<《「]{_GAP}{_LEVEL}{_GAP}级?{_GAP}[\]】〕)>》」]"),
    "heading": re.compile(rf"^[ \t]*{_LEVEL}级?[ \t]*(?:[:!]|$|[ \t](?=\S))", re.MULTILINE),
    "spaced": re.compile(
        r"(?:绝|机|秘)[ \t·.\-_|]+密(?!\w)|^[ \t]*(?:绝|机|秘)[ \t]+密", re.MULTILINE
    ),
}


def secrecy_mark(text: str) -> str | None:
    """The name of the first rule that finds a mark in the text; None if it bears none.

    Full-width, traditional, spaced and zero-width disguises are seen through.
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_SIMPLIFIED)
    plain = plain.replace("\u3000", " ")
    return next((name for name, rule in _RULES.items() if rule.search(plain)), None)
