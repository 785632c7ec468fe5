from __future__ import annotations

from datetime import datetime

from actions.amending import ActionAmendItem
from actions.registering import ActionRegisterItem
from actions.rules import ActionAnswerRule
from actions.session import ActionTakeNo, ActionTakeYes
from actions.supervision import (
    ActionCancelItem,
    ActionCloseItem,
    ActionExtendItem,
    ActionListItems,
    ActionMergeItem,
    ActionReportProgress,
    ActionSendBackItem,
    ActionSignItem,
)
from bot.core.clock import OFFICE_TIME
from bot.core.supervision import Item
from tests.unit.actions.scene import Scene

LISTED = "立项:发改局11月底前报送重点项目进展,速办"
OTHER = "立项:发改局12月10日前报送投资情况,一般"
UNLISTED = "立项:旅发中心11月底前报送演出方案,速办"


def registered(scene: Scene, *texts: str) -> None:
    scene.who = "supervisor1"
    for text in texts:
        scene.call(ActionRegisterItem, text, "register_item")
    scene.who = "bureau_head"


def test_an_item_is_registered_with_its_number(scene: Scene) -> None:
    scene.who = "supervisor1"

    outcome = scene.call(ActionRegisterItem, LISTED, "register_item")

    assert outcome.text.startswith("已立项：督〔2026〕1号")


def test_a_question_that_names_an_item_is_answered_from_the_ledger(scene: Scene) -> None:
    registered(scene, LISTED)

    outcome = scene.call(ActionAnswerRule, "督办1号转给谁了", "ask_rule")

    assert "督〔2026〕1号" in outcome.text
    assert "的规定" not in outcome.text


def test_an_unlisted_unit_is_registered_after_a_yes(scene: Scene) -> None:
    scene.who = "supervisor1"

    asked = scene.call(ActionRegisterItem, UNLISTED, "register_item")
    done = scene.call(ActionTakeYes, "仍然立项", "affirm")

    assert asked.says == ["仍然立项", "不立项"]
    assert "未登记单位" in done.text
    assert done.slots["pending_item_text"] is None


def test_saying_register_again_accepts_the_unlisted_unit(scene: Scene) -> None:
    scene.who = "supervisor1"
    scene.call(ActionRegisterItem, UNLISTED, "register_item")

    assert "未登记单位" in scene.call(ActionRegisterItem, "立项", "register_item").text


def test_after_a_no_nothing_is_registered(scene: Scene) -> None:
    scene.who = "supervisor1"
    scene.call(ActionRegisterItem, UNLISTED, "register_item")

    scene.call(ActionTakeNo, "不立项", "deny")
    scene.call(ActionTakeYes, "好的", "affirm")

    assert scene.desks.wiring().supervision_desk.listing(scene.person.org) == []


def test_a_yes_to_something_said_later_registers_nothing(scene: Scene) -> None:
    scene.who = "supervisor1"
    scene.call(ActionRegisterItem, UNLISTED, "register_item")

    scene.call(ActionListItems, "哪些督办超期了", "list_items")
    scene.call(ActionTakeYes, "好的", "affirm")

    assert scene.desks.wiring().supervision_desk.listing(scene.person.org) == []


def test_an_item_is_signed_reported_on_and_shown(scene: Scene) -> None:
    registered(scene, LISTED)

    signed = scene.call(ActionSignItem, "签收督办1号", "sign_item")
    reported = scene.call(ActionReportProgress, "督办1号已完成80%", "report_progress")
    shown = scene.call(ActionListItems, "督办1号到哪一步了", "list_items")

    assert "已签收" in signed.text
    assert "进展" in reported.text
    assert "80%" in shown.text


def test_a_sentence_that_could_mean_several_items_offers_them(scene: Scene) -> None:
    registered(scene, LISTED, OTHER)

    outcome = scene.call(ActionSignItem, "签收", "sign_item")

    assert outcome.says == ["督办1号签收", "督办2号签收"]


def test_an_item_of_last_year_is_offered_with_its_year(scene: Scene) -> None:
    registered(scene, "立项:发改局2027年1月15日前报送进展,一般")
    scene.desks.clock.set(datetime(2027, 1, 4, 9, tzinfo=OFFICE_TIME))
    registered(scene, "立项:发改局1月20日前报送计划,一般")

    asked = scene.call(ActionReportProgress, "督办1号已完成80%", "report_progress")
    noted = scene.call(ActionReportProgress, asked.says[1], "report_progress")
    card = scene.call(ActionListItems, "督〔2026〕1号到哪一步了", "list_items")

    assert asked.says == ["督办2027年1号督办1号已完成80%", "督办2026年1号督办1号已完成80%"]
    assert noted.text.startswith("已记下督〔2026〕1号的进展（完成80%）")
    assert card.says == ["督办2026年1号已办结"]


