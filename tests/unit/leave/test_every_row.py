"""Every row of the five leave regimes, against what the documents say of it.

The expectations were written from knowledge/documents, and where these are silent from the offices'
own defaults; the last test proves that they leave no row of the tables out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.adapters.chinese.calendar import PublishedCalendar
from bot.core.leave import LeaveKind, Span
from bot.core.leave_checks import duties_afterwards, find_faults, needed_materials, rules_behind
from bot.core.leave_route import (
    AFTERWARDS_TABLE,
    APPROVAL_TABLE,
    MATERIAL_TABLE,
    NOTICE_TABLE,
    STAND_IN_TABLE,
    TOLD_TABLE,
    LeaveCase,
    find_route,
)
from bot.core.people import OrgId, Role
from bot.core.procedures import Row
from tests.unit.leave.stage import ORGS, directory, person, procedures

MONDAY = date(2026, 11, 23)
TABLES = (
    APPROVAL_TABLE,
    NOTICE_TABLE,
    MATERIAL_TABLE,
    STAND_IN_TABLE,
    TOLD_TABLE,
    AFTERWARDS_TABLE,
)
ANNUAL, TRIP, SICK, ABROAD = "年休假", "出差", "病假", "因私出国"
# where to: within the seat of the office, the county beyond it, or out of the county or city
SEAT, COUNTY, OUT = "seat", "county", "out"


@dataclass(frozen=True)
class Expected:
    """One request. `approvers` are people of the office, or posts outside; `codes` warnings."""

    user: str
    kind: str
    days: float
    place: str
    approvers: str
    tell: str = ""
    articles: str = ""
    codes: str = ""
    ahead: int = 8  # days from filing, a Monday, to leaving
    named: bool = True  # who stands in is named
    meeting: str | None = None
    invited: bool = False
    materials: str = ""
    duty: str = ""


def meeting(
    user: str,
    name: str,
    approvers: str,
    tell: str = "",
    articles: str = "",
    *,
    invited: bool = False,
) -> Expected:
    codes = "" if articles else "rule_silent"
    where = {"meeting": name, "invited": invited}
    return Expected(user, "会议请假", 1, SEAT, approvers, tell, articles, codes, **where)  # type: ignore[arg-type]


def habit(user: str, days: float, approvers: str, place: str = SEAT) -> Expected:
    """The rules are silent: the office's own default, shown as such and not cited."""
    return Expected(user, ANNUAL, days, place, approvers, codes="rule_silent")


