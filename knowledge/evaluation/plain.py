"""A run as plain values for JSON. Times stand apart: all else is the same in every run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from knowledge.evaluation.calibration import calibrate, confidences
from knowledge.evaluation.conversation import Played, dialogue_figures
from knowledge.evaluation.dialogues import Expected
from knowledge.evaluation.evaluation import DialogueSet, Evaluation, QuestionSet
from knowledge.evaluation.figures import (
    SearchFigures,
    answerable_told,
    by_kind,
    by_office,
    search_figures,
    shares,
)
from knowledge.evaluation.measure import Outcome
from knowledge.evaluation.shares import Separation, Share
from knowledge.evaluation.speed import quantiles, times_ms

Plain = dict[str, Any]
DIGITS = 4


def plain(evaluation: Evaluation) -> Plain:
    """Everything but the misses of judged sets, which no one who tunes may see."""
    times = times_ms(evaluation.questions) if evaluation.questions else {}
    return {
        "model": evaluation.model,
        "ordinals": {org: list(counts) for org, counts in evaluation.ordinals.items()},
        "questions": {one.source.name: _questions(one) for one in evaluation.questions},
        "dialogues": {one.source.name: _dialogues(one) for one in evaluation.dialogues},
        "served": {
            "same": _share(evaluation.served) if evaluation.served else None,
            "otherwise": list(evaluation.served_otherwise),
        },
        "intents": evaluation.understanding.figures if evaluation.understanding else None,
        "told": {one.org: [one.useful, one.useless] for one in evaluation.told},
        "times": {who: _times(taken) for who, taken in times.items()},
    }


def missed(outcome: Outcome) -> Plain:
    """One question that went wrong."""
    question, answer = outcome.question, outcome.answer
    return {
        "id": question.id,
        "kind": question.kind,
        "question": question.text,
        "true": [question.article, question.answer],
        "status": answer.status.value,
        "confidence": round(answer.confidence, DIGITS),
        "articles": list(outcome.ranked[:3]),
        "answer": answer.answer,
    }


def missed_turns(played: Played) -> list[Plain]:
    """The turns of one dialogue that went wrong."""
    return [
        {
            "id": played.dialogue.id,
            "kind": turn.expected.kind,
            "turn": number,
            "said": turn.expected.say,
            "true": _wanted(turn.expected),
            "heard": [sense.value for sense in turn.heard],
            "articles": list(turn.articles),
        }
        for number, turn in enumerate(played.turns, start=1)
        if not turn.is_right
    ]


def _wanted(expected: Expected) -> list[Any]:
    parts = [[part.org, list(part.articles), part.answer] for part in expected.parts]
    return [sorted(expected.statuses), parts]


def _questions(one: QuestionSet) -> Plain:
    written = {
        "note": one.source.note,
        "questions": len(one.outcomes),
        "all": _group(one.outcomes),
        "offices": {name: _group(group) for name, group in by_office(one.outcomes).items()},
        "kinds": {name: _group(group) for name, group in by_kind(one.outcomes).items()},
        "answerable_told": {
            name: _separation(found) for name, found in answerable_told(one.outcomes).items()
        },
        "calibration": _calibration(one.outcomes),
    }
    if not one.source.is_judged:
        written["misses"] = [missed(outcome) for outcome in one.misses]
    return written


def _group(outcomes: Sequence[Outcome]) -> Plain:
    return {
        "figures": {key: _share(share) for key, share in shares(outcomes).items()},
        "searches": {n: _search(figures) for n, figures in search_figures(outcomes).items()},
    }


def _search(figures: SearchFigures) -> Plain:
    return {
        "article_first": _share(figures.article_first),
        "article_in_three": _share(figures.article_in_three),
    }


def _calibration(outcomes: Sequence[Outcome]) -> Plain:
    calibration = calibrate(confidences(outcomes))
    bins = [
        {
            "from": b.low,
            "to": b.high,
            "confidence": _rounded(b.confidence),
            "right": _share(b.right),
        }
        for b in calibration.bins
    ]
    return {"error": _rounded(calibration.error), "bins": bins}


def _dialogues(one: DialogueSet) -> Plain:
    written = {
        "note": one.source.note,
        "dialogues": len(one.played),
        "all": _played(one.played),
        "offices": {name: _played(group) for name, group in dialogues_by_office(one).items()},
    }
    if not one.source.is_judged:
        written["misses"] = [turn for played in one.misses for turn in missed_turns(played)]
    return written


def dialogues_by_office(one: DialogueSet) -> Mapping[str, list[Played]]:
    """The dialogues of each office."""
    offices = sorted({str(played.dialogue.org) for played in one.played})
    return {org: [p for p in one.played if p.dialogue.org == org] for org in offices}


def _played(played: Sequence[Played]) -> Plain:
    figures = dialogue_figures(played)
    return {
        "turns": _share(figures.turns),
        "whole": _share(figures.whole),
        "kinds": {kind: _share(share) for kind, share in figures.kinds.items()},
    }


def _times(taken: Sequence[float]) -> Plain:
    return {
        name: {"ms": _rounded(found.value_ms), "interval_ms": _all_rounded(found.interval_ms)}
        for name, found in quantiles(taken).items()
    }


def _share(share: Share) -> Plain:
    low, high = share.interval or (None, None)
    bounds = {"low": _rounded(low), "high": _rounded(high)}
    return {"right": share.right, "of": share.of, "share": _rounded(share.value)} | bounds


def _separation(found: Separation | None) -> Plain | None:
    if found is None:
        return None
    low, high = found.interval
    return {"share": _rounded(found.value), "low": _rounded(low), "high": _rounded(high)}


def _all_rounded(values: Iterable[float | None]) -> list[float | None]:
    return [_rounded(value) for value in values]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
