from __future__ import annotations

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.approvals import Approval, ApprovalRequest, ApprovalState
from bot.core.errors import NotAllowedError
from bot.core.people import PersonId
from bot.services.approvals import ApprovalDesk, ApprovalSettledError
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeDatabase
from tests.unit.messages.conftest import LI, ORG

FIRST, LAST = PersonId("changle/deputy1"), PersonId("changle/head")
REQUEST = ApprovalRequest("leave:1", ORG, LI.id, "请假", (), (FIRST, LAST))


class FakeSettling:
    """Keeps the results; `is_down` loses one, as a crash would."""

    def __init__(self) -> None:
        self.results: list[tuple[str, bool, PersonId, str]] = []
        self.is_down = False

    def is_waiting(self, approval_key: str) -> bool:
        return not self.results

    def awaited(self) -> list[str]:
        return [] if self.results else [REQUEST.key]

    def taken_back(self, approval_key: str) -> None:
        raise AssertionError("nobody called it off")

    def settle(self, approval_key: str, agreed: bool, by: PersonId, reason: str = "") -> None:
        if self.is_down:
            raise ConnectionError
        self.results.append((approval_key, agreed, by, reason))


@pytest.fixture
def settling() -> FakeSettling:
    return FakeSettling()


@pytest.fixture
def desk(database: FakeDatabase, clock: FakeClock, settling: FakeSettling) -> ApprovalDesk:
    with database.unit_of_work() as uow:
        uow.approvals.add(Approval("a1", REQUEST, ApprovalState.RUNNING))
        uow.commit()
    return ApprovalDesk(database.unit_of_work, clock, settling, YamlTexts())


def test_approvers_answer_one_after_the_other(desk: ApprovalDesk, settling: FakeSettling) -> None:
    with pytest.raises(NotAllowedError):
        desk.answer("a1", LAST, agree=True)

    after_first = desk.answer("a1", FIRST, agree=True)
    assert settling.results == []
    after_last = desk.answer("a1", LAST, agree=True)

    assert after_first.waiting_for == LAST
    assert after_last.state is ApprovalState.AGREED
    assert settling.results == [("leave:1", True, LAST, "")]


def test_any_refusal_settles_the_approval(desk: ApprovalDesk, settling: FakeSettling) -> None:
    approval = desk.answer("a1", FIRST, agree=False, reason="会议冲突")

    assert approval.state is ApprovalState.REFUSED
    assert settling.results == [("leave:1", False, FIRST, "会议冲突")]


def test_a_settled_approval_takes_no_second_answer(desk: ApprovalDesk) -> None:
    desk.answer("a1", FIRST, agree=False)

    with pytest.raises(ApprovalSettledError):
        desk.answer("a1", FIRST, agree=True)


@pytest.mark.parametrize("agree", [True, False])
def test_a_result_that_a_crash_cut_off_is_handed_on_later(
    desk: ApprovalDesk, settling: FakeSettling, agree: bool
) -> None:
    if agree:
        desk.answer("a1", FIRST, agree=True)
    settling.is_down = True
    by = LAST if agree else FIRST
    with pytest.raises(ConnectionError):
        desk.answer("a1", by, agree, reason="已阅")

    settling.is_down = False
    desk.hand_on_results()
    desk.hand_on_results()

    assert settling.results == [("leave:1", agree, by, "已阅")]
