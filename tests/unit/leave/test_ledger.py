from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.adapters.xlsx import XlsxWriter
from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.people import OrgId
from bot.services.leave_cases import approval_key
from bot.services.leave_ledger import LeaveLedger, asks_for_register
from tests.unit.leave.stage import Stage, person

FENGHUANG = OrgId("fenghuang")
STAFF, OTHER = "fenghuang/staff1", "fenghuang/staff2"
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def stage() -> Stage:
    return Stage(orgs=["fenghuang", "changle"])


def ledger(stage: Stage) -> LeaveLedger:
    return LeaveLedger(stage.database.unit_of_work, stage.clock, XlsxWriter(), stage.words)


def rows(stage: Stage, first: date, sheet: int = 0) -> list[dict[str, object]]:
    drawn_up = ledger(stage).sheets(FENGHUANG, first)[sheet]
    return [dict(zip(drawn_up.header, row, strict=True)) for row in drawn_up.rows]


def test_a_granted_leave_is_registered_with_all_that_is_asked_for(stage: Stage) -> None:
    leave = stage.grant(STAFF, "12月1日到2日请事假,家里装修,不出县城")
    stage.go_to(date(2026, 12, 2), 17)
    stage.desk.tick()
    stage.desk.return_from(person(STAFF), None, stage.turn())

    [row] = rows(stage, DECEMBER)

    assert row["编号"] == leave.id
    assert (row["姓名"], row["单位"]) == (person(STAFF).name, person(STAFF).unit)
    assert (row["类别"], row["天数"], row["工作日"]) == ("事假", 2, 2)
    assert row["起止"] == "12月1日（周二）至12月2日（周三）"
    assert row["批准人"] == person("fenghuang/office_director").name
    assert row["批准时间"] == "2026-11-23 09:00"
    assert row["销假时间"] == "2026-12-02 17:00"
    assert row["状态"] == "已销假"
    assert list(row)[1:16] == [
        "姓名", "单位", "职务", "类别", "起止", "天数", "工作日", "地点", "事由", "代班",
        "批准人", "批准时间", "销假时间", "状态", "依据条款",
    ]  # fmt: skip


def test_what_was_not_granted_stands_on_a_sheet_of_its_own(stage: Stage) -> None:
    leave = stage.file(STAFF, "12月1日请事假一天,搬家,不出县城")
    stage.desk.settle(
        approval_key(leave.id), False, stage.request(leave.id).approvers[0], "人手不够"
    )

    [row] = rows(stage, DECEMBER, sheet=1)

    assert rows(stage, DECEMBER) == []
    assert (row["状态"], row["批准人"], row["备注"]) == ("未批准", "", "人手不够")


def test_a_leave_over_the_end_of_a_month_stands_in_both(stage: Stage) -> None:
    stage.grant(STAFF, "11月30日到12月1日年休假,不出县城")

    assert [len(rows(stage, first)) for first in (NOVEMBER, DECEMBER)] == [1, 1]
    assert rows(stage, date(2027, 1, 1)) == []


def test_what_people_wrote_is_no_formula(stage: Stage) -> None:
    stage.grant(STAFF, "12月1日请事假一天,不出县城,事由是=1+1的装修")

    book = load_workbook(BytesIO(ledger(stage).workbook(FENGHUANG, DECEMBER)))

    [reason] = [
        c
        for row in book.worksheets[0].iter_rows(min_row=2)
        for c in row
        if c.value and str(c.value).startswith("=")
    ]
    assert (reason.data_type, reason.quotePrefix) == ("s", True)


@pytest.mark.parametrize(
    ("user", "may"),
    [
        ("fenghuang/clerk1", True),
        ("fenghuang/head", True),
        ("fenghuang/office_director", True),
        ("fenghuang/staff1", False),
        ("fenghuang/bureau_head", False),
        ("changle/clerk1", False),
    ],
)
def test_clerks_leaders_and_the_offices_heads_may_read_it(
    stage: Stage, user: str, *, may: bool
) -> None:
    if may:
        ledger(stage).check_reader(person(user), FENGHUANG)
        return
    with pytest.raises(NotAllowedError, match="leave_ledger_not_allowed"):
        ledger(stage).check_reader(person(user), FENGHUANG)


@pytest.mark.parametrize("named", ["2026-13", "11月", "2026", "0000-01"])
def test_what_is_no_month_is_said_to_be_none(stage: Stage, named: str) -> None:
    with pytest.raises(InvalidInputError, match="leave_month_unreadable"):
        ledger(stage).month(named)


def test_without_a_month_it_is_the_running_one(stage: Stage) -> None:
    assert ledger(stage).month(None) == NOVEMBER
    assert ledger(stage).month("2026-12") == DECEMBER


@pytest.mark.parametrize(
    ("text", "month", "count"),
    [
        ("本月请假登记", "2026-11", 1),
        ("12月的准假登记表", "2026-12", 2),
        ("上个月请假台账", "2026-10", 0),
        ("2027年1月请假汇总", "2027-01", 0),
    ],
)
def test_in_chat_the_register_says_how_a_month_stands_and_where_it_is(
    stage: Stage, text: str, month: str, count: int
) -> None:
    stage.grant(STAFF, "11月30日到12月1日请事假,家里装修,不出县城")
    stage.file(OTHER, "12月2日请事假一天,搬家,不出县城")

    told = ledger(stage).told(person("fenghuang/clerk1"), text).text

    assert asks_for_register(text)
    assert f"请假共{count}件" in told
    assert told.endswith(f"/leaves/fenghuang?month={month}")


def test_who_keeps_no_register_hears_who_does(stage: Stage) -> None:
    with pytest.raises(NotAllowedError) as refusal:
        ledger(stage).told(person(STAFF), "本月请假登记")

    assert "由领导、办公室负责人和文秘查看" in stage.words.problem(refusal.value).text


@pytest.mark.parametrize("text", ["我的请假", "请假登记了吗", "我请了几天假", "请假要在哪里备案"])
def test_other_sentences_ask_for_no_register(text: str) -> None:
    assert not asks_for_register(text)
