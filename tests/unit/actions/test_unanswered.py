from __future__ import annotations

from actions.unanswered import ActionListUnanswered
from bot.core.rules import AnswerStatus
from tests.fakes.desks import CHANGLE
from tests.unit.actions.scene import Scene

QUESTION = "食堂几点开饭"


def keep(scene: Scene) -> None:
    with scene.desks.database.unit_of_work() as uow:
        now = scene.desks.clock.now()
        uow.unanswered.add(CHANGLE, QUESTION, AnswerStatus.SILENT, 60, now)
        uow.commit()


def test_a_clerk_sees_what_waits_with_its_day_and_nearest_article(scene: Scene) -> None:
    keep(scene)
    scene.who = "clerk1"

    outcome = scene.call(ActionListUnanswered, "待答复问题", "list_unanswered")

    assert f"“{QUESTION}”|问过1次|11月26日前答复|最接近第60条" in outcome.text


def test_a_clerk_without_work_is_told_so(scene: Scene) -> None:
    scene.who = "clerk1"

    outcome = scene.call(ActionListUnanswered, "待答复问题", "list_unanswered")

    assert outcome.text == "没有待答复的问题。"


def test_in_a_group_the_list_goes_to_the_clerk_alone(scene: Scene) -> None:
    keep(scene)
    scene.who, scene.conversation = "clerk1", "group-1"

    outcome = scene.call(ActionListUnanswered, "待答复问题", "list_unanswered")

    assert QUESTION not in outcome.text
    assert QUESTION in scene.pushes()[-1].message.text


def test_others_are_refused(scene: Scene) -> None:
    keep(scene)
    scene.who = "staff1"

    outcome = scene.call(ActionListUnanswered, "待答复问题", "list_unanswered")

    assert "没有查看的权限" in outcome.text
