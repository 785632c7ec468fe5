"""The piece of a clause that answers best, cut as short as it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer.asked import Asked
from knowledge.answer.candidates import COUNTS, Candidate, Form, candidates_in
from knowledge.answer.clause_figures import FITTING, MEASURED, Piece
from knowledge.answer.kinds import Kind
from knowledge.answer.linear import Linear
from knowledge.answer.span_figures import ClauseView
from knowledge.answer.wanted import wanted
from knowledge.search.searching import ClauseHit

SENTENCE_END = re.compile(r"[。；;]")
SPOKEN_OUT = re.compile(r"签发|审签|审批|批准|审核|审定|审查|主持|召集")
UNDER = "在"  # 在县政府领导下: named by the way
NAMED = frozenset({Form.ACTOR, Form.MEETING})  # whoever acts is all that they say
NEARLY = 1.0  # of a piece's score; decision 0280
UNCUT = COUNTS | {Form.ACTOR, Form.NAMED, Form.LIST, Form.TAIL}


def best_piece(asked: Asked, clause: ClauseHit, lead: str, span: Linear) -> Piece:
    """The piece of a clause that answers best."""
    text, want = clause.clause.text, wanted(asked)
    view = ClauseView(asked, want, text, lead, clause.segments)
    candidates, scores = candidates_in(text), view.scores(span)
    best = max(_possible(asked, candidates), key=scores.__getitem__)
    best = _who_in(asked, text, candidates, best, scores)
    fitting = FITTING.get(asked.kind or "", frozenset())
    return Piece(
        _spoken_out(asked, text, _shortest(asked, candidates, best, scores)),
        dict(view.figures(candidates[best])),
        scores[best],
        any(candidate.form in fitting for candidate in candidates),
    )


def _possible(asked: Asked, candidates: Sequence[Candidate]) -> Sequence[int]:
    """Where a time or a number was asked for: those alone, if the clause has any."""
    numbers = [n for n, each in enumerate(candidates) if each.form in COUNTS]
    return numbers if asked.kind in MEASURED and numbers else range(len(candidates))


def _shortest(
    asked: Asked, candidates: Sequence[Candidate], best: int, scores: Sequence[float]
) -> Candidate:
    """The best piece, cut to the shortest part of it that answers nearly as well.

    Between the two, the shorter is seldom wrong: the whole sentence is quoted beside it. What
    allows or forbids is never cut off, nor is a name, a bound or one of several things.
    """
    whole, least = candidates[best], scores[best] - NEARLY
    if whole.form in UNCUT:
        return whole
    within = [
        candidates[n]
        for n in _possible(asked, candidates)
        if scores[n] >= least and candidates[n].verdict >= whole.verdict
        if whole.start <= candidates[n].start and candidates[n].end <= whole.end
    ]
    part = min(within, key=lambda each: each.end - each.start, default=whole)
    return replace(whole, start=part.start, end=part.end, after=part.after)


def _who_in(
    asked: Asked, clause: str, candidates: Sequence[Candidate], best: int, scores: Sequence[float]
) -> int:
    """Where it is asked who: of a piece that says more, whoever acts in it, else its subject."""
    whole = candidates[best]
    if asked.kind is not Kind.WHO or whole.form in NAMED:
        return best
    actors = [n for n, each in enumerate(candidates) if each.form is Form.ACTOR]
    within = [
        n
        for n in actors
        if whole.start <= candidates[n].start and candidates[n].end <= whole.end
        if whole.form is not Form.LIST or candidates[n].start == whole.start
    ]
    if within or whole.form is Form.LIST:
        return max(within, key=scores.__getitem__, default=best)
    return _subject_before(clause, candidates, actors, best)


def _subject_before(
    clause: str, candidates: Sequence[Candidate], actors: Sequence[int], best: int
) -> int:
    """The last to be named before a piece in its sentence, if nothing leads to the name."""
    start = candidates[best].start
    before = [n for n in actors if candidates[n].end <= start and candidates[n].lead != UNDER]
    last = max(before, key=lambda n: candidates[n].end, default=best)
    is_subject = not candidates[last].lead
    is_same = not SENTENCE_END.search(clause, candidates[last].end, start)
    return last if is_subject and is_same else best


def _spoken_out(asked: Asked, clause: str, candidate: Candidate) -> Candidate:
    """Whoever acts, with the act that was asked about when it follows: 县长签发."""
    if candidate.form is not Form.ACTOR or not (act := SPOKEN_OUT.match(clause, candidate.end)):
        return candidate
    is_asked = any(re.fullmatch(asked_act, act[0]) for asked_act in asked.acts)
    return replace(candidate, end=act.end()) if is_asked else candidate
