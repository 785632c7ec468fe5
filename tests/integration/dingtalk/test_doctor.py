"""The doctor says what is not set up in the console, and changes nothing by looking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.adapters.channels.examining import Check
from bot.adapters.dingtalk.config import DingTalkConfig, Mode
from bot.adapters.dingtalk.doctor import DingTalkDoctor
from bot.adapters.dingtalk.people import DingTalkContacts
from bot.adapters.dingtalk.platform import DingTalkLine
from bot.adapters.texts import YamlTexts
from tests.fakes.dingtalk.process import StandIn
from tests.integration.channels.posts import POSTS
from tests.integration.dingtalk.conftest import GROUP
from tests.integration.dingtalk.offices import (
    ITEMS,
    ORG,
    PROCESS,
    config_of,
    people_an_office,
    publish_the_form,
)

Examine = Callable[..., dict[str, Check]]
SET_UP = {
    "office_group": GROUP,
    "public_url": "https://guiju.example.gov.cn",
    "card_templates": {"leave": "template-1"},
}


@pytest.fixture
def examine(stand_in: StandIn, tmp_path: Path) -> Iterator[Examine]:
    people_an_office(stand_in)
    publish_the_form(stand_in)
    posts = tmp_path / "posts.yml"
    posts.write_text(POSTS, encoding="utf-8")
    lines: list[DingTalkLine] = []

    def looked(config: DingTalkConfig | None = None, **more: object) -> dict[str, Check]:
        config = config or config_of(stand_in, posts, **{**SET_UP, **more})
        line = DingTalkLine([config], lambda org, channel, api: None)
        lines.append(line)
        contacts = DingTalkContacts(line.clients, line.loop)
        doctor = DingTalkDoctor(line.clients[ORG], line.loop, contacts, YamlTexts())
        checks = {check.name: check for check in doctor.examine()}
        contacts.close()
        return checks

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
    assert stand_in.ask("todos") == []


def test_a_wrong_secret_is_all_that_is_said(examine: Examine, stand_in: StandIn) -> None:
    config = DingTalkConfig(
        ORG, "c", "key-changle", "wrong", "r", api_url=stand_in.url, oapi_url=stand_in.url
    )

    checks = examine(config)

    assert failed(checks) == ["app"]
    assert "Client Secret" in checks["app"].hint
    assert "wrong" not in checks["app"].words


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        ("qyapi_get_department_list", "contacts"),
        ("qyapi_get_department_member", "contacts"),
        ("qyapi_get_member", "contacts"),
        ("Workflow.Form.Read", "form"),
        ("Workflow.Instance.Read", "approvals"),
        ("Workflow.Instance.Write", "approvals"),
        ("Todo.Todo.Read", "todo"),
        ("Todo.Todo.Write", "todo"),
        ("qyapi_robot_sendmsg", "robot"),
        ("Card.Instance.Write", "cards"),
    ],
)
def test_each_missing_permission_is_found_with_the_place_to_click(
    scope: str, name: str, examine: Examine, stand_in: StandIn
) -> None:
    stand_in.order("denied", [scope])

    check = examine()[name]

    assert not check.ok
    assert "权限" in check.words
    assert scope in check.hint


def test_a_form_that_does_not_fit_is_described(examine: Examine, stand_in: StandIn) -> None:
    kind = {"componentName": "DDSelectField", "props": {"label": "请假类型", "options": ["事假"]}}
    more = {"componentName": "DDPhotoField", "props": {"label": "照片", "required": True}}
    items = [ITEMS[0], kind, *ITEMS[2:-1], more]
    stand_in.order(f"forms/{PROCESS}", {"name": "请假", "items": items})

    check = examine()["form"]

    assert "没有控件“其他说明”" in check.words
    assert "缺少选项“年休假”" in check.words


def test_a_form_that_does_not_exist_is_said(examine: Examine) -> None:
    check = examine(process_code="PROC-OTHER")["form"]

    assert not check.ok
    assert "process_code" in check.hint


def test_people_whom_the_table_leaves_out_are_named(examine: Examine, stand_in: StandIn) -> None:
    stand_in.order("members/staff1", {"title": "顾问"})

    check = examine()["posts"]

    assert "changle/staff1 post_unknown 顾问" in check.words
    assert not check.needed


def test_a_robot_that_is_not_in_the_group_is_said(examine: Examine) -> None:
    assert not examine(office_group="cid-nowhere")["group"].ok


def test_a_wrong_robot_code_is_said(examine: Examine) -> None:
    assert not examine(robot_code="other")["robot"].ok


def test_a_card_template_that_does_not_exist_is_said(examine: Examine, stand_in: StandIn) -> None:
    stand_in.order("templates", ["template-1"])
    assert examine()["cards"].ok

    check = examine(card_templates={"leave": "template-1", "approval": "template-2"})["cards"]

    assert not check.ok
    assert "approval" in check.words


def test_what_is_left_unset_is_said_without_being_needed(examine: Examine) -> None:
    checks = examine(office_group=None, public_url="", card_templates={})

    assert failed(checks) == ["group", "cards", "links"]
    assert not any(checks[name].needed for name in failed(checks))


def test_callbacks_need_an_address_and_a_key_that_fits(examine: Examine) -> None:
    http = {"mode": Mode.HTTP, "callback_token": "t"}

    assert examine(**http, aes_key="0" * 43)["receiving"].ok
    assert not examine(**http, aes_key="0" * 42)["receiving"].ok
    assert not examine(**http, aes_key="0" * 43, public_url="")["receiving"].ok
