"""What of the found articles answers a question, and how well it is supported."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.answer.asked import Asked, roles_in
from knowledge.answer.candidates import COUNTS, Candidate, Form
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
from knowledge.answer.pieces import SENTENCE_END, best_piece
from knowledge.answer.rarity import Rarity
from knowledge.answer.span_figures import NUMERAL
from knowledge.answer.subjects import meetings_in
from knowledge.answer.wanted import wanted
from knowledge.search.searching import ClauseHit, Hit
from knowledge.search.words import normalise

LOOKED_AT = 20  # clauses whose pieces are tried: the best of each article, and the best others
# Whoever does something else in the clause is no answer to who signs, grants or presides.
AUTHORITY = re.compile(r"签发|签署|批准|审批|主持|召集")
# 市长出差谁管事: whoever is told of an absence, or tells of it, does not stand in for it.
STANDS_IN = re.compile(
    r"(?:出差|外出|不在|出门|休假|出访|学习)[^,。]{0,8}(?:谁|哪个|哪位)[^,。]{0,4}"
    r"(?:管事|主事|当家|做主|说了算|负责|接手|顶)"
)
# 几天之内: 及时 is no number of days.
COUNT = re.compile(r"[\d一二两三四五六七八九十百千万半]")
MATTERS = (  # what is asked for, and what an article has to say to answer it
    (  # 给什么处分: what is forbidden is no word of what follows from doing it
        re.compile(
            r"(?:什么|啥|怎么|如何|多少|几|会不会|挨|受)[^,。]{0,4}(?:处分|处罚|罚|问责|追责)"
        ),
        re.compile(r"处分|罚|问责|追[责究]|处理|通报|批评|责令|扣"),
    ),
    (
        re.compile(r"印章|公章|盖章|用印|专用章|大印"),
        re.compile(r"印章|公章|用印|盖章|专用章|印鉴"),
    ),
)
ACTING = frozenset({"", "由", "是", "委托", "受"})  # what leads to whoever acts himself
REPORTS = re.compile(r"(?:要|应|须|直接|及时|事[先前])*(?:向|请假|请示|报)")
WHOSE = frozenset({Kind.WHO, Kind.WHERE, Kind.WHAT})
SAID_AT_LEAST = 0.5  # of what asks nothing, by rarity, in the article: else it is chatter
SAID_SO = 4.5  # standard deviations: an everyday line says the same in other words
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
    if asked.kind in MEASURED and wanted(asked).is_number and not COUNT.search(best.span):
        return True
    if best.figures["meeting"] < 0 and not _is_met(asked, best):
        return True
    article = best.hit.article.text
    if any(asks.search(asked.plain) and not says.search(article) for asks, says in MATTERS):
        return True
    if STANDS_IN.search(asked.plain) and not _acts_himself(best.piece.candidate):
        return True
    act = AUTHORITY.search(asked.plain) if asked.kind is Kind.WHO else None
    if act is None or best.piece.figures.get("act"):
        return False
    if re.match(f"召集[和并]?{act[0]}", best.piece.candidate.after):
        return False
    return not _acts_later(best, act[0])


def _acts_himself(candidate: Candidate) -> bool:
    """Whether somebody is named who acts, and not as one who reports an absence."""
    return candidate.lead in ACTING and not REPORTS.match(candidate.after)


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
