"""Plots as geometry for a template: what was due of each unit, one bar a unit."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.supervision_report import Bulletin, Figure
from bot.services.bulletin_words import BulletinWords
from bot.services.outside import Texts

MOST_BARS = 30
ROW, TOP = 26, 44  # pixels
NAME_WIDTH, BAR_WIDTH, FIGURE_WIDTH = 180, 420, 130
IN_TIME, LATE, WAITING, OVERDUE = "#2c6e3f", "#c9962b", "#b9b3a6", "#a5281b"


@dataclass(frozen=True)
class Piece:
    """A part of a bar."""

    x: float
    width: float
    colour: str
    title: str


@dataclass(frozen=True)
class Bar:
    """One unit."""

    y: int
    name: str
    pieces: tuple[Piece, ...]
    figures: str


@dataclass(frozen=True)
class Plot:
    """All bars with their legend."""

    title: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    legend: tuple[Piece, ...]


def plot_of(bulletin: Bulletin, texts: Texts) -> Plot:
    """What was due of each unit: done in time, done late, not done, overdue; the most due first."""
    report = bulletin.report
    due = {unit: report.count(Figure.DUE, unit) for unit in report.units}
    units = sorted((u for u in due if due[u]), key=lambda u: (-due[u], u))[:MOST_BARS]
    scale = BAR_WIDTH / max((due[unit] for unit in units), default=1)
    say = texts.say
    bars = tuple(
        Bar(TOP + ROW * n, unit, _pieces(bulletin, unit, scale, texts), _figures(bulletin, unit))
        for n, unit in enumerate(units)
    )
    legend = tuple(
        Piece(NAME_WIDTH + 130 * n, 14, colour, say(f"bulletin.plot_{key}"))
        for n, (key, colour) in enumerate(_KEYS)
    )
    width = NAME_WIDTH + BAR_WIDTH + FIGURE_WIDTH
    title = BulletinWords(bulletin, texts).title()
    return Plot(title, width, TOP + ROW * max(len(bars), 1) + 10, bars, legend)


_KEYS = (("in_time", IN_TIME), ("late", LATE), ("waiting", WAITING), ("overdue", OVERDUE))


def _pieces(bulletin: Bulletin, unit: str, scale: float, texts: Texts) -> tuple[Piece, ...]:
    cases = bulletin.report.of(Figure.DUE, unit)
    in_time = sum(Figure.DUE_IN_TIME in case.figures for case in cases)
    late = sum(Figure.DUE_DONE in case.figures for case in cases) - in_time
    overdue = sum(Figure.OVERDUE in case.figures for case in cases)
    counts = (in_time, late, len(cases) - in_time - late - overdue, overdue)
    pieces, x = [], float(NAME_WIDTH)
    for (key, colour), count in zip(_KEYS, counts, strict=True):
        if count:
            name = texts.say(f"bulletin.plot_{key}")
            pieces.append(Piece(round(x, 1), round(count * scale, 1), colour, f"{name} {count}"))
            x += count * scale
    return tuple(pieces)


def _figures(bulletin: Bulletin, unit: str) -> str:
    report = bulletin.report
    return f"{report.count(Figure.DUE_IN_TIME, unit)}/{report.count(Figure.DUE, unit)}"
