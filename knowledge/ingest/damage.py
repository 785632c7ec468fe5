"""Numbers that lost characters: shown to a person, never changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.rules import Defect
from knowledge.ingest.lines import Line

AROUND = 8  # characters shown on either side
DAMAGE = {
    "day_damaged": re.compile(
        r"(?<!\d)(?:19|20)\d{3,6}日|(?<!\d)(?:19|20)\d\d年\d{3,4}日|(?<![\d年])\d{3,4}日"
        r"|^\s*(?:19|20)\d{4,6}\s*$"
    ),
    "document_number_damaged": re.compile(r"[〔［]\s*(?:19|20)?\d*号?(?![\d\s]*[〕］])"),
    # 1-2次 printed as 12次: two rising digits, as a range has them, where a rhythm is given;
    # behind 不少于 or 不超过 the number is one number
    "number_digits_lost": re.compile(
        r"每(?:年|半年|季度?|月|[一两]?周|日|天)[^。;；]{0,6}?(?<![于过])(?:12|23|34|45|56|13|24|35)次"
        r"|第(?=[届次期批]\S)|(?<=[召开设])[-—~～]\d+次"
    ),
}


def find_damage(lines: Sequence[Line], start: int, end: int) -> list[Defect]:
    """Numbers between two offsets that cannot be what was published."""
    return [
        Defect(line.number, reason, line.text[max(m.start() - AROUND, 0) : m.end() + AROUND])
        for line in lines
        if start <= line.start < end
        for reason, pattern in DAMAGE.items()
        for m in pattern.finditer(line.text)
    ]
