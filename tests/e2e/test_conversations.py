"""The main job through the real engine, from the question to the reminder."""

from __future__ import annotations

from tests.e2e.api_client import ApiClient
from tests.e2e.conftest import Installation


def test_a_rule_question_gets_the_article_and_a_follow_up_is_understood(api: ApiClient) -> None:
    [first, *_] = api.say("changle/clerk1", "县政府会议纪要谁签发")
    api.say("changle/clerk1", "常务会议纪要谁签发")
    [second, *_] = api.say("changle/clerk1", "那云阳县是怎么规定的")

    assert "县长签发" in first["text"]
    assert first["citations"][0]["article"] == 50
    assert second["citations"][0]["document"].startswith("云阳县")
    assert second["citations"][0]["article"] == 50
    assert "县长签发" in second["text"]


def test_a_leave_goes_from_one_sentence_to_the_result(api: ApiClient) -> None:
    user = "changle/bureau_head"

    asked = api.hear(user, "我12月9日到11日去南京出差,参加招商会,工作由教体局局长主持")
    assert "12月9日" in asked
    assert "南京" in asked
    filed = api.hear(user, "确认提交")

    [leave] = api.get("/api/leaves", org="changle", user=user)["leaves"]
    assert "编号" in filed
    assert leave["state"] == "filed"
    assert (leave["kind"], leave["days"], leave["working_days"]) == ("出差", 3, 3)
    assert leave["out_of_area"] is True
    assert [step["user"] for step in leave["route"]] == ["changle/deputy1", "changle/head"]
    assert leave["citations"][0]["article"] == 83

    [approval] = [
        approval
        for approval in api.get("/api/local/approvals")["approvals"]
        if approval["applicant"] == user
    ]
    path = f"/api/local/approvals/{approval['id']}"
    assert api.status("POST", path, json={"by": user, "action": "agree"})[0] == 403
    api.post(path, {"by": "changle/deputy1", "action": "agree"})
    api.post(path, {"by": "changle/head", "action": "agree"})

    [leave] = api.get("/api/leaves", org="changle", user=user)["leaves"]
    assert leave["state"] == "approved"
    assert any("同意" in text or "批准" in text for text in api.pushed(user))

    api.set_clock("2026-12-12T09:00:00+08:00")
    api.tick()
    assert any("销假" in text for text in api.pushed(user))
    api.hear(user, "我回来了,销假")
    [leave] = api.get("/api/leaves", org="changle", user=user)["leaves"]
    assert leave["state"] == "returned"


def test_a_rule_question_interrupts_the_form_which_then_goes_on(api: ApiClient) -> None:
    user = "fenghuang/staff1"

    api.hear(user, "我想请假")
    interrupted = api.hear(user, "请病假要什么证明")
    api.hear(user, "事假,明天下午半天,家里有事,不出县,没人代理")
    summary = api.hear(user, "算了")

    assert "证明" in interrupted
    assert summary
    assert api.get("/api/leaves", org="fenghuang", user=user)["leaves"] == []


def test_a_supervision_item_is_reminded_of_when_the_clock_moves(api: ApiClient) -> None:
    said = api.hear("changle/supervisor1", "立项:发改局11月底前报送重点项目进展,速办")

    items = api.get("/api/supervision", org="changle")["items"]
    [item] = [item for item in items if f"{item['number']}。" in said]
    assert "重点项目进展" in item["content"]
    assert item["number"].startswith("督〔2026〕")
    assert (item["deadline"], item["state"]) == ("2026-11-30", "待签收")
    assert (item["kind"], item["lead_unit"]) == ("速办", "发展和改革局")

    serial = item["number"].split("〕")[1].rstrip("号")
    api.tick()
    assert any(item["number"] in text for text in api.pushed("changle/bureau_head"))
    api.hear("changle/bureau_head", f"督办{serial}号已完成80%,下周报送")
    for day in ("2026-11-30", "2026-12-01", "2026-12-02"):
        api.set_clock(f"{day}T09:00:00+08:00")
        api.tick()
        api.tick()

    [item] = [
        found
        for found in api.get("/api/supervision", org="changle")["items"]
        if found["number"] == item["number"]
    ]
    assert item["state"] == "办理中"
    assert item["progress"][-1]["percent"] == 80
    occasions = [reminder["occasion"] for reminder in item["reminders"]]
    assert occasions.count("due_today") == 1
    assert occasions.count("overdue") == 2
    assert all(reminder["status"] == "sent" for reminder in item["reminders"])
    assert "超期" in api.hear("changle/deputy1", "哪些督办超期了")


def test_in_a_group_nothing_personal_is_shown(api: ApiClient) -> None:
    answer = api.say("changle/staff1", "我明天请一天事假,家里有事", conversation="group-1")

    assert "私聊" in "".join(message["text"] for message in answer)
    assert api.get("/api/leaves", org="changle", user="changle/staff1")["leaves"] == []
    assert "哪一种假" not in api.hear("changle/staff1", "我想请假"), "it waits in the direct chat"
    api.hear("changle/staff1", "算了")


def test_rasa_killed_in_the_middle_of_a_form_loses_nothing(
    api: ApiClient, installation: Installation
) -> None:
    user = "yunyang/bureau_head"
    asked = api.hear(user, "我12月9日到10日去重庆参加发改系统会议,出差")

    installation.kill("run_rasa.py")
    without_engine = api.hear(user, "部门一把手离开云阳要提前几天请假")
    installation.wait_until_ready()
    after = api.hear(user, "没有代理人")

    assert "主持" in asked
    assert "提前3天" in without_engine
    assert "12月9日" in after
    assert "确认提交" in after
    api.hear(user, "算了")


def test_the_service_killed_in_between_keeps_what_it_accepted(
    api: ApiClient, installation: Installation
) -> None:
    user = "xianyang/staff1"
    before = api.get("/api/audit", org="changle")["rows"]

    installation.kill("-m bot serve")
    installation.wait_until_ready()

    assert api.get("/api/audit", org="changle")["rows"] == before
    assert api.get("/api/audit", org="changle")["first_break"] is None
    assert api.hear(user, "你好")
