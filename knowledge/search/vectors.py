"""Vectors kept by what was embedded, so that an index built anew embeds only new text."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.search.embedders import Embedder, Vectors

BATCH = 32


class VectorStore:
    """Passage vectors of one model under a folder, by the hash of their text."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        model = re.sub(r"[^\w.-]+", "-", embedder.model_name)
        self._path = folder / f"vectors-{model}.npz"
        self._known: dict[str, Vectors] = self._read()

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text; what was not known before is embedded and kept."""
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._known}
        fresh = list(missing)
        for start in range(0, len(fresh), BATCH):
            batch = fresh[start : start + BATCH]
            rows = self._embedder.passages([missing[key] for key in batch])
            self._known.update(zip(batch, rows, strict=True))
        if missing:
            self._write()
        return np.stack([self._known[key] for key in keys])

    def _read(self) -> dict[str, Vectors]:
        try:
            with np.load(self._path, allow_pickle=False) as kept:
                return dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))
        except (OSError, ValueError, KeyError):
            return {}  # absent or damaged: a cache may always be made again

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, keys=np.array(list(self._known)), rows=np.stack([*self._known.values()]))
        Path(name).replace(self._path)
