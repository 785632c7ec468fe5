"""A bulletin as tables: the figures, the ledger, and the items behind every figure."""

from __future__ import annotations

from bot.core.supervision_report import Bulletin, Case, Figure
from bot.services.bulletin_words import BulletinWords
from bot.services.outside import Texts
from bot.services.sheets import Cell, Sheet

_RATES = (Figure.DUE_DONE, Figure.DUE_IN_TIME)
_LEDGER = (
    "number",
    "content",
    "source",
    "kind",
    "lead_unit",
    "assist_units",
    "assigned_day",
    "deadline",
    "state",
    "finished_day",
    "in_time",
    "overdue_days",
    "progress",
)


def bulletin_sheets(bulletin: Bulletin, texts: Texts) -> list[Sheet]:
    """Units, comparison, ledger, lights, what is behind each figure, and the text."""
    tables = _Tables(bulletin, texts)
    return [
        tables.units(),
        tables.compared(),
        tables.ledger(),
        tables.lights(),
        tables.trace(),
        tables.text(),
    ]


class _Tables:
    def __init__(self, bulletin: Bulletin, texts: Texts) -> None:
        self._bulletin, self._report, self._texts = bulletin, bulletin.report, texts
        self._words = BulletinWords(bulletin, texts)

    def units(self) -> Sheet:
        header = (
            self._say("unit"),
            *(self._figure(figure) for figure in Figure),
            *(self._say(f"rate_{figure}") for figure in _RATES),
        )
        rows = [self._row(unit, unit) for unit in self._report.units]
        return self._sheet("units", header, [*rows, self._row(self._say("all_units"), None)])

    def _row(self, name: str, unit: str | None) -> tuple[Cell, ...]:
        counts = (self._report.count(figure, unit) for figure in Figure)
        rates = (self._words.share(self._report.rate(figure, unit)) for figure in _RATES)
        return (name, *counts, *rates)

    def compared(self) -> Sheet:
        header = tuple(map(self._say, ("figure", "count", "previous", "change")))
        rows: list[tuple[Cell, ...]] = [
            (
                self._figure(figure),
                self._report.count(figure),
                self._bulletin.previous.count(figure),
                self._report.count(figure) - self._bulletin.previous.count(figure),
            )
            for figure in Figure
        ]
        return self._sheet("compared", header, rows)

    def ledger(self) -> Sheet:
        header = tuple(map(self._say, _LEDGER))
        return self._sheet("ledger", header, [self._item(case) for case in self._report.cases])

    def _item(self, case: Case) -> tuple[Cell, ...]:
        item = case.item
        in_time = "" if case.in_time is None else self._say("yes" if case.in_time else "no")
        return (
            item.number,
            item.content,
            item.source,
            item.kind.value,
            item.lead_unit,
            "、".join(item.assist_units),
            item.assigned_day,
            item.deadline,
            item.state.value,
            case.finished_day,
            in_time,
            case.overdue_days or None,
            item.progress[-1].text if item.progress else "",
        )

    def lights(self) -> Sheet:
        names = ("light", "number", "content", "lead_unit", "deadline", "overdue_days", "state")
        lit = ((Figure.OVERDUE, "red"), (Figure.NEARING, "yellow"))
        rows: list[tuple[Cell, ...]] = [
            (
                self._say(light),
                case.item.number,
                case.item.content,
                case.item.lead_unit,
                case.item.deadline,
                case.overdue_days or None,
                case.item.state.value,
            )
            for figure, light in lit
            for case in self._report.of(figure)
        ]
        return self._sheet("lights", tuple(map(self._say, names)), rows)

    def trace(self) -> Sheet:
        """One row for each figure of each unit that is not 0."""
        header = tuple(map(self._say, ("unit", "figure", "count", "numbers")))
        scopes = [
            (self._say("all_units"), None),
            *((unit, unit) for unit in self._report.units),
        ]
        rows: list[tuple[Cell, ...]] = []
        for name, unit in scopes:
            for figure in Figure:
                cases = self._report.of(figure, unit)
                if cases:
                    numbers = "、".join(case.item.number for case in cases)
                    rows.append((name, self._figure(figure), len(cases), numbers))
        return self._sheet("trace", header, rows)

    def text(self) -> Sheet:
        lines = self._words.text().splitlines()
        return self._sheet("text", (self._say("text"),), [(line,) for line in lines])

    def _sheet(self, name: str, header: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Sheet:
        return Sheet(self._say(f"sheet_{name}"), header, tuple(rows))

    def _figure(self, figure: Figure) -> str:
        return self._say(f"figure_{figure}")

    def _say(self, key: str) -> str:
        return self._texts.say(f"bulletin.{key}")
