from __future__ import annotations

from datetime import date

import pytest

from bot.core.calendar import CalendarUnpublishedError
from bot.core.errors import InvalidInputError, NotAllowedError, NotFoundError, RefusedError
from bot.core.supervision import ItemKind, ItemState, ItemStateError, Occasion
from bot.services.supervision import UnitUnlistedError
from tests.fakes.rule_book import FakeRuleBook
from tests.unit.supervision.stage import CHANGLE, SHUANGTAIZI, Stage

SENTENCE = "立项:发改局11月底前报送重点项目进展,速办"
NUMBER = "督〔2026〕1号"


def test_one_sentence_registers_an_item_and_tells_the_head_of_the_unit(stage: Stage) -> None:
    item = stage.register(SENTENCE)

    assert (item.number, item.content, item.lead_unit) == (
        NUMBER,
        "报送重点项目进展",
        "发展和改革局",
    )
    assert (item.kind, item.deadline, item.state) == (
        ItemKind.FAST,
        date(2026, 11, 30),
        ItemState.UNSIGNED,
    )
    assert (item.person, item.leader) == ("changle/bureau_head", "changle/deputy1")
    assert item.supervisor == "changle/supervisor1"
    [push] = stage.pushes("bureau_head")
    assert "签收督办1号" in push.message.text
    assert [button.say for button in push.message.buttons] == ["签收督办1号"]


def test_numbers_run_by_office_and_year(stage: Stage) -> None:
    first, second = stage.register(SENTENCE), stage.register(SENTENCE)
    elsewhere = stage.register(SENTENCE, org=SHUANGTAIZI)
    stage.at(2027, 1, 4, 9)
    next_year = stage.register("立项:发改局1月底前报送总结")

    numbers = [item.number for item in (first, second, elsewhere, next_year)]
    assert numbers == [NUMBER, "督〔2026〕2号", NUMBER, "督〔2027〕1号"]


def test_a_repeated_turn_registers_once(stage: Stage) -> None:
    supervisor = stage.person("supervisor1")

    first = stage.desk.register(supervisor, SENTENCE, "turn")
    again = stage.desk.register(supervisor, SENTENCE, "turn")

    assert again == first
    assert len(stage.desk.listing(CHANGLE)) == 1
    assert len(stage.pushes("bureau_head")) == 1


def test_without_a_date_the_table_of_the_office_counts_the_deadline(stage: Stage) -> None:
    fast = stage.register("立项:发改局报送重点项目进展,速办", org=SHUANGTAIZI)
    complex_ = stage.register("立项:发改局拿出改革方案,复杂", org=SHUANGTAIZI)
    long = stage.register("立项:发改局推进产业升级,长期", org=SHUANGTAIZI)
    default = stage.register("立项:发改局报送重点项目进展,速办")

    assert fast.deadline == date(2026, 11, 25)
    assert fast.deadline_rule is not None
    assert fast.deadline_rule.quote == "区长批示的速办件须在2个工作日内反馈"
    assert complex_.deadline == date(2026, 12, 22)
    assert long.deadline is None
    assert long.deadline_rule is not None
    assert (default.deadline, default.deadline_rule) == (date(2026, 11, 25), None)


def test_what_the_work_report_lays_down_is_due_by_the_end_of_the_year(stage: Stage) -> None:
    item = stage.register("立项:政府工作报告任务,发改局引进5个项目", org=SHUANGTAIZI)

    assert item.deadline == date(2026, 12, 31)
    assert item.source == "政府工作报告"


def test_a_stated_day_wins_and_one_beyond_the_rule_is_pointed_out(stage: Stage) -> None:
    late = stage.register("立项:发改局12月底前报送进展,速办", org=SHUANGTAIZI)
    kept = stage.register("立项:发改局11月24日前报送进展,速办", org=SHUANGTAIZI)
    default = stage.register("立项:发改局12月底前报送进展,速办")

    exceeded = stage.desk.exceeded_rule(late)
    assert late.deadline == date(2026, 12, 31)
    assert late.deadline_rule is None
    assert exceeded is not None
    assert exceeded.day == date(2026, 11, 25)
    assert exceeded.citation is not None
    assert stage.desk.exceeded_rule(kept) is None
    assert stage.desk.exceeded_rule(default) is None  # the office's own default binds nobody


