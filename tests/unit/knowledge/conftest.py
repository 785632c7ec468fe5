"""A rule book over the made-up edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.texts import YamlTexts
from knowledge.answer.rule_book import SearchingRuleBook
from tests.fakes.clock import FakeClock
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.rules import small_edition


@pytest.fixture
def book(tmp_path: Path) -> SearchingRuleBook:
    """Answers from the made-up edition, in force since 2020."""
    editions = [small_edition()]
    return SearchingRuleBook(editions, FakeEmbedder(), tmp_path, FakeClock(), YamlTexts())
