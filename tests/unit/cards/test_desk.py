"""Cards that follow their matter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.approvals import Approval, ApprovalState
from bot.core.errors import OutsideServiceError
from bot.core.leave import LeaveDraft, LeaveId, LeaveParts, LeaveState
from bot.core.messages import Message, Push
from bot.core.supervision import ItemState
from bot.services.card_store import Card
from bot.services.cards import CardDesk, CardLog, installation_id
from tests.contract.samples import CLERK, ITEM, LEAVE, NOW, ORG, REQUEST
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeDatabase

TEXTS = YamlTexts()


class FakeBoard:
    def __init__(self) -> None:
        self.updated: list[Card] = []
        self.troubles: list[OutsideServiceError] = []

    def update_card(self, card: Card) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.updated.append(card)


class Scene:
    """One office with a card desk."""

    def __init__(self) -> None:
        self.database, self.clock, self.board = FakeDatabase(), FakeClock(NOW), FakeBoard()
        self.log = CardLog(self.database.unit_of_work, self.clock, TEXTS)
        self.desk = CardDesk(self.database.unit_of_work, self.clock, self.board, TEXTS)

    def send(self, topic: str) -> None:
        self.log.note(Push(f"p:{topic}", ORG, CLERK, Message("请看", topic=topic)))

    def beat(self) -> list[tuple[str, bool]]:
        """What the cards show that were updated in one beat."""
        self.board.updated = []
        self.clock.advance(minutes=1)
        self.desk.tick()
        return [(card.state, card.settled) for card in self.board.updated]

    def item(self, state: ItemState) -> None:
        with self.database.unit_of_work() as uow:
            moved = replace(ITEM, state=state)
            if uow.items.listing():
                uow.items.update(moved, "step", CLERK, NOW)
            else:
                uow.items.add(moved, CLERK, NOW)
            uow.commit()

    def leave(self, state: LeaveState) -> None:
        with self.database.unit_of_work() as uow:
            moved = replace(LEAVE, state=state, created_at=self.clock.now())
            if uow.leaves.listing(ORG):
                uow.leaves.update(moved, CLERK, NOW)
            else:
                uow.leaves.add(moved, CLERK, NOW)
            uow.leaves.drop_draft(f"{CLERK}@direct")
            uow.commit()

    def draft(self) -> None:
        with self.database.unit_of_work() as uow:
            uow.leaves.put_draft(LeaveDraft(CLERK, f"{CLERK}@direct", LeaveParts(), NOW))
            uow.commit()

    def drop(self) -> None:
        with self.database.unit_of_work() as uow:
            uow.leaves.drop_draft(f"{CLERK}@direct")
            uow.commit()

    def approval(self, step: int = 0, state: ApprovalState = ApprovalState.RUNNING) -> None:
        with self.database.unit_of_work() as uow:
            asked = Approval("p-1", REQUEST, state, step)
            if not uow.approvals.add(asked):
                uow.approvals.update(asked)
            uow.commit()


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_the_card_of_an_item_follows_it_until_it_is_closed(scene: Scene) -> None:
    scene.item(ItemState.UNSIGNED)
    scene.send("item:1")

    assert scene.beat() == []
    scene.item(ItemState.WORKING)
    assert scene.beat() == [("办理中", False)]
    assert scene.beat() == []
    scene.item(ItemState.CLOSED)
    assert scene.beat() == [("已销号", True)]
    scene.item(ItemState.WORKING)
    assert scene.beat() == []


def test_an_approvers_card_asks_until_he_has_answered(scene: Scene) -> None:
    scene.leave(LeaveState.CONFIRMED)
    scene.approval()
    scene.send("answer:1:0")

    scene.leave(LeaveState.FILED)
    assert scene.beat() == []
    scene.approval(step=1)
    assert scene.beat() == [("审批中", True)]
    assert scene.beat() == []


def test_nobody_is_asked_on_a_card_about_what_is_withdrawn(scene: Scene) -> None:
    scene.leave(LeaveState.FILED)
    scene.approval()
    scene.send("answer:1:0")

    scene.leave(LeaveState.WITHDRAWN)
    scene.approval(state=ApprovalState.CANCELLED)

    assert scene.beat() == [("已撤回", True)]


def test_the_card_of_a_draft_becomes_that_of_the_leave(scene: Scene) -> None:
    scene.draft()
    scene.send(f"draft:{CLERK}")

    assert scene.beat() == []
    scene.leave(LeaveState.CONFIRMED)
    assert scene.beat() == [("提交中", False)]
    scene.leave(LeaveState.FILED)
    assert scene.beat() == [("审批中", False)]
    scene.leave(LeaveState.APPROVED)
    assert scene.beat() == [("已批准", True)]


def test_the_card_of_a_dropped_draft_says_so(scene: Scene) -> None:
    scene.draft()
    scene.send(f"draft:{CLERK}")

    scene.drop()

    assert scene.beat() == [("未提交", True)]


def test_a_leave_from_before_the_card_is_not_what_became_of_it(scene: Scene) -> None:
    scene.leave(LeaveState.APPROVED)
    scene.clock.advance(days=1)
    scene.draft()
    scene.send(f"draft:{CLERK}")

    assert scene.beat() == []


def test_a_card_that_could_not_be_updated_is_updated_at_the_next_beat(scene: Scene) -> None:
    scene.item(ItemState.UNSIGNED)
    scene.send("item:1")
    scene.item(ItemState.WORKING)
    scene.board.troubles = [OutsideServiceError("down")]

    assert scene.beat() == []
    assert scene.beat() == [("办理中", False)]


def test_a_card_of_two_months_ago_is_left_alone(scene: Scene) -> None:
    scene.item(ItemState.UNSIGNED)
    scene.send("item:1")
    scene.clock.advance(days=61)
    scene.item(ItemState.WORKING)

    assert scene.beat() == []


def test_messages_about_nothing_that_changes_are_not_followed(scene: Scene) -> None:
    scene.send("")

    with scene.database.unit_of_work() as uow:
        assert uow.cards.open(10) == []


def test_a_matter_that_is_gone_settles_its_card(scene: Scene) -> None:
    scene.send(f"approval:{LeaveId(99)}")

    with scene.database.unit_of_work() as uow:
        assert uow.cards.open(10) == []


def test_an_installation_keeps_its_name(scene: Scene) -> None:
    first = installation_id(scene.database.unit_of_work)

    assert installation_id(scene.database.unit_of_work) == first
    assert installation_id(FakeDatabase().unit_of_work) != first
