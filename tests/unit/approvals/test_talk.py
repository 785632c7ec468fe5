from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.adapters.chinese.approval_answers import ChineseApprovalReader
from bot.adapters.local.platform import LocalPlatform
from bot.core.errors import NotFoundError, RefusedError
from bot.core.leave import Leave, LeaveId, LeaveState
from bot.core.messages import Message, Push
from bot.services.approval_talk import ApprovalTalk
from bot.services.approval_words import ApprovalWords
from bot.services.approvals import ApprovalDesk
from tests.unit.leave.stage import Stage, person

CHIEF, DEPUTY = "changle/section_chief", "changle/office_deputy"
STAFF, OTHER = "changle/staff1", "changle/staff2"


class Office:
    """Changle's leave desk with the embedded platform and its approvers."""

    def __init__(self) -> None:
        self.stage = Stage(orgs=["changle", "yunyang"])
        database, clock, texts = self.stage.database, self.stage.clock, self.stage.texts
        self.platform = LocalPlatform(database.unit_of_work, clock, texts)
        desk = ApprovalDesk(database.unit_of_work, clock, self.stage.desk, texts)
        self.talk = ApprovalTalk(
            desk,
            self.stage.desk,
            database.unit_of_work,
            ChineseApprovalReader(),
            ApprovalWords(texts),
        )

    def ask(self, user: str, text: str) -> Leave:
        """Have a leave filed and its first approver asked."""
        leave = self.stage.file(user, text)
        self.platform.file_approval(self.stage.request(leave.id))
        return leave

    def hear(self, user: str, text: str, turn: str | None = None) -> Message:
        return self.talk.answer(person(user), text, turn or self.stage.turn())

    def refusal(self, user: str, text: str) -> str:
        with pytest.raises(RefusedError) as refused:
            self.hear(user, text)
        return refused.value.code

    def state(self, leave: Leave) -> LeaveState:
        return self.stage.state(leave)


@pytest.fixture
def office() -> Office:
    return Office()


def says(message: Message) -> list[str]:
    return [button.say for button in message.buttons]


def test_an_approver_is_asked_with_buttons_that_are_understood(office: Office) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")
    [asked] = [p for p in office.stage.payloads() if isinstance(p, Push) and p.to == CHIEF]

    for button in asked.message.buttons:
        assert office.talk.reader.read(button.say).number == leave.id

    assert [office.talk.reader.read(say).agree for say in says(asked.message)] == [True, False]


def test_one_after_the_other_agrees_and_the_asker_hears_of_it(office: Office) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    first = office.hear(CHIEF, "同意")
    last = office.hear(DEPUTY, "同意,注意把工作交接好")

    assert "接下来由" in first.text
    assert "审批完成" in last.text
    assert office.state(leave) is LeaveState.APPROVED
    assert "注意把工作交接好" in office.stage.pushes_to(STAFF)[-1]


def test_a_refusal_is_stored_with_its_reason_and_told(office: Office) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    office.hear(CHIEF, "不同意,人手不够")

    with office.stage.database.unit_of_work() as uow:
        last = uow.leaves.events([leave.id])[leave.id][-1]
    assert (last.state, last.by, last.note) == (LeaveState.REFUSED, CHIEF, "人手不够")
    assert "人手不够" in office.stage.pushes_to(STAFF)[-1]


@pytest.mark.parametrize("text", ["不同意", "不批", "驳回", "不同意请假1号", "这个假不批"])
def test_without_a_reason_nothing_is_refused(office: Office, text: str) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    assert office.refusal(CHIEF, text) == "approval_reason_missing"
    assert office.state(leave) is LeaveState.FILED


def test_of_several_it_is_asked_which(office: Office) -> None:
    leaves = [office.ask(STAFF, "明天请事假一天,搬家"), office.ask(OTHER, "12月1日年休假")]

    asked = office.hear(CHIEF, "不同意,人手不够")

    assert says(asked) == [f"不同意请假{leave.id}号，理由是人手不够" for leave in leaves]
    assert [office.state(leave) for leave in leaves] == [LeaveState.FILED] * 2
    office.hear(CHIEF, says(asked)[1])
    assert office.state(leaves[1]) is LeaveState.REFUSED


