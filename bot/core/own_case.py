"""Which of several cases of a rule is that of the person who asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.people import Person, Rank

_RANK_WORDS = {
    Rank.HEAD: re.compile(r"(?<!副)[县区市]长"),
    Rank.DEPUTY: re.compile(r"副[县区市]长"),
    Rank.OFFICE_DIRECTOR: re.compile(r"办公室主任"),
    Rank.OFFICE_DEPUTY: re.compile(r"办公室?副主任|班子成员"),
    Rank.SECTION_CHIEF: re.compile(r"工作人员|干部|职工"),
    Rank.STAFF: re.compile(r"工作人员|干部|职工"),
    Rank.BUREAU_HEAD: re.compile(r"部门(?:主要)?(?:负责人|正职)"),
    Rank.TOWN_HEAD: re.compile(r"(?:镇街?|街镇|街道|乡镇|县市区(?:政府)?)(?:主要)?(?:负责人|正职)"),
}


def own_case(cases: Sequence[str], person: Person) -> str | None:
    """The only case that names the person's rank; None if none or several do."""
    words = _RANK_WORDS.get(person.rank)
    found = [case for case in cases if words and words.search(case)]
    return found[0] if len(found) == 1 else None
