"""What approvers and applicants say of leaves beside filing them, through the real engine."""

from __future__ import annotations

from typing import Any

from tests.e2e.api_client import ApiClient

STAFF, OTHER, CHIEF, CLERK = (
    f"changle/{post}" for post in ("staff1", "staff2", "section_chief", "clerk1")
)
TRAVELLER = "changle/jiaoyu_head"


def filed(api: ApiClient, user: str, text: str) -> dict[str, Any]:
    """A leave asked for and confirmed."""
    api.hear(user, text)
    assert "编号" in api.hear(user, "确认提交")
    return latest(api, user)


def latest(api: ApiClient, user: str) -> dict[str, Any]:
    leaves: list[dict[str, Any]] = api.get("/api/leaves", org="changle", user=user)["leaves"]
    return max(leaves, key=lambda leave: leave["id"])


def state(api: ApiClient, leave: dict[str, Any]) -> str:
    leaves = api.get("/api/leaves", org="changle", user=leave["user"])["leaves"]
    return next(str(one["state"]) for one in leaves if one["id"] == leave["id"])


def test_a_bare_no_is_asked_why_and_refuses_only_then(api: ApiClient) -> None:
    leave = filed(api, STAFF, "明天请事假一天,搬家")

    asked = api.hear(CHIEF, "不同意")
    meanwhile = api.hear(CHIEF, "他今年请了几天假?")
    before = state(api, leave)
    refused = api.hear(CHIEF, "那天要迎检,走不开")

    assert "请说明理由" in asked
    assert "请说明理由" in meanwhile
    assert before == "filed"
    assert "没有同意" in refused
    assert state(api, leave) == "refused"
    assert "理由：那天要迎检，走不开" in api.pushed(STAFF)[-1]


def test_a_no_by_its_button_may_be_left_and_taken_up_again(api: ApiClient) -> None:
    leave = filed(api, OTHER, "12月3日请事假一天,家里装修")
    no = f"不同意请假{leave['id']}号"

    api.hear(CHIEF, no)
    left = api.hear(CHIEF, "算了")
    api.hear(CHIEF, no)
    agreed = api.hear(CHIEF, f"同意请假{leave['id']}号")

    assert "还在等您审批" in left
    assert "接下来由" in agreed
    assert "请说明理由" not in agreed
    assert state(api, leave) == "filed"


def test_while_a_reason_is_awaited_a_leave_of_ones_own_is_one_of_it(api: ApiClient) -> None:
    leave = filed(api, STAFF, "12月4日请事假一天,搬家")

    api.hear(CHIEF, f"不同意请假{leave['id']}号")
    api.hear(CHIEF, "下周三全县开大会")

    assert state(api, leave) == "refused"
    assert api.get("/api/leaves", org="changle", user=CHIEF)["leaves"] == []


def test_an_approver_sees_the_applicants_leaves_and_a_stranger_none(api: ApiClient) -> None:
    leave = filed(api, STAFF, "12月7日请事假一天,搬家")

    seen = api.hear(CHIEF, "这个人之前请过假吗")
    unseen = api.hear("changle/bureau_staff", f"{_name(api, STAFF)}今年请了几天假")

    assert _name(api, STAFF) in seen
    assert "12月7日" in seen
    assert "您没有这个权限" in unseen
    assert leave["state"] == "filed"


def test_one_part_is_put_right_before_and_after_filing(api: ApiClient) -> None:
    api.hear(TRAVELLER, "我下周三到周五去青岛出差,工作由副局长主持")

    heard = [
        api.hear(TRAVELLER, text)
        for text in ("去济南不是青岛", "不是周三是周四", "地点错了,是烟台")
    ]
    api.hear(TRAVELLER, "确认提交")
    filed_as = latest(api, TRAVELLER)
    changed = api.hear(TRAVELLER, "去潍坊不是烟台")

    assert "地点：济南（" in heard[0]
    assert "12月3日（周四）至12月4日（周五）" in heard[1]
    assert (filed_as["place"], filed_as["first_day"]) == ("烟台", "2026-12-03")
    assert "地点：潍坊（" in changed
    assert f"代替编号{filed_as['id']}" in changed
    api.hear(TRAVELLER, "算了")


def test_half_a_day_is_asked_which_half(api: ApiClient) -> None:
    api.hear(OTHER, "12月8日请年休假")

    asked = api.hear(OTHER, "半天")
    shown = api.hear(OTHER, "下午")

    assert "上午还是下午" in asked
    assert "12月8日（周二）下午，共0.5天" in shown
    api.hear(OTHER, "算了")


def test_the_register_is_named_to_its_keepers_alone(api: ApiClient) -> None:
    kept, refused = (api.hear(user, "本月请假登记") for user in (CLERK, STAFF))

    assert "/leaves/changle?month=2026-11" in kept
    assert "您没有这个权限" in refused


def _name(api: ApiClient, user: str) -> str:
    people = api.get("/api/people", org="changle")["people"]
    return next(str(person["name"]) for person in people if person["user"] == user)
