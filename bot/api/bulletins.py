"""The shapes of a bulletin (督查通报)."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from bot.core.supervision_report import Bulletin, Figure
from bot.services.bulletin_words import BulletinWords
from bot.services.outside import Texts


class FigureOut(BaseModel):
    """A count with the items behind it; `previous` is that of the period before."""

    figure: str
    label: str
    count: int
    previous: int
    ids: list[int]
    numbers: list[str]


class UnitFiguresOut(BaseModel):
    """The figures of one unit; rates are 0..1, null where nothing was due."""

    unit: str
    due_done_rate: float | None
    due_in_time_rate: float | None
    figures: list[FigureOut]


class LitItemOut(BaseModel):
    """One item of the red and yellow list."""

    id: int
    number: str
    light: str  # red: overdue, yellow: near its deadline
    unit: str
    content: str
    deadline: date | None
    overdue_days: int


class BulletinOut(BaseModel):
    """A bulletin; `over` is false while its period runs and its figures may still change."""

    org: str
    title: str
    first_day: date
    last_day: date
    over: bool
    text: str
    footnote: str
    total: UnitFiguresOut
    units: list[UnitFiguresOut]
    lights: list[LitItemOut]


def bulletin_out(bulletin: Bulletin, texts: Texts) -> BulletinOut:
    """A bulletin as it is shown."""
    words, report = BulletinWords(bulletin, texts), bulletin.report
    return BulletinOut(
        org=bulletin.org,
        title=words.title(),
        first_day=report.period.first,
        last_day=report.period.last,
        over=report.period.is_over,
        text=words.text(),
        footnote=words.footnote(),
        total=_figures(bulletin, None, texts),
        units=[_figures(bulletin, unit, texts) for unit in report.units],
        lights=_lights(bulletin),
    )


def _figures(bulletin: Bulletin, unit: str | None, texts: Texts) -> UnitFiguresOut:
    report = bulletin.report
    return UnitFiguresOut(
        unit=unit or texts.say("bulletin.all_units"),
        due_done_rate=report.rate(Figure.DUE_DONE, unit),
        due_in_time_rate=report.rate(Figure.DUE_IN_TIME, unit),
        figures=[_figure(bulletin, figure, unit, texts) for figure in Figure],
    )


def _figure(bulletin: Bulletin, figure: Figure, unit: str | None, texts: Texts) -> FigureOut:
    cases = bulletin.report.of(figure, unit)
    return FigureOut(
        figure=figure,
        label=texts.say(f"bulletin.figure_{figure}"),
        count=len(cases),
        previous=bulletin.previous.count(figure, unit),
        ids=[case.item.id for case in cases],
        numbers=[case.item.number for case in cases],
    )


def _lights(bulletin: Bulletin) -> list[LitItemOut]:
    lit = ((Figure.OVERDUE, "red"), (Figure.NEARING, "yellow"))
    return [
        LitItemOut(
            id=case.item.id,
            number=case.item.number,
            light=light,
            unit=case.item.lead_unit,
            content=case.item.content,
            deadline=case.item.deadline,
            overdue_days=case.overdue_days,
        )
        for figure, light in lit
        for case in bulletin.report.of(figure)
    ]
