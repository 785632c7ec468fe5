"""Rasa's linear classifier without the copies that it makes for every message."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuickClassifier(LogisticRegressionClassifier):
    """The same weights and the same figures.

    scikit-learn multiplies by the transposed weights, which scipy would first put in order: four
    megabytes copied for each message. They are read in that order instead. A single message becomes
    one row at once instead of by stacking matrices of it.
    """

    @classmethod
    def load(cls, *args: Any, **kwargs: Any) -> QuickClassifier:
        component = super().load(*args, **kwargs)
        if hasattr(component.clf, "coef_"):  # fitted
            component.clf.coef_ = np.asfortranarray(component.clf.coef_)
        return component

    def _create_X(self, messages: list[Message]) -> csr_matrix:  # noqa: N802 - Rasa's name
        if len(messages) != 1:
            return super()._create_X(messages)
        [_, counts] = messages[0].get_sparse_features(attribute=TEXT)
        [_, vector] = messages[0].get_dense_features(attribute=TEXT)
        if counts is None or vector is None:
            return super()._create_X(messages)
        return _row(counts.features.tocsr(), vector.features.ravel())


def _row(counts: csr_matrix, vector: np.ndarray) -> csr_matrix:
    """One row: the counts, then the numbers of the vector."""
    width = counts.shape[1] + len(vector)
    places = np.arange(counts.shape[1], width, dtype=counts.indices.dtype)
    values = np.concatenate([counts.data, vector])
    columns = np.concatenate([counts.indices, places])
    return csr_matrix((values, columns, [0, len(values)]), shape=(1, width))
