"""The five offices' tables against the five published documents."""

from __future__ import annotations

from functools import cache

import pytest

from bot.core.people import OrgId
from bot.core.procedures import Fact, Procedures
from bot.core.rules import Edition
from bot.settings import ROOT
from knowledge.ingest.documents import read_document
from knowledge.procedures.checker import Severity, check, standing
from knowledge.procedures.loader import YamlProcedureBook, load_procedures

ORGS = ("changle", "shuangtaizi", "fenghuang", "xianyang", "yunyang")
Facts = dict[str, Fact]


@cache
def book() -> YamlProcedureBook:
    return load_procedures(ROOT / "knowledge" / "procedures")


@cache
def edition(org: str) -> Edition:
    return read_document(ROOT / "knowledge" / "documents" / org / "rules.txt", OrgId(org))


def tables(org: str) -> Procedures:
    return book().of(OrgId(org))


@pytest.mark.parametrize("org", ORGS)
def test_every_row_stands_in_the_published_article_and_none_overlap(org: str) -> None:
    findings = check(tables(org), edition(org))

    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []


@pytest.mark.parametrize("org", ORGS)
def test_every_office_has_the_tables_that_the_desks_read(org: str) -> None:
    desks = {"leave_approval", "leave_notice", "leave_material", "leave_stand_in"}

    assert desks | {"supervision_deadline"} <= set(tables(org).tables)


def test_the_gaps_are_those_that_the_rules_leave() -> None:
    gaps = {
        (org, finding.detail)
        for org in ORGS
        for finding in check(tables(org), edition(org))
        if finding.table == "leave_approval"
    }

    assert gaps == {
        ("fenghuang", "rank=section_chief|staff, kind=leave, days=1.5"),
        ("fenghuang", "kind=meeting"),
        ("changle", "rank=head, kind=meeting"),
        ("shuangtaizi", "rank=head, kind=meeting"),
        ("xianyang", "rank=head|office_deputy|section_chief|staff|bureau_staff, kind=meeting"),
        ("yunyang", "rank=head, kind=meeting"),
    }


def test_the_gaps_between_documents_seals_and_sums_are_those_that_the_rules_leave() -> None:
    gaps = {
        (org, finding.table, finding.detail)
        for org in ORGS
        for finding in check(tables(org), edition(org))
        if finding.table in ("document_signing", "seal_use", "spending_approval")
    }

    assert gaps == {
        ("changle", "document_signing", "document=办公室发文, matter=一般|重要"),
        ("changle", "seal_use", "seal=办公室印章"),
        ("shuangtaizi", "document_signing", "document=政府发文, matter=重要"),
        ("fenghuang", "document_signing", "document=办公室发文, matter=重要"),
        ("fenghuang", "spending_approval", "act=开支, amount=3000.0|30000.0"),
        ("yunyang", "document_signing", "document=办公室发文, matter=一般"),
    }


def test_rows_whose_words_are_gone_from_the_rules_are_switched_off() -> None:
    kept = standing(tables("fenghuang"), edition("yunyang"))

    rows = [row for table in kept.tables.values() for row in table.rows]
    assert rows
    assert {row.basis for row in rows} == {"office"}


