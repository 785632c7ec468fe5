"""What every platform must do: the embedded one, the fake, DingTalk and WeCom over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from bot.adapters.clock import SystemClock
from bot.adapters.dingtalk.approvals import DingTalkApprovals
from bot.adapters.dingtalk.platform import DingTalkLine, DingTalkPlatform
from bot.adapters.local.platform import LocalPlatform
from bot.adapters.texts import YamlTexts
from bot.adapters.wecom.approvals import WeComApprovals
from bot.adapters.wecom.platform import WeComLine, WeComPlatform
from bot.core.approvals import ApprovalRequest, ApprovalState
from bot.core.leave import Span
from bot.core.messages import Message, Push
from bot.core.people import OrgId, PersonId
from bot.services.approval_filer import ApprovalFiler
from bot.services.cards import CardLog
from bot.services.outside import Platform
from bot.services.storage import UnitOfWorkFactory
from tests.fakes.clock import FakeClock
from tests.fakes.dingtalk.process import StandIn
from tests.fakes.platform import FakePlatform
from tests.fakes.wecom.process import running
from tests.integration.dingtalk.conftest import stand_in, stand_in_process
from tests.integration.dingtalk.offices import config_of, publish_the_form
from tests.integration.wecom.offices import APP, CORP, publish_the_template
from tests.integration.wecom.offices import config_of as wecom_config_of

ORG = OrgId("changle")
LI, WANG = PersonId("changle/staff1"), PersonId("changle/head")
PUSH = Push("hello", ORG, LI, Message("您好"))
FIELDS = (("类型", "事假"), ("时间", "11月24日"), ("事由", "搬家"))
DAY = Span(date(2026, 11, 24), date(2026, 11, 24))
REQUEST = ApprovalRequest("leave:1", ORG, LI, "请假", FIELDS, (WANG,), DAY)


__all__ = ["stand_in", "stand_in_process"]  # fixtures


@pytest.fixture(params=["local", "fake", "dingtalk", "wecom"])
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    if request.param == "fake":
        yield FakePlatform()
        return
    factory: UnitOfWorkFactory = request.getfixturevalue("unit_of_work_factory")
    if request.param == "local":
        yield LocalPlatform(factory, FakeClock(), YamlTexts())
        return
    if request.param == "wecom":
        with running() as server, wecom(server, factory) as platform:
            yield platform
        return
    with dingtalk(request.getfixturevalue("stand_in"), factory) as platform:
        yield platform


@contextmanager
def dingtalk(server: StandIn, unit_of_work: UnitOfWorkFactory) -> Iterator[Platform]:
    """DingTalk's client against the stand-in, whose lists go by the machine's clock."""
    publish_the_form(server)
    clock, texts = SystemClock(), YamlTexts()
    line = DingTalkLine([config_of(server)], lambda org, channel, api: None)
    api = DingTalkApprovals(line.clients, line.loop, texts)
    approvals = ApprovalFiler(api, unit_of_work, clock, texts)
    senders = line.senders(unit_of_work, clock, texts, "1a2b")
    yield DingTalkPlatform(line.loop, senders, approvals, CardLog(unit_of_work, clock, texts))
    line.close()


@contextmanager
def wecom(server: StandIn, unit_of_work: UnitOfWorkFactory) -> Iterator[Platform]:
    """WeCom's client against the stand-in."""
    members = [{"userid": user, "corp_id": CORP, "name": user} for user in ("staff1", "head")]
    server.load(apps=[APP], members=members)
    publish_the_template(server)
    clock, texts = SystemClock(), YamlTexts()
    line = WeComLine([wecom_config_of(server)], lambda *_: None)
    api = WeComApprovals(line.clients, line.loop, clock, texts)
    approvals = ApprovalFiler(api, unit_of_work, clock, texts)
    log = CardLog(unit_of_work, clock, texts)
    yield WeComPlatform(line.loop, line.senders(unit_of_work, clock, texts, "1a2b"), approvals, log)
    line.close()


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
