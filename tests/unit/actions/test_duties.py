from __future__ import annotations

from actions.duties import ActionFinishDuty, ActionListDuties, ActionRegisterDuty
from actions.supervision import ActionListItems
from tests.unit.actions.scene import Scene

COUNTERSIGN = "会签 发改局 关于印发公文处理办法的通知,12月3号前"


def registered(scene: Scene) -> None:
    scene.who = "clerk1"
    scene.call(ActionRegisterDuty, COUNTERSIGN, "register_duty")
    scene.who = "bureau_head"


def test_a_countersigning_is_registered_and_its_unit_told(scene: Scene) -> None:
    scene.who = "clerk1"

    outcome = scene.call(ActionRegisterDuty, COUNTERSIGN, "register_duty")

    assert outcome.text.startswith("已登记待办1号（会签）：")
    assert "12月3日17:30前" in outcome.text
    scene.who = "bureau_head"
    assert "待办1号" in scene.pushes()[-1].message.text


def test_duties_stand_apart_after_ones_items(scene: Scene) -> None:
    registered(scene)

    mine = scene.call(ActionListItems, "我的督办", "list_items")
    overdue = scene.call(ActionListItems, "哪些督办超期了", "list_items")
    owed = scene.call(ActionListDuties, "我的待办", "list_duties")

    assert "另有待办1件（不是督办事项）" in mine.text
    assert "待办" not in overdue.text
    assert "待办1号（会签）关于印发公文处理办法的通知" in owed.text


def test_what_is_done_is_owed_no_more(scene: Scene) -> None:
    registered(scene)

    done = scene.call(ActionFinishDuty, "待办1号已办", "finish_duty")
    owed = scene.call(ActionListDuties, "我的待办", "list_duties")

    assert "办完了" in done.text
    assert owed.text.startswith("您没有待办")


def test_in_a_group_duties_are_told_in_private(scene: Scene) -> None:
    registered(scene)
    scene.conversation = "group1"

    outcome = scene.call(ActionListDuties, "我的待办", "list_duties")

    assert "公文处理办法" not in outcome.text
    assert "公文处理办法" in scene.pushes()[-1].message.text
