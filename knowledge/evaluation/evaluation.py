"""All that one run measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.services.feedback import Told
from knowledge.evaluation.conversation import Played
from knowledge.evaluation.measure import Outcome
from knowledge.evaluation.shares import Share


@dataclass(frozen=True)
class Source:
    """Where questions or dialogues come from.

    `is_judged`: nobody who tunes may see single cases, so misses are counted, not shown.
    """

    name: str
    note: str
    is_judged: bool = False


JUDGED = Source("judged half", "our own, never looked at while tuning", is_judged=True)
DEVELOPMENT = Source("development half", "given with the task, looked at while tuning")
FIT = Source("fit half", "our own, seen while tuning: too kind")


@dataclass(frozen=True)
class QuestionSet:
    """A set of questions and what became of them."""

    source: Source
    outcomes: Sequence[Outcome]

    @property
    def misses(self) -> list[Outcome]:
        """Those not answered, or not refused, as they should be."""
        return [outcome for outcome in self.outcomes if not outcome.is_right]


@dataclass(frozen=True)
class DialogueSet:
    """A set of dialogues and how they went."""

    source: Source
    played: Sequence[Played]

    @property
    def misses(self) -> list[Played]:
        """Those with a wrong turn."""
        return [one for one in self.played if not one.is_right]


@dataclass(frozen=True)
class Understanding:
    """How well intents are told apart: figures, and the same in Markdown."""

    figures: Mapping[str, Any]
    words: str


@dataclass(frozen=True)
class Evaluation:
    """Parts that were not measured are empty."""

    model: str = ""
    questions: Sequence[QuestionSet] = ()
    dialogues: Sequence[DialogueSet] = ()
    ordinals: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # exact, there
    understanding: Understanding | None = None
    served: Share | None = None  # answers of the running service that are the rule book's too
    served_otherwise: Sequence[str] = ()  # ids, but for judged sets
    told: Sequence[Told] = ()  # what people said of answers; stays with the office
