"""What of the found articles answers a question, and how well it is supported."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.answer.asked import Asked, roles_in
from knowledge.answer.candidates import COUNTS, Candidate, Form, candidates_in
from knowledge.answer.clause_figures import (
    FITTING,
    MEASURED,
    ArticleView,
    Piece,
    Sought,
    piece_figures,
    with_tops,
)
from knowledge.answer.kinds import Kind
from knowledge.answer.linear import UNSUPPORTED, Figure, Linear, Ranking
from knowledge.answer.rarity import Rarity
from knowledge.answer.span_figures import NUMERAL, ClauseView
from knowledge.answer.subjects import meetings_in
from knowledge.answer.wanted import wanted
from knowledge.search.searching import ClauseHit, Hit
from knowledge.search.words import normalise

LOOKED_AT = 20  # clauses whose pieces are tried: the best of each article, and the best others
SENTENCE_END = re.compile(r"[。；;]")
SPOKEN_OUT = re.compile(r"签发|审签|审批|批准|审核|审定|审查|主持|召集")
# Whoever does something else in the clause is no answer to who signs, grants or presides.
AUTHORITY = re.compile(r"签发|签署|批准|审批|主持|召集")
# 市长出差谁管事: whoever is told of an absence does not stand in for it.
STANDS_IN = re.compile(
    r"(?:出差|外出|不在|出门|休假|出访|学习)[^,。]{0,8}(?:谁|哪个|哪位)[^,。]{0,4}"
    r"(?:管事|主事|当家|做主|说了算|负责|接手|顶)"
)
ACTING = frozenset({"", "由", "是", "委托", "受"})  # what leads to whoever acts himself
WHOSE = frozenset({Kind.WHO, Kind.WHERE, Kind.WHAT})
NAMED = frozenset({Form.ACTOR, Form.MEETING})  # whoever acts is all that they say
SAID_AT_LEAST = 0.5  # of what asks nothing, by rarity, in the article: else it is chatter
SAID_SO = 4.5  # standard deviations: an everyday line says the same in other words
NEARLY = 1.0  # of a piece's score; decision 0280
UNCUT = COUNTS | {Form.ACTOR, Form.NAMED, Form.LIST, Form.TAIL}
AGO = 0.9  # what words count that were said in the segment before
FAR = 3.0  # standard deviations: about the nearest segment


@dataclass(frozen=True)
class Choice:
    """The article and the clause to quote, and the piece that answers."""

    hit: Hit
    clause: ClauseHit
    piece: Piece
    figures: Mapping[str, float]
    score: float

    @property
    def span(self) -> str:
        """The short answer, a literal part of the clause."""
        return self.clause.clause.text[self.piece.candidate.start : self.piece.candidate.end]


def choose(asked: Asked, hits: Sequence[Hit], rarity: Rarity, ranking: Ranking) -> list[Choice]:
    """The best clause of each found article, best first."""
    found = examined(asked, hits, rarity, ranking.span)
    rows = [figures for *_, figures in found]
    best: dict[int, Choice] = {}
    for (hit, clause, piece, _), figures in zip(found, with_tops(rows), strict=True):
        choice = Choice(hit, clause, piece, dict(figures), ranking.clause.score(figures))
        known = best.get(hit.article.ordinal)
        if known is None or choice.score > known.score:
            best[hit.article.ordinal] = choice
    return sorted(best.values(), key=lambda choice: -choice.score)


def examined(
    asked: Asked, hits: Sequence[Hit], rarity: Rarity, span: Linear
) -> list[tuple[Hit, ClauseHit, Piece, list[Figure]]]:
    """The clauses worth a closer look, each with its best piece and its figures."""
    sought = Sought.by(asked, rarity)
    views = {hit.article.ordinal: ArticleView(sought, hit, n) for n, hit in enumerate(hits)}
    found = []
    for hit, clause in shortlist(hits):
        view = views[hit.article.ordinal]
        piece = best_piece(asked, clause, view.settings[clause.clause].lead, span)
        figures = view.near(clause, piece.candidate.start) + piece_figures(asked, piece)
        found.append((hit, clause, piece, figures))
    return found


def shortlist(hits: Sequence[Hit]) -> list[tuple[Hit, ClauseHit]]:
    """The nearest clause of each article and the nearest others, by what the search says."""
    pairs = [(hit, clause) for hit in hits for clause in hit.clauses]
    pairs.sort(key=lambda pair: -_nearness(*pair))
    firsts: dict[int, tuple[Hit, ClauseHit]] = {}
    for hit, clause in pairs:
        firsts.setdefault(hit.article.ordinal, (hit, clause))
    others = [pair for pair in pairs if firsts[pair[0].article.ordinal] is not pair]
    return [*firsts.values(), *others][:LOOKED_AT]


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
    before = [n for n in actors if candidates[n].end <= start]
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


def weigh(
    asked: Asked, choices: Sequence[Choice], rarity: Rarity, left_open: float
) -> Mapping[str, float]:
    """Put figures on what was found for a question; `left_open` as in `Found`."""
    best, figures, content = choices[0], choices[0].figures, asked.content
    telling = rarity.telling(content)
    return {
        "clause_meaning": figures["clause_meaning"] / FAR,
        "segment_meaning": figures["segment_meaning"] / FAR,
        "spoken_meaning": figures["spoken_meaning"] / FAR,
        "left_open": left_open / FAR,
        "spoken_near": max(0.0, figures["spoken_meaning"] / FAR) ** 2,
        "spoken_coverage": figures["cover_spoken"],
        "article_coverage": figures["cover_article"],
        "place_coverage": figures["cover_place"],
        "pairs": figures["pairs_place"],
        "telling_coverage": figures["telling_place"],
        "unknown": 1 - rarity.known(content),
        "unsaid": rarity.most_unsaid(content, best.hit.article, best.clause.said),
        "unheard": float(rarity.known(telling) < 1.0 if telling else 0.0),
        "total": best.hit.score / FAR,
        "score": best.score / 10,
        "chance": _chance(choices),
        "same": float(1.0 in (figures["meeting"], figures["post"])),
        "other_meeting": float(figures["meeting"] < 0),
        UNSUPPORTED: float(_is_unsupported(asked, best)),
        **_of_piece(asked, best),
    }


def _is_unsupported(asked: Asked, best: Choice) -> bool:
    """No word of the question is said; a number, or who acts, was asked for and is not there."""
    at_least = 0.0 if asked.kind else SAID_AT_LEAST
    is_number = best.piece.candidate.form in COUNTS or bool(NUMERAL.search(best.span))
    is_said = best.figures["cover_article"] > at_least or best.figures["spoken_meaning"] > SAID_SO
    if not is_said or (asked.kind in MEASURED and not is_number):
        return True
    if best.figures["meeting"] < 0 and not _is_met(asked, best):
        return True
    if STANDS_IN.search(asked.plain) and best.piece.candidate.lead not in ACTING:
        return True
    act = AUTHORITY.search(asked.plain) if asked.kind is Kind.WHO else None
    if act is None or best.piece.figures.get("act"):
        return False
    if re.match(f"召集[和并]?{act[0]}", best.piece.candidate.after):
        return False
    return not _acts_later(best, act[0])


def _acts_later(best: Choice, act: str) -> bool:
    """Whether the answer's own sentence goes on to the act and names no other post before it."""
    clause = best.clause.clause.text
    rest = SENTENCE_END.split(clause[best.piece.candidate.end :], maxsplit=1)[0]
    before, found, _ = rest.partition(act)
    is_subject = not SENTENCE_END.split(clause[: best.piece.candidate.start])[-1].strip()
    return bool(found) and is_subject and not roles_in(normalise(before))


