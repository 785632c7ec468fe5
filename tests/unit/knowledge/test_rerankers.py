from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.errors import ConfigurationError
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.search.rerankers import create_reranker
from tests.fakes.clock import FakeClock
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.rules import ORG, small_edition

QUESTION = "会议纪要由谁签发"


class FakeReranker:
    """Likes every text that holds a word; notes what it was shown."""

    def __init__(self, liked: str) -> None:
        self._liked = liked
        self.shown: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.shown += texts
        return [float(self._liked in text) for text in texts]


def found_first(folder: Path, reranker: FakeReranker | None) -> int:
    """The ordinal of the article that is found first."""
    editions = [small_edition()]
    book = SearchingRuleBook(
        editions, FakeEmbedder(), folder, FakeClock(), YamlTexts(), reranker=reranker
    )
    finding = book.examine(book.edition(ORG), QUESTION)
    assert finding is not None
    return finding.choices[0].hit.article.ordinal


def test_without_a_reranker_the_fitted_order_stands(tmp_path: Path) -> None:
    assert found_first(tmp_path, None) == 3


def test_a_reranker_decides_which_article_comes_first(tmp_path: Path) -> None:
    reranker = FakeReranker("解释")

    assert found_first(tmp_path, reranker) == 7
    assert all(text in small_edition().text for text in reranker.shown)


def test_no_model_named_means_none_is_loaded() -> None:
    assert create_reranker("") is None


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="rerank_model_missing"):
        create_reranker(str(tmp_path / "none"))
