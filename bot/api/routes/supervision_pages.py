"""The supervision pages: a month of the ledger with its bulletin, its lights and its silences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from bot.api.deps import OverseenOrgDep, ReaderDep, WiringDep
from bot.api.plots import plot_of
from bot.api.web import templates
from bot.core.errors import InvalidInputError
from bot.core.supervision import OPEN_STATES, ItemState, SentReminder
from bot.core.supervision_report import Bulletin, Case, Figure
from bot.services.bulletin_words import BulletinWords
from bot.services.storage import OutboxState
from bot.wiring import Wiring

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
SHOWN = (
    Figure.ASSIGNED,
    Figure.DUE,
    Figure.DUE_DONE,
    Figure.DUE_IN_TIME,
    Figure.OVERDUE,
    Figure.SENT_BACK,
    Figure.EXTENDED,
)
NOT_REACHED = frozenset({OutboxState.FAILED.value, OutboxState.UNCERTAIN.value})


@dataclass(frozen=True)
class LedgerFilter:
    """What of the month's items is shown; empty: all."""

    month: str = ""
    unit: str = ""
    state: str = ""
    figure: str = ""

    def fits(self, case: Case) -> bool:
        """Whether an item is shown."""
        item = case.item
        return (
            self.unit in ("", item.lead_unit)
            and self.state in ("", item.state.value)
            and (not self.figure or self.figure in case.figures)
        )

    def address(self, **changes: str) -> str:
        """The same page with something else shown."""
        wanted = {name: value for name, value in (vars(self) | changes).items() if value}
        return f"?{urlencode(wanted)}#items"


@dataclass(frozen=True)
class Missed:
    """A reminder that did not arrive, or may not have."""

    case: Case
    to: str
    reminder: SentReminder | None  # None: the unit has nobody who could be reminded


@router.get("/supervision")
def show_offices(request: Request, wiring: WiringDep, reader: ReaderDep) -> HTMLResponse:
    """The offices that the reader may see, each with the way to its ledger."""
    with wiring.unit_of_work() as uow:
        offices = [uow.people.directory(org).office for org in uow.people.orgs()]
    if reader is not None:
        offices = [office for office in offices if office.id == reader.org]
    return templates.TemplateResponse(request, "ledgers.html", {"offices": offices})


@router.get("/supervision/{org}")
def show_ledger(
    request: Request,
    org: OverseenOrgDep,
    wiring: WiringDep,
    wanted: Annotated[LedgerFilter, Depends()],
) -> HTMLResponse:
    """A month of an office's ledger: bulletin, plot, lights, items."""
    _check(wanted)
    desk = wiring.bulletin_desk
    bulletin = desk.draw_up(org, desk.month(wanted.month or None))
    report, words = bulletin.report, BulletinWords(bulletin, wiring.texts)
    return templates.TemplateResponse(
        request,
        "ledger.html",
        {
            "org": org,
            "office": bulletin.directory.office,
            "wanted": wanted,
            "month": f"{report.period.first:%Y-%m}",
            "report": report,
            "words": words,
            "plot": plot_of(bulletin, wiring.texts),
            "figures": SHOWN,
            "all_figures": tuple(Figure),
            "states": tuple(ItemState),
            "label": lambda key: wiring.texts.say(f"bulletin.{key}"),
            "red": report.of(Figure.OVERDUE),
            "yellow": report.of(Figure.NEARING),
            "missed": _missed(bulletin, wiring),
            "cases": [case for case in report.cases if wanted.fits(case)],
        },
    )


def _check(wanted: LedgerFilter) -> None:
    if wanted.state and wanted.state not in list(ItemState):
        raise InvalidInputError("state_unknown", known="、".join(ItemState))
    if wanted.figure and wanted.figure not in list(Figure):
        raise InvalidInputError("figure_unknown", known="、".join(Figure))


def _missed(bulletin: Bulletin, wiring: Wiring) -> list[Missed]:
    """Of the open items, who could not be reached; the latest try of each person counts."""
    cases = {c.item.id: c for c in bulletin.report.cases if c.item.state in OPEN_STATES}
    with wiring.unit_of_work() as uow:
        sent = uow.items.reminders(list(cases))
    found = [
        Missed(case, case.item.lead_unit, None)
        for case in cases.values()
        if not case.item.registered_unit
    ]
    names = _names(bulletin)
    for item_id, reminders in sent.items():
        last = {reminder.to: reminder for reminder in reminders}
        found += [
            Missed(cases[item_id], names.get(to, to), reminder)
            for to, reminder in last.items()
            if reminder.status in NOT_REACHED
        ]
    return found


def _names(bulletin: Bulletin) -> dict[str, str]:
    return {person.id: f"{person.name}（{person.unit}）" for person in bulletin.directory.people}
