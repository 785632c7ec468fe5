"""Which office a sentence names, and questions in the words of another office."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.people import OrgId
from bot.core.rules import Edition

AREA = re.compile(r"[\u4e00-\u9fff]{2,6}?[县区市州]")
SHORTEST = 2  # characters: 县, 区 and 市 alone name no office
ABOVE = {"县": "市", "区": "市", "市": "省"}  # the government that an office reports to
MARK = "\0"  # stands for the government above while the own one is replaced


@dataclass(frozen=True)
class NamedOffice:
    """An office that a text names; `rest` is the text without its name."""

    org: OrgId
    rest: str


class OfficeNames:
    """The areas in the titles of the rules: 昌乐县人民政府工作规则 is 昌乐县, or 昌乐.

    盘锦市双台子区人民政府 is 双台子区 alone, for 盘锦市 has a government of its own.
    """

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._names: dict[str, OrgId] = {}
        self._areas: dict[OrgId, str] = {}
        for edition in editions:
            area = _area(edition.title)
            self._areas.setdefault(edition.org, area)
            for name in (area, area[:-1]):
                if len(name) >= SHORTEST:
                    self._names.setdefault(name, edition.org)

    def orgs(self) -> tuple[OrgId, ...]:
        """Every office that has rules."""
        return tuple(self._areas)

    def area(self, org: OrgId) -> str:
        """The short name of an office: 双台子区 for 盘锦市双台子区人民政府."""
        return self._areas.get(org, "") or org

    def level(self, org: OrgId) -> str:
        """县, 区 or 市; empty if the title of its rules names no area."""
        return self._areas.get(org, "")[-1:]

    def named_in(self, text: str) -> OrgId | None:
        """The office whose area a text names, the longest name first; None if none."""
        found = self.find(text)
        return found.org if found else None

    def find(self, text: str) -> NamedOffice | None:
        """The office whose area a text names, and the text without it."""
        for name in sorted(self._names, key=len, reverse=True):
            at = text.find(name)
            if at < 0:
                continue
            rest = text[at + len(name) :]
            if name[-1] in ABOVE and re.match("长|政府|府办", rest):
                rest = name[-1] + rest  # 咸阳市长 is a 市长
            return NamedOffice(self._names[name], text[:at] + rest)
        return None

    def in_words_of(self, question: str, asked_in: OrgId, org: OrgId) -> str:
        """A question that was put to one office, in the words of another: its 县长 is our 区长."""
        ours, theirs = self.level(asked_in), self.level(org)
        if not ours or not theirs or ours == theirs:
            return question
        above = re.compile(
            rf"(?<=[报送给向往]){ABOVE[ours]}(?=里|级|政府|委|的|直)|{ABOVE[ours]}(?=里的)"
        )
        own = re.compile(
            rf"{ours}(?=长|政府|府办|级|直|委|人大|里|内|外|域|领导)|(?<=[全本出离]){ours}"
        )
        said = own.sub(theirs, above.sub(MARK, question))
        return said.replace(MARK, ABOVE[theirs])


def _area(title: str) -> str:
    """The area whose government issued the rules; empty if the title names none."""
    before, government, _ = title.partition("人民政府")
    areas = AREA.findall(before)
    if not areas:
        return ""
    return str(areas[-1] if government else areas[0])
