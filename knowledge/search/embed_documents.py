"""Embeds rule documents ahead of the start, on all cores, with a progress bar.

What is embedded already is skipped; without this step the service would do the same, on one core.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import click
import numpy as np

from bot.settings import Settings
from knowledge.ingest.documents import read_folder
from knowledge.search.embedders import Embedder, Vectors, create_embedder
from knowledge.search.index import passages_of
from knowledge.search.vectors import VectorStore

BATCH = 16
_embedder: Embedder | None = None  # one for each worker process


def embed_documents(settings: Settings) -> None:
    """Embed what is new in the documents.

    Raises:
        ConfigurationError: the model cannot be loaded ("embedding_model_missing").
    """
    store = VectorStore(create_embedder(settings.embedding_model), settings.index)
    texts = store.missing(_passages(settings))
    if not texts:
        return
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    with (
        ProcessPoolExecutor(
            initializer=_load,
            initargs=(settings.embedding_model,),
            mp_context=get_context("spawn"),  # a fork would share the engine's threads
        ) as pool,
        click.progressbar(length=len(texts), label="   embedding", show_pos=True) as bar,
    ):
        rows = []
        for batch in pool.map(_embed, batches):
            rows.append(batch)
            bar.update(len(batch))
    store.keep(texts, np.concatenate(rows))


def _passages(settings: Settings) -> Iterator[str]:
    for edition in read_folder(settings.documents).editions:
        for texts in passages_of(edition).values():
            yield from texts


def _load(model: str) -> None:
    global _embedder
    os.environ["OMP_NUM_THREADS"] = "1"  # one process a core already; more threads would fight
    _embedder = create_embedder(model)


def _embed(texts: Sequence[str]) -> Vectors:
    assert _embedder is not None  # noqa: S101 - the initializer of the worker has set it
    return _embedder.passages(texts)