OFFICE = "县政府办公室"
DUTY, CENTRE, REGISTRY = "值班室主任", "县政府总值班室", "党建政工办"
# 昌乐 83, 49, 6 (the first deputy presides), 7 (those who stand in for each other)
CHANGLE = (
    Expected("head", TRIP, 2, OUT, "市长", "", "6", "rule_silent"),
    Expected("deputy1", ANNUAL, 1, SEAT, "head", OFFICE, "83 7"),
    Expected("deputy2", TRIP, 10, OUT, "head", OFFICE, "83 7"),
    Expected("office_director", TRIP, 1, OUT, "head", OFFICE, "83"),
    Expected("office_director", ANNUAL, 0.5, SEAT, "head", OFFICE, "83"),
    Expected("town_head", ANNUAL, 1, SEAT, "head", OFFICE, "83"),
    Expected("town_head", TRIP, 3, OUT, "head", OFFICE, "83", ahead=0),  # 提前: no number
    Expected("bureau_head", ANNUAL, 1, SEAT, "deputy1 head", OFFICE, "83"),
    Expected("jiaotong_head", TRIP, 30, OUT, "deputy2 head", OFFICE, "83"),
    habit("office_deputy", 5, "office_director"),
    habit("section_chief", 2.5, "office_deputy"),
    habit("section_chief", 3, "office_deputy office_director"),
    habit("staff1", 2.5, "section_chief office_deputy"),
    habit("staff1", 3, "section_chief office_director", OUT),
    habit("bureau_staff", 3, "bureau_head"),
    meeting("deputy2", "全体会议", "head", OFFICE, "49"),
    meeting("bureau_head", "常务会议", "head", OFFICE, "49"),
    meeting("staff1", "常务会议", "head", OFFICE, "49"),
    meeting("bureau_head", "常务会议", "office_director head", "", "49", invited=True),
    meeting("bureau_head", "专题会议", "deputy1 head"),
    meeting("staff1", "其他会议", "office_director"),
)
LEADERS = "区政府其他领导同志"
# 双台子 65 (bureaus leaving the city 3 days ahead), 49(四), 39, 7
SHUANGTAIZI = (
    Expected("head", TRIP, 2, OUT, "市长", "", "7", "rule_silent"),
    Expected("deputy1", ANNUAL, 1, SEAT, "head", LEADERS, "65 7"),
    Expected("deputy2", TRIP, 1, OUT, "head", LEADERS, "65 7", ahead=1),  # 事先: no number
    Expected("bureau_head", TRIP, 3, OUT, "deputy1 head", "", "65 49", ahead=3),
    Expected("bureau_head", ANNUAL, 3, OUT, "deputy1 head", "", "65 49", "notice_short", ahead=2),
    Expected("bureau_head", ANNUAL, 3, SEAT, "head", "", "49", ahead=0),
    Expected("town_head", TRIP, 1, OUT, "head", "", "49", ahead=0),
    Expected("town_head", ANNUAL, 1, SEAT, "head", "", "49"),
    habit("office_director", 1, "head"),
    habit("office_deputy", 1, "office_director"),
    habit("section_chief", 2.5, "office_deputy"),
    habit("section_chief", 3, "office_deputy office_director"),
    habit("staff1", 0.5, "section_chief office_deputy"),
    habit("staff1", 9, "section_chief office_director"),
    habit("bureau_staff", 1, "bureau_head", OUT),
    meeting("deputy2", "常务会议", "head", "", "39"),
    meeting("bureau_head", "全体会议", "office_director head", "", "39"),
    meeting("town_head", "常务会议", "office_director head", "", "39"),
    meeting("bureau_head", "办公会议", "deputy1 head"),
)
CERTIFICATE, ABROAD_PAPERS = "医院证明", "因私出国(境)备案审批手续"
# 凤凰 26 (leaders 出县; heads of towns and bureaus 外出), 78 (the office's own people), 76
FENGHUANG = (
    Expected("head", TRIP, 2, OUT, "州长", "", "26", ahead=2),
    Expected("head", TRIP, 2, OUT, "州长", "", "26", "notice_short", ahead=1),
    Expected("head", ANNUAL, 2, SEAT, "州长", codes="rule_silent"),
    Expected("deputy2", TRIP, 1.5, OUT, "head", "县委办", "26", ahead=0),
    Expected("deputy2", TRIP, 1.5, COUNTY, "head", codes="rule_silent"),
    Expected("town_head", TRIP, 1, OUT, "deputy2 head", CENTRE, "26"),
    Expected("town_head", ANNUAL, 1, OUT, "deputy2 head", CENTRE, "26", "notice_short", ahead=1),
    Expected("town_head", TRIP, 1, COUNTY, "deputy2 head", CENTRE, "26", "notice_short", ahead=1),
    Expected("town_head", ANNUAL, 1, COUNTY, "deputy2 head", codes="rule_silent"),
    Expected("bureau_head", TRIP, 1, OUT, "deputy1", CENTRE, "26"),
    Expected("bureau_head", TRIP, 1, COUNTY, "deputy1", CENTRE, "26", "notice_short", ahead=1),
    Expected("bureau_head", ANNUAL, 1, SEAT, "deputy1", codes="rule_silent"),
    Expected(
        "office_director",
        ANNUAL,
        2,
        OUT,
        "head",
        f"县委常委、常务副县长 {REGISTRY}",
        "78",
        "rule_silent",
    ),
    Expected(
        "office_director",
        TRIP,
        2,
        OUT,
        "head",
        f"县委常委、常务副县长 {DUTY} {REGISTRY}",
        "78",
        "rule_silent",
    ),
    Expected("office_deputy", ANNUAL, 1.5, OUT, "office_director", f"副县长 {REGISTRY}", "78"),
    Expected(
        "office_deputy", TRIP, 3, COUNTY, "office_director", f"副县长 {DUTY} {REGISTRY}", "78"
    ),
    Expected("section_chief", ANNUAL, 0.5, SEAT, "office_deputy", REGISTRY, "78", "rule_silent"),
    Expected("section_chief", ANNUAL, 1, SEAT, "office_deputy", REGISTRY, "78"),
    Expected("section_chief", ANNUAL, 1.5, SEAT, "office_director", REGISTRY, "78", "rule_silent"),
    Expected("section_chief", ANNUAL, 2, SEAT, "office_director", REGISTRY, "78"),
    Expected("staff1", ANNUAL, 0.5, OUT, "section_chief", REGISTRY, "78"),
    Expected("staff1", ANNUAL, 1, COUNTY, "office_deputy", REGISTRY, "78"),
    Expected("staff1", ANNUAL, 1.5, SEAT, "office_director", REGISTRY, "78", "rule_silent"),
    Expected("staff1", ANNUAL, 60, OUT, "office_director", REGISTRY, "78"),
    Expected("staff1", TRIP, 1, SEAT, "office_deputy", REGISTRY, "78"),
    Expected("staff1", TRIP, 1, COUNTY, "office_deputy", f"{DUTY} {REGISTRY}", "78"),
    Expected(
        "staff1", TRIP, 0.5, OUT, "section_chief", f"县政府办公室副主任 {DUTY} {REGISTRY}", "78"
    ),
    Expected(
        "zhiban_chief", TRIP, 2, OUT, "office_director", f"县政府办公室副主任 {REGISTRY}", "78"
    ),
    Expected(
        "staff1",
        SICK,
        1,
        SEAT,
        "office_deputy",
        REGISTRY,
        "78",
        "certificate_missing",
        materials=CERTIFICATE,
    ),
    Expected("bureau_head", SICK, 1, SEAT, "deputy1", codes="rule_silent"),
    Expected("bureau_staff", SICK, 1, SEAT, "bureau_head", codes="rule_silent"),
    Expected("bureau_head", ABROAD, 5, OUT, "deputy1", CENTRE, "26 76", materials=ABROAD_PAPERS),
    Expected("staff1", ABROAD, 5, OUT, "office_director", REGISTRY, "78"),
    habit("bureau_staff", 1.5, "bureau_head", OUT),
    meeting("bureau_head", "常务会议", "deputy1 head"),
    meeting("deputy2", "常务会议", "head"),
    meeting("staff1", "常务会议", "office_director"),
)
REPORT = "出访和出差完成任务后要及时报告完成工作的情况"
CITY_OFFICE = "市政府办公室"
# 咸阳 65 (deputy1 sits on the standing committee; a week and more), 44 (members of the meetings)
XIANYANG = (
    Expected("head", ANNUAL, 2, OUT, "市委书记 省政府办公厅", "", "65"),
    Expected("head", TRIP, 2, OUT, "市委书记 省政府办公厅", "", "65", duty=REPORT),
    Expected("deputy2", ANNUAL, 2, SEAT, "head", "", "65"),
    Expected("deputy2", TRIP, 2, OUT, "head", "", "65", duty=REPORT),
    Expected("deputy1", ANNUAL, 2, SEAT, "head 市委书记", "", "65"),
    Expected("bureau_head", TRIP, 6.5, OUT, "deputy1 head", "", "65", ahead=0),
    Expected("bureau_head", TRIP, 7, OUT, "deputy1 head 市委书记", CITY_OFFICE, "65"),
    Expected("town_head", ANNUAL, 1, OUT, "deputy2 head", "", "65"),
    Expected("town_head", ANNUAL, 30, OUT, "deputy2 head 市委书记", CITY_OFFICE, "65"),
    habit("bureau_head", 30, "deputy1"),
    habit("town_head", 1, "deputy2"),
    habit("office_director", 1, "head"),
    habit("office_deputy", 1, "office_director"),
    habit("section_chief", 2.5, "office_deputy"),
    habit("section_chief", 3, "office_deputy office_director"),
    habit("staff1", 2.5, "section_chief office_deputy"),
    habit("staff1", 3, "section_chief office_director", OUT),
    habit("bureau_staff", 1, "bureau_head"),
    meeting("deputy2", "办公会议", "head", CITY_OFFICE, "44"),
    meeting("office_director", "常务会议", "head", CITY_OFFICE, "44"),
    meeting("bureau_head", "全体会议", "head", CITY_OFFICE, "44"),
    meeting("town_head", "全体会议", "head", CITY_OFFICE),
    meeting("staff1", "全体会议", "office_director"),
    meeting("bureau_head", "专题会议", "deputy1 head"),
)
COUNTY_LEADERS = "县政府其他领导同志"
TOUR = "县政府领导外出考察后,向县政府常务会议报告考察情况"
# 云阳 59 (3 days ahead, who is in charge), 49, 5 (AB角)
YUNYANG = (
    Expected("head", ANNUAL, 2, SEAT, "市长", "", "5", "rule_silent"),
    Expected("head", TRIP, 2, OUT, "市长", "", "5 59", "rule_silent", duty=TOUR),
    Expected("deputy1", ANNUAL, 2, SEAT, "head", COUNTY_LEADERS, "59 5", ahead=0),
    Expected("deputy2", TRIP, 2, OUT, "head", COUNTY_LEADERS, "59 5", duty=TOUR),
    Expected("bureau_head", TRIP, 1, OUT, "deputy1 head", OFFICE, "59", ahead=3),
    Expected("bureau_head", ANNUAL, 1, OUT, "deputy1 head", OFFICE, "59", "notice_short", ahead=2),
    Expected(
        "town_head", TRIP, 9, OUT, "deputy2 head", OFFICE, "59", "stand_in_missing", named=False
    ),
    habit("bureau_head", 1, "deputy1"),
    habit("town_head", 1, "deputy2", COUNTY),
    habit("office_director", 1, "head"),
    habit("office_deputy", 1, "office_director"),
    habit("section_chief", 2.5, "office_deputy"),
    habit("section_chief", 3, "office_deputy office_director"),
    habit("staff1", 2.5, "section_chief office_deputy"),
    habit("staff1", 3, "section_chief office_director", OUT),
    habit("bureau_staff", 1, "bureau_head"),
    meeting("deputy2", "常务会议", "head", "", "49"),
    meeting("bureau_head", "办公会议", "office_director head", "", "49"),
    meeting("office_director", "全体会议", "head", "", "49"),
    meeting("town_head", "专题会议", "会议主持人", "", "49"),
    meeting("deputy1", "专题会议", "会议主持人", "", "49"),
    meeting("town_head", "其他会议", "deputy2 head"),
)
ALL = {
    "changle": CHANGLE,
    "fenghuang": FENGHUANG,
    "shuangtaizi": SHUANGTAIZI,
    "xianyang": XIANYANG,
    "yunyang": YUNYANG,
}
CASES = [
    pytest.param(org, case, id=f"{org}-{case.user}-{case.meeting or case.kind}-{case.days}-{n}")
    for org, cases in ALL.items()
    for n, case in enumerate(cases)
]