OUT, IN = True, False
LEAVE, MEETING = "leave", "meeting"
# org, rank, kind, days, out of the area -> approvers, told, article (None: the office's default)
ROUTES = [
    ("changle", "head", LEAVE, 3, OUT, "市长", "", None),
    ("changle", "deputy", LEAVE, 3, OUT, "head", "县政府办公室", 83),
    ("changle", "deputy", LEAVE, 0.5, IN, "head", "县政府办公室", 83),
    ("changle", "office_director", LEAVE, 1, IN, "head", "县政府办公室", 83),
    ("changle", "town_head", LEAVE, 10, OUT, "head", "县政府办公室", 83),
    ("changle", "bureau_head", LEAVE, 1, IN, "leader head", "县政府办公室", 83),
    ("changle", "bureau_head", LEAVE, 30, OUT, "leader head", "县政府办公室", 83),
    ("changle", "office_deputy", LEAVE, 2, OUT, "office_director", "", None),
    ("changle", "section_chief", LEAVE, 2.5, IN, "office_deputy", "", None),
    ("changle", "section_chief", LEAVE, 3, IN, "office_deputy office_director", "", None),
    ("changle", "staff", LEAVE, 0.5, IN, "section_chief office_deputy", "", None),
    ("changle", "staff", LEAVE, 5, OUT, "section_chief office_director", "", None),
    ("changle", "bureau_staff", LEAVE, 5, OUT, "unit_head", "", None),
    ("changle", "deputy", MEETING, 0.5, IN, "head", "县政府办公室", 49),
    ("changle", "bureau_head", MEETING, 1, OUT, "head", "县政府办公室", 49),
    ("changle", "town_head", MEETING, 0.5, IN, "head", "县政府办公室", 49),
    ("shuangtaizi", "head", LEAVE, 3, OUT, "市长", "", None),
    ("shuangtaizi", "deputy", LEAVE, 1, OUT, "head", "区政府其他领导同志", 65),
    ("shuangtaizi", "deputy", LEAVE, 1, IN, "head", "区政府其他领导同志", 65),
    ("shuangtaizi", "bureau_head", LEAVE, 3, OUT, "leader head", "", 65),
    ("shuangtaizi", "bureau_head", LEAVE, 3, IN, "head", "", 49),
    ("shuangtaizi", "town_head", LEAVE, 3, OUT, "head", "", 49),
    ("shuangtaizi", "town_head", LEAVE, 1, IN, "head", "", 49),
    ("shuangtaizi", "office_director", LEAVE, 1, IN, "head", "", None),
    ("shuangtaizi", "office_deputy", LEAVE, 1, IN, "office_director", "", None),
    ("shuangtaizi", "staff", LEAVE, 1, OUT, "section_chief office_deputy", "", None),
    ("shuangtaizi", "bureau_staff", LEAVE, 1, OUT, "unit_head", "", None),
    ("shuangtaizi", "deputy", MEETING, 0.5, IN, "head", "", 39),
    ("shuangtaizi", "bureau_head", MEETING, 0.5, IN, "office_director head", "", 39),
    ("shuangtaizi", "town_head", MEETING, 0.5, OUT, "office_director head", "", 39),
    ("fenghuang", "head", LEAVE, 2, OUT, "州长", "", 26),
    ("fenghuang", "head", LEAVE, 2, IN, "州长", "", None),
    ("fenghuang", "deputy", LEAVE, 1.5, OUT, "head", "县委办", 26),
    ("fenghuang", "deputy", LEAVE, 1.5, IN, "head", "", None),
    ("fenghuang", "town_head", LEAVE, 1, OUT, "leader head", "县政府总值班室", 26),
    ("fenghuang", "town_head", LEAVE, 1, IN, "leader head", "", None),
    ("fenghuang", "bureau_head", LEAVE, 1, OUT, "leader", "县政府总值班室", 26),
    ("fenghuang", "bureau_head", LEAVE, 1, IN, "leader", "", None),
    ("fenghuang", "office_director", LEAVE, 1, OUT, "head", "leader 党建政工办", None),
    ("fenghuang", "office_deputy", LEAVE, 1, IN, "office_director", "leader 党建政工办", 78),
    ("fenghuang", "office_deputy", LEAVE, 1.5, IN, "office_director", "leader 党建政工办", 78),
    ("fenghuang", "office_deputy", LEAVE, 4, OUT, "office_director", "leader 党建政工办", 78),
    ("fenghuang", "section_chief", LEAVE, 0.5, IN, "office_deputy", "党建政工办", None),
    ("fenghuang", "section_chief", LEAVE, 1, IN, "office_deputy", "党建政工办", 78),
    ("fenghuang", "section_chief", LEAVE, 2, IN, "office_director", "党建政工办", 78),
    ("fenghuang", "staff", LEAVE, 0.5, IN, "section_chief", "党建政工办", 78),
    ("fenghuang", "staff", LEAVE, 0.5, OUT, "section_chief", "党建政工办", 78),
    ("fenghuang", "staff", LEAVE, 1, IN, "office_deputy", "党建政工办", 78),
    ("fenghuang", "staff", LEAVE, 2, IN, "office_director", "党建政工办", 78),
    ("fenghuang", "staff", LEAVE, 2.5, OUT, "office_director", "党建政工办", 78),
    ("fenghuang", "staff", LEAVE, 60, IN, "office_director", "党建政工办", 78),
    ("fenghuang", "bureau_staff", LEAVE, 1.5, OUT, "unit_head", "", None),
    ("xianyang", "head", LEAVE, 1, OUT, "市委书记 省政府办公厅", "", 65),
    ("xianyang", "bureau_head", LEAVE, 6.5, OUT, "leader head", "", 65),
    ("xianyang", "bureau_head", LEAVE, 7, OUT, "leader head 市委书记", "市政府办公室", 65),
    ("xianyang", "town_head", LEAVE, 0.5, OUT, "leader head", "", 65),
    ("xianyang", "town_head", LEAVE, 30, OUT, "leader head 市委书记", "市政府办公室", 65),
    ("xianyang", "bureau_head", LEAVE, 30, IN, "leader", "", None),
    ("xianyang", "office_director", LEAVE, 1, IN, "head", "", None),
    ("xianyang", "staff", LEAVE, 2, IN, "section_chief office_deputy", "", None),
    ("xianyang", "bureau_staff", LEAVE, 2, IN, "unit_head", "", None),
    ("xianyang", "deputy", MEETING, 1, IN, "head", "市政府办公室", 44),
    ("xianyang", "bureau_head", MEETING, 1, IN, "head", "市政府办公室", 44),
    ("xianyang", "town_head", MEETING, 1, IN, "head", "市政府办公室", None),
    ("yunyang", "head", LEAVE, 1, OUT, "市长", "", None),
    ("yunyang", "deputy", LEAVE, 1, OUT, "head", "县政府其他领导同志", 59),
    ("yunyang", "bureau_head", LEAVE, 1, OUT, "leader head", "县政府办公室", 59),
    ("yunyang", "town_head", LEAVE, 9, OUT, "leader head", "县政府办公室", 59),
    ("yunyang", "bureau_head", LEAVE, 1, IN, "leader", "", None),
    ("yunyang", "office_director", LEAVE, 1, OUT, "head", "", None),
    ("yunyang", "staff", LEAVE, 3, OUT, "section_chief office_director", "", None),
    ("yunyang", "bureau_staff", LEAVE, 3, OUT, "unit_head", "", None),
    ("yunyang", "deputy", MEETING, 0.5, IN, "head", "", 49),
    ("yunyang", "bureau_head", MEETING, 0.5, IN, "office_director head", "", 49),
]


