"""Which extensions wait: told apart from asking for one, and answered to each as far as he may."""

from __future__ import annotations

import pytest

from bot.adapters.chinese.supervision_reader import ChineseSupervisionReader
from bot.core.errors import NotAllowedError, NotFoundError
from bot.services.ledger_talk import LedgerTalk
from tests.unit.supervision.stage import Stage

READER = ChineseSupervisionReader()


@pytest.fixture
def asked(stage: Stage) -> Stage:
    """Of three matters one has an extension that waits, and one is in review."""
    stage.register("立项:发改局11月27日前报送重点项目进展")
    stage.register("立项:财政局12月1日前报送预算执行情况")
    stage.register("立项:水利局12月2日前报送河道清淤情况")
    stage.desk.extend(stage.person("bureau_head"), "督办1号申请延期到12月10日", stage.turn())
    stage.desk.report(stage.person("shuili_head"), "督办3号已办结", stage.turn())
    return stage


def heard(talk: LedgerTalk, stage: Stage, text: str, post: str = "supervisor1") -> str:
    return talk.answer(stage.person(post), text).whole.text


@pytest.mark.parametrize(
    "text",
    [
        "哪些延期申请没处理",
        "谁申请延期了",
        "等我批的延期",
        "有没有延期申请",
        "未处理的延期申请",
        "有人申请延期吗",
        "哪些单位申请延期",
        "我申请的延期批了没有",
        "督办3号延期批了没有",
        "还有几个延期没批",
        "谁想延期",
        "发改局申请延期的那件怎么样了",
    ],
)
def test_a_question_about_extensions_asks_for_none(text: str) -> None:
    assert READER.asks_for_extensions(text)


@pytest.mark.parametrize(
    "text",
    [
        "督办3号申请延期到12月10日",
        "申请延期",
        "能不能申请延期",
        "我要申请延期",
        "督办5号能不能延到月底",
        "3号件能宽限到周五吗",
        "督办9号延期申请,原因是资金没批",
        "还有两户没签督办4号申请延期",
        "同意督办3号延期",
        "不同意督办3号延期",
        "延期过的有哪些",
        "今年延期了的有几件",
    ],
)
def test_asking_for_an_extension_or_deciding_on_one_is_no_question(text: str) -> None:
    assert not READER.asks_for_extensions(text)


def test_the_supervision_office_hears_which_extensions_wait_and_decides_by_a_button(
    asked: Stage, talk: LedgerTalk
) -> None:
    answer = talk.answer(asked.person("supervisor1"), "哪些延期申请没处理").whole

    assert "有1件" in answer.text
    assert "重点项目进展" in answer.text
    assert "申请延到2026年12月10日" in answer.text
    assert "河道清淤" not in answer.text
    assert [button.say for button in answer.buttons] == ["同意督办1号延期", "不同意督办1号延期"]


def test_the_only_extension_that_waits_is_decided_on_without_its_number(asked: Stage) -> None:
    item = asked.desk.extend(asked.person("supervisor1"), "同意延期", asked.turn())

    assert item.number == "督〔2026〕1号"
    with pytest.raises(NotFoundError):
        asked.desk.extend(asked.person("supervisor1"), "同意延期", asked.turn())


def test_an_extension_that_was_decided_on_waits_no_more(asked: Stage, talk: LedgerTalk) -> None:
    asked.desk.extend(asked.person("supervisor1"), "同意督办1号延期", asked.turn())

    assert heard(talk, asked, "谁申请延期了") == "没有等待审核的延期申请。"


def test_a_unit_hears_of_its_own_extension_alone(asked: Stage, talk: LedgerTalk) -> None:
    own = talk.answer(asked.person("bureau_head"), "我申请的延期批了没有").whole

    assert "重点项目进展" in own.text
    assert own.buttons == ()
    assert "没有等待审核" in heard(talk, asked, "谁申请延期了", "caizheng_head")


def test_who_decides_on_no_extension_has_none_waiting_for_him(
    asked: Stage, talk: LedgerTalk
) -> None:
    with pytest.raises(NotAllowedError) as refusal:
        talk.answer(asked.person("head"), "等我批的延期")

    assert refusal.value.code == "supervision_decide_extension_not_allowed"
    assert "重点项目进展" in heard(talk, asked, "谁申请延期了", "head")


def test_what_waits_for_review_is_what_is_done_and_what_wants_more_time(
    asked: Stage, talk: LedgerTalk
) -> None:
    text = heard(talk, asked, "待审核的")

    assert "重点项目进展" in text
    assert "河道清淤" in text
    assert "预算执行" not in text
