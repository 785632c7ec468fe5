"""A bulletin in the form of a 督查通报: only what the ledger holds, no reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.core.clock import OFFICE_TIME
from bot.core.messages import Message
from bot.core.people import Role
from bot.core.supervision_report import Bulletin, Case, Figure, Period
from bot.services.outside import Texts
from bot.services.supervision_words import shortened

MOST_NAMED = 20  # items under one heading; the workbook has them all
_ORDINALS = "一二三四五六七八九"
_OVERVIEW = (
    Figure.ASSIGNED,
    Figure.DONE,
    Figure.IN_TIME,
    Figure.LATE,
    Figure.SENT_BACK,
    Figure.EXTENDED,
    Figure.CANCELLED,
)
_COMPARED = (
    Figure.ASSIGNED,
    Figure.DONE,
    Figure.OVERDUE,
    Figure.SENT_BACK,
    Figure.EXTENDED,
)
_PROBLEMS = (
    (Figure.OVERDUE, "overdue"),
    (Figure.LATE, "late"),
    (Figure.SENT_BACK, "sent_back"),
    (Figure.UNSIGNED, "unsigned"),
    (Figure.EXTENDED, "extended"),
)


@dataclass(frozen=True)
class Section:
    """One heading with its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class BulletinWords:
    """Puts one bulletin into words."""

    bulletin: Bulletin
    texts: Texts

    def title(self) -> str:
        """关于2026年10月督查事项办理情况的通报."""
        period = self.bulletin.report.period
        return self._say("title_month" if period.is_month else "title_year", first=period.first)

    def heading(self, whose: str) -> str:
        """The heading of figures that are no bulletin: 财政局2026年10月督办事项办理情况."""
        period = self.bulletin.report.period
        key = "figures_month" if period.is_month else "figures_year"
        return self._say(key, whose=whose, first=period.first)

    def text(self) -> str:
        """The whole bulletin."""
        if not self.bulletin.report.cases:
            return "\n".join((self.title(), self._say("nothing")))
        body = [line for part in self.sections() for line in (part.heading, *part.lines)]
        head = (self.title(), self._say("to"))
        return "\n".join((*head, *body, self.signature(), self.footnote()))

    def sections(self) -> tuple[Section, ...]:
        """The four parts of its body."""
        return (
            Section(self._say("heading_overview"), tuple(self.overview())),
            Section(self._say("heading_results"), tuple(self._results())),
            Section(self._say("heading_problems"), tuple(self._problems())),
            Section(self._say("heading_next"), tuple(self._next())),
        )

    def overview(self) -> list[str]:
        """The figures of the whole office, and how they have changed."""
        report = self.bulletin.report
        counts = {figure.value: report.count(figure) for figure in Figure}
        span = self._span(report.period)
        lines = [self._say("overview", span=span, **{f: counts[f] for f in _OVERVIEW})]
        lines.append(self._due(counts))
        lines.append(self._say("overview_open", days=self.bulletin.yellow_days, **counts))
        return [*lines, *self._changes()]

    def notice(self, link: str = "") -> Message:
        """The counts alone, as they are pushed; the rest is behind the link."""
        overview = "\n".join(self.overview())
        shown = self.link(link)
        return Message(self._say("notice", title=self.title(), overview=overview, link=shown))

    def link(self, link: str = "") -> str:
        """Where the ledger of the period can be looked at."""
        first = self.bulletin.report.period.first
        path = link or f"/supervision/{self.bulletin.org}?month={first:%Y-%m}"
        return self._say("link", link=path)

    def signature(self) -> str:
        """The supervision office and the day."""
        people = self.bulletin.directory.people
        office = next((p.unit for p in people if p.has(Role.SUPERVISOR)), "")
        signer = office or self.bulletin.directory.office.name
        day = self.bulletin.report.period.until.astimezone(OFFICE_TIME).date()
        return self._say("signature", signer=signer, day=day)

    def footnote(self) -> str:
        """How the figures are counted."""
        period = self.bulletin.report.period
        key = "footnote_over" if period.is_over else "footnote_running"
        return self._say(key, last=period.last) + self._say("footnote")

    def share(self, value: float | None) -> str:
        """A rate in percent; words where nothing was due."""
        return self._say("no_rate") if value is None else f"{value:.1%}"

    def change(self, figure: Figure) -> str:
        """How a figure has moved since the period before."""
        more = self.bulletin.report.count(figure) - self.bulletin.previous.count(figure)
        if more == 0:
            return self._say("same")
        return self._say("more" if more > 0 else "less", count=abs(more))

    def unit_line(self, unit: str) -> str:
        """One unit's figures in a sentence."""
        counts = {figure.value: self.bulletin.report.count(figure, unit) for figure in Figure}
        return self._say("unit_line", unit=unit, **counts)

    def _due(self, counts: dict[str, int]) -> str:
        report = self.bulletin.report
        if not counts[Figure.DUE]:
            return self._say("overview_nothing_due")
        done, in_time = report.rate(Figure.DUE_DONE), report.rate(Figure.DUE_IN_TIME)
        shares = {"rate": self.share(done), "in_time_rate": self.share(in_time)}
        return self._say("overview_due", **counts, **shares)

    def _changes(self) -> list[str]:
        report, previous = self.bulletin.report, self.bulletin.previous
        if not previous.cases:
            return []
        lines = [self._say("compared", **{f.value: self.change(f) for f in _COMPARED})]
        now, before = report.rate(Figure.DUE_IN_TIME), previous.rate(Figure.DUE_IN_TIME)
        if now is not None and before is not None:
            shares = {"now": self.share(now), "before": self.share(before)}
            lines.append(self._say("compared_rate", **shares))
        return lines

    def _results(self) -> list[str]:
        report = self.bulletin.report
        lines = [self.unit_line(unit) for unit in report.units]
        best = [unit for unit in report.units if report.rate(Figure.DUE_IN_TIME, unit) == 1]
        return [*lines, *([self._say("all_in_time", units="、".join(best))] if best else [])]

    def _problems(self) -> list[str]:
        found = [(key, self.bulletin.report.of(figure)) for figure, key in _PROBLEMS]
        found = [(key, cases) for key, cases in found if cases]
        lines: list[str] = []
        for n, (key, cases) in enumerate(found):
            lines.append(self._say(f"problem_{key}", n=_ORDINALS[n], count=len(cases)))
            lines += self._listed(cases, partial(self._problem, key))
        return lines or [self._say("problem_none")]

    def _problem(self, key: str, case: Case) -> str:
        item = case.item
        fields = {
            "number": item.number,
            "content": shortened(item.content),
            "unit": item.lead_unit,
            "deadline": item.deadline,
            "days": case.overdue_days,
            "finished": case.finished_day,
        }
        return self._say(f"item_{key}" if key in ("overdue", "late") else "item_plain", **fields)

    def _next(self) -> list[str]:
        report = self.bulletin.report
        again = [case for case in report.of(Figure.SENT_BACK) if Figure.OPEN in case.figures]
        asked: tuple[tuple[str, Sequence[Case]], ...] = (
            ("next_overdue", report.of(Figure.OVERDUE)),
            ("next_unsigned", report.of(Figure.UNSIGNED)),
            ("next_sent_back", again),
        )
        lines = [(key, self._by_unit(cases), ()) for key, cases in asked if cases]
        nearing = report.of(Figure.NEARING)
        written = [
            self._say(key, n=_ORDINALS[n], units=units) for n, (key, units, _) in enumerate(lines)
        ]
        if nearing:
            n, days = _ORDINALS[len(lines)], self.bulletin.yellow_days
            written.append(self._say("next_nearing", n=n, days=days, count=len(nearing)))
            written += self._listed(nearing, self._due_line)
        return written or [self._say("next_none")]

    def _due_line(self, case: Case) -> str:
        item = case.item
        content = shortened(item.content)
        return self._say(
            "item_due",
            number=item.number,
            content=content,
            unit=item.lead_unit,
            deadline=item.deadline,
        )

    def _by_unit(self, cases: Sequence[Case]) -> str:
        units: dict[str, list[str]] = {}
        for case in cases:
            units.setdefault(case.item.lead_unit, []).append(case.item.number)
        return "；".join(
            self._say("unit_numbers", unit=unit, numbers="、".join(numbers))
            for unit, numbers in units.items()
        )

    def _listed(self, cases: Iterable[Case], line: Callable[[Case], str]) -> list[str]:
        lines = [line(case) for case in cases]
        rest = len(lines) - MOST_NAMED
        return [*lines[:MOST_NAMED], *([self._say("item_rest", count=rest)] if rest > 0 else [])]

    def _span(self, period: Period) -> str:
        key = "span_over" if period.is_over else "span_running"
        return self._say(key, first=period.first, last=period.last)

    def _say(self, key: str, **fields: object) -> str:
        return self.texts.say(f"bulletin.{key}", **fields)