@pytest.mark.parametrize(
    ("org", "rank", "kind", "days", "out_of_area", "approvers", "tell", "article"), ROUTES
)
def test_a_leave_takes_the_route_that_the_article_says(
    org: str,
    rank: str,
    kind: str,
    days: float,
    out_of_area: bool,
    approvers: str,
    tell: str,
    article: int | None,
) -> None:
    facts: Facts = {"rank": rank, "kind": kind, "days": days, "out_of_area": out_of_area}
    facts |= {"going_out": out_of_area, "meeting": "常务会议", "invited": False}

    row = tables(org).decide("leave_approval", {**facts, "deputy_in_committee": False}).row

    assert row is not None
    assert (row.outcome["approvers"], row.outcome.get("tell", [])) == (
        approvers.split(),
        tell.split(),
    )
    assert (row.article, row.basis) == (article, "rule" if article else "office")


@pytest.mark.parametrize(
    ("in_committee", "approvers"), [(False, ["head"]), (True, ["head", "市委书记"])]
)
def test_a_deputy_mayor_on_the_standing_committee_also_asks_the_party_secretary(
    in_committee: bool, approvers: list[str]
) -> None:
    facts: Facts = {"rank": "deputy", "kind": LEAVE, "days": 2.0, "out_of_area": OUT}

    row = (
        tables("xianyang")
        .decide("leave_approval", {**facts, "deputy_in_committee": in_committee})
        .row
    )

    assert row is not None
    assert (row.outcome["approvers"], row.article) == (approvers, 65)


@pytest.mark.parametrize("rank", ["staff", "section_chief"])
def test_one_and_a_half_days_are_not_written_in_fenghuang(rank: str) -> None:
    facts: Facts = {"rank": rank, "kind": LEAVE, "days": 1.5, "out_of_area": IN}

    decision = tables("fenghuang").decide("leave_approval", facts)

    assert (decision.row, decision.missing) == (None, ())


def test_an_absent_office_director_is_replaced_by_the_deputy_in_charge() -> None:
    facts: Facts = {"rank": "staff", "kind": LEAVE, "days": 2, "out_of_area": IN}

    row = tables("fenghuang").decide("leave_approval", facts).row

    assert row is not None
    assert row.outcome["absent"] == ["office_deputy"]
    assert row.outcome["written"] is True


