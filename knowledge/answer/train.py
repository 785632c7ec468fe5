"""Fit `ranking.json`; `make fit` runs it.

Learns from the questions of folders and from `unanswerable.txt`: first which piece of a clause
answers, then which clause, then whether to answer at all. What is reported, and the threshold, rest
on models that have not seen the office they are applied to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from bot.core.people import OrgId
from bot.core.rules import Article
from knowledge.answer.asked import Asked
from knowledge.answer.candidates import candidates_in
from knowledge.answer.clause_figures import with_tops
from knowledge.answer.evidence import Choice, choose, examined, weigh
from knowledge.answer.fitting import Group, fit_chance, fit_choice
from knowledge.answer.linear import UNSUPPORTED, Curve, Input, Linear, Ranking
from knowledge.answer.quoting import sentence_of
from knowledge.answer.rarity import Rarity
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.answer.span_figures import ClauseView
from knowledge.answer.subjects import settings
from knowledge.answer.wanted import wanted
from knowledge.evaluation.questions import Question, read_questions
from knowledge.search.searching import Found
from knowledge.search.unanswerable import UNANSWERABLE, left_open_by

RIDGE = 1.0  # strength of the penalty on the weights
WRONG_ANSWER = 1.5  # what it costs, beside a wrong refusal
INVENTED = 0.5  # the weight of an invented question beside one of the question set
LONGEST = 3  # times as long as the true words: a longer answer is no short answer
ELSEWHERE = 0.5  # how right a clause of another article is that also answers
EDGE = 10  # characters by which a clause is known to belong to a quote
LOWEST = -5.0  # a score as low as any: what is never answered must not bend a curve
Evidences = Sequence[Mapping[str, float]]
UNKNOWN = Curve(1.0, 0.0)
NOTHING = Ranking(Linear({}), Linear({}), Linear({}), 0.0, 0.0, UNKNOWN, UNKNOWN, {})


@dataclass(frozen=True)
class Example:
    """A question and what the search finds for it."""

    question: Question
    asked: Asked
    near: Found
    rarity: Rarity
    is_invented: bool


@dataclass(frozen=True)
class Judged:
    """What a model that had not seen the office made of a question."""

    example: Example
    choices: Sequence[Choice]
    evidence: Mapping[str, float]
    score: float

    @property
    def is_answerable(self) -> bool:
        """Whether the rules answer the question."""
        return self.example.question.is_answerable

    @property
    def is_right(self) -> bool:
        """Whether the answer would be right: its article, its words, its length."""
        question, best = self.example.question, self.choices[0]
        true, said = question.answer or "", best.span
        quote = sentence_of(best.hit.article, best.clause.clause)
        is_short = len(said) <= LONGEST * len(true)
        return question.is_in(best.hit.article.ordinal) and is_short and true in quote


def gather(book: SearchingRuleBook, folders: Iterable[Path]) -> list[Example]:
    """Put every question to its office's search."""
    asked = [(q, False) for folder in folders for q in read_questions(folder)]
    orgs = sorted({question.org for question, _ in asked})
    asked += [(question, True) for question in invented(orgs)]
    found = [(q, new, book.search(book.edition(q.org), q.text, q.text)) for q, new in asked]
    return [Example(q, *near, is_invented) for q, is_invented, near in found if near is not None]


def invented(orgs: Iterable[OrgId]) -> list[Question]:
    """The invented questions, for each office whose rules do not say."""
    return [
        Question("", org, "unanswerable", text, None, (), None, None)
        for org in orgs
        for text in left_open_by(org)
    ]


def fit_ranking(examples: Sequence[Example]) -> Ranking:
    """Which piece and which clause answers."""
    answerable = [each for each in examples if each.question.is_answerable]
    span = Linear(fit_choice([g for each in answerable for g in _pieces(each)], RIDGE))
    clauses = [group for each in answerable if (group := _clauses(each, span))]
    return replace(NOTHING, span=span, clause=Linear(fit_choice(clauses, RIDGE)))


def _pieces(example: Example) -> Iterator[Group]:
    """The pieces of each clause that answers, the true one and those near it being right."""
    question, asked = example.question, example.asked
    for hit in example.near.hits:
        leads = settings(hit.article)
        for clause in hit.clauses:
            text = clause.clause.text
            if rightness(question, hit.article, text) < 1:
                continue
            view = ClauseView(
                asked, wanted(asked), text, leads[clause.clause].lead, clause.segments
            )
            pieces = candidates_in(text)
            alike = [likeness(text[p.start : p.end], question.answer or "") for p in pieces]
            right = np.array(alike) ** 2  # the nearest most of all
            if right.sum():
                yield Group([view.figures(p) for p in pieces], right / right.sum())


def _clauses(example: Example, span: Linear) -> Group | None:
    """The clauses looked at; None when no right one is among them."""
    found = examined(example.asked, example.near.hits, example.rarity, span)
    right = np.array(
        [rightness(example.question, hit.article, c.clause.text) for hit, c, *_ in found]
    )
    rows = with_tops([figures for *_, figures in found])
    return Group(rows, right / right.sum()) if right.sum() else None


