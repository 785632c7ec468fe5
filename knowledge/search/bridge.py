"""Carries a question's vector towards the rules' way of speaking; see docs/decisions/0180.

One matrix for each embedding model, fitted by `make fit` on questions and the clauses that answer
them. A model that none was fitted for gets none: its vectors are used as they are.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from knowledge.search.embedders import Vectors

BRIDGES = Path(__file__).parent / "bridges"


def load_bridge(model_name: str, folder: Path = BRIDGES) -> Vectors | None:
    """The matrix of a model; None if none was fitted for it."""
    path = _path(model_name, folder)
    return np.load(path, allow_pickle=False).astype(np.float32) if path.exists() else None


def write_bridge(bridge: Vectors, model_name: str, folder: Path = BRIDGES) -> None:
    """Keep the matrix of a model, in half precision."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(_path(model_name, folder), bridge.astype(np.float16))


def carried(vector: Vectors, bridge: Vectors | None) -> Vectors:
    """The vector that a question is searched with."""
    return vector if bridge is None else vector @ bridge


def _path(model_name: str, folder: Path) -> Path:
    return folder / (re.sub(r"[^\w.-]+", "-", model_name) + ".npy")
