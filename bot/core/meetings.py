"""What the meetings are called that the rules speak of."""

from __future__ import annotations

import re

OTHER_MEETING = "其他会议"  # of which the tables say nothing
MEETINGS = (  # a meeting, and what is said for it
    ("常务会议", r"常务会"),
    ("全体会议", r"全体(?:\(扩大\))?会|(?<!安)全会(?!务)"),
    ("办公会议", r"办公会"),
    ("业务会议", r"业务会"),
    ("专题会议", r"专题(?:协调)?会"),
    ("专项会议", r"专项会"),
    (OTHER_MEETING, r"党组会|主任会|干部会|党委会|工作人员会|调度会|动员会"),
)
_SOME_MEETING = re.compile(r"(?<![机社约幸协工])会(?![计客见同])")


def meetings_in(plain: str) -> list[str]:
    """The meetings that a text names."""
    return [meeting for meeting, pattern in MEETINGS if re.search(pattern, plain)]


def meeting_missed(reason: str) -> str | None:
    """The meeting that a reason for absence speaks of; None if it speaks of none.

    Several meetings cannot be told apart, and count as another one.
    """
    found = meetings_in(reason)
    if len(found) == 1:
        return found[0]
    return OTHER_MEETING if found or _SOME_MEETING.search(reason) else None


def is_invited(reason: str) -> bool:
    """Whether somebody was only invited to sit in (邀请列席)."""
    return "邀请" in reason