def test_a_deadline_in_the_past_is_refused(stage: Stage) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        stage.register("立项:发改局11月20日前报送进展")

    assert refusal.value.code == "deadline_past"
    assert stage.desk.listing(CHANGLE) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("立项:11月底前报送重点项目进展", "item_unit_missing"),
        ("立项:发改局11月底前", "item_content_missing"),
    ],
)
def test_what_a_sentence_lacks_is_asked_for(stage: Stage, text: str, code: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        stage.register(text)

    assert refusal.value.code == code


def test_a_rule_whose_quote_is_gone_counts_no_deadline() -> None:
    stage = Stage(FakeRuleBook(gone=("区长批示的速办件须在2个工作日内反馈",)))

    with pytest.raises(InvalidInputError) as refusal:
        stage.register("立项:发改局报送进展,速办", org=SHUANGTAIZI)

    assert refusal.value.code == "item_deadline_missing"


def test_a_rule_that_counts_into_an_unpublished_year_refuses_to_guess(stage: Stage) -> None:
    stage.at(2026, 12, 30, 9)

    with pytest.raises(CalendarUnpublishedError):
        stage.register("立项:发改局报送进展,一般", org=SHUANGTAIZI)

    assert stage.register("立项:发改局2027年1月15日前报送进展,一般", org=SHUANGTAIZI).deadline


def test_an_unlisted_unit_needs_a_confirmation_and_stays_marked(stage: Stage) -> None:
    text = "立项:某某办12月10日前报送方案"

    with pytest.raises(UnitUnlistedError) as refusal:
        stage.register(text)
    item = stage.register(text, unlisted=True)

    assert refusal.value.details == {"unit": "某某办"}
    assert (item.lead_unit, item.registered_unit, item.person) == ("某某办", False, None)
    assert "电话转告" in stage.pushes("supervisor1")[0].message.text


def test_the_supervision_office_acts_for_an_unlisted_unit(stage: Stage) -> None:
    stage.register("立项:某某办12月10日前报送方案", unlisted=True)
    supervisor = stage.person("supervisor1")

    signed = stage.desk.sign(supervisor, "签收督办1号", stage.turn())

    assert signed.state is ItemState.WORKING


def test_assisting_units_are_told_too(stage: Stage) -> None:
    item = stage.register("立项:发改局会同财政局、教育局11月底前报送进展")

    assert item.assist_units == ("财政局", "教育和体育局")
    assert len(stage.pushes("caizheng_head")) == len(stage.pushes("jiaoyu_head")) == 1


def test_what_a_leader_registers_is_watched_over_by_the_supervision_office(stage: Stage) -> None:
    item = stage.register(SENTENCE, post="head")

    assert item.supervisor == "changle/supervisor1"


def test_staff_may_not_register(stage: Stage) -> None:
    with pytest.raises(NotAllowedError):
        stage.register(SENTENCE, post="bureau_head")


def test_an_item_goes_from_signing_to_closing(stage: Stage) -> None:
    stage.register(SENTENCE)
    unit, office = stage.person("bureau_head"), stage.person("supervisor1")

    signed = stage.desk.sign(unit, "签收督办1号", stage.turn())
    working = stage.desk.report(unit, "督办1号已完成80%,下周报送", stage.turn())
    finished = stage.desk.report(unit, "督办1号已办结", stage.turn())
    returned = stage.desk.send_back(office, "退回督办1号,数据不全", stage.turn())
    again = stage.desk.report(unit, "督办1号已完成100%", stage.turn())
    closed = stage.desk.close(office, "督办1号销号", stage.turn())

    states = [item.state for item in (signed, working, finished, returned, again, closed)]
    assert states == [
        ItemState.WORKING,
        ItemState.WORKING,
        ItemState.IN_REVIEW,
        ItemState.WORKING,
        ItemState.IN_REVIEW,
        ItemState.CLOSED,
    ]
    assert [report.percent for report in closed.progress] == [80, None, 100]
    assert signed.signed_at == closed.closed_at == stage.clock.now()
    told_office = [push.message.text for push in stage.pushes("supervisor1")]
    told_unit = [push.message.text for push in stage.pushes("bureau_head")]
    assert len(told_office) == 3
    assert "已完成80%" in told_office[0]
    assert "退回补办" in told_unit[1]
    assert "已销号" in told_unit[2]


def test_the_first_report_of_the_unit_signs(stage: Stage) -> None:
    stage.register(SENTENCE)

    item = stage.desk.report(stage.person("bureau_staff"), "督办1号已完成三成", stage.turn())

    assert (item.state, item.progress[0].percent) == (ItemState.WORKING, 30)
    assert item.signed_at is not None


def test_an_assisting_unit_reports_without_signing_or_finishing(stage: Stage) -> None:
    stage.register("立项:发改局会同财政局11月底前报送进展")

    item = stage.desk.report(stage.person("caizheng_head"), "督办1号已办结", stage.turn())

    assert (item.state, len(item.progress)) == (ItemState.UNSIGNED, 1)


def test_130_percent_is_refused_and_nothing_is_noted(stage: Stage) -> None:
    stage.register(SENTENCE)

    with pytest.raises(InvalidInputError) as refusal:
        stage.desk.report(stage.person("bureau_head"), "督办1号已完成130%", stage.turn())

    assert refusal.value.code == "progress_percent"
    assert stage.item(NUMBER).progress == ()


def test_a_unit_asks_for_an_extension_and_the_office_grants_it(stage: Stage) -> None:
    stage.register(SENTENCE)
    unit, office = stage.person("bureau_head"), stage.person("supervisor1")

    asked = stage.desk.extend(unit, "督办1号申请延期到12月15日", stage.turn())
    granted = stage.desk.extend(office, "同意督办1号延期", stage.turn())

    assert (asked.deadline, asked.extension_to) == (date(2026, 11, 30), date(2026, 12, 15))
    assert (granted.deadline, granted.extension_to) == (date(2026, 12, 15), None)
    assert stage.desk.extension_event("督办1号申请延期到12月15日", asked) == "extension_asked"
    assert stage.desk.extension_event("同意督办1号延期", granted) == "extended"
    assert "12月15日" in stage.pushes("bureau_head")[-1].message.text


def test_a_refused_extension_leaves_the_deadline(stage: Stage) -> None:
    stage.register(SENTENCE)
    stage.desk.extend(stage.person("bureau_head"), "督办1号延期一周", stage.turn())

    item = stage.desk.extend(stage.person("supervisor1"), "不同意督办1号延期", stage.turn())

    assert (item.deadline, item.extension_to) == (date(2026, 11, 30), None)


def test_what_neither_grants_nor_refuses_decides_nothing(stage: Stage) -> None:
    stage.register(SENTENCE)
    stage.desk.extend(stage.person("bureau_head"), "督办1号延期一周", stage.turn())

    with pytest.raises(InvalidInputError) as refusal:
        stage.desk.extend(stage.person("supervisor1"), "督办1号的延期怎么办", stage.turn())

    assert refusal.value.code == "extension_decision_missing"
    assert stage.item(NUMBER).extension_to == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("督办1号申请延期", "extension_day_missing"),
        ("督办1号申请延期到11月28日", "extension_not_later"),
        ("督办1号申请延期到11月20日", "deadline_past"),
    ],
)
def test_an_extension_needs_a_later_day(stage: Stage, text: str, code: str) -> None:
    stage.register(SENTENCE)

    with pytest.raises(InvalidInputError) as refusal:
        stage.desk.extend(stage.person("bureau_head"), text, stage.turn())

    assert refusal.value.code == code


