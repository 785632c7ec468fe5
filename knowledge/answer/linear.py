"""Small linear models over named figures, their weights in one file: `ranking.json`.

Every figure has a name and every name a weight, so that a choice can be read off the file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "ranking.json"  # written by `make fit`
UNSUPPORTED = "unsupported"  # no figure, but what rules an answer out
NEVER = -9.0
Figures = Mapping[str, float]
Figure = tuple[str, float]
Input = tuple[int, str]  # of a file: how many lines, and their sha256


@dataclass(frozen=True, eq=False)
class Linear:
    """A weighted sum of figures; a name without a weight counts nothing.

    Two are the same only when they are one: what was worked out with one is kept by it.
    """

    weights: Figures

    def score(self, figures: Iterable[Figure]) -> float:
        """The sum."""
        weigh, total = self.weights.get, 0.0
        for name, figure in figures:
            if figure:
                total += weigh(name, 0.0) * figure
        return total


@dataclass(frozen=True)
class Curve:
    """From a score to a chance in 0..1, as it was found on offices that were not fitted on."""

    slope: float
    bias: float

    def chance(self, score: float) -> float:
        """The chance."""
        return 1 / (1 + math.exp(-self.bias - self.slope * score))


@dataclass(frozen=True)
class Ranking:
    """All that was fitted. `threshold`: below this score nothing is answered."""

    span: Linear
    clause: Linear
    decision: Linear
    bias: float
    threshold: float
    answerable: Curve  # that the rules answer the question
    right: Curve  # that the answer found is right
    inputs: Mapping[str, Input]  # what it was fitted on

    def score(self, evidence: Figures) -> float:
        """How well an answer is supported, in logits; by no word at all is never enough."""
        if evidence[UNSUPPORTED]:
            return NEVER
        return self.bias + self.decision.score(evidence.items())


@lru_cache
def load_ranking(path: Path = WEIGHTS) -> Ranking:
    """Read the weights."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Ranking(
        span=Linear(kept["span"]),
        clause=Linear(kept["clause"]),
        decision=Linear(kept["decision"]),
        bias=kept["bias"],
        threshold=kept["threshold"],
        answerable=Curve(**kept["answerable"]),
        right=Curve(**kept["right"]),
        inputs={name: (count, digest) for name, (count, digest) in kept["inputs"].items()},
    )


def write_ranking(ranking: Ranking, path: Path = WEIGHTS) -> None:
    """Write the weights, in an order that does not change."""
    kept = {
        "span": ranking.span.weights,
        "clause": ranking.clause.weights,
        "decision": ranking.decision.weights,
        "bias": ranking.bias,
        "threshold": ranking.threshold,
        "answerable": vars(ranking.answerable),
        "right": vars(ranking.right),
        "inputs": ranking.inputs,
    }
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
