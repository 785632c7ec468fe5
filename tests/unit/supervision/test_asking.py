"""Questions about the ledger: how they are read, and what is answered to whom."""

from __future__ import annotations

from datetime import date

import pytest

from bot.adapters.chinese.ledger_questions import ChineseLedgerReader
from bot.core.supervision import ItemState
from bot.core.supervision_asking import Asked, LedgerQuestion, Months
from bot.core.supervision_report import Figure
from bot.services.ledger_talk import LedgerTalk
from tests.unit.supervision.stage import MONDAY, Stage

OCTOBER, THIS_YEAR = Months(date(2026, 10, 1)), Months(date(2026, 1, 1), is_year=True)


def read(text: str, stage: Stage) -> LedgerQuestion:
    directory = stage.database.unit_of_work().people.directory(stage.person("head").org)
    return ChineseLedgerReader().read(text, MONDAY, directory)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("哪些超期了", Asked.LIST),
        ("我的督办", Asked.LIST),
        ("发改局手上有几件", Asked.COUNT),
        ("超期的有多少", Asked.COUNT),
        ("发改局手上有几件 清单", Asked.LIST),
        ("有多少督办超期了,都有哪些", Asked.LIST),
        ("谁手上最多", Asked.BY_UNIT),
        ("各单位手上各有几件", Asked.BY_UNIT),
        ("上月办结率", Asked.RATE),
        ("今年各单位办结情况", Asked.RATE),
        ("哪个单位办得最好", Asked.RATE),
        ("出一份上月督查通报", Asked.BULLETIN),
        ("10月份的通报发我", Asked.BULLETIN),
    ],
)
def test_lists_counts_rates_and_bulletins_are_told_apart(
    text: str, asked: Asked, stage: Stage
) -> None:
    assert read(text, stage).asked is asked


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("上月办结率", OCTOBER),
        ("上个月的通报", OCTOBER),
        ("10月份的督查通报", OCTOBER),
        ("十月的通报", OCTOBER),
        ("12月的通报", Months(date(2025, 12, 1))),
        ("2026年3月的办结率", Months(date(2026, 3, 1))),
        ("本月立了多少督办", Months(date(2026, 11, 1))),
        ("今年各单位办结情况", THIS_YEAR),
        ("去年办结率", Months(date(2025, 1, 1), is_year=True)),
        ("这个月底到期的", None),
        ("12月5日前到期的", None),
        ("哪些超期了", None),
    ],
)
def test_months_are_read_backwards(text: str, months: Months | None, stage: Stage) -> None:
    assert read(text, stage).months == months


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("延期过的", Figure.EXTENDED),
        ("退回过的有哪些", Figure.SENT_BACK),
        ("上月办结的有哪些", Figure.DONE),
        ("上月逾期办结的", Figure.LATE),
        ("今年立了多少督办", Figure.ASSIGNED),
        ("上个月超期的有哪些", Figure.OVERDUE),
        ("上月还没办结的", None),
        ("已经办结的有哪些", None),
        ("哪些超期了", None),
    ],
)
def test_what_happened_is_asked_for(text: str, figure: Figure | None, stage: Stage) -> None:
    assert read(text, stage).figure == figure


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("县长批示的有哪些", "县长批示"),
        ("领导批示的有哪些", "批示"),
        ("常务会议定的事项有哪些", "常务会"),
        ("政府工作报告的任务有几件", "工作报告"),
        ("人大建议有几件", "人大"),
        ("我的督办", None),
    ],
)
def test_sources_are_read(text: str, source: str | None, stage: Stage) -> None:
    assert read(text, stage).query.source == source


def test_who_has_not_signed_asks_for_the_unsigned(stage: Stage) -> None:
    assert read("谁还没签收", stage).query.state is ItemState.UNSIGNED


@pytest.mark.parametrize("text", ["还没办结的有多少", "没办完的有哪些", "今年立的还有几件未完成"])
def test_what_is_not_done_is_not_what_is_done(text: str, stage: Stage) -> None:
    assert read(text, stage).query.state is None


def test_a_bulletin_is_the_supervision_offices(talk: LedgerTalk, stage: Stage) -> None:
    stage.register("立项:财政局11月23日前报送资金方案")
    stage.register("立项:教育局11月23日前报送排查报告")

    heard = {
        post: talk.answer(stage.person(post), "出一份本月督查通报").whole.text
        for post in ("supervisor1", "deputy1", "caizheng_head", "staff1")
    }

    for post in ("supervisor1", "deputy1"):
        assert "关于2026年11月督查事项办理情况的通报" in heard[post]
    assert "财政局2026年11月督办事项办理情况" in heard["caizheng_head"]
    assert "督查室\n" not in heard["caizheng_head"]
    assert "教育" not in heard["caizheng_head"]
    assert "没有符合条件" in heard["staff1"]


