"""The plots, as SVG. Labels are English: no font for Chinese can be counted on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from knowledge.evaluation.baselines import PLAIN
from knowledge.evaluation.calibration import calibrate, confidences
from knowledge.evaluation.conversation import dialogue_figures
from knowledge.evaluation.evaluation import DialogueSet, Evaluation, QuestionSet
from knowledge.evaluation.figures import FIGURES, by_kind, by_office, search_figures, shares
from knowledge.evaluation.measure import Outcome
from knowledge.evaluation.plain import dialogues_by_office
from knowledge.evaluation.shares import Share
from knowledge.evaluation.speed import GOAL_MS, times_ms

SHOWN = ("article_first", "short_right", "unanswerable_refused")
COLOURS = ("#1f5a96", "#4f9d69", "#c2792f", "#7d7d7d", "#8e5ea2")
SETTINGS: Any = {
    "svg.hashsalt": "guiju",  # the same figures give the same file
    "svg.fonttype": "none",  # letters, not their outlines: a fifth of the size
    "font.size": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
PANEL = (9.0, 2.8)  # inches, for each set of questions

Grouping = Callable[[Iterable[Outcome]], Mapping[str, Sequence[Outcome]]]
Series = Mapping[str, Sequence[Share]]  # bars by their name, one for each group


def draw(evaluation: Evaluation, folder: Path) -> dict[str, Path]:
    """Draw what was measured; returns each plot's file by name."""
    sets, dialogues = evaluation.questions, evaluation.dialogues
    figures: dict[str, Callable[[], Figure]] = {}
    if sets:
        figures["offices"] = lambda: _groups(sets, by_office)
        figures["kinds"] = lambda: _groups(sets, by_kind)
        figures["searches"] = lambda: _searches(sets)
        figures["reliability"] = lambda: _reliability(sets)
        figures["speed"] = lambda: _speed(sets)
    if dialogues:
        figures["dialogues"] = lambda: _dialogues(dialogues)
    with mpl.rc_context(SETTINGS):
        return {name: _save(figure(), folder / f"{name}.svg") for name, figure in figures.items()}


def _save(figure: Figure, path: Path) -> Path:
    figure.savefig(path, format="svg", metadata={"Date": None})
    return path


def _groups(sets: Sequence[QuestionSet], grouping: Grouping) -> Figure:
    figure, panels = _panels(len(sets))
    titles = {one.key: one.title for one in FIGURES}
    for panel, one in zip(panels, sets, strict=True):
        groups = {**grouping(one.outcomes), "all": one.outcomes}
        found = [shares(outcomes) for outcomes in groups.values()]
        series = {titles[key]: [figures[key] for figures in found] for key in SHOWN}
        plain = [search_figures(group)[PLAIN].article_first for group in groups.values()]
        _bars(panel, _labels(groups), {**series, "plain hybrid: article first": plain})
        panel.set_title(one.source.name, loc="left")
    return figure


def _searches(sets: Sequence[QuestionSet]) -> Figure:
    figure, [panel] = _panels(1)
    found = {one.source.name: search_figures(one.outcomes) for one in sets}
    series = {name: [f.article_first for f in by.values()] for name, by in found.items()}
    _bars(panel, list(next(iter(found.values()))), series)
    panel.set_title("article first", loc="left")
    return figure


def _dialogues(sets: Sequence[DialogueSet]) -> Figure:
    figure, [offices, kinds] = _panels(2)
    by_name = {one.source.name: dialogues_by_office(one) for one in sets}
    orgs = sorted({org for by_org in by_name.values() for org in by_org})
    whole = {
        name: [dialogue_figures(by_org.get(org, [])).whole for org in orgs]
        for name, by_org in by_name.items()
    }
    _bars(offices, orgs, whole)
    offices.set_title("dialogues wholly right", loc="left")
    turns = {one.source.name: dialogue_figures(one.played).kinds for one in sets}
    names = sorted({kind for by_kind in turns.values() for kind in by_kind})
    right = {name: [by.get(kind, Share(0, 0)) for kind in names] for name, by in turns.items()}
    _bars(kinds, names, right)
    kinds.set_title("turns right, by kind", loc="left")
    return figure


