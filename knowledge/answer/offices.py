"""Which office a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.people import OrgId
from bot.core.rules import Edition

AREA = re.compile(r"[\u4e00-\u9fff]{2,6}?[县区市州]")
SHORTEST = 2  # characters: 县, 区 and 市 alone name no office


class OfficeNames:
    """The areas in the titles of the rules: 昌乐县人民政府工作规则 is 昌乐县, or 昌乐.

    盘锦市双台子区人民政府 is 双台子区 alone, for 盘锦市 has a government of its own.
    """

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._names: dict[str, OrgId] = {}
        for edition in editions:
            area = _area(edition.title)
            for name in (area, area[:-1]):
                if len(name) >= SHORTEST:
                    self._names.setdefault(name, edition.org)

    def named_in(self, text: str) -> OrgId | None:
        """The office whose area a text names, the longest name first; None if none."""
        names = sorted(self._names, key=len, reverse=True)
        return next((self._names[name] for name in names if name in text), None)


def _area(title: str) -> str:
    """The area whose government issued the rules; empty if the title names none."""
    before, government, _ = title.partition("人民政府")
    areas = AREA.findall(before)
    if not areas:
        return ""
    return str(areas[-1] if government else areas[0])
