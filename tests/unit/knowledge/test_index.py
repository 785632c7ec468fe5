from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.core.errors import StaleIndexError
from knowledge.search.index import load_index, open_index
from knowledge.search.words import shared_words
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.rules import ARTICLES, small_edition


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """The folder of a stored index of the made-up edition."""
    edition = small_edition()
    open_index(edition, FakeEmbedder(), shared_words(), tmp_path)
    return tmp_path / edition.id


def test_an_index_read_from_disk_scores_as_the_one_that_was_built(stored: Path) -> None:
    edition, embedder, words = small_edition(), FakeEmbedder(), shared_words()
    question = "会议纪要由谁签发"
    tokens, vector = words.of_question(question), embedder.query(question)
    built = open_index(edition, embedder, words, stored.parent / "other")

    loaded = load_index(edition, embedder, stored)

    assert np.allclose(
        loaded.scores(tokens, vector).clause_words, built.scores(tokens, vector).clause_words
    )
    assert np.allclose(
        loaded.scores(tokens, vector).article_meaning, built.scores(tokens, vector).article_meaning
    )


def test_an_index_built_by_another_model_is_refused(stored: Path) -> None:
    with pytest.raises(StaleIndexError) as refusal:
        load_index(small_edition(), FakeEmbedder("other"), stored)

    assert refusal.value.details == {"differs": "model"}


def test_an_index_of_other_text_is_refused(stored: Path) -> None:
    changed = small_edition((*ARTICLES[:-1], ("附则", "本规则自发布之日起施行。")))

    with pytest.raises(StaleIndexError) as refusal:
        load_index(changed, FakeEmbedder(), stored)

    assert refusal.value.details == {"differs": "content"}


def test_an_index_made_by_other_code_is_refused(stored: Path) -> None:
    manifest = stored / "manifest.json"
    entries = json.loads(manifest.read_text(encoding="utf-8")) | {"indexing": "older"}
    manifest.write_text(json.dumps(entries), encoding="utf-8")

    with pytest.raises(StaleIndexError) as refusal:
        load_index(small_edition(), FakeEmbedder(), stored)

    assert refusal.value.details == {"differs": "indexing"}


@pytest.mark.parametrize("damage", ["manifest.json", "clauses.faiss"])
def test_a_damaged_index_is_refused_and_built_anew(stored: Path, damage: str) -> None:
    (stored / damage).write_bytes(b"\0 not an index")
    edition, embedder = small_edition(), FakeEmbedder()

    with pytest.raises(StaleIndexError):
        load_index(edition, embedder, stored)
    open_index(edition, embedder, shared_words(), stored.parent)

    assert load_index(edition, embedder, stored).edition is edition


def test_an_absent_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StaleIndexError):
        load_index(small_edition(), FakeEmbedder(), tmp_path / "none")


def test_only_text_that_is_new_is_embedded_again(stored: Path) -> None:
    changed = small_edition((*ARTICLES[:-1], ("附则", "本规则自发布之日起施行。")))
    embedder = FakeEmbedder()

    open_index(changed, embedder, shared_words(), stored.parent)

    assert "本规则自发布之日起施行。" in embedder.passages_seen
    assert not any(seen in text for seen in embedder.passages_seen for _, text in ARTICLES)


def test_nothing_half_written_is_left_beside_the_index(stored: Path) -> None:
    left = {path.name for path in stored.parent.iterdir()}

    assert left == {stored.name, "vectors"}
