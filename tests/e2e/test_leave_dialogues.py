"""Leave through the real engine: what is said, what is answered, and the record of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.api_client import ApiClient
from tests.e2e.leave_dialogues import DIALOGUES, Dialogue

DOCUMENTS = Path(__file__).parents[2] / "knowledge" / "documents"
NOT_WITHDRAWN = {"filed", "approved", "away", "overdue", "returned", "refused"}


def leaves(api: ApiClient, user: str) -> list[dict[str, Any]]:
    """A person's leaves, the last one asked for first."""
    found = api.get("/api/leaves", org=user.split("/")[0], user=user)["leaves"]
    return sorted(found, key=lambda leave: -leave["id"])


def ask_for(api: ApiClient, user: str, *texts: str) -> dict[str, Any]:
    for text in (*texts, "确认提交"):
        api.hear(user, text)
    return leaves(api, user)[0]


def decide(api: ApiClient, leave: dict[str, Any], *by: str, **answer: str) -> None:
    for approver in by:
        body = {"by": approver} | answer
        api.post(f"/api/local/approvals/local-leave-{leave['id']}", body)


def pushed(api: ApiClient, user: str) -> list[str]:
    """What was pushed to somebody, the outbox worked off first."""
    api.tick()
    return api.pushed(user)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda d: f"{d.user}: {d.turns[0][0]}")
def test_a_dialogue_ends_in_the_record_it_asks_for(api: ApiClient, dialogue: Dialogue) -> None:
    before = len(leaves(api, dialogue.user))

    for said, fragments in dialogue.turns:
        answered = api.hear(dialogue.user, said)
        assert [f for f in fragments if f not in answered] == [], (said, answered)

    found = leaves(api, dialogue.user)
    assert len(found) - before == (dialogue.record is not None)
    if dialogue.record is not None:
        check(found[0], dialogue)


def check(leave: dict[str, Any], dialogue: Dialogue) -> None:
    expected = dialogue.record or {}
    assert {name: leave[name] for name in expected} == expected
    assert leave["state"] == "filed"
    assert tuple(step["user"] for step in leave["route"]) == dialogue.approvers
    assert tuple(citation["article"] for citation in leave["citations"]) == dialogue.articles
    assert tuple(warning["code"] for warning in leave["warnings"]) == dialogue.warnings
    published = (DOCUMENTS / dialogue.user.split("/")[0] / "rules.txt").read_text(encoding="utf-8")
    assert all(citation["quote"] in published for citation in leave["citations"])


def test_partners_are_warned_of_being_away_together(api: ApiClient) -> None:
    ask_for(api, "changle/deputy1", "下周三到周五去青岛考察")

    warned = ask_for(api, "changle/deputy2", "下周四休年假一天")

    assert warned["stand_in"] == "changle/deputy1"
    [warning] = warned["warnings"]
    assert (warning["code"], warning["citation"]["article"]) == ("partners_away", 7)


def test_an_overlap_is_warned_of_and_one_of_several_is_withdrawn_by_its_day(api: ApiClient) -> None:
    user = "yunyang/staff2"
    first = ask_for(api, user, "下周一到周三年休假")
    second = ask_for(api, user, "下周三下午请事假,家里有事")
    stand_in = ask_for(api, "yunyang/staff1", "下周二去万州出差,工作由沈陆离代理")

    which = api.say(user, "撤回请假")[-1]
    withdrawn = api.hear(user, "撤回我下周一的假")

    assert [w["code"] for w in second["warnings"]] == ["overlap", "rule_silent"]
    assert [w["code"] for w in stand_in["warnings"]] == ["stand_in_away", "rule_silent"]
    assert {button["say"] for button in which["buttons"]} == {
        f"撤回编号{leave['id']}的请假" for leave in (first, second)
    }
    assert f"编号{first['id']}" in withdrawn
    assert [leave["state"] for leave in leaves(api, user)] == ["filed", "withdrawn"]


def test_a_refusal_reaches_the_asker_with_its_reason(api: ApiClient) -> None:
    user = "changle/nongye_head"
    leave = ask_for(api, user, "12月7日到9日去济南出差,参加农博会")

    decide(api, leave, "changle/deputy2", action="refuse", reason="年底任务重")

    assert leaves(api, user)[0]["state"] == "refused"
    assert "年底任务重" in pushed(api, user)[-1]
    assert "未批准" in api.hear(user, "我的假批了吗")
    assert "没有可以" in api.hear(user, "撤回请假")


def test_approval_tells_whom_the_rule_names_and_a_withdrawal_the_approver(api: ApiClient) -> None:
    user = "fenghuang/linye_head"
    leave = ask_for(api, user, "12月7日到9日去长沙出差")
    early = f"/api/local/approvals/local-leave-{leave['id']}"
    refused, _ = api.status("POST", early, json={"by": "fenghuang/head", "action": "agree"})

    decide(api, leave, "fenghuang/deputy2", action="agree")
    told = pushed(api, "fenghuang/zhiban_chief")
    api.hear(user, "撤回请假")

    assert refused == 403
    assert any("宫见山" in text and "批准" in text for text in told)
    assert any("宫见山撤回" in text for text in pushed(api, "fenghuang/deputy2"))
    assert leaves(api, user)[0]["state"] == "withdrawn"