@pytest.mark.parametrize(
    "text",
    ["同意褚思齐的假", "同意小褚的年休假", "年休假那个同意", "同意12月1日的", "批准{id}号的假"],
)
def test_of_several_the_one_that_is_described_is_meant(office: Office, text: str) -> None:
    first = office.ask(STAFF, "12月3日请事假一天,搬家")
    second = office.ask(OTHER, "12月1日年休假")

    office.hear(CHIEF, text.format(id=second.id))

    assert office.talk.pending(person(CHIEF))[0].leave.id == first.id
    assert len(office.talk.pending(person(DEPUTY))) == 1


@pytest.mark.parametrize("text", ["同意王五的假", "同意病假", "同意12月9日的假", "同意99号的假"])
def test_an_answer_that_fits_nothing_decides_nothing(office: Office, text: str) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    asked = office.hear(CHIEF, text)

    assert says(asked) == [f"同意请假{leave.id}号"]
    assert office.talk.pending(person(CHIEF))[0].approval.step == 0


def test_all_are_granted_at_once_when_that_is_said(office: Office) -> None:
    office.ask(STAFF, "明天请事假一天,搬家")
    office.ask(OTHER, "12月1日年休假")

    office.hear(CHIEF, "全部同意")

    assert office.talk.pending(person(CHIEF)) == []


def test_a_word_that_is_neither_yes_nor_no_shows_what_waits(office: Office) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    asked = office.hear(CHIEF, "材料齐了再批")

    assert says(asked) == [f"同意请假{leave.id}号", f"不同意请假{leave.id}号"]


REFUSALS: list[tuple[str, str, Callable[[Office], object] | None]] = [
    (STAFF, "leave_own_approval", None),
    (DEPUTY, "not_your_turn_yet", None),
    (OTHER, "not_your_approval", None),
    ("yunyang/head", "approval_unknown", None),
    (CHIEF, "approval_passed", lambda office: office.hear(CHIEF, "同意")),
    (CHIEF, "approval_refused", lambda office: office.hear(CHIEF, "不同意,太忙")),
]


@pytest.mark.parametrize(("user", "code", "before"), REFUSALS)
def test_who_may_not_answer_hears_why(
    office: Office, user: str, code: str, before: Callable[[Office], object] | None
) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")
    if before is not None:
        before(office)

    assert office.refusal(user, f"同意请假{leave.id}号") == code
    assert office.stage.texts.has(f"errors.{code}") or office.stage.texts.has(
        f"leave.problem_{code}"
    )


def test_who_has_nothing_to_approve_hears_what_of_theirs_waits(office: Office) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    own, approvers = (office.talk.listing(person(user)).text for user in (STAFF, CHIEF))

    assert own.startswith("没有等您审批的请假。\n您提交的事假申请")
    assert f"编号{leave.id}" in own
    assert "您提交的" not in approvers


def test_nothing_waits_for_whoever_is_not_asked(office: Office) -> None:
    with pytest.raises(NotFoundError, match="approval_none"):
        office.hear(CHIEF, "同意")


def test_the_same_turn_again_answers_once(office: Office) -> None:
    office.ask(STAFF, "明天请事假一天,搬家")
    office.ask(OTHER, "12月1日年休假")
    text = f"同意请假{LeaveId(1)}号"

    first = office.hear(CHIEF, text, "turn-x")
    again = office.hear(CHIEF, text, "turn-x")

    assert again == first
    assert len(office.talk.pending(person(CHIEF))) == 1


def test_within_the_form_only_what_names_a_request_or_says_why_is_for_one(office: Office) -> None:
    chief = person(CHIEF)
    office.ask(STAFF, "明天请事假一天,搬家")

    meant = {
        t: office.talk.is_meant(chief, t)
        for t in ("同意", "不同意", "同意请假1号", "不同意,人手不够")
    }

    assert list(meant.values()) == [False, False, True, True]
    assert not office.talk.is_meant(person(STAFF), "不对,人手不够")


def test_what_was_withdrawn_waits_for_nobody_and_whoever_was_asked_is_told(office: Office) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    office.stage.desk.withdraw(person(STAFF), leave.id, office.stage.turn())

    assert "撤回" in office.stage.pushes_to(CHIEF)[-1]
    assert office.stage.pushes_to(DEPUTY) == []
    assert office.talk.pending(person(CHIEF)) == []
    assert office.refusal(CHIEF, f"同意请假{leave.id}号") == "approval_cancelled"
