"""The question's vector in the form in which it travels to the dialogue engine."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from knowledge.search.embedders import Embedder


class VectorEncoder:
    """Encodes with a caching embedder, so that the search of the same turn embeds nothing."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        # One thread: the model takes one text at a time anyway.
        self._ahead = ThreadPoolExecutor(1, thread_name_prefix="embed")

    def prepare(self, text: str) -> None:
        """Begin to embed a text in the background; a failure shows when it is encoded."""
        self._ahead.submit(self._embedder.query, text)

    def encode(self, text: str) -> str:
        """The embedding of a text: little-endian float32, base64."""
        # Behind whatever is embedded already: the same text is then found in the cache.
        vector = self._ahead.submit(self._embedder.query, text).result()
        return base64.b64encode(np.asarray(vector, dtype="<f4").tobytes()).decode("ascii")
