"""The five offices' rules on leave, as the desk applies them to a sentence."""

from __future__ import annotations

import pytest

from bot.core.leave import WarningCode
from bot.core.leave_route import GRANTED_STATES
from tests.fakes.rule_book import FakeRuleBook
from tests.unit.leave.stage import Stage

SILENT = WarningCode.RULE_SILENT
SHORT = WarningCode.NOTICE_SHORT


@pytest.mark.parametrize(
    ("user", "said", "approvers", "tell", "articles"),
    [
        ("changle/deputy2", "12月1日至5日年休假", "head", "县政府办公室", {83, 7}),
        ("changle/office_director", "12月1日去北京出差", "head", "县政府办公室", {83}),
        ("changle/town_head", "12月1日去北京出差", "head", "县政府办公室", {83}),
        ("changle/bureau_head", "12月1日去北京出差", "deputy1 head", "县政府办公室", {83}),
        ("changle/staff1", "12月1日至2日年休假", "section_chief office_deputy", "", set()),
        ("changle/staff1", "12月1日至3日年休假", "section_chief office_director", "", set()),
        ("changle/bureau_staff", "12月1日年休假", "bureau_head", "", set()),
        ("changle/bureau_head", "常务会请假,因12月1日在省里开会", "head", "县政府办公室", {49}),
        ("changle/head", "12月1日去北京出差", "", "", {6}),
        ("shuangtaizi/deputy1", "12月1日年休假", "head", "区政府其他领导同志", {65, 7}),
        ("shuangtaizi/bureau_head", "12月1日去沈阳出差", "deputy1 head", "", {65, 49}),
        ("shuangtaizi/bureau_head", "12月1日年休假,就在本地", "head", "", {49}),
        ("shuangtaizi/town_head", "12月1日去沈阳出差", "head", "", {49}),
        ("fenghuang/staff1", "明天下午请半天病假", "section_chief", "党建政工办", {78}),
        ("fenghuang/staff1", "明天请一天病假", "office_deputy", "党建政工办", {78}),
        ("fenghuang/staff1", "明天起请两天病假", "office_director", "党建政工办", {78}),
        (
            "fenghuang/staff1",
            "明天去长沙出差",
            "office_deputy",
            "值班室主任 党建政工办",
            {78},
        ),
        ("fenghuang/deputy2", "12月1日去长沙出差", "head", "县委办", {26}),
        ("fenghuang/bureau_head", "12月1日去长沙出差", "deputy1", "县政府总值班室", {26}),
        ("fenghuang/town_head", "12月1日去长沙出差", "deputy2 head", "县政府总值班室", {26}),
        ("xianyang/head", "12月1日去北京出差", "", "", {65}),
        ("xianyang/deputy1", "12月1日去北京出差", "head", "", {65}),
        ("xianyang/bureau_head", "12月1日起去北京出差6天", "deputy1 head", "", {65}),
        ("xianyang/bureau_head", "12月1日起去北京出差7天", "deputy1 head", "市政府办公室", {65}),
        ("yunyang/deputy1", "12月1日年休假", "head", "县政府其他领导同志", {59, 5}),
        (
            "yunyang/bureau_head",
            "12月1日去重庆出差,工作由戚锦程主持",
            "deputy1 head",
            "县政府办公室",
            {59},
        ),
        ("yunyang/staff1", "常务会请假,因12月1日在市里开会", "office_director head", "", {49}),
    ],
)
def test_route_and_citations_are_those_of_the_article(
    user: str, said: str, approvers: str, tell: str, articles: set[int]
) -> None:
    leave = Stage().preview(user, said)

    org = user.split("/")[0]
    known = [step.user for step in leave.route if step.user]
    assert known == [f"{org}/{post}" for post in approvers.split()]
    assert list(leave.tell) == tell.split()
    assert {citation.article for citation in leave.citations} == articles


@pytest.mark.parametrize(
    ("user", "said", "codes"),
    [
        ("shuangtaizi/bureau_head", "后天去沈阳出差", [SHORT]),
        ("shuangtaizi/bureau_head", "周四去沈阳出差", []),  # filed on Monday: 3 days ahead
        ("shuangtaizi/bureau_head", "后天年休假,就在本地", []),
        ("yunyang/bureau_head", "后天去重庆出差,没有代理人", [SHORT, WarningCode.STAND_IN_MISSING]),
        ("yunyang/bureau_head", "周四去重庆出差,工作由副局长主持", []),
        ("fenghuang/bureau_head", "明天去长沙出差", [SHORT]),
        ("fenghuang/bureau_head", "后天去长沙出差", []),  # filed on Monday: 2 working days ahead
        ("fenghuang/staff1", "明天起请两天病假", [WarningCode.CERTIFICATE_MISSING]),
        ("fenghuang/staff1", "明天请一天半病假", [WarningCode.CERTIFICATE_MISSING, SILENT]),
        ("changle/staff1", "明天请一天病假", [SILENT]),
        ("changle/bureau_head", "前天去北京出差", [WarningCode.PAST_START]),
        ("changle/bureau_head", "明天去北京出差", []),
    ],
)
def test_warnings_come_from_the_rules(user: str, said: str, codes: list[WarningCode]) -> None:
    leave = Stage().preview(user, said)

    assert [warning.code for warning in leave.warnings] == codes


