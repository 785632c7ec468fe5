from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.errors import GuijuError, NotAllowedError
from bot.services.error_words import error_words

ROOT = Path(__file__).parents[3]
RAISED = re.compile(r'Error\(\s*"([a-z_]+)"|^    code = "([a-z_]+)"', re.MULTILINE)
# Raised to programmers only: a contract between two of our own modules was broken.
INTERNAL = frozenset({"binary", "encoding", "no_articles", "unreadable", "edition_twice", "office"})


def raised_codes() -> list[str]:
    sources = [
        p for folder in ("bot", "knowledge", "actions") for p in (ROOT / folder).rglob("*.py")
    ]
    found = {a or b for p in sources for a, b in RAISED.findall(p.read_text(encoding="utf-8"))}
    return sorted(found - INTERNAL)


@pytest.mark.parametrize("code", raised_codes())
def test_every_error_code_has_words_for_people(code: str) -> None:
    texts = YamlTexts()

    assert texts.has(f"errors.{code}") or texts.has(f"leave.problem_{code}")


def test_a_code_without_words_gets_those_of_its_kind() -> None:
    texts = YamlTexts()

    assert error_words(NotAllowedError("fly_not_allowed"), texts) == texts.say("errors.not_allowed")
    assert "gone_wrong" in error_words(GuijuError("gone_wrong"), texts)
