"""A run in Markdown, so that the head of an office can read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.evaluation.baselines import PLAIN
from knowledge.evaluation.calibration import calibrate, confidences
from knowledge.evaluation.conversation import dialogue_figures
from knowledge.evaluation.evaluation import DialogueSet, Evaluation, QuestionSet, Source
from knowledge.evaluation.figures import (
    FIGURES,
    answerable_told,
    by_kind,
    by_office,
    search_figures,
    shares,
)
from knowledge.evaluation.measure import Outcome
from knowledge.evaluation.plain import dialogues_by_office
from knowledge.evaluation.shares import Interval, Separation, Share
from knowledge.evaluation.speed import GOAL_MS, quantiles, times_ms

Lines = Iterator[str]
GROUPED = (
    "article_first",
    "article_in_three",
    "short_right",
    "unanswerable_refused",
    "answerable_refused",
    "cited_right",
)

OPENING = """\
Each figure is a share; in brackets where it lies in 95 of 100 such samples (Wilson's interval):
few questions, wide brackets. The judged half is what a new question meets; the other sets were
seen while tuning."""
SEARCHES = """\
*Article first* by simpler searches in the same run; *plain sum* is the usual hybrid search.
*Answerable told*: the chance that an answerable question scores higher than one that the rules
leave open (0.5 is guessing)."""
CONFIDENCE = """\
Every answer and every refusal says how sure it is. Where that is honest, of those given with 0.9
nine in ten are right. *Calibration error* is the mean gap between the two: 0 is perfect."""
DIALOGUES = """\
Two to five turns in one conversation, through the running service and its dialogue engine. A turn
is right by the article quoted and the words heard, the question back, or the refusal. *Wholly
right*: every turn of the dialogue."""
SPEED = """\
One question after another on one core, its embedding included; times differ from run to run."""


def figures(evaluation: Evaluation, plots: Mapping[str, str]) -> str:
    """All but the misses. `plots`: where each plot is, by name; those missing are left out."""
    parts = [
        *(_questions(evaluation.questions, plots) if evaluation.questions else ()),
        *(_dialogues(evaluation.dialogues, plots) if evaluation.dialogues else ()),
        *_understanding(evaluation),
        *(_speed(evaluation.questions, plots) if evaluation.questions else ()),
    ]
    return "\n".join([OPENING, "", *parts, *_rest(evaluation)])


def _questions(sets: Sequence[QuestionSet], plots: Mapping[str, str]) -> Lines:
    yield from _goals(sets)
    for key in ("offices", "kinds", "searches"):
        yield from _plot(plots, key)
    for one in sets:
        yield f"### {_heading(one.source, len(one.outcomes), 'questions')}"
        yield ""
        yield from _grouped("office", by_office(one.outcomes), one.outcomes)
        yield from _grouped("kind", by_kind(one.outcomes), one.outcomes)
    yield from ["### Beside simpler searches", "", SEARCHES, ""]
    yield from _searches(sets)
    yield from ["### Confidence", "", CONFIDENCE, ""]
    yield from _plot(plots, "reliability")
    yield from _calibration(sets)


def _goals(sets: Sequence[QuestionSet]) -> Lines:
    yield from _head(["figure", "what it means", "goal", *(one.source.name for one in sets)])
    measured = [shares(one.outcomes) for one in sets]
    for figure in FIGURES:
        cells = [cell(found[figure.key]) for found in measured]
        yield _row([figure.title, figure.meaning, figure.goal or "-", *cells])
    yield ""


def _grouped(title: str, groups: Mapping[str, list[Outcome]], every: Sequence[Outcome]) -> Lines:
    titles = {figure.key: figure.title for figure in FIGURES}
    yield from _head(
        [title, "questions", *(titles[key] for key in GROUPED), "plain: article first"]
    )
    for name, outcomes in {**groups, "all": every}.items():
        found, plain = shares(outcomes), search_figures(outcomes)[PLAIN]
        cells = [cell(found[key]) for key in GROUPED]
        yield _row([name, str(len(outcomes)), *cells, cell(plain.article_first)])
    yield ""


def _searches(sets: Sequence[QuestionSet]) -> Lines:
    titles = ("article first", "in first three", "answerable told")
    yield from _head(["search", *(f"{one.source.name}: {t}" for one in sets for t in titles)])
    columns = [_search_column(one) for one in sets]
    for name in columns[0]:
        yield _row([name, *(cell for column in columns for cell in column[name])])
    yield ""


def _search_column(one: QuestionSet) -> dict[str, list[str]]:
    told = answerable_told(one.outcomes)
    return {
        name: [cell(found.article_first), cell(found.article_in_three), _told(told[name])]
        for name, found in search_figures(one.outcomes).items()
    }


def _told(found: Separation | None) -> str:
    return _span(found.value, found.interval) if found else "-"


def _calibration(sets: Sequence[QuestionSet]) -> Lines:
    found = [calibrate(confidences(one.outcomes)) for one in sets]
    yield from _head(["confidence", *(f"{one.source.name}: right" for one in sets)])
    for number, first in enumerate(found[0].bins):
        bins = [calibration.bins[number] for calibration in found]
        if any(b.right.of for b in bins):
            shown = (f"{cell(b.right)}, of {b.right.of}" if b.right.of else "-" for b in bins)
            yield _row([f"{first.low:.1f} to {first.high:.1f}", *shown])
    errors = ("-" if c.error is None else f"{c.error:.3f}" for c in found)
    yield _row(["calibration error", *errors])
    yield ""


def _dialogues(sets: Sequence[DialogueSet], plots: Mapping[str, str]) -> Lines:
    yield from ["### Dialogues", "", DIALOGUES, ""]
    yield from _plot(plots, "dialogues")
    for one in sets:
        yield f"{_heading(one.source, len(one.played), 'dialogues')}:"
        yield ""
        yield from _head(["office", "dialogues", "wholly right", "turns right"])
        for name, played in {**dialogues_by_office(one), "all": one.played}.items():
            found = dialogue_figures(played)
            yield _row([name, str(len(played)), cell(found.whole), cell(found.turns)])
        yield ""
    yield from _kinds_of_turns(sets)


def _kinds_of_turns(sets: Sequence[DialogueSet]) -> Lines:
    found = [dialogue_figures(one.played).kinds for one in sets]
    yield from _head(["kind of turn", *(f"{one.source.name}: right" for one in sets)])
    for kind in sorted({kind for kinds in found for kind in kinds}):
        counted = (kinds.get(kind, Share(0, 0)) for kinds in found)
        yield _row([kind, *(f"{cell(share)}, of {share.of}" for share in counted)])
    yield ""


def _understanding(evaluation: Evaluation) -> Lines:
    if evaluation.understanding:
        yield evaluation.understanding.words


def _speed(sets: Sequence[QuestionSet], plots: Mapping[str, str]) -> Lines:
    yield from ["### Speed", "", SPEED, ""]
    yield from _plot(plots, "speed")
    yield from _head(["who", "p50, ms", f"p95, ms (goal {GOAL_MS})"])
    for who, taken in times_ms(sets).items():
        cells = []
        for found in quantiles(taken).values():
            low, high = ("?" if bound is None else f"{bound:.1f}" for bound in found.interval_ms)
            cells.append(f"{found.value_ms:.1f} ({low}-{high})")
        yield _row([who, *cells])
    yield ""


def _rest(evaluation: Evaluation) -> Lines:
    if evaluation.ordinals:
        exact = sum(right for right, _ in evaluation.ordinals.values())
        there = sum(count for _, count in evaluation.ordinals.values())
        yield f"Articles read with exact ordinal and opening: {exact} of {there}."
    if evaluation.served:
        alike = f"{evaluation.served.right} of {evaluation.served.of}"
        yield f"Answers are those of `POST /api/ask`; {alike} are the rule book's alone, too."
        if evaluation.served_otherwise:
            yield f"Otherwise (but for judged ones): {', '.join(evaluation.served_otherwise)}."
    if evaluation.model:
        yield f"Embedding model: `{evaluation.model}`."


def cell(share: Share) -> str:
    """A share with its interval: 0.933 (0.86-0.97)."""
    if share.value is None or share.interval is None:
        return "-"
    return _span(share.value, share.interval)


def _span(value: float, interval: Interval) -> str:
    return f"{value:.3f} ({interval[0]:.2f}-{interval[1]:.2f})"


def _heading(source: Source, count: int, what: str) -> str:
    return f"{source.name.capitalize()}: {count} {what} ({source.note})"


def _plot(plots: Mapping[str, str], name: str) -> Lines:
    if name in plots:
        yield from [f"![{name}]({plots[name]})", ""]


def _head(titles: Sequence[str]) -> Lines:
    yield _row(titles)
    yield "|---|" + "---|" * (len(titles) - 1)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
