from __future__ import annotations

import pytest

from actions.rules import ActionAnswerRule, ActionCompareOffice, ActionFollowUpRule
from tests.unit.actions.scene import Scene


@pytest.mark.parametrize("sign", ["?", "？", "？ ", "?\n"])
def test_several_questions_get_an_answer_each_and_the_last_is_leant_on(
    scene: Scene, sign: str
) -> None:
    first, last = "规范性文件谁审查?", "会议纪要谁签发"

    outcome = scene.call(ActionAnswerRule, first[:-1] + sign + last)
    scene.call(ActionFollowUpRule, "那副县长呢", "follow_up")

    assert len(outcome.messages) == 2
    assert scene.desks.rules.asked[1] == ("changle", last)
    assert scene.desks.rules.asked[2][1] == last


@pytest.mark.parametrize(
    "text", ["会议纪要谁签发?", "请问一下?", "真的?会议纪要谁签发", "我是新来的;会议纪要谁签发"]
)
def test_one_question_stays_whole(scene: Scene, text: str) -> None:
    scene.call(ActionAnswerRule, text)

    assert scene.desks.rules.asked == [("changle", text)]


def test_an_office_is_offered_by_its_short_name(scene: Scene) -> None:
    says = scene.call(ActionCompareOffice, "别的县呢", "other_office").says

    assert all(say.endswith(("县怎么规定的", "区怎么规定的", "市怎么规定的")) for say in says)
    assert not any("人民政府" in say for say in says)
