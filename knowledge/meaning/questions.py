"""Whether two questions mean the same: once loosely, to be sorted, once strictly, to be answered.

The thresholds were measured on tests/eval/unanswered; see docs/decisions/0140.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from bot.core.unanswered import Meaning
from knowledge.meaning.normal_form import normal_form
from knowledge.search.embedders import Embedder, Vectors
from knowledge.search.words import shared_words

ALIKE = 0.95  # a cosine; from here on two questions are about one matter
SAME = 0.92  # a cosine that the same words in another order must reach
# What must agree before two questions are about one matter: numbers, limits, a no, what is asked.
FACTS = re.compile(
    r"\d+(?:\.\d+)?|[不没无未非超内下副可有怎何谁]|最[多少]|何[时处]"
    r"|某(?:工作日|小时|天|月|年|周日|次|人|多)|多久"
)
POST = re.compile(r"副?[\u4e00-\u9fff]长|副?主任|副?书记")


class QuestionMeanings:
    """Implements the port `Meanings` with the embedder of the search."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read(self, question: str) -> Meaning:
        corrected = shared_words().corrected(question)
        vector = np.asarray(self._embedder.query(corrected), dtype="<f4").tobytes()
        encoded = base64.b64encode(vector).decode("ascii")
        return Meaning(normal_form(corrected), self._embedder.model_name, encoded)

    def alike(self, meaning: Meaning, others: Sequence[Meaning]) -> int | None:
        facts = _facts(meaning.normal)
        return _nearest(meaning, others, ALIKE, lambda other: _facts(other) == facts)

    def same(self, meaning: Meaning, others: Sequence[Meaning]) -> int | None:
        return _nearest(meaning, others, SAME, partial(_says_the_same, meaning.normal))


def _nearest(
    meaning: Meaning, others: Sequence[Meaning], least: float, fits: Callable[[str], bool]
) -> int | None:
    """The position of the equal or nearest meaning that fits, the first of several."""
    if not meaning.normal:
        return None
    cosines: dict[int, float] = {}
    for position, other in enumerate(others):
        if other.normal == meaning.normal:
            return position
        if other.model == meaning.model and fits(other.normal):
            cosines[position] = float(_vector(other) @ _vector(meaning))
    nearest = max(cosines, key=lambda position: cosines[position], default=None)
    return nearest if nearest is not None and cosines[nearest] >= least else None


def _facts(normal: str) -> Counter[str]:
    return Counter(FACTS.findall(normal))


def _says_the_same(one: str, other: str) -> bool:
    """Whether two normal forms are the same characters, the posts in the same order."""
    return Counter(one) == Counter(other) and POST.findall(one) == POST.findall(other)


def _vector(meaning: Meaning) -> Vectors:
    return np.frombuffer(base64.b64decode(meaning.vector), dtype="<f4")
