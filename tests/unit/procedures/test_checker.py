"""What the checker finds in tables that are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.core.people import OrgId
from bot.core.procedures import Condition, Procedures, Row, Table
from bot.core.rules import Article, Clause, Edition
from knowledge.procedures.checker import Finding, check

ORG = OrgId("changle")
WORDS = "请假1天由科长批准;请假2天由主任批准"
ITEM = "(一)病假由主任批准"
TEXT = f"{WORDS}\n{ITEM}"
EDITION = Edition(
    id="changle-1",
    org=ORG,
    title="工作规则",
    number="",
    issuer="",
    adopted_day=None,
    effective_day=None,
    repeals=None,
    content_hash="",
    text=TEXT,
    articles=(Article(3, "", TEXT, (Clause(WORDS), Clause(ITEM, "一")), 0),),
)


def row(
    *conditions: Condition,
    outcome: Mapping[str, Any] | None = None,
    article: int = 3,
    item: str | None = None,
    quote: str = "请假1天由科长批准",
) -> Row:
    return Row(conditions, outcome or {"approvers": ["head"]}, article, item, quote)


def of_rank(*ranks: str) -> Condition:
    return Condition("rank", frozenset(ranks))


def findings(*rows: Row, table: str = "leave_notice") -> list[Finding]:
    return check(Procedures(ORG, {table: Table(ORG, table, table, rows)}), EDITION)


def codes(*rows: Row, table: str = "leave_notice") -> list[str]:
    return [finding.code for finding in findings(*rows, table=table)]


def test_a_literal_quote_is_accepted() -> None:
    assert codes(row(of_rank("staff"))) == []


def test_words_that_the_article_does_not_hold_are_found() -> None:
    [finding] = findings(row(of_rank("staff"), quote="请假一天由科长批准"))

    assert (finding.severity, finding.code, finding.row) == ("error", "quote_gone", 1)


def test_further_places_are_proved_like_the_first() -> None:
    also = {"also": [{"article": 3, "quote": "请假3天"}]}

    assert codes(row(of_rank("staff"), outcome=also)) == ["quote_gone"]


def test_every_step_of_a_procedure_is_proved() -> None:
    steps = {"steps": [{"article": 3, "quote": WORDS}, {"article": 3, "quote": "请假3天"}]}

    [finding] = findings(row(of_rank("staff"), outcome=steps))

    assert (finding.code, finding.detail) == ("quote_gone", "请假3天")


def test_a_step_must_stand_in_the_item_that_it_names() -> None:
    steps = {"steps": [{"article": 3, "item": "一", "quote": WORDS}]}

    assert codes(row(of_rank("staff"), outcome=steps)) == ["item_unknown"]


def test_an_article_that_does_not_exist_is_found() -> None:
    assert codes(row(of_rank("staff"), article=4)) == ["article_unknown"]


def test_the_item_must_be_the_one_that_holds_the_quote() -> None:
    right = row(of_rank("staff"), item="一", quote="病假由主任批准")
    wrong = row(of_rank("head"), item="一")

    assert codes(right, wrong) == ["item_unknown"]


def test_two_ranges_that_share_a_day_contradict() -> None:
    first = row(Condition("days", most=2))
    second = row(Condition("days", least=2), outcome={"approvers": ["office_director"]})

    [finding] = findings(first, second)

    assert (finding.code, finding.row, finding.detail) == ("rows_contradict", 2, "row 1")


def test_two_ranges_that_only_touch_are_apart() -> None:
    assert codes(row(Condition("days", most=1.5)), row(Condition("days", least=2))) == []


def test_rows_that_say_the_same_of_one_case_overlap() -> None:
    assert codes(row(of_rank("staff", "head")), row(of_rank("staff"))) == ["rows_overlap"]


def test_a_row_without_a_condition_on_a_fact_meets_every_value_of_it() -> None:
    anywhere = row(of_rank("staff"))
    outside = row(of_rank("staff"), Condition("out_of_area", frozenset({True})))

    assert codes(anywhere, outside) == ["rows_overlap"]


def test_posts_ranks_and_units_that_nobody_knows_are_found() -> None:
    outcome = {"approvers": ["boss", "市委书记"], "tell": "leader", "unit": "moons"}

    found = codes(row(of_rank("emperor"), outcome=outcome))

    assert found == ["post_unknown", "unit_unknown", "rank_unknown"]


def test_the_lengths_between_two_rows_are_a_gap() -> None:
    ranks = ("head", "deputy", "office_director", "office_deputy", "section_chief", "bureau_head")
    rows = [
        row(of_rank(*ranks, "bureau_staff", "town_head")),
        row(of_rank("staff"), Condition("days", most=1)),
        row(of_rank("staff"), Condition("days", least=2)),
    ]

    [finding] = findings(*rows, table="leave_approval")

    assert (finding.severity, finding.code) == ("note", "gap")
    assert finding.detail == "rank=staff, days=1.5"


def test_a_sum_that_two_ranges_leave_out_is_a_gap_of_its_act() -> None:
    spent = Condition("act", frozenset({"开支"}))
    rows = [
        row(spent, Condition("amount", most=2999.99)),
        row(spent, Condition("amount", least=3000.01)),
    ]

    [finding, other] = findings(*rows, table="spending_approval")

    assert finding.detail == "act=开支, amount=3000.0"
    assert other.detail == "act=报账"


def test_a_seal_of_which_no_row_speaks_is_a_gap_and_an_unknown_one_an_error() -> None:
    def seal(*names: str) -> Row:
        return row(Condition("seal", frozenset(names)))

    [gap] = findings(seal("政府印章", "首长印章"), table="seal_use")
    [error, *_] = findings(seal("玉玺"), table="seal_use")

    assert (gap.code, gap.detail) == ("gap", "seal=办公室印章")
    assert (error.code, error.detail) == ("seal_unknown", "玉玺")


def test_the_meetings_of_which_a_side_is_not_written_are_listed() -> None:
    tables = {
        name: Table(ORG, name, name, tuple(row(Condition("meeting", frozenset({m}))) for m in told))
        for name, told in {
            "meeting_chair": ("全体会议", "常务会议"),
            "meeting_frequency": ("常务会议",),
        }.items()
    }

    found = check(Procedures(ORG, tables), EDITION)

    notes = {finding.table: finding.detail for finding in found if finding.code == "unwritten"}
    assert "meeting_chair" not in notes
    assert notes["meeting_frequency"] == "meeting=全体会议"
    assert notes["meeting_quorum"] == "meeting=全体会议|常务会议"


def test_silence_about_notice_is_no_gap() -> None:
    assert codes(row(of_rank("head"))) == []


def test_a_short_answer_must_stand_in_its_quote() -> None:
    outcome = {"answer": "由县长批准"}

    [finding] = findings(row(of_rank("staff"), outcome=outcome))

    assert str(finding) == "error answer_not_quoted in leave_notice row 1: 由县长批准"
    assert finding.is_error


@pytest.mark.parametrize("field", ["in_full", "first", "last", "overseer"])
def test_a_step_that_is_told_must_stand_in_the_quote(field: str) -> None:
    [finding] = findings(row(of_rank("staff"), outcome={field: "由县长批准"}))

    assert finding.code == f"{field}_not_quoted"
