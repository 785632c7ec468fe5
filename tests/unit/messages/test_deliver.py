from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.core.approvals import ApprovalRequest
from bot.core.errors import (
    NotYetError,
    OutcomeUnknownError,
    OutsideServiceError,
    UnreachableError,
)
from bot.core.messages import Message, Push
from bot.services.deliver import LEASE_S, MAX_ATTEMPTS, Delivery
from bot.services.storage import OutboxState
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform
from tests.fakes.storage import FakeDatabase
from tests.unit.messages.conftest import LI, ORG

PUSH = Push("hello", ORG, LI.id, Message("您好"))
REQUEST = ApprovalRequest("leave:1", ORG, LI.id, "请假", (), (LI.id,))


class FakeFiling:
    def __init__(self) -> None:
        self.wanted = True
        self.filed_as: list[tuple[str, str]] = []
        self.told: list[str] = []
        self.unwanted: list[tuple[str, str]] = []

    def is_wanted(self, approval_key: str) -> bool:
        return self.wanted

    def filed(self, approval_key: str, approval: str) -> None:
        self.filed_as.append((approval_key, approval))

    def not_filed(self, approval_key: str) -> None:
        self.told.append(approval_key)

    def unwanted_approvals(self) -> list[tuple[str, str]]:
        return self.unwanted

    def cancelled(self, approval_key: str) -> None:
        self.unwanted = [(key, a) for key, a in self.unwanted if key != approval_key]


@pytest.fixture
def platform() -> FakePlatform:
    return FakePlatform()


@pytest.fixture
def filing() -> FakeFiling:
    return FakeFiling()


@pytest.fixture
def delivery(
    database: FakeDatabase, clock: FakeClock, platform: FakePlatform, filing: FakeFiling
) -> Delivery:
    return Delivery(database.unit_of_work, clock, platform, filing)


def put(delivery: Delivery, payload: Push | ApprovalRequest) -> None:
    with delivery.unit_of_work() as uow:
        uow.outbox.add(payload, delivery.clock.now())
        uow.commit()


def states(delivery: Delivery) -> list[OutboxState]:
    with delivery.unit_of_work() as uow:
        return [entry.state for entry in uow.outbox.listing(None, list(OutboxState))]


def test_a_push_is_sent_once(delivery: Delivery, platform: FakePlatform) -> None:
    put(delivery, PUSH)
    put(delivery, PUSH)

    assert delivery.deliver_all() == 1

    assert platform.sent == [PUSH]
    assert states(delivery) == [OutboxState.SENT]


def test_a_push_that_failed_is_sent_again_later(
    delivery: Delivery, platform: FakePlatform, clock: FakeClock
) -> None:
    platform.troubles = [OutsideServiceError("throttled")]
    put(delivery, PUSH)

    delivery.deliver_all()
    assert platform.sent == []
    clock.advance(minutes=1)
    delivery.deliver_all()

    assert platform.sent == [PUSH]


def test_what_never_goes_out_stays_visible_as_failed(
    delivery: Delivery, platform: FakePlatform, clock: FakeClock
) -> None:
    platform.troubles = [OutsideServiceError("down")] * MAX_ATTEMPTS
    put(delivery, PUSH)

    for _ in range(MAX_ATTEMPTS + 2):
        delivery.deliver_all()
        clock.advance(hours=1)

    assert states(delivery) == [OutboxState.FAILED]
    assert platform.sent == []


def test_a_push_that_may_have_been_sent_is_repeated_with_a_word_about_it(
    delivery: Delivery, platform: FakePlatform, clock: FakeClock
) -> None:
    platform.troubles = [OutcomeUnknownError(), OutsideServiceError("down")]
    put(delivery, PUSH)

    for _ in range(3):
        delivery.deliver_all()
        clock.advance(hours=1)

    assert platform.again == ["hello", "hello"]
    assert states(delivery) == [OutboxState.SENT]


def test_a_push_whose_sender_died_may_have_been_sent(
    delivery: Delivery, platform: FakePlatform, clock: FakeClock
) -> None:
    put(delivery, PUSH)
    with delivery.unit_of_work() as uow:
        uow.outbox.claim(clock.now(), LEASE_S)
        uow.commit()

    clock.advance(minutes=2)
    delivery.deliver_all()

    assert platform.again == ["hello"]


def test_waiting_for_a_limit_is_no_failed_try(
    delivery: Delivery, platform: FakePlatform, clock: FakeClock
) -> None:
    platform.troubles = [NotYetError(600)] * (MAX_ATTEMPTS + 2)
    put(delivery, PUSH)

    for _ in range(MAX_ATTEMPTS + 2):
        assert delivery.deliver_all() == 1
        clock.advance(minutes=9)
        assert delivery.deliver_all() == 0
        clock.advance(minutes=2)
    delivery.deliver_all()

    assert platform.sent == [PUSH]
    assert platform.again == []


def told(*keys: str) -> list[Push]:
    return [Push(key, ORG, f"{ORG}/{key}", Message("通报")) for key in keys]