def test_the_unit_is_told_why_its_item_comes_back(stage: Stage) -> None:
    stage.register(SENTENCE)
    stage.desk.report(stage.person("bureau_head"), "督办1号已办结", stage.turn())

    stage.desk.send_back(stage.person("supervisor1"), "退回督办1号,材料不全", stage.turn())
    stage.desk.report(stage.person("bureau_head"), "督办1号已办结", stage.turn())
    stage.desk.send_back(stage.person("supervisor1"), "退回督办1号", stage.turn())

    *_, why, bare = [push.message.text for push in stage.pushes("bureau_head")]
    assert "意见：材料不全。" in why
    assert "意见" not in bare


def test_a_report_is_kept_without_the_number_of_its_item(stage: Stage) -> None:
    stage.register(SENTENCE)

    noted = stage.desk.report(stage.person("bureau_head"), "督办1号已完成80%", stage.turn())

    assert noted.progress[-1].text == "已完成80%"


def test_only_the_supervision_office_closes(stage: Stage) -> None:
    stage.register(SENTENCE)
    for post in ("bureau_head", "clerk1", "head"):
        with pytest.raises(NotAllowedError) as refusal:
            stage.desk.close(stage.person(post), "督办1号销号", stage.turn())

        assert refusal.value.code == "supervision_close_not_allowed"


