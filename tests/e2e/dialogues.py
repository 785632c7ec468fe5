"""Dialogues as tables of what is said and what is to be heard."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.e2e.api_client import ApiClient

NUMBER = re.compile(r"督〔\d{4}〕(\d+)号")


@dataclass(frozen=True)
class Line:
    """One turn. `{n}` in what is said or heard is the matter registered last in the dialogue."""

    who: str
    said: str
    heard: tuple[str, ...]
    never: tuple[str, ...] = ()
    where: str = "direct"


def line(who: str, said: str, *heard: str, never: str = "", where: str = "direct") -> Line:
    """A turn; a fragment that must not be heard is given by name."""
    return Line(who, said, heard, (never,) if never else (), where)


def play(api: ApiClient, org: str, lines: tuple[Line, ...], number: str = "") -> str:
    """Say every line and compare; the number of the matter registered last is returned.

    `number` is that of a matter registered before; `../yunyang/head` is of another office.
    """
    for turn in lines:
        said = turn.said.replace("{n}", number)
        who = turn.who.removeprefix("../") if "/" in turn.who else f"{org}/{turn.who}"
        answer = api.hear(who, said, turn.where)
        if "已立项" in answer and (found := NUMBER.search(answer)):
            number = found[1]
        for fragment in turn.heard:
            assert fragment.replace("{n}", number) in answer, f"{said} -> {answer}"
        for fragment in turn.never:
            assert fragment not in answer, f"{said} -> {answer}"
    return number
