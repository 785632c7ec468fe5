"""What people of an office are called in speech: 柳科长, 教育局局长, 小李."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.core.people import Directory, Person

LONGEST_SINGLE_SURNAME_NAME = 3  # characters; longer names have a surname of two (欧阳)
TITLE_LENGTHS = (4, 3, 2)  # of 常务副县长: 务副县长, 副县长, 县长


def surname(person: Person) -> str:
    """The family name."""
    return person.name[:2] if len(person.name) > LONGEST_SINGLE_SURNAME_NAME else person.name[:1]


def titled(person: Person) -> tuple[str, ...]:
    """The family name with every title that the post allows, and as colleagues say it."""
    family = surname(person)
    titles = (person.post[-n:] for n in TITLE_LENGTHS)
    return (*(family + title for title in titles), f"小{family}", f"老{family}")


def posts(person: Person, directory: Directory) -> tuple[str, ...]:
    """The posts, also with what the unit is called for short."""
    named = tuple(person.post.split("、"))
    unit = directory.unit(person.unit)
    title = named[-1].removeprefix(person.unit)
    aliases = unit.aliases if unit else ()
    units = (*aliases, person.unit) if title else ()
    called = (unit + title for unit in units)
    short = (unit + title[1:] for unit in units if unit[-1] == title[0])  # 财政局长
    return (*named, *called, *short)


def named_people(text: str, directory: Directory) -> tuple[Person, ...]:
    """Who is spoken of: by name, else by family name and title, else by post; empty if nobody."""
    ways: tuple[Callable[[Person], Iterable[str]], ...] = (
        lambda person: (person.name,),
        titled,
        lambda person: posts(person, directory),
    )
    for way in ways:
        found = tuple(p for p in directory.people if any(_is_in(call, text) for call in way(p)))
        if found:
            return found
    return ()


def named_unit(text: str, directory: Directory) -> str | None:
    """The unit that is spoken of by name or for short."""
    names = ((call, unit.name) for unit in directory.units for call in (unit.name, *unit.aliases))
    sections = ((person.unit, person.unit) for person in directory.people)
    found = [(call, unit) for call, unit in (*names, *sections) if call in text]
    return max(found, key=lambda pair: len(pair[0]))[1] if found else None


def _is_in(call: str, text: str) -> bool:
    """县长 does not stand in 副县长."""
    return re.search(rf"(?<!副){re.escape(call)}", text) is not None
