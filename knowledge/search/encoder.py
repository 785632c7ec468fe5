"""The question's vector in the form in which it travels to the dialogue engine and back."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import numpy as np

from knowledge.search.embedders import Embedder


@dataclass(frozen=True)
class VectorEncoder:
    """Encodes with a caching embedder, so that the search of the same turn embeds nothing."""

    embedder: Embedder

    def encode(self, text: str) -> str:
        """The embedding of a text: little-endian float32, base64."""
        vector = self.embedder.query(text)
        return base64.b64encode(np.asarray(vector, dtype="<f4").tobytes()).decode("ascii")
