"""Figures on a clause: how near it is to a question, by words, by meaning, by its best piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answer.asked import CLAUSES_KEPT, Asked, roles_in
from knowledge.answer.candidates import Candidate, Form
from knowledge.answer.characters import Wording
from knowledge.answer.kinds import Kind
from knowledge.answer.linear import Figure
from knowledge.answer.rarity import Rarity, Sayable
from knowledge.answer.subjects import Setting, is_of_other_matter, likeness, settings
from knowledge.search.searching import ClauseHit, Hit
from knowledge.search.words import normalise, pairs

MEASURED = frozenset({Kind.WHEN_AHEAD, Kind.TIME_LIMIT, Kind.FREQUENCY, Kind.QUANTITY})
FITTING: Mapping[str, frozenset[Form]] = {  # what answers a kind of question
    Kind.WHO: frozenset({Form.ACTOR, Form.DEED}),
    Kind.WHEN_AHEAD: frozenset({Form.AHEAD, Form.TIME, Form.DAY}),
    Kind.TIME_LIMIT: frozenset({Form.TIME, Form.DAY, Form.AHEAD}),
    Kind.FREQUENCY: frozenset({Form.FREQUENCY, Form.TIME, Form.DAY}),
    Kind.QUANTITY: frozenset({Form.QUANTITY, Form.SHARE, Form.TIME, Form.FREQUENCY}),
    Kind.WHETHER: frozenset({Form.RULE, Form.SEGMENT, Form.DOUBLE}),
    Kind.WHERE: frozenset({Form.ACTOR, Form.PLACE, Form.DEED, Form.MEETING}),
    Kind.LIST: frozenset({Form.LIST, Form.NAMED, Form.DOUBLE}),
    Kind.WHAT: frozenset({Form.NAMED, Form.OBJECT, Form.MEETING, Form.LIST}),
    Kind.HOW: frozenset({Form.SEGMENT, Form.DOUBLE, Form.DEED, Form.RULE}),
}
LONGEST = 120  # characters
FAR = 4.0  # what a good piece scores


@dataclass(frozen=True)
class Piece:
    """The best piece of a clause, and what speaks for it."""

    candidate: Candidate
    figures: Mapping[str, float]
    score: float
    is_any_fitting: bool  # some piece of the clause is of the kind asked for


@dataclass(frozen=True)
class Sought:
    """A question made ready to be held against the clauses of an edition."""

    asked: Asked
    sayable: Sayable
    wording: Wording
    shared: Callable[[frozenset[str]], float]

    @classmethod
    def by(cls, asked: Asked, rarity: Rarity) -> Sought:
        """What is sought in an edition."""
        wording = Wording(asked.plain, rarity.characters)
        shared = rarity.shared_pairs(asked.tokens)
        return cls(asked, rarity.sayable(asked.content), wording, shared)


class ArticleView:
    """A found article seen with one question in mind."""

    def __init__(self, sought: Sought, hit: Hit, rank: int) -> None:
        self._asked, self._hit, self._rank = sought.asked, hit, rank
        self._sayable, self._wording = sought.sayable, sought.wording
        self._shared = sought.shared
        self.settings = settings(hit.article)
        spoken = "".join(line for clause in hit.clauses for line in clause.said)
        text = normalise(hit.article.chapter + hit.article.text + spoken)
        self._covered = self._sayable.coverage(text)

    def near(self, clause: ClauseHit, at: int) -> list[Figure]:
        """Figures on the words of a clause; `at` is where its best piece begins."""
        setting = self.settings[clause.clause]
        figures = [*self._found(clause), *self._said(clause, setting)]
        text = clause.clause.text
        like = likeness(self._asked.plain, text, at, setting.lead)
        return [
            *figures,
            ("meeting", float(like.meeting)),
            ("post", float(like.post)),
            ("matter", float(is_of_other_matter(self._asked, text, at))),
            ("other_post", float(_is_of_another(self._asked.roles, _roles(text)))),
            ("length", min(len(text), LONGEST) / LONGEST),
            ("item", float(clause.clause.item is not None)),
            ("opener", float(text.rstrip().endswith(("：", ":")))),
        ]

    def _found(self, clause: ClauseHit) -> Iterator[Figure]:
        hit = self._hit
        yield "article", hit.score
        yield "article_words", hit.words
        yield "article_meaning", hit.meaning
        yield "clause", clause.score
        yield "clause_words", clause.words
        yield "clause_meaning", clause.meaning
        yield "segment_meaning", max(clause.segments, default=0.0)
        yield "spoken_meaning", clause.spoken
        yield "spoken", float(bool(clause.said))
        yield "rank_first", float(self._rank == 0)
        yield "rank_next", float(self._rank in (1, 2))
        yield "clause_first", float(clause is hit.clauses[0])

    def _said(self, clause: ClauseHit, setting: Setting) -> Iterator[Figure]:
        text = normalise(clause.clause.text)
        spoken = "".join(clause.said)
        for name, said in (("own", text), ("place", setting.whole + spoken)):
            covered, telling = self._sayable.coverage(said)
            yield f"cover_{name}", covered
            yield f"telling_{name}", telling
        yield "cover_article", self._covered[0]
        yield "telling_article", self._covered[1]
        yield "pairs_own", self._shared(pairs_of(text))
        yield "pairs_place", self._shared(pairs_of(setting.whole))
        yield "cover_spoken", self._sayable.coverage(spoken)[0] if spoken else 0.0
        yield "chars_own", self._wording.share(text)
        yield "chars_place", self._wording.share(setting.whole + spoken)
        yield "segment_chars", self._wording.nearest_segment(clause.clause.text)
        line_chars, line_pairs = self._wording.nearest_line(clause.said)
        yield "line_chars", line_chars
        yield "line_pairs", line_pairs


def piece_figures(asked: Asked, piece: Piece) -> list[Figure]:
    """Figures on a clause's best piece."""
    kind = asked.kind
    group = "measured" if kind in MEASURED else kind or "none"
    is_fitting = piece.candidate.form in FITTING.get(kind or "", ())
    return [
        ("piece", piece.score / FAR),
        (f"{group}.fits", float(is_fitting)),
        (f"{group}.unit", piece.figures.get("unit", 0.0) if is_fitting else 0.0),
        (f"{group}.none_fits", float(not piece.is_any_fitting)),
        ("act", piece.figures.get("act", 0.0)),
        ("vague", piece.figures.get("vague", 0.0)),
    ]


TOPS = ("clause_meaning", "segment_meaning", "spoken_meaning")


def with_tops(rows: Sequence[list[Figure]]) -> list[list[Figure]]:
    """Each clause's figures with whether no clause of the question is nearer."""
    known = [dict(row) for row in rows]
    best = {name: max(row[name] for row in known) for name in TOPS if known}
    tops = ([(f"{n}.top", float(row[n] >= best[n])) for n in TOPS] for row in known)
    return [[*row, *top] for row, top in zip(rows, tops, strict=True)]


def _is_of_another(asked: frozenset[str], said: frozenset[str]) -> bool:
    """Whether a clause names the post above or below the one that the question names."""
    others = (role[1:] if role.startswith("副") else f"副{role}" for role in asked - said)
    return any(role in said for role in others)


@lru_cache(CLAUSES_KEPT)
def pairs_of(text: str) -> frozenset[str]:
    """The pairs of characters of a text in one spelling."""
    return frozenset(pairs(text))


@lru_cache(CLAUSES_KEPT)
def _roles(clause: str) -> frozenset[str]:
    return roles_in(normalise(clause))
