"""What every platform must do, the embedded one and the fake alike."""

from __future__ import annotations

import pytest

from bot.adapters.local.platform import LocalPlatform
from bot.adapters.texts import YamlTexts
from bot.core.approvals import ApprovalRequest, ApprovalState
from bot.core.messages import Message, Push
from bot.core.people import OrgId, PersonId
from bot.services.outside import Platform
from bot.services.storage import UnitOfWorkFactory
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform

ORG = OrgId("changle")
LI, WANG = PersonId("changle/staff1"), PersonId("changle/head")
PUSH = Push("hello", ORG, LI, Message("您好"))
REQUEST = ApprovalRequest("leave:1", ORG, LI, "请假", (("天数", "1"),), (WANG,))


@pytest.fixture(params=["local", "fake"])
def platform(request: pytest.FixtureRequest) -> Platform:
    if request.param == "fake":
        return FakePlatform()
    factory: UnitOfWorkFactory = request.getfixturevalue("unit_of_work_factory")
    return LocalPlatform(factory, FakeClock(), YamlTexts())


def test_an_approval_is_found_by_the_key_it_was_filed_under(platform: Platform) -> None:
    assert platform.find_approval(REQUEST.key) is None

    approval = platform.file_approval(REQUEST)

    assert platform.find_approval(REQUEST.key) == approval


def test_filing_under_a_known_key_gives_the_same_approval(platform: Platform) -> None:
    assert platform.file_approval(REQUEST) == platform.file_approval(REQUEST)


def test_a_push_may_be_repeated(platform: Platform) -> None:
    platform.send(PUSH)
    platform.send(PUSH)


def test_the_embedded_platform_shows_a_repeated_push_once(
    unit_of_work_factory: UnitOfWorkFactory,
) -> None:
    platform = LocalPlatform(unit_of_work_factory, FakeClock(), YamlTexts())

    platform.send(PUSH)
    platform.send(PUSH)

    with unit_of_work_factory() as uow:
        assert [delivered.push for delivered in uow.local_messages.listing(LI)] == [PUSH]


def test_a_cancelled_approval_waits_for_nobody(unit_of_work_factory: UnitOfWorkFactory) -> None:
    platform = LocalPlatform(unit_of_work_factory, FakeClock(), YamlTexts())
    approval = platform.file_approval(REQUEST)

    platform.cancel_approval(approval)
    platform.cancel_approval(approval)

    with unit_of_work_factory() as uow:
        found = uow.approvals.get(approval)
    assert found.state is ApprovalState.CANCELLED
    assert found.waiting_for is None


def test_the_first_approver_is_asked(unit_of_work_factory: UnitOfWorkFactory) -> None:
    platform = LocalPlatform(unit_of_work_factory, FakeClock(), YamlTexts())

    approval = platform.file_approval(REQUEST)

    with unit_of_work_factory() as uow:
        entry = uow.outbox.claim_key(f"approval:{approval}:0", FakeClock().now(), 60)
    assert entry is not None
    assert isinstance(entry.payload, Push)
    assert entry.payload.to == WANG
