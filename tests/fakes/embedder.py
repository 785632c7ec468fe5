"""An embedder without a model: texts that share pairs of characters lie near each other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

DIMENSION = 128


class FakeEmbedder:
    """Counts what it was asked to embed."""

    def __init__(self, model_name: str = "fake") -> None:
        self.model_name = model_name
        self.queries = 0
        self.passages_seen: list[str] = []

    def query(self, text: str) -> NDArray[np.float32]:
        self.queries += 1
        return _vector(text)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.passages_seen += texts
        return np.stack([_vector(text) for text in texts])


def _vector(text: str) -> NDArray[np.float32]:
    vector = np.full(DIMENSION, 1e-3, dtype=np.float32)
    for first, second in pairwise(text):
        digest = hashlib.sha256((first + second).encode()).digest()
        vector[digest[0] % DIMENSION] += 1.0
    return vector / np.linalg.norm(vector)
