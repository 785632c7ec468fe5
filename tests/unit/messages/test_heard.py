from __future__ import annotations

import pytest

from tests.unit.messages.conftest import said

PAGE = "现将进一步规范办文办会有关事项通知如下，请各镇街、各部门认真贯彻落实。" * 10


@pytest.mark.parametrize("question", ["常务会议纪要谁签发？", "谁签发?"])
def test_of_a_pasted_page_the_question_at_its_end_is_heard(question: str) -> None:
    assert said(PAGE + question).heard == question


@pytest.mark.parametrize("text", ["谁签发？", PAGE, PAGE + "谁签发？\n请办理。"])
def test_everything_else_is_heard_whole(text: str) -> None:
    assert said(text).heard == text