def test_a_closed_item_takes_no_further_step(stage: Stage) -> None:
    stage.register(SENTENCE)
    unit, office = stage.person("bureau_head"), stage.person("supervisor1")
    stage.desk.cancel(office, "撤销督办1号", stage.turn())

    for step in (stage.desk.close, stage.desk.send_back, stage.desk.cancel):
        with pytest.raises(ItemStateError):
            step(office, "督办1号", stage.turn())
    with pytest.raises(ItemStateError):
        stage.desk.report(unit, "督办1号已完成80%", stage.turn())


def test_a_repeated_turn_takes_a_step_once(stage: Stage) -> None:
    stage.register(SENTENCE)
    unit = stage.person("bureau_head")

    stage.desk.report(unit, "督办1号已完成80%", "turn")
    item = stage.desk.report(unit, "督办1号已完成80%", "turn")

    assert len(item.progress) == 1
    assert len(stage.pushes("supervisor1")) == 1


def test_an_item_of_another_office_does_not_exist(stage: Stage) -> None:
    stage.register(SENTENCE, org=SHUANGTAIZI)

    with pytest.raises(NotFoundError) as refusal:
        stage.desk.find(stage.person("supervisor1"), "督办1号到哪一步了")

    assert refusal.value.code == "item_unknown"
    assert stage.desk.visible_to(stage.person("head"), "") == []


def test_an_item_of_another_unit_is_not_shown(stage: Stage) -> None:
    stage.register(SENTENCE)

    with pytest.raises(NotAllowedError):
        stage.desk.find(stage.person("caizheng_head"), "督办1号到哪一步了")

    assert stage.desk.find(stage.person("bureau_staff"), "督办1号到哪一步了").number == NUMBER


def test_without_a_number_the_only_item_that_fits_is_meant(stage: Stage) -> None:
    stage.register(SENTENCE)
    unit = stage.person("bureau_head")

    signed = stage.desk.sign(unit, "签收", stage.turn())
    stage.register("立项:发改局12月底前报送年度总结")
    second = stage.desk.sign(unit, "签收", stage.turn())

    assert (signed.number, second.number) == (NUMBER, "督〔2026〕2号")
    with pytest.raises(NotFoundError, match="item_none"):
        stage.desk.sign(unit, "签收", stage.turn())
    with pytest.raises(RefusedError) as refusal:
        stage.desk.report(unit, "已完成80%", stage.turn())
    assert refusal.value.code == "item_which"
    assert refusal.value.details["numbers"] == "督〔2026〕1号、督〔2026〕2号"


def test_another_unit_in_a_report_chooses_no_item(stage: Stage) -> None:
    stage.register("立项:发改局牵头,财政局配合,12月10日前报送方案")
    stage.register("立项:发改局12月15日前报送数据")

    with pytest.raises(RefusedError) as refusal:
        stage.desk.report(stage.person("bureau_head"), "已报财政局,完成80%", stage.turn())

    assert refusal.value.code == "item_which"


