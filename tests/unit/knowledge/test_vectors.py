from __future__ import annotations

from pathlib import Path

import numpy as np

from knowledge.search.vectors import VectorStore
from tests.fakes.embedder import FakeEmbedder


def test_vectors_are_kept_between_runs(tmp_path: Path) -> None:
    VectorStore(FakeEmbedder(), tmp_path).passages(["会议制度", "公文审批"])
    embedder = FakeEmbedder()

    rows = VectorStore(embedder, tmp_path).passages(["公文审批", "请假制度"])

    assert embedder.passages_seen == ["请假制度"]
    assert np.allclose(rows[0], FakeEmbedder().query("公文审批"))


def test_another_model_does_not_find_them(tmp_path: Path) -> None:
    VectorStore(FakeEmbedder(), tmp_path).passages(["会议制度"])
    embedder = FakeEmbedder("other")

    VectorStore(embedder, tmp_path).passages(["会议制度"])

    assert embedder.passages_seen == ["会议制度"]


def test_vectors_of_half_precision_have_length_one_again(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    store = VectorStore(FakeEmbedder(), tmp_path)
    store.passages(["会议制度"])
    store.write(seeds / "fake.npz", np.float16)

    [row] = VectorStore(FakeEmbedder(), tmp_path / "new", seeds).passages(["会议制度"])

    assert np.isclose(np.linalg.norm(row), 1.0)


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    VectorStore(FakeEmbedder(), tmp_path).passages(["会议制度"])
    (tmp_path / "vectors" / "fake.npz").write_bytes(b"PK damaged")
    embedder = FakeEmbedder()

    VectorStore(embedder, tmp_path).passages(["会议制度"])

    assert embedder.passages_seen == ["会议制度"]
