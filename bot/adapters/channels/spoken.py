"""What people write around what they say: whom they call, and what they quote."""

from __future__ import annotations

import re

from bot.core.messages import PAGE_LENGTH

_CALLED = re.compile(r"@\S+(?:\s+|$)")  # platforms put a space behind a name, often U+2005
_CALLED_LAST = re.compile(r"\s+@\S+\s*$")
_POINTING = re.compile(r"这|此[件事]|该[文事]|上面|以上|上述")
_EDGES = "\u200b\u200c\u200d\u2060\ufeff"  # invisible, and no space to `strip`


def without_calls(text: str, in_group: bool, behind: int = 0) -> str:
    """The text without the names it was addressed to: those before, and so many of those behind."""
    text = text.strip().strip(_EDGES).strip()
    if not in_group:
        return text
    while match := _CALLED.match(text):
        text = text[match.end() :].strip()
    for _ in range(behind):
        text = _CALLED_LAST.sub("", text)
    return text


def with_quote(text: str, quoted: str) -> str:
    """What was said, together with what it quotes where it means nothing without."""
    if not text:
        return quoted
    if quoted and len(quoted) <= PAGE_LENGTH and _POINTING.search(text):
        return f"{quoted}\n{text}"
    return text
