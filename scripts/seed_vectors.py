"""Embed the published documents beforehand: python -m scripts.seed_vectors.

Run it when a document or the cutting into clauses has changed; whatever is missing from the file
is embedded at start, so an old file costs time and nothing else.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.settings import read_settings
from knowledge.ingest.documents import read_folder
from knowledge.search.embedders import create_embedder
from knowledge.search.index import passages_of
from knowledge.search.vectors import SEEDS, VectorStore


def main() -> None:
    """Write the vectors of every article and clause, in half precision."""
    settings = read_settings(os.environ)
    embedder = create_embedder(settings.embedding_model)
    with TemporaryDirectory() as empty:
        store = VectorStore(embedder, Path(empty), seeds=Path(empty))
        for edition in read_folder(settings.documents).editions:
            for texts in passages_of(edition).values():
                store.passages(texts)
        store.write(SEEDS / f"{embedder.model_name}.npz", np.float16)


if __name__ == "__main__":
    main()
