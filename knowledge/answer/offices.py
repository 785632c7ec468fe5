"""Which office a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.people import OrgId
from bot.core.rules import Edition

AREA = re.compile(r"[\u4e00-\u9fff]{2,6}?[县区市州]")
SHORTEST = 2  # characters: 县, 区 and 市 alone name no office


class OfficeNames:
    """The areas in the titles of the rules: 昌乐县人民政府工作规则 is 昌乐县, or 昌乐."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._names: dict[str, OrgId] = {}
        for edition in editions:
            if area := AREA.match(edition.title):
                for name in (area[0], area[0][:-1]):
                    if len(name) >= SHORTEST:
                        self._names.setdefault(name, edition.org)

    def named_in(self, text: str) -> OrgId | None:
        """The office whose area a text names, the longest name first; None if none."""
        names = sorted(self._names, key=len, reverse=True)
        return next((self._names[name] for name in names if name in text), None)