def _is_met(asked: Asked, best: Choice) -> bool:
    """Whether the article speaks anywhere of the meeting that was asked about."""
    return bool(meetings_in(asked.plain) & meetings_in(normalise(best.hit.article.text)))


def _of_piece(asked: Asked, best: Choice) -> Mapping[str, float]:
    """Figures on the short answer: is it of the kind that was asked for."""
    is_measured, piece = asked.kind in MEASURED, best.piece.figures
    form = best.piece.candidate.form
    is_fitting = form in FITTING.get(asked.kind or "", ())
    is_other_unit = piece.get("unit", 0.0) < 0
    group = "measured" if is_measured else asked.kind or "none"
    return {
        f"kind.{group}": 1.0,
        "measured_words": is_measured * max(piece["own"], AGO * piece["before"]),
        "measured_place": is_measured * (1 - best.figures["cover_place"]),
        "measured_telling": is_measured * (1 - best.figures["telling_place"]),
        "fits_telling": is_fitting * best.figures["telling_place"],
        "piece": best.piece.score / FAR,
        "piece_meaning": piece["meaning"],
        "fits": float(is_fitting),
        "measured_missing": float(is_measured and (not is_fitting or is_other_unit)),
        "other_unit": float(is_measured and is_other_unit),
        "vague": piece.get("vague", 0.0),
        "no_act": piece.get("no_act", 0.0),
        "other_post": float(best.figures["post"] < 0 and is_measured),
        "other_post_asked": float(best.figures["post"] < 0 and not is_measured),
        "itself": float(asked.kind in WHOSE and piece.get("is_subject", 0.0)),
        "unlimited": float(is_measured and piece.get("limited", 1.0) == 0.0),
        "ahead_missing": float(
            asked.kind is Kind.WHEN_AHEAD and best.piece.candidate.form is not Form.AHEAD
        ),
    }


def _chance(choices: Sequence[Choice]) -> float:
    """The share of the best article among those found."""
    return 1 / sum(math.exp(choice.score - choices[0].score) for choice in choices)


def _nearness(hit: Hit, clause: ClauseHit) -> float:
    return hit.score + clause.score + max(clause.segments, default=0.0) / FAR + clause.spoken / FAR