# org, rank, out of the area -> amount, unit, article; amount None: no notice is written
NOTICES = [
    ("changle", "bureau_head", OUT, 0, "days", 83),
    ("changle", "staff", OUT, None, "", None),
    ("shuangtaizi", "bureau_head", OUT, 3, "days", 65),
    ("shuangtaizi", "bureau_head", IN, None, "", None),
    ("shuangtaizi", "town_head", OUT, None, "", None),
    ("fenghuang", "head", OUT, 2, "working_days", 26),
    ("fenghuang", "deputy", OUT, None, "", None),
    ("fenghuang", "bureau_head", OUT, 2, "working_days", 26),
    ("fenghuang", "town_head", OUT, 2, "working_days", 26),
    ("fenghuang", "staff", IN, 0, "days", 78),
    ("xianyang", "town_head", OUT, 0, "days", 65),
    ("yunyang", "bureau_head", OUT, 3, "days", 59),
    ("yunyang", "town_head", OUT, 3, "days", 59),
    ("yunyang", "town_head", IN, None, "", None),
]


@pytest.mark.parametrize(("org", "rank", "out_of_area", "amount", "unit", "article"), NOTICES)
def test_notice_is_as_long_as_the_article_says(
    org: str, rank: str, out_of_area: bool, amount: int | None, unit: str, article: int | None
) -> None:
    facts: Facts = {"rank": rank, "out_of_area": out_of_area, "going_out": out_of_area}

    row = tables(org).decide("leave_notice", facts).row

    found = (row.outcome["amount"], row.outcome["unit"], row.article) if row else (None, "", None)
    assert found == (amount, unit, article)


@pytest.mark.parametrize("org", ORGS)
def test_only_fenghuang_asks_for_a_hospital_certificate(org: str) -> None:
    row = tables(org).decide("leave_material", {"kind": "病假", "rank": "staff"}).row

    expected = (["医院证明"], 78) if org == "fenghuang" else None
    assert (row and (row.outcome["materials"], row.article)) == expected


@pytest.mark.parametrize(
    ("kind", "rank", "article"),
    [
        ("病假", "section_chief", 78),
        ("病假", "bureau_head", None),  # 78 speaks of the office's own people
        ("病假", "bureau_staff", None),
        ("病假", "deputy", None),
        ("因私出国", "town_head", 76),
        ("因私出国", "office_deputy", 76),
        ("因私出国", "staff", None),  # 76 speaks of leading cadres
        ("因私出国", "bureau_staff", None),
    ],
)
def test_papers_in_fenghuang_are_asked_of_those_whom_the_article_names(
    kind: str, rank: str, article: int | None
) -> None:
    row = tables("fenghuang").decide("leave_material", {"kind": kind, "rank": rank}).row

    assert (row and row.article) == article


@pytest.mark.parametrize(
    ("org", "invited", "meeting", "approvers", "article"),
    [
        ("changle", True, "全体会议", "office_director head", 49),
        ("changle", False, "全体会议", "head", 49),
        ("changle", False, "专题会议", None, None),
        ("shuangtaizi", False, "专题会议", None, None),
        ("fenghuang", False, "常务会议", None, None),
        ("xianyang", False, "专题会议", None, None),
        ("yunyang", False, "专题会议", "会议主持人", 49),
        ("yunyang", False, "其他会议", None, None),
    ],
)
def test_a_meeting_that_no_article_speaks_of_has_no_row(
    org: str, invited: bool, meeting: str, approvers: str | None, article: int | None
) -> None:
    facts: Facts = {"rank": "bureau_head", "kind": MEETING, "days": 1, "out_of_area": IN}
    facts |= {"going_out": IN, "meeting": meeting, "invited": invited}

    row = tables(org).decide("leave_approval", facts).row

    found = (" ".join(row.outcome["approvers"]), row.article) if row else (None, None)
    assert found == (approvers, article)


@pytest.mark.parametrize(
    ("business", "out_of_area", "told"),
    [(True, OUT, "office_deputy 值班室主任 党建政工办"), (False, OUT, ""), (True, IN, "")],
)
def test_only_trips_on_business_out_of_the_seat_are_told_to_the_duty_room(
    business: bool, out_of_area: bool, told: str
) -> None:
    facts: Facts = {"rank": "staff", "business": business, "out_of_area": out_of_area}

    row = tables("fenghuang").decide("leave_told", facts).row

    assert (row.outcome["tell"] if row else []) == told.split()


