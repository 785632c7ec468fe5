from __future__ import annotations

import base64

import numpy as np

from knowledge.search.embedders import CachingEmbedder
from knowledge.search.encoder import VectorEncoder
from tests.fakes.embedder import FakeEmbedder


def test_a_text_prepared_is_embedded_once_for_everybody() -> None:
    model = FakeEmbedder()
    embedder = CachingEmbedder(model)
    encoder = VectorEncoder(embedder)

    encoder.prepare("谁签发")
    encoded = encoder.encode("谁签发")
    vector = embedder.query("谁签发")

    assert model.queries == 1
    assert np.frombuffer(base64.b64decode(encoded), dtype="<f4").tolist() == vector.tolist()
