"""Bulletins (督查通报) of a month: figures with the items behind them, workbook, plot."""

from __future__ import annotations

from fastapi import APIRouter, Response

from bot.api.bulletins import BulletinOut, bulletin_out
from bot.api.deps import OverseenOrgDep, WiringDep
from bot.api.plots import plot_of
from bot.api.web import templates
from bot.core.people import OrgId
from bot.core.supervision_report import Bulletin
from bot.wiring import Wiring

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

router = APIRouter(prefix="/api/supervision", tags=["supervision"])


@router.get("/report")
def read_report(org: OverseenOrgDep, wiring: WiringDep, month: str | None = None) -> BulletinOut:
    """The bulletin of a month (2026-11; without one the running month), all figures by item.

    Refused: `org_unknown` (404), `report_month_unreadable`,
    `report_period_ahead` (422).
    """
    return bulletin_out(_bulletin(org, month, wiring), wiring.texts)


@router.get("/report.xlsx", response_class=Response)
def read_workbook(org: OverseenOrgDep, wiring: WiringDep, month: str | None = None) -> Response:
    """The same as a workbook; refused as the report is."""
    bulletin = _bulletin(org, month, wiring)
    name = f"supervision-{org}-{bulletin.report.period.first:%Y-%m}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(wiring.bulletin_desk.workbook(bulletin), media_type=XLSX, headers=headers)


@router.get("/report.svg", response_class=Response)
def read_plot(org: OverseenOrgDep, wiring: WiringDep, month: str | None = None) -> Response:
    """What was due of each unit, as a plot; refused as the report is."""
    plot = plot_of(_bulletin(org, month, wiring), wiring.texts)
    drawn = templates.get_template("bulletin.svg").render(plot=plot)
    return Response(drawn, media_type="image/svg+xml")


def _bulletin(org: OrgId, month: str | None, wiring: Wiring) -> Bulletin:
    desk = wiring.bulletin_desk
    return desk.draw_up(org, desk.month(month))
