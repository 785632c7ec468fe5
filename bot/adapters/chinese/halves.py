"""Halves of a day that are said apart from the day."""

from __future__ import annotations

import re

from bot.core.leave import Half

HALF_ALONE = re.compile(
    r"(?P<am>上午|早上|上半天|前半天|头半天|前半晌|头午|头晌|前晌)"
    r"|(?P<pm>下午|下半天|后半天|后半晌|过午|过晌|后晌|下晌)"
)
_WORD = r"上午|早上|下午|上半天|下半天|前半天|后半天"
_STATED = re.compile(
    rf"(?:请|休|一个?|整个?|就|只)个?(?P<asked>{_WORD})|(?P<named>{_WORD})的?[事病年]?休?假"
    rf"|,(?P<last>{_WORD})[。!]?$"
)


def half_alone(text: str) -> Half | None:
    """The first half that a text speaks of."""
    match = HALF_ALONE.search(text)
    return Half(match.lastgroup) if match and match.lastgroup else None


def half_stated(text: str) -> Half | None:
    """The half that is asked for: 明天请下午的假, 明天请假,就上午."""
    match = _STATED.search(text)
    return half_alone(match[0]) if match else None