def test_even_a_single_item_is_asked_about_when_a_strange_unit_is_named(stage: Stage) -> None:
    stage.register("立项:发改局牵头,财政局配合,12月10日前报送方案")

    with pytest.raises(RefusedError) as refusal:
        stage.desk.report(stage.person("bureau_head"), "教育局那件已完成80%", stage.turn())
    noted = stage.desk.report(stage.person("bureau_head"), "已报财政局,完成80%", stage.turn())

    assert refusal.value.code == "item_which"
    assert refusal.value.details["numbers"] == NUMBER
    assert noted.progress[-1].percent == 80


def test_the_supervision_office_names_an_item_by_its_unit(stage: Stage) -> None:
    stage.register(SENTENCE)
    second = stage.register("立项:财政局12月15日前拨付资金")

    noted = stage.desk.report(stage.person("supervisor1"), "财政局那件已完成80%", stage.turn())

    assert noted.number == second.number


def test_in_january_the_plain_number_still_finds_december(stage: Stage) -> None:
    stage.register("立项:发改局2027年1月15日前报送进展")
    stage.at(2027, 1, 4, 9)

    item = stage.desk.report(stage.person("bureau_head"), "督办1号已完成80%", stage.turn())

    assert item.number == NUMBER


def test_a_plain_number_that_two_years_have_is_asked_about(stage: Stage) -> None:
    unit = stage.person("bureau_head")
    stage.register("立项:发改局2027年1月15日前报送进展")
    stage.at(2027, 1, 4, 9)
    stage.register("立项:发改局1月20日前报送计划")

    with pytest.raises(RefusedError) as refusal:
        stage.desk.report(unit, "督办1号已完成80%", stage.turn())
    noted = stage.desk.report(unit, "督办2026年1号已完成80%", stage.turn())
    signed = stage.desk.sign(unit, "签收督办1号", stage.turn())

    assert refusal.value.details["numbers"] == "督〔2027〕1号、督〔2026〕1号"
    assert noted.number == NUMBER
    assert signed.number == "督〔2027〕1号"


def test_last_years_number_is_asked_about_where_this_years_is_anothers(stage: Stage) -> None:
    stage.register("立项:发改局2027年1月15日前报送进展")
    stage.at(2027, 1, 4, 9)
    stage.register("立项:财政局1月20日前报送计划")

    with pytest.raises(RefusedError) as refusal:
        stage.desk.report(stage.person("bureau_head"), "督办1号已完成80%", stage.turn())

    assert refusal.value.details["numbers"] == NUMBER
    assert stage.item(NUMBER).progress == ()


def test_everyone_sees_what_is_theirs(stage: Stage) -> None:
    stage.register("立项:发改局会同财政局11月底前报送进展")
    stage.register("立项:教育局11月25日前报送校舍排查")

    def seen(post: str, text: str = "") -> list[str]:
        items = stage.desk.visible_to(stage.person(post), text)
        return [item.number.partition("〕")[2] for item in items]

    assert seen("head") == seen("clerk1") == seen("supervisor1") == ["2号", "1号"]
    assert seen("bureau_staff") == seen("caizheng_head") == ["1号"]
    assert seen("staff1") == []
    assert seen("head", "发改局有哪些督办") == ["1号"]
    assert seen("head", "本周到期的督办") == ["2号"]
    assert seen("jiaoyu_head", "我的督办") == ["2号"]
    assert seen("deputy2", "我分管的督办有哪些") == ["2号"]
    assert seen("head", "哪些督办超期了") == []
    stage.at(2026, 11, 26, 9)
    assert seen("head", "哪些督办超期了") == ["2号"]


def test_every_step_leaves_an_audit_row_without_the_words(stage: Stage) -> None:
    stage.register(SENTENCE)
    stage.desk.report(stage.person("bureau_head"), "督办1号已完成80%", stage.turn())

    rows = stage.database.unit_of_work().audit.listing(CHANGLE)

    assert [row.action for row in rows] == ["supervision.reported", "supervision.registered"]
    assert "80%" not in str(rows)


