"""Questions that the rules of an office leave open (`unanswerable.txt`): held against a new one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.core.people import OrgId

UNANSWERABLE = Path(__file__).parent / "unanswerable.txt"
ANSWERED = " !"  # before each office whose rules do say it


def left_open_by(org: OrgId) -> tuple[str, ...]:
    """The lines that an office's rules do not answer.

    Of an office that no line names, only what no known rules say: about the rest nothing is known.
    """
    lines = _read()
    is_known = any(org in said for _, said in lines)
    return tuple(text for text, said in lines if org not in said and (is_known or not said))


@lru_cache
def _read() -> tuple[tuple[str, frozenset[str]], ...]:
    lines = UNANSWERABLE.read_text(encoding="utf-8").splitlines()
    parts = [line.split(ANSWERED) for line in lines if line and not line.startswith("#")]
    return tuple((text, frozenset(said)) for text, *said in parts)