@pytest.fixture
def broadcasting(delivery: Delivery, platform: FakePlatform) -> Delivery:
    platform.at_once = 3
    return replace(delivery, broadcast=platform)


def test_what_says_the_same_to_several_people_goes_out_in_one_call(
    broadcasting: Delivery, platform: FakePlatform
) -> None:
    for push in [*told("a", "b", "c", "d"), PUSH]:
        put(broadcasting, push)

    broadcasting.deliver_all()

    assert platform.together == [["a", "b", "c"]]
    assert len(platform.sent) == 5
    assert states(broadcasting) == [OutboxState.SENT] * 5


def test_of_one_call_each_recipient_has_an_outcome_of_his_own(
    broadcasting: Delivery, platform: FakePlatform
) -> None:
    platform.not_for = {"a": UnreachableError(), "c": NotYetError(60)}
    for push in told("a", "b", "c"):
        put(broadcasting, push)

    broadcasting.deliver_next()

    assert states(broadcasting) == [OutboxState.FAILED, OutboxState.SENT, OutboxState.PENDING]


def test_one_call_of_unknown_outcome_is_uncertain_for_all_and_repeated_one_by_one(
    broadcasting: Delivery, platform: FakePlatform, clock: FakeClock
) -> None:
    platform.troubles = [OutcomeUnknownError()]
    for push in told("a", "b"):
        put(broadcasting, push)

    broadcasting.deliver_next()
    assert states(broadcasting) == [OutboxState.UNCERTAIN] * 2
    clock.advance(minutes=1)
    broadcasting.deliver_all()

    assert platform.again == ["a", "b"]


def test_what_nobody_can_receive_fails_at_once(delivery: Delivery, platform: FakePlatform) -> None:
    platform.troubles = [UnreachableError()]
    put(delivery, PUSH)

    delivery.deliver_all()

    assert states(delivery) == [OutboxState.FAILED]


def test_an_approval_of_unknown_outcome_is_looked_up_before_it_is_repeated(
    delivery: Delivery, platform: FakePlatform, filing: FakeFiling, clock: FakeClock
) -> None:
    platform.troubles = [OutcomeUnknownError()]
    put(delivery, REQUEST)

    delivery.deliver_all()
    assert states(delivery) == [OutboxState.UNCERTAIN]
    clock.advance(minutes=1)
    delivery.deliver_all()

    assert states(delivery) == [OutboxState.SENT]
    assert filing.filed_as == [("leave:1", "a1")]
    assert platform.filed == 1


def test_an_approval_that_is_no_longer_wanted_is_not_filed(
    delivery: Delivery, platform: FakePlatform, filing: FakeFiling
) -> None:
    filing.wanted = False
    put(delivery, REQUEST)

    delivery.deliver_all()

    assert platform.approvals == {}
    assert states(delivery) == [OutboxState.SENT]


def test_one_entry_can_be_delivered_at_once_by_its_key(
    delivery: Delivery, filing: FakeFiling
) -> None:
    put(delivery, REQUEST)

    assert delivery.deliver_key("leave:1") is OutboxState.SENT
    assert delivery.deliver_key("leave:1") is None
    assert filing.filed_as == [("leave:1", "a1")]


def test_an_approval_withdrawn_after_filing_is_cancelled_on_the_platform(
    delivery: Delivery, platform: FakePlatform, filing: FakeFiling
) -> None:
    platform.approvals = {"leave:1": "a1"}
    filing.unwanted = [("leave:1", "a1")]

    delivery.cancel_unwanted()
    delivery.cancel_unwanted()

    assert platform.approvals == {}
    assert filing.unwanted == []


class HeldPlatform(FakePlatform):
    """Holds each push back until it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.released = threading.Event(), threading.Event()

    def send(self, push: Push, *, again: bool = False) -> None:
        self.reached.set()
        self.released.wait(10)
        super().send(push, again=again)


def test_a_second_pass_ends_after_the_first(database: FakeDatabase, clock: FakeClock) -> None:
    platform = HeldPlatform()
    delivery = Delivery(database.unit_of_work, clock, platform, FakeFiling())
    put(delivery, PUSH)
    with ThreadPoolExecutor() as pool:
        pool.submit(delivery.deliver_all)
        platform.reached.wait(10)

        second = pool.submit(lambda: (delivery.deliver_all(), list(platform.sent)))
        platform.released.set()

        assert second.result(10) == (0, [PUSH])


def test_whoever_waits_is_told_when_an_approval_cannot_be_filed(
    delivery: Delivery,
    database: FakeDatabase,
    clock: FakeClock,
    platform: FakePlatform,
    filing: FakeFiling,
) -> None:
    with database.unit_of_work() as uow:
        uow.outbox.add(REQUEST, clock.now())
        uow.commit()
    platform.troubles = [OutsideServiceError("down") for _ in range(MAX_ATTEMPTS)]

    for _ in range(MAX_ATTEMPTS - 1):
        delivery.deliver_all()
        clock.advance(hours=1)
    assert filing.told == []

    delivery.deliver_all()

    assert filing.told == [REQUEST.key]
