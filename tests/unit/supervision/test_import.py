from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.supervision import ItemKind, Reference
from bot.services.supervision_import import ImportReport
from tests.unit.supervision.stage import CHANGLE, Stage

HEADINGS = ("序号", "督办事项", "牵头单位", "配合单位", "来源", "类型", "完成时限", "紧急程度")
GOOD = (1, "报送重点项目进展", "发改局", "财政局、统计局", "常务会议", "一般", "12月10日前", "否")
DATED = (2, "完成清淤", "水利局", None, None, None, date(2026, 12, 31), "是")
BY_RULE = (3, "报送方案", "教育局", None, "县长批示", None, None, None)


def workbook(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> bytes:
    book, stream = Workbook(), BytesIO()
    sheet = book.active
    sheet.append(["昌乐县督办事项台账"])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    book.save(stream)
    return stream.getvalue()


def run(
    stage: Stage, data: bytes, dry_run: bool = False, post: str = "supervisor1"
) -> ImportReport:
    return stage.desk.importer.run(stage.person(post), data, dry_run)


def refusals(report: ImportReport) -> list[tuple[int, str | None, str]]:
    return [(bad.row, bad.column, bad.error.code) for bad in report.refused]


def test_each_good_row_becomes_an_item_with_all_its_fields(stage: Stage) -> None:
    report = run(stage, workbook(GOOD, DATED, BY_RULE))

    first, second, third = stage.desk.listing(CHANGLE)
    assert [(row.row, row.number) for row in report.created] == [
        (3, first.number),
        (4, second.number),
        (5, third.number),
    ]
    assert (first.lead_unit, first.assist_units) == ("发展和改革局", ("财政局", "统计局"))
    assert (first.source, first.kind, first.deadline) == (
        "常务会议",
        ItemKind.ORDINARY,
        date(2026, 12, 10),
    )
    assert (second.urgent, second.deadline) == (True, date(2026, 12, 31))
    assert third.deadline_rule is not None  # 昌乐 90: five days
    assert third.deadline == date(2026, 11, 28)


def test_bad_rows_are_named_by_row_column_and_code_and_the_good_ones_kept(stage: Stage) -> None:
    report = run(
        stage,
        workbook(
            GOOD,
            (2, None, "水利局", None, None, None, "12月1日前", None),
            (3, "没有单位", None, None, None, None, "12月1日前", None),
            (4, "单位不在", "气象局", None, None, None, "12月1日前", None),
            (5, "已经过去", "水利局", None, None, None, "2026-11-01", None),
            (6, "没有这天", "水利局", None, None, None, "2月30日前", None),
            (7, "看不懂", "水利局", None, None, None, "尽快", "火急"),
            (8, "类型不对", "水利局", None, None, "特办", "12月1日前", None),
            (9, "公式错误#REF!", "水利局", None, None, None, "12月1日前", None),
            (10, "机密★1年 报送", "水利局", None, None, None, "12月1日前", None),
        ),
    )

    assert [row.row for row in report.created] == [3]
    assert refusals(report) == [
        (4, "content", "item_content_missing"),
        (5, "lead_unit", "item_unit_missing"),
        (6, "lead_unit", "unit_unlisted"),
        (7, "deadline", "deadline_past"),
        (8, "deadline", "date_impossible"),
        (9, "deadline", "sheet_day_unknown"),
        (9, "urgent", "sheet_urgency_unknown"),
        (10, "kind", "sheet_kind_unknown"),
        (11, "content", "sheet_cell_error"),
        (12, None, "text_secret"),
    ]
    assert len(stage.desk.listing(CHANGLE)) == 1


def test_the_same_workbook_again_creates_nothing_and_names_what_there_is(stage: Stage) -> None:
    first = run(stage, workbook(GOOD, DATED))
    pushes = len(stage.pushes("bureau_head"))

    again = run(stage, workbook(DATED, GOOD, BY_RULE))

    assert [(row.row, row.number) for row in again.known] == [
        (3, first.created[1].number),
        (4, first.created[0].number),
    ]
    assert [row.row for row in again.created] == [5]
    assert len(stage.desk.listing(CHANGLE)) == 3
    assert len(stage.pushes("bureau_head")) == pushes


def test_a_row_that_stands_twice_in_a_workbook_is_one_item(stage: Stage) -> None:
    report = run(stage, workbook(GOOD, GOOD))

    assert [(row.row, row.number) for row in report.known] == [(4, report.created[0].number)]


def test_a_dry_run_tells_the_same_and_stores_nothing(stage: Stage) -> None:
    bad = (2, None, "水利局", None, None, None, None, None)

    report = run(stage, workbook(GOOD, bad, GOOD), dry_run=True)

    assert ([r.row for r in report.created], [r.row for r in report.known]) == ([3], [5])
    assert refusals(report) == [(4, "content", "item_content_missing")]
    assert report.dry_run
    assert stage.desk.listing(CHANGLE) == []
    assert stage.pushes("bureau_head") == []


def test_a_day_later_than_the_rule_is_kept_and_pointed_out(stage: Stage) -> None:
    report = run(stage, workbook(GOOD))

    [late] = report.late
    assert (late.row, late.day, late.citation.article) == (3, date(2026, 11, 28), 90)


def test_people_papers_and_the_day_of_assignment_have_columns_of_their_own(stage: Stage) -> None:
    headings = (
        "任务内容",
        "责任单位",
        "责任人",
        "督办人",
        "交办日期",
        "办结时限",
        "文件名称",
        "文号",
    )
    row = (
        "报送方案",
        "发改局",
        "樊讷言",
        "阮鹿鸣",
        "2026-11-20",
        "2026-12-01",
        "会议纪要",
        "乐政纪〔2026〕1号",
    )

    report = run(stage, workbook(row, headings=headings))

    [item] = stage.desk.listing(CHANGLE)
    assert (item.person, item.supervisor) == ("changle/bureau_staff", "changle/ducha_chief")
    assert item.assigned_day == date(2026, 11, 20)
    assert item.links == (Reference("会议纪要", "乐政纪〔2026〕1号"),)
    assert len(report.created) == 1


def test_each_person_gets_one_message_for_a_whole_workbook(stage: Stage) -> None:
    rows = [(n, f"事项{n}", "发改局", "财政局", None, None, "12月10日前", None) for n in range(9)]

    run(stage, workbook(*rows))

    assert len(stage.pushes("bureau_head")) == 1
    assert len(stage.pushes("caizheng_head")) == 1


def test_who_may_not_register_may_not_import(stage: Stage) -> None:
    with pytest.raises(NotAllowedError):
        run(stage, workbook(GOOD), post="bureau_head")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheet_broken"),
        (b"PK\x03\x04 and nothing more", "sheet_broken"),
        (workbook(GOOD, headings=("甲", "乙", "丙")), "sheet_heading_missing"),
    ],
)
def test_what_is_no_such_workbook_is_refused_as_a_whole(
    stage: Stage, data: bytes, code: str
) -> None:
    with pytest.raises(InvalidInputError, match=code):
        run(stage, data)


def test_two_thousand_rows_with_broken_ones_among_them_take_seconds(stage: Stage) -> None:
    rows = [
        (n, f"事项{n}" if n % 10 else None, "水利局", "财政局", None, None, "12月10日前", None)
        for n in range(2_000)
    ]
    data = workbook(*rows)
    began = time.perf_counter()

    report = run(stage, data)

    assert (len(report.created), len(report.refused)) == (1_800, 200)
    assert time.perf_counter() - began < 20  # on a busy machine