def test_outside_office_hours_a_notice_waits_for_the_opening(stage: Stage) -> None:
    stage.register(SENTENCE)
    stage.at(2026, 11, 27, 20)  # a Friday evening

    stage.desk.report(stage.person("bureau_head"), "督办1号已完成80%", stage.turn())

    [push] = stage.pushes("supervisor1")
    assert push.not_before is not None
    assert push.not_before.isoformat() == "2026-11-30T08:30:00+08:00"


def test_a_tick_reminds_once_and_a_closed_item_is_silent(stage: Stage) -> None:
    stage.register(SENTENCE)
    stage.at(2026, 11, 24, 8, 30)
    for _ in range(3):
        stage.desk.tick()
    stage.desk.sign(stage.person("bureau_head"), "签收督办1号", stage.turn())
    stage.desk.close(stage.person("supervisor1"), "督办1号销号", stage.turn())
    stage.at(2026, 11, 25, 8, 30)
    stage.desk.tick()

    reminders = stage.database.unit_of_work().items.reminders([stage.item(NUMBER).id])
    [occasions] = [[sent.occasion for sent in sent_list] for sent_list in reminders.values()]
    assert occasions == [Occasion.ASSIGNED, Occasion.UNSIGNED]


def test_one_person_gets_one_message_an_item_however_many_the_occasions(stage: Stage) -> None:
    stage.register(SENTENCE)
    stage.at(2026, 12, 1, 8, 30)

    stage.desk.tick()

    pushes = stage.pushes("bureau_head")
    assert len(pushes) == 2  # the assignment, and one for the first overdue morning
    assert "单位主要负责人" in pushes[1].message.text
    reminders = stage.database.unit_of_work().items.reminders([stage.item(NUMBER).id])
    [sent] = reminders.values()
    assert {r.occasion for r in sent[1:]} == {Occasion.OVERDUE, Occasion.ESCALATED_UNIT}


def test_overdue_items_climb_to_the_supervision_office_and_the_leader(stage: Stage) -> None:
    stage.register(SENTENCE)
    for day in (1, 2, 3, 4, 7, 8):
        stage.at(2026, 12, day, 9)
        stage.desk.tick()

    assert [push.key.split(":")[3] for push in stage.pushes("supervisor1")] == ["2026-12-03"]
    assert [push.key.split(":")[3] for push in stage.pushes("deputy1")] == ["2026-12-07"]
    assert "分管领导" in stage.pushes("deputy1")[0].message.text


def test_what_was_missed_is_sent_late_and_says_so(stage: Stage) -> None:
    stage.register(SENTENCE)
    stage.desk.sign(stage.person("bureau_head"), "签收督办1号", stage.turn())
    stage.at(2026, 11, 26, 9)  # the machine was off on Wednesday, three working days before
    stage.desk.tick()

    assert stage.pushes("bureau_head")[-1].message.text.startswith("（补发）临近到期")


def test_a_granted_extension_stands_for_the_reminders_it_has_passed(stage: Stage) -> None:
    stage.register("立项:发改局11月24日前报送进展")
    stage.desk.sign(stage.person("bureau_head"), "签收督办1号", stage.turn())
    stage.at(2026, 11, 24, 10)
    stage.desk.extend(stage.person("supervisor1"), "督办1号延期到11月26日", stage.turn())
    before = len(stage.pushes("bureau_head"))

    stage.desk.tick()
    at_once = len(stage.pushes("bureau_head"))
    stage.at(2026, 11, 25, 9)
    stage.desk.tick()

    assert at_once == before
    assert len(stage.pushes("bureau_head")) == before + 1


def test_the_tick_goes_on_into_an_unpublished_year(stage: Stage) -> None:
    stage.register("立项:发改局2027年1月15日前报送进展")
    stage.desk.sign(stage.person("bureau_head"), "签收督办1号", stage.turn())
    stage.at(2027, 1, 12, 9)

    stage.desk.tick()

    assert "临近到期" in stage.pushes("bureau_head")[-1].message.text
