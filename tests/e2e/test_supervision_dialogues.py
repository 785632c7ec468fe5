"""The supervision ledger talked to by all who have a part in it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.api_client import ApiClient
from tests.e2e.dialogues import Line, line, play

ORG = "xianyang"
REGISTERED = "已立项"

REGISTRATIONS = [
    ("立项:发改局11月底前报送重点项目进展,速办", "报送重点项目进展", "2026年11月30日"),
    ("督办立项 财政局牵头,教育局配合,12月10日前报送资金方案", "报送资金方案", "2026年12月10日"),
    ("请交通局一周内修复城西路破损路面", "修复城西路破损路面", "2026年11月30日"),
    ("把河道清淤交给水利局办,长期", "河道清淤\n", "每两周反馈"),
    ("县长批示:请住建局三天内查清漏水问题并报告", "查清漏水问题并报告", "2026年11月26日"),
    ("审计局12月20日前完成专项审计,列入督办", "完成专项审计", "2026年12月20日"),
    ("教育局下周五之前报校舍排查报告,立个项", "报校舍排查报告", "2026年12月4日"),
    ("给商务局下个督办,年底前引进5个项目,复杂", "引进5个项目", "2026年12月31日"),
    ("立项:财政局今天下午5点前报国库余额,特急", "报国库余额", "今天到期"),
    ("立项:发改局会同工信局在12月中旬前提出帮扶措施", "提出帮扶措施", "2026年12月20日"),
    ("@小规 立项:民政局12月5日前报送低保数据", "报送低保数据", "2026年12月5日"),
]


@pytest.mark.parametrize(("said", "content", "deadline"), REGISTRATIONS)
def test_a_matter_is_registered_from_one_sentence(
    api: ApiClient, said: str, content: str, deadline: str
) -> None:
    answer = api.hear(f"{ORG}/supervisor1", said)

    assert REGISTERED in answer
    assert f"事项：{content}" in answer
    assert deadline in answer


REFUSED = [
    ("supervisor1", "立项", "哪个单位承办"),
    ("supervisor1", "立项:11月底前报送重点项目进展", "哪个单位承办"),
    ("supervisor1", "立项:发改局", "要督办的内容"),
    ("supervisor1", "立项:发改局11月1日前报送进展", "2026年11月1日已经过去"),
    ("supervisor1", "立项:发改局2月30日前报送进展", "没有这个日期"),
    ("supervisor1", "立项：统计局11月30日前报数据；民政局12月1日前报名单", "不止一件"),
    ("staff1", "立项:民政局12月5日前报送低保数据", "没有这个权限"),
    ("bureau_head", "督办9999号已完成80%", "没有找到督办9999号"),
    ("supervisor1", "督办9999号销号", "没有找到督办9999号"),
]


@pytest.mark.parametrize(("who", "said", "heard"), REFUSED)
def test_what_cannot_be_done_is_said(api: ApiClient, who: str, said: str, heard: str) -> None:
    answer = api.hear(f"{ORG}/{who}", said)

    assert heard in answer
    assert REGISTERED not in answer


REGISTER = line("supervisor1", "立项:发改局12月10日前报送能耗数据", REGISTERED, "已通知发展和改革")
DIALOGUES: dict[str, tuple[Line, ...]] = {
    "from registering to closing": (
        REGISTER,
        line("bureau_head", "签收督办{n}号", "已签收"),
        line("bureau_head", "督办{n}号已完成80%,下周报送", "完成80%", "办理中"),
        line("bureau_staff", "督办{n}号办得差不多了,九成", "完成90%"),
        line("bureau_head", "督办{n}号到哪一步了", "九成"),
        line("bureau_head", "督办{n}号已办结", "办结申请"),
        line("supervisor1", "督办{n}号材料不全,退回", "已退回"),
        line("bureau_head", "督办{n}号已整改完毕,申请办结", "办结申请"),
        line("supervisor1", "督办{n}号审核通过,销号", "已销号"),
        line("bureau_head", "督办{n}号再补报一份材料", "已销号"),
    ),
    "an extension is asked for, refused, asked for again and granted": (
        REGISTER,
        line("bureau_head", "督办{n}号申请延期", "延期到哪一天"),
        line("bureau_head", "督办{n}号申请延期到12月5日", "晚于现在的时限2026年12月10日"),
        line("bureau_head", "督办{n}号12月10日完不成,能不能延到12月20日", "2026年12月20日"),
        line("supervisor1", "不同意督办{n}号延期", "时限不变"),
        line("bureau_head", "督办{n}号申请延期到12月25日", "2026年12月25日"),
        line("supervisor1", "同意督办{n}号延期", "时限改为2026年12月25日"),
        line("supervisor1", "把督办{n}号改成12月底前", "时限改为2026年12月31日"),
    ),
    "a matter that was wrong is cancelled, and then nothing goes": (
        REGISTER,
        line("bureau_head", "撤销督办{n}号", "没有这个权限"),
        line("supervisor1", "督办{n}号立错了,撤销", "已撤销"),
        line("bureau_head", "签收督办{n}号", "已撤销"),
    ),
    "everyone has their own part": (
        REGISTER,
        line("staff1", "督办{n}号到哪一步了", "没有查看"),
        line("caizheng_head", "督办{n}号已完成80%", "没有查看"),
        line("clerk1", "督办{n}号销号", "由督查室办理"),
        line("supervisor1", "签收督办{n}号", "承办单位签收"),
        line("head", "督办{n}号到哪一步了", "报送能耗数据"),
    ),
    "the assisting unit reports and does not sign": (
        line("supervisor1", "立项:财政局牵头,教育局配合,12月10日前报方案", REGISTERED),
        line("jiaoyu_head", "督办{n}号 我们的材料已报财政局", "进展", "待签收"),
        line("jiaoyu_head", "签收督办{n}号", "没有这个权限"),
        line("caizheng_head", "督办{n}号收到,马上办", "已签收"),
    ),
    "an unlisted unit is confirmed": (
        line("supervisor1", "立项:气象局12月5日前报送数据", "通讯录里没有", never=REGISTERED),
        line("supervisor1", "好的", REGISTERED, "未登记单位", "电话转告"),
    ),
    "an unlisted unit is confirmed by saying it again": (
        line("supervisor1", "立项:烟草局12月5日前报送数据", "通讯录里没有"),
        line("supervisor1", "立项", REGISTERED, "未登记单位"),
    ),
    "an unlisted unit is turned down": (
        line("supervisor1", "立项:盐业局12月5日前报送数据", "通讯录里没有"),
        line("supervisor1", "不立项", "没有立项"),
        line("supervisor1", "好的", "没有等您确认"),
    ),
    "a second sentence replaces the one that waits": (
        line("supervisor1", "立项:盐业局12月5日前报送数据", "通讯录里没有"),
        line("supervisor1", "立项:民政局12月5日前报送名单", REGISTERED, "民政局"),
        line("supervisor1", "是", "没有等您确认", never=REGISTERED),
    ),
    "a report says something within 0 to 100": (
        REGISTER,
        line("bureau_head", "督办{n}号完成130%", "0到100之间"),
        line("bureau_head", "报进展", "进展"),
        line("bureau_head", "督办{n}号已完成三分之一", "完成33%"),
    ),
    "a wish that is not whole is told what is missing": (
        REGISTER,
        line("supervisor1", "催办督办{n}号", "自动提醒", "报送能耗数据"),
        line("supervisor1", "督办{n}号换个单位办", "请写明改成什么", "责任单位换成"),
    ),
    "a group sees numbers, the person the rest": (
        REGISTER,
        line("supervisor1", "哪些督办超期了", "共", "私聊", never="能耗", where="ledger-group"),
        line("bureau_head", "督办{n}号到哪一步了", "私聊", never="能耗", where="ledger-group"),
        line("bureau_head", "签收督办{n}号", "已签收", "私聊", never="能耗", where="ledger-group"),
        line("bureau_head", "督办{n}号进度50%", "私聊", never="能耗", where="ledger-group"),
    ),
    "the ledger answers short questions": (
        REGISTER,
        line("head", "发改局手上有几件", "共", never="规则"),
        line("bureau_head", "我手上有几件督办", "共"),
        line("bureau_staff", "我的督办", "能耗数据"),
        line("staff1", "我的督办", "没有符合条件"),
        line("supervisor1", "没签收的有哪些", "能耗数据"),
        line("supervisor1", "这周到期的", "件", never="规则"),
        line("supervisor1", "待审核的", "督办", never="规则"),
        line("supervisor1", "一共立了多少件", "共"),
        line("supervisor1", "督〔2026〕{n}号", "报送能耗数据"),
    ),
}


@pytest.mark.parametrize("name", DIALOGUES)
def test_a_matter_takes_its_way(api: ApiClient, name: str) -> None:
    play(api, ORG, DIALOGUES[name])


def test_another_offices_number_means_nothing_here(api: ApiClient) -> None:
    number = play(api, ORG, (REGISTER,))

    assert f"没有找到督办{number}号" in api.hear("yunyang/supervisor1", f"督办{number}号到哪一步了")


def item(api: ApiClient, number: str) -> dict[str, Any]:
    items: list[dict[str, Any]] = api.get("/api/supervision", org=ORG)["items"]
    [found] = [found for found in items if found["number"].endswith(f"〕{number}号")]
    return found


def pushed_about(api: ApiClient, user: str, number: str) -> list[str]:
    return [text for text in api.pushed(f"{ORG}/{user}") if f"〕{number}号" in text]


@pytest.mark.parametrize(
    "now", ["2026-11-23T20:00", "2026-11-22T10:00", "2026-11-23T00:10", "2026-10-01T09:00"]
)
def test_work_that_is_given_reaches_its_unit_whatever_the_hour(api: ApiClient, now: str) -> None:
    api.set_clock(f"{now}:00+08:00")

    number = play(api, ORG, (line("supervisor1", "立项:水利局12月28日前报名单,财政局配合"),))
    api.tick()

    [told] = pushed_about(api, "shuili_head", number)
    [assisting] = pushed_about(api, "caizheng_head", number)
    assert told.startswith("督办交办")
    assert assisting.startswith("请配合办理")


def test_reminders_come_before_on_and_after_the_day_each_once(api: ApiClient) -> None:
    number = play(api, ORG, (line("supervisor1", "立项:民政局11月30日前报送低保数据"),))
    moments = [f"2026-11-{day}T{hour}" for day in range(23, 31) for hour in ("07:00", "09:00")]
    moments += [f"2026-12-{day:02}T{hour}" for day in range(1, 9) for hour in ("09:00", "20:00")]

    for moment in moments:
        api.set_clock(f"{moment}:00+08:00")
        api.tick()
        api.tick()

    found = item(api, number)
    reminders = [
        (r["occasion"], r["to"].partition("/")[2], r["at"][5:13]) for r in found["reminders"]
    ]
    leader = next(
        p for p in api.get("/api/people", org=ORG)["people"] if p["user"] == found["person"]
    )
    expected = [
        ("assigned", "minzheng_head", "11-23T09"),
        ("unsigned", "minzheng_head", "11-24T09"),
        ("due_soon", "minzheng_head", "11-25T09"),
        ("due_soon", "minzheng_head", "11-27T09"),
        ("due_today", "minzheng_head", "11-30T09"),
        ("overdue", "minzheng_head", "12-01T09"),
        ("escalated_unit", "minzheng_head", "12-01T09"),
        ("overdue", "minzheng_head", "12-02T09"),
        ("overdue", "minzheng_head", "12-03T09"),
        ("escalated_office", "supervisor1", "12-03T09"),
        ("overdue", "minzheng_head", "12-04T09"),
        ("overdue", "minzheng_head", "12-07T09"),
        ("escalated_leader", leader["leader"].partition("/")[2], "12-07T09"),
        ("overdue", "minzheng_head", "12-08T09"),
    ]
    assert sorted(reminders) == sorted(expected)  # within a beat each person has a message
    assert {r["status"] for r in found["reminders"]} == {"sent"}


def test_after_a_month_off_one_word_is_enough_and_a_closed_matter_is_silent(
    api: ApiClient,
) -> None:
    late = play(api, ORG, (line("supervisor1", "立项:司法局11月27日前报送名单"),))
    closed = play(
        api,
        ORG,
        (
            line("supervisor1", "立项:司法局11月27日前报送总结"),
            line("sifa_head", "督办{n}号已办结", "办结申请"),
            line("supervisor1", "督办{n}号销号", "已销号"),
        ),
    )
    api.tick()
    before = len(pushed_about(api, "sifa_head", late))

    api.set_clock("2026-12-28T09:00:00+08:00")
    api.tick()
    api.tick()

    assert len(pushed_about(api, "sifa_head", late)) == before + 1
    assert not any("超期" in text for text in pushed_about(api, "sifa_head", closed))


def test_a_moved_deadline_moves_the_reminders(api: ApiClient) -> None:
    number = play(
        api,
        ORG,
        (
            line("supervisor1", "立项:商务局11月27日前报送数据"),
            line("shangwu_head", "签收督办{n}号", "已签收"),
            line("shangwu_head", "督办{n}号申请延期到12月11日", "申请"),
            line("supervisor1", "同意督办{n}号延期", "12月11日"),
        ),
    )

    for day in ("11-30", "12-08", "12-11"):
        api.set_clock(f"2026-{day}T09:00:00+08:00")
        api.tick()

    found = item(api, number)
    assert found["deadline"] == "2026-12-11"
    assert [r["occasion"] for r in found["reminders"]][-2:] == ["due_soon", "due_today"]
    assert "overdue" not in {r["occasion"] for r in found["reminders"]}


PROMISES = {
    "签收": "已签收",
    "已办结": "办结申请",
    "销号": "已销号",
    "退回": "已退回",
    "看详情": "事项：",
    "同意延期": "时限改为",
    "不同意延期": "时限不变",
    "仍然立项": REGISTERED,
    "不立项": "没有立项",
}


def press(api: ApiClient, who: str, message: dict[str, Any], title: str) -> None:
    """Say what a button says, and hear what its title promises."""
    [say] = [button["say"] for button in message["buttons"] if button["title"] == title]
    assert PROMISES[title] in api.hear(f"{ORG}/{who}", say)


def last_push(api: ApiClient, who: str) -> dict[str, Any]:
    pushed = api.get("/api/local/messages", user=f"{ORG}/{who}")["messages"]
    message: dict[str, Any] = pushed[-1]["message"]
    return message


def test_the_buttons_of_notices_and_cards_do_what_they_say(api: ApiClient) -> None:
    number = play(api, ORG, (line("supervisor1", "立项:统计局12月10日前报送数据"),))
    api.tick()

    press(api, "tongji_head", last_push(api, "tongji_head"), "签收")
    [card] = api.say(f"{ORG}/tongji_head", f"督办{number}号到哪一步了")
    press(api, "tongji_head", card, "已办结")
    api.tick()
    press(api, "supervisor1", last_push(api, "supervisor1"), "退回")
    api.hear(f"{ORG}/tongji_head", f"督办{number}号申请延期到12月20日")
    api.tick()
    press(api, "supervisor1", last_push(api, "supervisor1"), "不同意延期")
    api.hear(f"{ORG}/tongji_head", f"督办{number}号申请延期到12月20日")
    [card] = api.say(f"{ORG}/supervisor1", f"督办{number}号到哪一步了")
    press(api, "supervisor1", card, "同意延期")
    api.tick()
    press(api, "tongji_head", last_push(api, "tongji_head"), "看详情")
    api.hear(f"{ORG}/tongji_head", f"督办{number}号已办结")
    [card] = api.say(f"{ORG}/supervisor1", f"督办{number}号到哪一步了")
    press(api, "supervisor1", card, "销号")


@pytest.mark.parametrize("title", ["仍然立项", "不立项"])
def test_the_buttons_about_an_unlisted_unit_do_what_they_say(api: ApiClient, title: str) -> None:
    [asked] = api.say(f"{ORG}/supervisor1", "立项:海事局12月5日前报送数据")

    press(api, "supervisor1", asked, title)


def test_the_choice_among_several_matters_does_what_was_said(api: ApiClient) -> None:
    for content in ("名单", "总结"):
        play(api, ORG, (line("supervisor1", f"立项:应急局12月10日前报送{content}", REGISTERED),))
    api.tick()  # both notices are there: after the first alone the word would answer that one

    [asked] = api.say(f"{ORG}/yingji_head", "签收")

    assert len(asked["buttons"]) == 2, asked["text"]
    for button in asked["buttons"]:
        assert "已签收" in api.hear(f"{ORG}/yingji_head", button["say"])
