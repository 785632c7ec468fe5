"""Vectors kept by what was embedded, so that an index built anew embeds only new text."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.search.embedders import Embedder, Vectors

BATCH = 32
KEY_LENGTH = 16  # bytes of the SHA-256 of a text
# The published documents embedded beforehand (docs/decisions/0022); scripts/seed_vectors.py.
SEEDS = Path(__file__).parent / "seeds"


class VectorStore:
    """Passage vectors of one model under a folder, by the hash of their text."""

    def __init__(self, embedder: Embedder, folder: Path, seeds: Path = SEEDS) -> None:
        self._embedder = embedder
        name = re.sub(r"[^\w.-]+", "-", embedder.model_name) + ".npz"
        self._path = folder / "vectors" / name
        self._known = _read(seeds / name) | _read(self._path)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text; what was not known before is embedded and kept."""
        fresh = self.missing(texts)
        batches = [fresh[start : start + BATCH] for start in range(0, len(fresh), BATCH)]
        if fresh:
            self.keep(fresh, np.concatenate([self._embedder.passages(b) for b in batches]))
        if not texts:
            return np.zeros((0, self._dimension()), dtype=np.float32)
        return np.stack([self._known[_key(text)] for text in texts])

    def _dimension(self) -> int:
        return len(next(iter(self._known.values()), ()))

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The texts that are not embedded yet, each once."""
        return [text for text in dict.fromkeys(texts) if _key(text) not in self._known]

    def keep(self, texts: Sequence[str], rows: Vectors) -> None:
        """Store the vectors of texts."""
        self._known.update(zip(map(_key, texts), rows, strict=True))
        self.write(self._path, np.float32)

    def write(self, path: Path, precision: type[np.floating]) -> None:
        """Write all vectors known, in one step."""
        path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.frombuffer(b"".join(self._known), dtype=np.uint8).reshape(-1, KEY_LENGTH)
        rows = np.stack([*self._known.values()]).astype(precision)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, keys=keys, rows=rows)
        Path(name).replace(path)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:KEY_LENGTH]


def _read(path: Path) -> dict[bytes, Vectors]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            rows = kept["rows"].astype(np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)  # of half precision, perhaps
            return dict(zip(map(bytes, kept["keys"]), rows, strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}  # absent or damaged: what is kept here can always be made again
