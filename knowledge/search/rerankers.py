"""A second look at what was found, by a model that reads question and rule together.

Off by default. Setting RERANK_MODEL: the local folder of a CrossEncoder of sentence-transformers.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Protocol

from bot.core.errors import ConfigurationError


class Reranker(Protocol):
    """Reads a question together with each text."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers, higher is better; the scale is the model's own."""
        ...


class CrossEncoderReranker:
    """A CrossEncoder from a local folder, safe to use from several threads.

    Raises:
        ConfigurationError: the folder or the library is not there ("rerank_model_missing").
    """

    def __init__(self, folder: str) -> None:
        try:
            from sentence_transformers import CrossEncoder

            self._model: Any = CrossEncoder(folder, device="cpu", local_files_only=True)
        except (ImportError, OSError, ValueError) as error:
            raise ConfigurationError("rerank_model_missing", model=folder) from error
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        with self._lock:
            found = self._model.predict([(question, t) for t in texts], show_progress_bar=False)
        return [float(score) for score in found]


def create_reranker(folder: str) -> Reranker | None:
    """The reranker of the setting RERANK_MODEL; None for an empty one.

    Raises:
        ConfigurationError: the model cannot be loaded.
    """
    return CrossEncoderReranker(folder) if folder else None