def test_a_warning_cites_the_article_that_it_comes_from() -> None:
    leave = Stage().preview("yunyang/bureau_head", "后天去重庆出差,工作由副局长主持")

    [warning] = leave.warnings
    assert warning.citation is not None
    assert warning.citation.article == 59
    assert "应提前3天" in warning.citation.quote
    assert "3天" in warning.text
    assert "2天" in warning.text


def test_a_quote_that_a_new_edition_lost_is_not_cited() -> None:
    gone = "应提前3天向县政府请假并明确主持工作的负责人"
    stage = Stage(FakeRuleBook(gone=(gone,)))

    leave = stage.preview("yunyang/bureau_head", "周四去重庆出差,没有代理人")

    [warning] = leave.warnings
    assert warning.citation is None


def test_a_habit_of_the_office_is_never_shown_as_a_rule() -> None:
    leave = Stage().preview("changle/staff1", "明天请一天病假")

    [warning] = leave.warnings
    assert (warning.code, warning.citation, leave.citations) == (SILENT, None, ())
    assert "单位约定" in warning.text


def test_nobody_approves_their_own_leave() -> None:
    stage = Stage()

    leave = stage.file("yunyang/office_director", "常务会请假,因12月1日在市里开会")

    assert stage.request(leave.id).approvers == ("yunyang/head",)


def test_a_request_whose_approvers_nobody_knows_goes_to_the_office() -> None:
    stage = Stage()

    leave = stage.file("xianyang/head", "12月1日去北京出差")

    assert [step.post for step in leave.route] == ["市委书记", "省政府办公厅"]
    assert stage.request(leave.id).approvers == ("xianyang/office_director",)


def test_whoever_the_table_names_approves_for_an_absent_director() -> None:
    stage = Stage()
    absent = stage.grant("fenghuang/office_director", "今天到周五去长沙出差")

    leave = stage.preview("fenghuang/staff1", "12月1日起请两天病假")

    assert stage.state(absent) in GRANTED_STATES
    assert [step.user for step in leave.route] == ["fenghuang/office_deputy"]


def test_the_partner_approves_for_an_absent_leader() -> None:
    stage = Stage()
    stage.grant("changle/deputy1", "今天到周五年休假")

    leave = stage.preview("changle/bureau_head", "周四去北京出差")

    assert [step.user for step in leave.route] == ["changle/deputy2", "changle/head"]


def test_days_already_asked_for_are_warned_of() -> None:
    stage = Stage()
    stage.file("changle/staff1", "12月1日至3日年休假")

    leave = stage.preview("changle/staff1", "12月3日病假一天")

    assert WarningCode.OVERLAP in [warning.code for warning in leave.warnings]


def test_an_afternoon_after_a_morning_does_not_overlap() -> None:
    stage = Stage()
    stage.file("changle/staff1", "12月1日上午病假")

    leave = stage.preview("changle/staff1", "12月1日下午年休假")

    assert WarningCode.OVERLAP not in [warning.code for warning in leave.warnings]


def test_partners_who_would_both_be_away_are_warned_of_by_the_article() -> None:
    stage = Stage()
    stage.file("changle/deputy2", "12月2日至3日年休假")

    leave = stage.preview("changle/deputy1", "12月1日至5日年休假")

    [warning] = leave.warnings
    assert warning.code is WarningCode.PARTNERS_AWAY
    assert warning.citation is not None
    assert warning.citation.article == 7


def test_a_stand_in_who_is_away_is_warned_of() -> None:
    stage = Stage()
    stage.file("changle/staff2", "12月2日年休假一天")

    leave = stage.preview("changle/staff1", "12月1日至3日年休假,工作由褚思齐代理")

    codes = [warning.code for warning in leave.warnings]
    assert (leave.stand_in, codes) == (
        "changle/staff2",
        [WarningCode.STAND_IN_AWAY, WarningCode.RULE_SILENT],
    )


def test_the_partner_stands_in_without_being_named() -> None:
    leave = Stage().preview("changle/deputy1", "12月1日至5日年休假")

    assert (leave.stand_in, leave.stand_in_name) == ("changle/deputy2", "郁望岱")


def test_leaving_the_county_seat_counts_for_the_office_and_not_for_leaders() -> None:
    stage = Stage()

    staff = stage.preview("fenghuang/staff1", "明天去阿拉营镇出差")
    leader = stage.preview("fenghuang/deputy2", "明天去阿拉营镇出差")

    assert "值班室主任" in staff.tell
    assert (leader.tell, leader.out_of_area) == ((), False)
