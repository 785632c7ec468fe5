"""Masks what belongs to a person, so that a question can be kept for others to read."""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = "***"
SHORTEST_NAME = 2  # characters; a single one is a word more often than a name
_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－＠．", "0123456789Xx-@.")
_GAP = r"[\s-]?"
_NUMBERS = re.compile(
    rf"(?<!\d)(?:"
    rf"\d(?:{_GAP}\d){{16}}{_GAP}[\dXx]"  # identity card, GB 11643
    rf"|(?:\+?86{_GAP})?1[3-9](?:{_GAP}\d){{9}}"  # mobile telephone
    rf"|\(?0\d{{2,3}}\)?{_GAP}\d{{7,8}}"  # telephone of a house
    rf"|\d(?:{_GAP}\d){{12,18}}"  # bank cards, old identity cards, and whatever else is as long
    rf")(?!\d)"
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def masked(text: str, names: Iterable[str] = ()) -> str:
    """The text without telephone, identity and account numbers, addresses and these names."""
    text = text.translate(_HALF_WIDTH)
    for pattern in (_ADDRESS, _NUMBERS):
        text = pattern.sub(MASK, text)
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= SHORTEST_NAME:
            text = text.replace(name, MASK)
    return text