def rightness(question: Question, article: Article, clause: str) -> float:
    """Whether a clause holds the true answer: 1 in the true place, less where it stands also."""
    true, quote = question.answer or "", question.quote or ""
    if not question.is_in(article.ordinal) or true not in clause:
        return 0.0
    if article.ordinal != question.article:
        return ELSEWHERE
    is_quoted = clause in quote or quote in clause
    return float(is_quoted or quote[:EDGE] in clause or quote[-EDGE:] in clause)


def likeness(said: str, true: str) -> float:
    """In 0..1, how near a short answer is to the true one; 0 when neither holds the other."""
    if len(said) > LONGEST * len(true) or not (said in true or true in said):
        return 0.0
    return min(len(said), len(true)) / max(len(said), len(true))


def with_decision(ranking: Ranking, examples: Sequence[Example], rows: Evidences) -> Ranking:
    """The ranking with weights for when to answer, fitted on evidence that was found unseen."""
    answerable = np.array([each.question.is_answerable for each in examples])
    counts = np.where([each.is_invented for each in examples], INVENTED, 1.0)
    counts[~answerable] *= counts[answerable].sum() / counts[~answerable].sum()
    figures = [[f for f in row.items() if f[0] != UNSUPPORTED] for row in rows]
    weights, bias = fit_chance(figures, answerable, counts, RIDGE)
    return replace(ranking, decision=Linear(weights), bias=bias)


def cross_validated(examples: Sequence[Example]) -> list[Judged]:
    """Each office judged by what was fitted on the others."""
    chosen: dict[int, Sequence[Choice]] = {}
    offices = sorted({each.question.org for each in examples})
    for office in offices:
        ranking = fit_ranking([each for each in examples if each.question.org != office])
        for number, each in enumerate(examples):
            if each.question.org == office:
                chosen[number] = choose(each.asked, each.near.hits, each.rarity, ranking)
    rows = [evidence(each, chosen[number]) for number, each in enumerate(examples)]
    judged = {}
    for office in offices:
        others = [n for n, each in enumerate(examples) if each.question.org != office]
        ranking = with_decision(NOTHING, [examples[n] for n in others], [rows[n] for n in others])
        for number, each in enumerate(examples):
            if each.question.org == office:
                score = ranking.score(rows[number])
                judged[number] = Judged(each, chosen[number], rows[number], score)
    return [judged[number] for number in range(len(examples))]


def evidence(example: Example, choices: Sequence[Choice]) -> Mapping[str, float]:
    """The figures that a decision is made from."""
    return weigh(example.asked, choices, example.rarity, example.near.left_open)


def choose_threshold(judged: Sequence[Judged]) -> float:
    """The lowest score at which an answer is likely to cost no more than a refusal."""
    answerable = _curve(judged, [each.is_answerable for each in judged])
    right = _curve(judged, [each.is_answerable and each.is_right for each in judged])
    return next(
        score
        for score in sorted(each.score for each in judged)
        if WRONG_ANSWER * (1 - right.chance(score)) <= answerable.chance(score)
    )


def calibrated(ranking: Ranking, judged: Sequence[Judged]) -> Ranking:
    """The ranking with what its scores meant where they were found unseen."""
    asked = [each for each in judged if not each.example.is_invented]
    threshold = round(choose_threshold(asked), 4)
    answered = [each for each in asked if each.score >= threshold]
    return replace(
        ranking,
        threshold=threshold,
        answerable=_curve(asked, [each.is_answerable for each in asked]),
        right=_curve(answered, [each.is_right for each in answered]),
    )


def _curve(judged: Sequence[Judged], true: Sequence[bool]) -> Curve:
    rows = [[("score", max(each.score, LOWEST))] for each in judged]
    weights, bias = fit_chance(rows, np.array(true), np.ones(len(rows)), ridge=0.0)
    return Curve(weights.get("score", 0.0), bias)


def fit(examples: Sequence[Example], inputs: Mapping[str, Input]) -> tuple[Ranking, list[Judged]]:
    """All of `ranking.json`, and what it rests on."""
    judged = cross_validated(examples)
    ranking = with_decision(fit_ranking(examples), examples, [each.evidence for each in judged])
    return replace(calibrated(ranking, judged), inputs=inputs), judged


def inputs_of(folders: Iterable[Path]) -> dict[str, Input]:
    """Each file that is fitted on: how many lines it has, and the sha256 of so many."""
    files = [path for folder in folders for path in sorted(folder.glob("*.jsonl"))]
    return {f"{p.parent.name}/{p.name}": first_lines(p) for p in (*files, UNANSWERABLE)}


def first_lines(path: Path, count: int | None = None) -> Input:
    """So many lines of a file, or all: their number and their sha256."""
    lines = path.read_bytes().splitlines()[:count]
    return len(lines), sha256(b"\n".join(lines)).hexdigest()