def test_what_a_person_may_not_do_is_said_in_plain_words(scene: Scene) -> None:
    registered(scene, LISTED)

    outcome = scene.call(ActionCloseItem, "督办1号销号", "close_item")

    assert outcome.text == "销号由督查室办理，您没有这个权限。"


def test_a_group_hears_of_a_step_and_the_person_the_rest(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.conversation = "group1"

    outcome = scene.call(ActionSignItem, "签收督办1号", "sign_item")

    [private] = [push for push in scene.pushes() if push.key.startswith("private:")]
    assert outcome.text == "已签收督〔2026〕1号，详情已私聊您。"
    assert "重点项目进展" in private.message.text


def test_a_yes_to_a_notice_asks_which_matter_is_meant(scene: Scene) -> None:
    registered(scene, LISTED)

    received = scene.call(ActionSignItem, "好的,收到！", "sign_item")
    courtesy = scene.call(ActionTakeYes, "好的", "affirm")

    assert received.says == ["签收督办1号"]
    assert "没有等您确认" in courtesy.text


def test_an_order_that_was_not_understood_shows_the_item_and_what_can_be_done(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.who = "supervisor1"

    outcome = scene.call(ActionListItems, "督办1号换个单位办", "list_items")

    assert "报送重点项目进展" in outcome.text
    assert "变更（换单位、换责任人、改内容）" in outcome.text


def test_a_receipt_with_nothing_to_sign_for_is_taken_politely(scene: Scene) -> None:
    assert "没有等您确认" in scene.call(ActionSignItem, "收到", "sign_item").text


def test_a_report_on_what_is_in_review_is_no_second_application(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.call(ActionReportProgress, "督办1号已办结", "report_progress")

    outcome = scene.call(ActionReportProgress, "督办1号进度90%,补报材料", "report_progress")

    assert outcome.text.startswith("已记下督〔2026〕1号的进展（完成90%）")


def test_the_supervision_office_is_asked_what_it_agrees_to(scene: Scene) -> None:
    registered(scene, LISTED, OTHER)
    scene.call(ActionExtendItem, "督办1号申请延期到12月20日", "extend_item")
    scene.call(ActionReportProgress, "督办2号已办结", "report_progress")
    scene.who = "supervisor1"

    outcome = scene.call(ActionTakeYes, "同意", "affirm")

    assert outcome.says == [
        "同意督办1号延期",
        "不同意督办1号延期",
        "督办2号销号",
        "退回督办2号",
    ]


def test_a_group_sees_counts_and_the_person_the_list(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.conversation = "group1"

    outcome = scene.call(ActionListItems, "我的督办", "list_items")

    [private] = [push for push in scene.pushes() if push.key.startswith("private:")]
    assert "报送" not in outcome.text
    assert "共1件" in outcome.text
    assert "报送重点项目进展" in private.message.text


def test_a_report_that_only_names_its_item_shows_it_and_asks_for_content(scene: Scene) -> None:
    registered(scene, LISTED)

    reported = scene.call(ActionReportProgress, "督办1号进展", "report_progress")
    listed = scene.call(ActionListItems, "督办1号进展", "list_items")

    assert "重点项目进展" in reported.text
    assert "督办1号已完成80%" in reported.text
    assert listed.text == reported.text


def test_a_report_without_item_and_news_asks_for_both(scene: Scene) -> None:
    registered(scene, LISTED, OTHER)

    which = scene.call(ActionReportProgress, "报进展", "report_progress")
    what = scene.call(ActionListItems, which.says[1], "list_items")
    noted = scene.call(ActionReportProgress, "已完成80%,下周报送", "report_progress")
    again = scene.call(ActionReportProgress, "已完成85%", "report_progress")

    assert which.says == ["督办1号进展", "督办2号进展"]
    assert "要报进展" in what.text
    assert noted.text.startswith("已记下督〔2026〕2号的进展（完成80%）")
    assert again.says == ["督办1号已完成85%", "督办2号已完成85%"]


def test_with_one_item_only_its_news_is_asked_for(scene: Scene) -> None:
    none = scene.call(ActionReportProgress, "报进展", "report_progress")
    registered(scene, LISTED)

    asked = scene.call(ActionReportProgress, "报进展", "report_progress")

    assert "没有符合条件的督办事项" in none.text
    assert "重点项目进展" in asked.text
    assert "要报进展" in asked.text


def test_which_item_a_report_means_is_asked_in_private(scene: Scene) -> None:
    registered(scene, LISTED, OTHER)
    scene.conversation = "group1"

    outcome = scene.call(ActionReportProgress, "报进展", "report_progress")

    [private] = [push for push in scene.pushes() if push.key.startswith("private:")]
    assert outcome.text == "详情已私聊您。"
    assert [button.say for button in private.message.buttons] == ["督办1号进展", "督办2号进展"]


def test_who_may_not_report_is_not_asked_to(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.who = "head"

    shown = scene.call(ActionListItems, "督办1号进展", "list_items")

    assert "重点项目进展" in shown.text
    assert "要报进展" not in shown.text


MINUTE = "会议议定:一、由发改局牵头,12月10日前报方案。二、财政局12月5日前拨款。三、气象局报数据。"


def test_a_minute_is_shown_first_and_registered_point_by_point(scene: Scene) -> None:
    scene.who = "supervisor1"

    shown = scene.call(ActionRegisterItem, MINUTE, "register_item")
    before = scene.desks.wiring().supervision_desk.listing(scene.person.org)
    one = scene.call(ActionRegisterItem, "第2件立项", "register_item")
    again = scene.call(ActionRegisterItem, "第2件立项", "register_item")
    rest = scene.call(ActionTakeYes, "全部立项", "affirm")

    assert shown.says == ["全部立项", "第1件立项", "第2件立项", "第3件立项", "不立项"]
    assert before == []
    assert "督〔2026〕1号" in one.text
    assert one.says == ["全部立项", "第1件立项", "第3件立项", "不立项"]
    assert "已经立项" in again.text
    assert rest.text.startswith("已立项2件")
    assert rest.slots["pending_minute"] is None


def test_a_minute_is_dropped_by_a_no_and_by_other_talk(scene: Scene) -> None:
    scene.who = "supervisor1"
    for other, text, intent in (
        (ActionTakeNo, "不立项", "deny"),
        (ActionListItems, "哪些督办超期了", "list_items"),
    ):
        scene.call(ActionRegisterItem, MINUTE, "register_item")
        scene.call(other, text, intent)
        scene.call(ActionTakeYes, "全部立项", "affirm")

    assert scene.desks.wiring().supervision_desk.listing(scene.person.org) == []


def test_a_merger_is_done_when_it_is_said_which_is_the_main_item(scene: Scene) -> None:
    registered(scene, LISTED, OTHER)
    scene.who = "supervisor1"

    asked = scene.call(ActionMergeItem, "督办1号和督办2号并案", "merge_item")
    done = scene.call(ActionMergeItem, asked.says[0], "merge_item")
    back = scene.call(ActionMergeItem, "撤销督办1号的并案", "merge_item")

    assert asked.says == ["督〔2026〕1号并入督〔2026〕2号", "督〔2026〕2号并入督〔2026〕1号"]
    assert "督〔2026〕1号已并入督〔2026〕2号" in done.text
    assert "原来的时限更早" in done.text
    assert "恢复单独督办" in back.text


def test_a_group_hears_only_that_a_merger_was_made(scene: Scene) -> None:
    registered(scene, LISTED, OTHER)
    scene.who, scene.conversation = "supervisor1", "group1"

    outcome = scene.call(ActionMergeItem, "督办1号并入督办2号", "merge_item")

    assert outcome.text == "督〔2026〕1号已并案，详情已私聊您。"


def test_closing_with_an_open_part_asks_and_then_does_it(scene: Scene) -> None:
    registered(scene, "立项:发改局牵头,财政局配合,12月10日前报方案")
    scene.call(ActionReportProgress, "督办1号已办结", "report_progress")
    scene.who = "supervisor1"

    asked = scene.call(ActionCloseItem, "督办1号销号", "close_item")
    done = scene.call(ActionCloseItem, asked.says[0], "close_item")

    assert "财政局还没有报办完" in asked.text
    assert asked.says == ["督办1号仍然销号", "退回督办1号"]
    assert "已销号" in done.text


def test_the_supervision_office_sees_on_a_card_what_became_of_reminders(scene: Scene) -> None:
    registered(scene, LISTED)

    own = scene.call(ActionListItems, "督办1号到哪一步了", "list_items")
    scene.who = "supervisor1"
    office = scene.call(ActionListItems, "督办1号到哪一步了", "list_items")

    assert "提醒：" not in own.text
    assert "提醒：" in office.text
    assert "11月23日待发送" in office.text


def test_an_item_is_sent_back_with_the_reason_and_taken_back(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.call(ActionReportProgress, "督办1号已办结", "report_progress")
    scene.who = "supervisor1"

    back = scene.call(ActionSendBackItem, "退回督办1号,材料不全", "send_back_item")
    told = [push.message.text for push in scene.pushes() if ":sent_back:" in push.key]
    gone = scene.call(ActionCancelItem, "撤销督办1号", "cancel_item")
    again = scene.call(ActionCancelItem, "撤销督办1号", "cancel_item")

    assert back.text.startswith("督〔2026〕1号已退回")
    assert "意见：材料不全。" in told[0]
    assert gone.text == "督〔2026〕1号已撤销。"
    assert "不能这样办" in again.text


def test_only_the_supervision_office_sends_back_and_takes_back(scene: Scene) -> None:
    registered(scene, LISTED)

    back = scene.call(ActionSendBackItem, "退回督办1号", "send_back_item")
    gone = scene.call(ActionCancelItem, "撤销督办1号", "cancel_item")

    assert "没有这个权限" in back.text
    assert "没有这个权限" in gone.text


def test_a_question_taken_for_an_extension_is_answered_all_the_same(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.call(ActionExtendItem, "督办1号申请延期到12月20日", "extend_item")
    scene.who = "supervisor1"

    outcome = scene.call(ActionExtendItem, "哪些延期申请没处理", "extend_item")

    assert "申请延到2026年12月20日" in outcome.text
    assert outcome.says == ["同意督办1号延期", "不同意督办1号延期"]


def test_of_two_days_each_is_a_button_that_registers(scene: Scene) -> None:
    scene.who = "supervisor1"
    text = "立项:发改局11月30日前报方案,12月15日前完成招标"

    asked = scene.call(ActionRegisterItem, text, "register_item")
    done = scene.call(ActionRegisterItem, asked.says[1], "register_item")

    assert len(asked.says) == 2
    assert "已立项" in done.text
    assert "2026年12月15日" in done.text


def test_what_waits_for_review_is_asked_of_the_ledger(scene: Scene) -> None:
    for text in ("待审核的有哪些", "县长批示的有哪些", "一共立了多少"):
        assert "没有符合条件" in scene.call(ActionListItems, text, "list_items").text


def test_a_change_is_shown_and_done_by_a_yes(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.who = "supervisor1"

    asked = scene.call(ActionAmendItem, "把1号的责任单位换成财政局", "amend_item")
    done = scene.call(ActionTakeYes, "确认", "affirm")

    assert "承办单位：发展和改革局 → 财政局" in asked.text
    assert asked.says == ["确认：把1号的责任单位换成财政局", "不用了"]
    assert done.text.startswith("督〔2026〕1号已变更")
    assert item_of(scene).lead_unit == "财政局"


def test_the_button_of_a_change_does_it_after_the_dialogue_was_forgotten(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.who = "supervisor1"
    asked = scene.call(ActionAmendItem, "督办1号内容改成报送债券进度", "amend_item")
    scene.slots.clear()

    scene.call(ActionAmendItem, asked.says[0], "amend_item")

    assert item_of(scene).content == "报送债券进度"


def test_a_no_or_another_word_drops_a_change(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.who = "supervisor1"
    before = item_of(scene)

    scene.call(ActionAmendItem, "把1号的责任单位换成财政局", "amend_item")
    dropped = scene.call(ActionTakeNo, "不用了", "deny")
    scene.call(ActionAmendItem, "把1号的责任单位换成财政局", "amend_item")
    scene.call(ActionListItems, "哪些督办超期了", "list_items")
    scene.call(ActionTakeYes, "确认", "affirm")

    assert dropped.text == "好的，没有变更。"
    assert item_of(scene) == before


def test_a_group_sees_nothing_of_a_change_but_the_number(scene: Scene) -> None:
    registered(scene, LISTED)
    scene.who, scene.conversation = "supervisor1", "group1"

    asked = scene.call(ActionAmendItem, "督办1号内容改成报送债券进度", "amend_item")
    done = scene.call(ActionAmendItem, "确认：督办1号内容改成报送债券进度", "amend_item")

    assert asked.text == "详情已私聊您。"
    assert done.text == "督〔2026〕1号已变更，详情已私聊您。"
    assert item_of(scene).content == "报送债券进度"


def test_whoever_may_not_change_an_item_is_told_before_it_is_shown(scene: Scene) -> None:
    registered(scene, LISTED)

    asked = scene.call(ActionAmendItem, "把1号的责任单位换成财政局", "amend_item")

    assert asked.text == "换单位、换责任人、改内容由督查室办理，您没有这个权限。"
    assert asked.slots.get("pending_change") is None


def item_of(scene: Scene) -> Item:
    [item] = scene.desks.wiring().supervision_desk.listing(scene.person.org)
    return item
