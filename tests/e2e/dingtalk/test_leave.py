"""A leave from a sentence in direct chat to its result; approvers answer on the platform."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from tests.e2e.dingtalk.scene import OFFICES, Scene, text_of, until, userid
from tests.integration.dingtalk.offices import publish_the_form


@dataclass(frozen=True)
class Filed:
    """An approval of a leave that was asked for and confirmed just now."""

    scene: Scene
    org: str
    id: str

    @property
    def asker(self) -> str:
        return userid(self.org, "staff1")

    def shown(self) -> dict[str, Any]:
        """The approval as DingTalk has it."""
        approvals: list[dict[str, Any]] = self.scene.stand_in.ask("approvals")
        [found] = [approval for approval in approvals if approval["id"] == self.id]
        return found

    def approvers(self) -> list[str]:
        return [task["userid"] for task in self.shown()["tasks"]]

    def click(self, result: str, remark: str = "") -> None:
        """Let whoever's turn it is answer in the app."""
        body = {"result": result, "remark": remark}
        self.scene.stand_in.order(f"approvals/{self.id}", body)


def file(scene: Scene, org: str) -> Filed:
    """Ask for a leave in direct chat, confirm it, and wait until DingTalk has it."""
    publish_the_form(scene.stand_in)
    known = len(scene.stand_in.ask("approvals"))
    before = len(scene.seen(userid(org, "staff1")))
    scene.say(org, "我明天请事假一天,在本地搬家")
    scene.answers(userid(org, "staff1"), before)
    scene.say(org, "确认提交")
    until(lambda: len(scene.stand_in.ask("approvals")) > known)
    [approval] = scene.stand_in.ask("approvals")[known:]
    return Filed(scene, org, approval["id"])


@pytest.fixture
def filed(scene: Scene) -> Filed:
    return file(scene, "changle")


def heard(scene: Scene, to: str, before: int, words: str) -> bool:
    return any(words in text_of(message) for message in scene.seen(to)[before:])


@pytest.mark.parametrize("org", OFFICES)
def test_a_leave_is_filed_once_and_everybody_is_told_what_comes_of_it(
    scene: Scene, org: str
) -> None:
    filed = file(scene, org)
    before = len(scene.seen(filed.asker))

    for approver in filed.approvers():
        until(partial(heard, scene, approver, 0, "事假"))
        filed.click("agree", "注意交接")

    until(lambda: heard(scene, filed.asker, before, "已经批准"))
    assert heard(scene, filed.asker, before, "注意交接")
    assert filed.shown()["status"] == "COMPLETED"


def test_a_refusal_in_the_app_reaches_the_asker(scene: Scene, filed: Filed) -> None:
    before = len(scene.seen(filed.asker))

    filed.click("refuse", "人手不够")

    until(lambda: heard(scene, filed.asker, before, "人手不够"))


def test_an_approver_may_answer_in_chat(scene: Scene, filed: Filed) -> None:
    before = len(scene.seen(filed.asker))

    scene.say(filed.org, "不同意,人手不够", post="section_chief")

    until(lambda: heard(scene, filed.asker, before, "未获批准"))
    shown = filed.shown()
    assert (shown["result"], shown["records"][-1]["remark"]) == ("refuse", "人手不够")


def test_what_the_asker_calls_off_in_the_app_is_withdrawn_here(scene: Scene, filed: Filed) -> None:
    before = len(scene.seen(filed.asker))

    scene.stand_in.order(f"approvals/{filed.id}/revoke")

    until(lambda: heard(scene, filed.asker, before, "已在平台上撤销"))
