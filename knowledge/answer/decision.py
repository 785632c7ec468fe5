"""Whether to answer: a small logistic model over the evidence, its weights in a file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.answer.evidence import Evidence

WEIGHTS = Path(__file__).parent / "decision.json"  # written by `python -m knowledge.answer.train`


@dataclass(frozen=True)
class Decision:
    """Says how sure an answer is. `threshold`: below it nothing is answered."""

    weights: tuple[float, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    bias: float
    threshold: float

    def confidence(self, evidence: Evidence) -> float:
        """The chance, in 0..1, that the rules answer the question."""
        return self.of_row(evidence.as_row())

    def of_row(self, row: Iterable[float]) -> float:
        """`confidence` of the figures in order."""
        parts = zip(self.weights, row, self.means, self.scales, strict=True)
        return 1 / (1 + math.exp(-self.bias - sum(w * (x - m) / s for w, x, m, s in parts)))

    def is_enough(self, confidence: float) -> bool:
        """Whether to answer at this confidence."""
        return confidence >= self.threshold


def load_decision(path: Path = WEIGHTS) -> Decision:
    """Read the weights."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Decision(
        weights=tuple(kept["weights"]),
        means=tuple(kept["means"]),
        scales=tuple(kept["scales"]),
        bias=kept["bias"],
        threshold=kept["threshold"],
    )
