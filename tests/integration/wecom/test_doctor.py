"""The doctor says what is not set up in the console, and changes nothing by looking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.channels.examining import Check
from bot.adapters.texts import YamlTexts
from bot.adapters.wecom.config import SmartBot
from bot.adapters.wecom.doctor import WeComDoctor
from bot.adapters.wecom.people import WeComContacts
from bot.adapters.wecom.platform import WeComLine
from tests.fakes.wecom.process import StandIn
from tests.integration.channels.leave_office import ORG
from tests.integration.channels.posts import POSTS
from tests.integration.wecom.offices import (
    APP,
    CONTROLS,
    GROUP,
    config_of,
    people_an_office,
    publish_the_template,
)

Examine = Callable[..., dict[str, Check]]
SET_UP: dict[str, Any] = {
    "callback_token": "token",
    "aes_key": "0" * 43,
    "bot": SmartBot("bot1", "secret1"),
}


@pytest.fixture
def examine(stand_in: StandIn, tmp_path: Path) -> Iterator[Examine]:
    people_an_office(stand_in)
    publish_the_template(stand_in)
    posts = tmp_path / "posts.yml"
    posts.write_text(POSTS, encoding="utf-8")
    lines: list[WeComLine] = []

    def looked(**more: Any) -> dict[str, Check]:
        line = WeComLine([config_of(stand_in, posts=posts, **{**SET_UP, **more})], lambda *_: None)
        lines.append(line)
        contacts = WeComContacts(line.clients, line.loop)
        doctor = WeComDoctor(line.clients[ORG], line.loop, contacts, YamlTexts())
        return {check.name: check for check in doctor.examine()}

    yield looked
    for line in lines:
        line.close()


def failed(checks: dict[str, Check]) -> list[str]:
    return [name for name, check in checks.items() if not check.ok]


def test_an_office_that_is_set_up_has_nothing_to_click(examine: Examine) -> None:
    checks = examine()

    assert failed(checks) == []
    assert not any(check.hint for check in checks.values())


def test_looking_sends_files_and_changes_nothing(examine: Examine, stand_in: StandIn) -> None:
    examine()

    assert stand_in.sent() == []
    assert stand_in.ask("approvals") == []


def test_a_wrong_secret_is_all_that_is_said(examine: Examine) -> None:
    checks = examine(app_secret="wrong")

    assert "app" in failed(checks)
    assert "contacts" not in checks
    assert "Secret" in checks["app"].hint
    assert "wrong" not in checks["app"].words


def test_an_address_that_is_not_trusted_is_named_with_the_place_to_enter_it(
    examine: Examine, stand_in: StandIn
) -> None:
    stand_in.load(apps=[APP | {"trusted": False}])

    checks = examine()

    assert failed(checks) == ["address"]
    assert "203.0.113.7" in checks["address"].words
    assert "企业可信IP" in checks["address"].hint


def test_an_app_that_may_not_file_approvals_is_told_where_to_be_added(
    examine: Examine, stand_in: StandIn
) -> None:
    stand_in.load(apps=[APP | {"approvals": False}])

    checks = examine()

    assert failed(checks) == ["approvals", "form"]
    assert "可调用接口的应用" in checks["approvals"].hint


def test_an_address_book_that_is_closed_is_told(examine: Examine, stand_in: StandIn) -> None:
    stand_in.order("denied", ["contacts"])

    checks = examine()

    assert "可见范围" in checks["contacts"].hint


def test_a_template_that_lost_a_control_and_kinds_is_described(
    examine: Examine, stand_in: StandIn
) -> None:
    leave = CONTROLS[1] | {"options": {"1": "年假"}}
    photo = {"kind": "File", "title": "照片"}
    publish_the_template(stand_in, [CONTROLS[0], leave, CONTROLS[3], photo])

    words = examine()["form"].words

    assert "没有控件“请假事由”" in words
    assert "缺少选项“事假”" in words
    assert "“照片”" in words


def test_a_template_that_does_not_exist_is_said(examine: Examine) -> None:
    check = examine(template_id="other")["form"]

    assert not check.ok
    assert "template_id" in check.hint


def test_a_robot_that_was_taken_out_of_its_group_is_named(examine: Examine) -> None:
    check = examine(robot_keys={GROUP: "removed"})["robots"]

    assert GROUP in check.words
    assert not check.needed


def test_people_whom_the_table_leaves_out_are_named(examine: Examine, stand_in: StandIn) -> None:
    stand_in.order("members/staff1", {"position": "顾问"})

    assert "changle/staff1 post_unknown 顾问" in examine()["posts"].words


def test_what_is_left_unset_is_said_without_being_needed(examine: Examine) -> None:
    checks = examine(bot=None, robot_keys={}, public_url="")

    assert failed(checks) == ["receiving", "robots", "bot", "links"]
    assert [name for name in failed(checks) if checks[name].needed] == ["receiving"]


def test_callbacks_need_a_key_that_fits(examine: Examine) -> None:
    assert not examine(aes_key="0" * 42)["receiving"].ok
    assert not examine(callback_token=None, aes_key=None)["receiving"].ok