@pytest.mark.parametrize(
    ("org", "rank", "business", "quote"),
    [
        ("yunyang", "deputy", True, "县政府领导外出考察后,向县政府常务会议报告考察情况"),
        ("yunyang", "deputy", False, None),
        ("yunyang", "bureau_head", True, None),
        ("xianyang", "head", True, "出访和出差完成任务后要及时报告完成工作的情况"),
        ("xianyang", "bureau_head", True, None),
        ("changle", "deputy", True, None),
    ],
)
def test_a_report_after_a_trip_is_owed_where_the_article_says(
    org: str, rank: str, business: bool, quote: str | None
) -> None:
    facts: Facts = {"rank": rank, "business": business, "out_of_area": OUT}

    row = tables(org).decide("leave_afterwards", facts).row

    assert (row and row.quote) == quote


# org, rank -> field of the outcome, article
STAND_INS = [
    ("changle", "head", {"stands_in": "deputy"}, 6),
    ("changle", "deputy", {"partners_not_together": True, "stands_in": "partner"}, 7),
    ("shuangtaizi", "head", {"stands_in": "deputy"}, 7),
    ("shuangtaizi", "deputy", {"arranged_by": "head"}, 7),
    ("yunyang", "head", {"stands_in": "deputy"}, 5),
    ("yunyang", "deputy", {"partners_not_together": True}, 5),
    ("yunyang", "bureau_head", {"required": True}, 59),
    ("yunyang", "town_head", {"required": True}, 59),
]


@pytest.mark.parametrize(("org", "rank", "fields", "article"), STAND_INS)
def test_who_stands_in_is_what_the_article_says(
    org: str, rank: str, fields: dict[str, object], article: int
) -> None:
    row = tables(org).decide("leave_stand_in", {"rank": rank, "out_of_area": OUT}).row

    assert row is not None
    assert fields.items() <= row.outcome.items()
    assert row.article == article


# org, kind -> amount, unit, whether the first day counts, article
DEADLINES = [
    ("shuangtaizi", "速办", 2, "working_days", False, 64),
    ("shuangtaizi", "一般", 5, "working_days", False, 64),
    ("shuangtaizi", "长期", 2, "weeks_cycle", False, 64),
    ("shuangtaizi", "复杂", 1, "months", True, 55),
    ("shuangtaizi", "其他", 7, "days", True, 55),
    ("shuangtaizi", "年初确定", 0, "year_end", True, 55),
    ("changle", "一般", 5, "days", False, 90),
    ("changle", "速办", 2, "working_days", False, None),
    ("yunyang", "一般", 7, "days", False, 40),
    ("yunyang", "其他", 7, "days", False, 40),
    ("fenghuang", "一般", 5, "working_days", False, None),
    ("xianyang", "其他", 10, "working_days", False, None),
    ("xianyang", "复杂", 1, "months", False, None),
]


@pytest.mark.parametrize(("org", "kind", "amount", "unit", "counts", "article"), DEADLINES)
def test_a_matter_is_due_when_the_article_says(
    org: str, kind: str, amount: int, unit: str, counts: bool, article: int | None
) -> None:
    row = tables(org).decide("supervision_deadline", {"kind": kind}).row

    assert row is not None
    assert row.outcome.items() >= {"amount": amount, "unit": unit}.items()
    assert row.outcome["counts_first_day"] is counts
    assert row.article == article


# org, table, facts -> who signs, article and item
SIGNERS = [
    ("changle", "minutes_signing", {"meeting": "常务会议"}, "head", (50, None)),
    ("changle", "document_signing", {"document": "规范性文件"}, "head", (60, "二")),
    ("shuangtaizi", "minutes_signing", {"meeting": "全体会议"}, "head", (39, None)),
    ("shuangtaizi", "document_signing", {"document": "办公室发文"}, "office_director", (49, "六")),
    ("fenghuang", "minutes_signing", {"meeting": "专题会议"}, "office_director leader", (7, None)),
    ("xianyang", "document_signing", {"document": "政府发文"}, "head", (52, None)),
    ("yunyang", "minutes_signing", {"meeting": "专题会议"}, "leader", (50, None)),
    ("yunyang", "document_signing", {"document": "人事任免"}, "head", (53, "一")),
]


@pytest.mark.parametrize(("org", "table", "facts", "signers", "place"), SIGNERS)
def test_who_signs_is_what_the_article_says(
    org: str, table: str, facts: Facts, signers: str, place: tuple[int, str | None]
) -> None:
    row = tables(org).decide(table, facts).row

    assert row is not None
    assert (row.outcome["signers"], (row.article, row.item)) == (signers.split(), place)
    assert row.outcome["answer"] in row.quote


def test_a_document_of_which_too_little_is_said_asks_for_the_rest() -> None:
    decision = tables("yunyang").decide("document_signing", {"document": "办公室发文"})

    assert (decision.row, decision.missing) == (None, ("matter",))