def _reliability(sets: Sequence[QuestionSet]) -> Figure:
    figure = Figure(figsize=(3.2 * len(sets), 4.2), layout="constrained")
    panels = figure.subplots(
        2, len(sets), sharex=True, squeeze=False, gridspec_kw={"height_ratios": (3, 1)}
    )
    for (curve, counts), one in zip(panels.T, sets, strict=True):
        calibration = calibrate(confidences(one.outcomes))
        bins = [b for b in calibration.bins if b.right.of]
        places = [b.confidence or 0.0 for b in bins]
        curve.plot([0, 1], [0, 1], color=COLOURS[3], linestyle=":", linewidth=1)
        _points(curve, places, [b.right for b in bins])
        error = "-" if calibration.error is None else f"{calibration.error:.3f}"
        curve.set(title=f"{one.source.name}\ncalibration error {error}", ylabel="share right")
        _counts(counts, [(b.low, b.high, b.right.of) for b in bins])
    return figure


def _points(panel: Axes, places: Sequence[float], found: Sequence[Share]) -> None:
    values, errors = _values(found)
    panel.errorbar(
        places, values, yerr=errors, fmt="o-", color=COLOURS[0], markersize=4, linewidth=1
    )
    panel.set(xlim=(0, 1.02), ylim=(0, 1.02))


def _counts(panel: Axes, bins: Sequence[tuple[float, float, int]]) -> None:
    middles = [(low + high) / 2 for low, high, _ in bins]
    drawn = panel.bar(middles, [count for *_, count in bins], width=0.09, color=COLOURS[3])
    panel.bar_label(drawn, fontsize=6)
    panel.margins(y=0.25)
    panel.set(xlabel="confidence", ylabel="questions")


def _speed(sets: Sequence[QuestionSet]) -> Figure:
    figure, [panel] = _panels(1)
    for (who, taken), colour in zip(times_ms(sets).items(), COLOURS, strict=False):
        panel.ecdf(taken, label=who, color=colour)
    panel.axvline(GOAL_MS, color=COLOURS[3], linestyle=":", linewidth=1)
    panel.axhline(0.95, color=COLOURS[3], linestyle=":", linewidth=1)
    panel.set(xlabel="milliseconds on one core", ylabel="share of questions", xlim=(0, None))
    panel.set_title(f"answered within so many milliseconds (goal: 95 % within {GOAL_MS})")
    panel.legend(loc="lower right", frameon=False)
    return figure


def _panels(count: int) -> tuple[Figure, list[Axes]]:
    figure = Figure(figsize=(PANEL[0], PANEL[1] * count), layout="constrained")
    return figure, list(figure.subplots(count, 1, squeeze=False)[:, 0])


def _bars(panel: Axes, groups: Sequence[str], series: Series) -> None:
    width = 0.8 / len(series)
    for number, (name, found) in enumerate(series.items()):
        values, errors = _values(found)
        places = [place + (number - (len(series) - 1) / 2) * width for place in range(len(groups))]
        panel.bar(places, values, width, label=name, color=COLOURS[number % len(COLOURS)])
        panel.errorbar(places, values, yerr=errors, fmt="none", ecolor="black", linewidth=0.7)
    panel.set_xticks(range(len(groups)), [name.replace("_", "\n") for name in groups])
    panel.set_ylim(0, 1.05)
    panel.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=len(series), frameon=False)


def _values(found: Sequence[Share]) -> tuple[list[float], tuple[list[float], list[float]]]:
    """The shares, and how far their intervals reach below and above; nan draws nothing."""
    nothing = float("nan")
    values = [nothing if share.value is None else share.value for share in found]
    bounds = [share.interval or (nothing, nothing) for share in found]
    # Rounding may put a bound a hair on the wrong side of its share.
    below = [max(value - low, 0.0) for value, (low, _) in zip(values, bounds, strict=True)]
    above = [max(high - value, 0.0) for value, (_, high) in zip(values, bounds, strict=True)]
    return values, (below, above)


def _labels(groups: Mapping[str, Sequence[Outcome]]) -> list[str]:
    return [f"{name}\n{len(outcomes)}" for name, outcomes in groups.items()]