def test_leaders_hear_of_all_a_unit_of_its_own_and_staff_of_nothing(
    talk: LedgerTalk, stage: Stage
) -> None:
    stage.register("立项:财政局11月30日前报送资金方案")
    stage.register("县长批示:请教育局11月30日前报送排查报告")

    heard = {
        post: talk.answer(stage.person(post), "督办台账").whole.text
        for post in ("head", "caizheng_head", "jiaoyu_head", "staff1")
    }

    assert heard["head"].startswith("共2件")
    assert "资金方案" in heard["caizheng_head"]
    assert "排查报告" not in heard["caizheng_head"]
    assert "排查报告" in heard["jiaoyu_head"]
    assert "没有符合条件" in heard["staff1"]


def test_a_count_is_a_count_with_the_list_a_button_away(talk: LedgerTalk, stage: Stage) -> None:
    stage.register("立项:财政局11月30日前报送资金方案")

    counted = talk.answer(stage.person("head"), "财政局手上有几件").whole
    [button] = counted.buttons
    listed = talk.answer(stage.person("head"), button.say).whole

    assert counted.text.startswith("共1件")
    assert "资金方案" not in counted.text
    assert "资金方案" in listed.text


def test_a_long_list_is_cut_with_its_rest_a_link_and_the_units(
    talk: LedgerTalk, stage: Stage
) -> None:
    for n in range(25):
        stage.register(f"立项:财政局11月30日前报送第{n}批资金方案")

    [*_, rest, link, units] = talk.answer(stage.person("head"), "所有督办").whole.text.splitlines()

    assert rest.startswith("其余5项")
    assert "/supervision/changle" in link
    assert units == "按单位：财政局25件。"


def test_of_what_was_registered_only_the_open_is_listed_when_asked(
    talk: LedgerTalk, stage: Stage
) -> None:
    stage.register("立项:财政局11月30日前报送资金方案")
    stage.register("立项:教育局11月30日前报送排查报告")
    stage.desk.cancel(stage.person("supervisor1"), "督办1号撤销", stage.turn())
    head = stage.person("head")

    assert talk.answer(head, "今年立的还有几件没办完").whole.text.startswith("共1件")


def test_what_was_extended_is_found_by_its_events(talk: LedgerTalk, stage: Stage) -> None:
    stage.register("立项:财政局11月30日前报送资金方案")
    stage.register("立项:教育局11月30日前报送排查报告")
    stage.desk.extend(stage.person("supervisor1"), "把督办1号改成12月底前", stage.turn())

    heard = talk.answer(stage.person("head"), "延期过的有哪些").whole.text

    assert "资金方案" in heard
    assert "排查报告" not in heard


def test_rates_are_told_by_unit_when_each_is_asked_for(talk: LedgerTalk, stage: Stage) -> None:
    stage.register("立项:财政局11月23日前报送资金方案")

    overall = talk.answer(stage.person("head"), "本月办结率").whole.text
    each = talk.answer(stage.person("head"), "今年各单位办结情况").whole.text

    assert "到期应办结1件，已办结0件，办结率0.0%" in overall
    assert "财政局：" not in overall
    assert "财政局：交办1件" in each


def test_of_a_kind_of_units_only_those_are_told(talk: LedgerTalk, stage: Stage) -> None:
    stage.register("立项:财政局11月23日前报送资金方案")
    stage.register("立项:营丘镇11月23日前报送防火情况")
    stage.register("立项:营丘镇11月30日前报送秸秆情况")
    head = stage.person("head")

    rates = talk.answer(head, "各乡镇办结情况").whole.text
    counts = talk.answer(head, "各镇手上几件").whole.text
    everything = talk.answer(head, "各单位办结情况").whole.text

    assert "各乡镇" in rates
    assert "营丘镇：交办2件" in rates
    assert "到期应办结1件" in rates
    assert "财政局" not in rates
    assert "按单位：营丘镇2件" in counts
    assert "财政局" not in counts
    assert "财政局：交办1件" in everything


@pytest.mark.parametrize("text", ["哪个乡镇办得最慢", "各镇街办结情况", "各街道进展情况怎么样"])
def test_a_kind_of_units_is_read_as_those_of_the_directory(text: str, stage: Stage) -> None:
    units = read(text, stage).units

    assert units
    assert all(unit.endswith(("镇", "乡", "街道")) for unit in units)


def test_all_units_and_kinds_that_nobody_knows_narrow_nothing(stage: Stage) -> None:
    assert read("各单位办结情况", stage).units == ()
    assert read("各有关部门办结情况", stage).units == ()


def test_in_a_group_only_counts_are_said(talk: LedgerTalk, stage: Stage) -> None:
    stage.register("立项:财政局11月30日前报送资金方案")

    for text in ("哪些督办要办", "出一份本月督查通报", "本月各单位办结情况"):
        counts = talk.answer(stage.person("head"), text).counts
        assert "资金方案" not in counts
        assert "财政局" not in counts


def test_who_has_most_comes_first(stage: Stage, talk: LedgerTalk) -> None:
    stage.register("立项:财政局12月1日前报送预算执行情况")
    stage.register("立项:发改局12月1日前报送重点项目进展")
    stage.register("立项:发改局12月2日前报送投资情况")

    answer = talk.answer(stage.person("supervisor1"), "谁手上最多")

    assert "按单位：发展和改革局2件、财政局1件" in answer.whole.text
    assert "财政局" not in answer.counts