def test_a_leave_runs_from_departure_to_a_late_return(api: ApiClient) -> None:
    user = "xianyang/keji_head"
    leave = ask_for(api, user, "12月21日到22日年休假,去青岛")
    decide(api, leave, "xianyang/deputy2", "xianyang/head", action="agree")
    states = []

    assert "还没有开始" in api.hear(user, "销假")
    for moment in ("12-21T10:00", "12-22T15:30", "12-27T09:30", "12-28T09:30"):
        api.set_clock(f"2026-{moment}:00+08:00")
        api.tick()
        states.append(leaves(api, user)[0]["state"])
    reminded = [text for text in pushed(api, user) if "销假" in text]
    api.hear(user, "我回来了")

    assert states == ["away", "away", "overdue", "overdue"]
    assert sum("今天到期" in text for text in reminded) == 1
    assert sum("尚未销假" in text for text in reminded) == 1
    assert leaves(api, user)[0]["state"] == "returned"
    assert any("返岗销假" in text for text in pushed(api, "xianyang/head"))


def test_returning_early_ends_the_leave(api: ApiClient) -> None:
    user = "yunyang/keji_head"
    leave = ask_for(api, user, "12月14日到16日去万州出差,没有代理人")
    decide(api, leave, "yunyang/deputy2", "yunyang/head", action="agree")

    api.set_clock("2026-12-15T09:30:00+08:00")
    api.tick()
    returned = api.hear(user, f"编号{leave['id']}销假")

    assert "已销假" in returned
    assert leaves(api, user)[0]["state"] == "returned"


def test_a_second_yes_files_nothing_more(api: ApiClient) -> None:
    user = "yunyang/office_deputy"
    ask_for(api, user, "12月7号到11号休年假")

    answered = api.hear(user, "确认提交")

    assert "没有等您确认" in answered
    assert len(leaves(api, user)) == 1


def test_a_leave_into_an_unpublished_year_counts_no_working_days(api: ApiClient) -> None:
    leave = ask_for(api, "yunyang/section_chief", "12月30日到1月4日年休假")

    assert (leave["days"], leave["working_days"]) == (6, None)
    assert leave["last_day"] == "2027-01-04"


def test_too_long_a_leave_is_asked_about_again(api: ApiClient) -> None:
    user = "yunyang/clerk1"
    refused = api.hear(user, "请年休假400天,从12月1日起")
    api.hear(user, "12月1日起10天")
    leave = ask_for(api, user)

    assert "最多366天" in refused
    assert (leave["first_day"], leave["days"]) == ("2026-12-01", 10)


def test_nothing_personal_is_said_in_a_group_and_the_form_goes_on_in_private(
    api: ApiClient,
) -> None:
    user, group = "xianyang/staff2", "group-leave"

    in_group = api.hear(user, "我12月17日请一天事假,去西安", conversation=group)
    asked = pushed(api, user)[-1]
    shown = api.hear(user, "搬家")
    api.hear(user, "确认提交")
    listed = api.hear(user, "我的假批了吗", conversation=group)

    assert {in_group, listed} == {"请假信息不在群里办理，已私聊您。"}
    assert "事由" in asked
    assert "搬家" in shown
    [leave] = leaves(api, user)
    assert (leave["first_day"], leave["reason"]) == ("2026-12-17", "搬家")
    assert any("事假" in text for text in pushed(api, user))


def test_two_devices_that_confirm_at_once_file_once(api: ApiClient) -> None:
    user = "shuangtaizi/yingji_head"
    api.hear(user, "12月21日到22日休年假,就在本地")

    with ThreadPoolExecutor(2) as devices:
        heard = list(devices.map(lambda _: api.hear(user, "确认提交"), range(2)))

    assert len(leaves(api, user)) == 1
    assert sum("已提交" in text for text in heard) == 1


def test_an_approver_answers_in_chat_and_the_ledger_has_it(api: ApiClient) -> None:
    user, chief, deputy = "xianyang/clerk1", "xianyang/section_chief", "xianyang/office_deputy"
    leave = ask_for(api, user, "12月22日请一天年休假")

    early = api.hear(deputy, f"同意请假{leave['id']}号")
    listed = api.hear(chief, "我有哪些待批的")
    api.hear(chief, f"同意请假{leave['id']}号,注意衔接")
    api.hear(deputy, f"不同意请假{leave['id']}号,当天要值班")
    again = api.hear(deputy, f"同意请假{leave['id']}号")

    assert "还没有轮到您" in early
    assert f"编号{leave['id']}" in listed
    assert "没有批准" in again
    assert "当天要值班" in pushed(api, user)[-1]
    assert "当天要值班" in api.hear(user, "我的假批了吗")
    status, _ = api.status(
        "GET", "/api/leaves/ledger.xlsx", params={"org": "xianyang", "user": "xianyang/staff1"}
    )
    assert status == 403


def test_an_extension_and_a_change_go_through_chat(api: ApiClient) -> None:
    user = "changle/shenji_head"
    leave = ask_for(api, user, "12月14日到15日去济南开会")
    decide(api, leave, "changle/deputy1", "changle/head", action="agree")

    extended = ask_for(api, user, "续假一天")
    decide(api, extended, "changle/deputy1", "changle/head", action="agree")
    api.set_clock("2026-12-16T08:00:00+08:00")
    api.tick()
    absent = api.hear("changle/staff1", "今天谁不在")
    api.hear(user, "我回来了")

    assert extended["extends"] == leave["id"]
    assert "褚摘星" in absent
    assert {found["state"] for found in leaves(api, user)} == {"returned"}