def as_case(org: str, expected: Expected) -> LeaveCase:
    first_day = MONDAY + timedelta(days=expected.ahead)
    return LeaveCase(
        person=person(f"{org}/{expected.user}"),
        directory=directory(org),
        procedures=procedures().of(OrgId(org)),
        kind=LeaveKind(expected.kind),
        span=Span.lasting(first_day, expected.days),
        out_of_area=expected.place == OUT,
        out_of_seat=expected.place != SEAT,
        filed_day=MONDAY,
        stand_in_named=expected.named,
        meeting=expected.meeting,
        invited=expected.invited,
    )


@pytest.mark.parametrize(("org", "expected"), CASES)
def test_a_request_meets_what_the_document_says(org: str, expected: Expected) -> None:
    case = as_case(org, expected)

    route = find_route(case)
    faults = find_faults(case, route, PublishedCalendar())

    steps = [(step.user or step.post).removeprefix(f"{org}/") for step in route.steps]
    assert steps == expected.approvers.split()
    assert list(route.tell) == expected.tell.split()
    articles = {str(place.article) for place in rules_behind(case, route)}
    assert articles == set(expected.articles.split())
    assert {str(fault.code) for fault in faults} == set(expected.codes.split())
    assert needed_materials(case) == tuple(expected.materials.split())
    assert duties_afterwards(case) == tuple(filter(None, [expected.duty]))


def _rows_met(org: str) -> set[int]:
    met: set[int] = set()
    for expected in ALL[org]:
        case = as_case(org, expected)
        rows = (case.row(table) for table in TABLES)
        met |= {id(row) for row in rows if row is not None}
    return met


def _rows(org: str) -> list[tuple[str, Row]]:
    tables = procedures().of(OrgId(org)).tables
    return [(name, row) for name in TABLES if name in tables for row in tables[name].rows]


@pytest.mark.parametrize("org", ORGS)
def test_no_row_is_left_out(org: str) -> None:
    met = _rows_met(org)

    assert [(name, row.conditions) for name, row in _rows(org) if id(row) not in met] == []


def test_who_sits_on_the_standing_committee_is_who_the_directory_says() -> None:
    assert person("xianyang/deputy1").has(Role.COMMITTEE)
    assert not person("xianyang/deputy2").has(Role.COMMITTEE)
