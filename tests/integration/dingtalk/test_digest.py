"""The supervision ledger over the wire: the group's daily digest, and what its people are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.adapters.dingtalk.approvals import DingTalkApprovals
from bot.adapters.dingtalk.platform import DingTalkLine, DingTalkPlatform
from bot.adapters.dingtalk.todos import DingTalkTodos
from bot.core.people import PersonId
from bot.core.staff_table import Account
from bot.services.approval_filer import ApprovalFiler
from bot.services.cards import CardLog
from bot.services.deliver import Delivery
from bot.services.supervision_groups import name_groups
from bot.services.todos import TodoDesk
from tests.fakes.dingtalk.process import StandIn
from tests.integration.dingtalk.conftest import CORP, GROUP
from tests.integration.dingtalk.offices import ORG, config_of
from tests.unit.leave.stage import Stage as LeaveStage
from tests.unit.supervision.stage import Stage

OWNER = "bureau_head"


@dataclass(frozen=True)
class Office:
    """Changle's supervision desk, delivering to the stand-in."""

    stand_in: StandIn
    stage: Stage
    delivery: Delivery
    todos: TodoDesk

    def beat(self) -> None:
        """Let time be looked at once, and deliver what is due."""
        self.stage.desk.tick()
        self.todos.tick()
        self.delivery.deliver_all()

    def seen(self, to: str) -> list[str]:
        return [each["param"]["text"] for each in self.stand_in.sent(to)]


@pytest.fixture
def office(stand_in: StandIn) -> Iterator[Office]:
    stand_in.load(members=[{"userid": OWNER, "corp_id": CORP, "name": "舒蘅芜"}])
    stage = Stage()
    unit_of_work, clock, texts = stage.database.unit_of_work, stage.clock, stage.texts
    with unit_of_work() as uow:
        uow.accounts.put(Account(PersonId(f"{ORG}/{OWNER}"), f"union-{OWNER}", "舒蘅芜"))
        uow.commit()
    name_groups(unit_of_work, {ORG: GROUP})
    line = DingTalkLine([config_of(stand_in)], lambda org, channel, api: None)
    api = DingTalkApprovals(line.clients, line.loop, texts)
    approvals = ApprovalFiler(api, unit_of_work, clock, texts)
    senders = line.senders(unit_of_work, clock, texts, "1a2b")
    platform = DingTalkPlatform(line.loop, senders, approvals, CardLog(unit_of_work, clock, texts))
    lists = DingTalkTodos(line.clients, line.loop, unit_of_work)
    yield Office(
        stand_in,
        stage,
        Delivery(unit_of_work, clock, platform, LeaveStage(orgs=[ORG]).desk),
        TodoDesk(unit_of_work, clock, lists, texts),
    )
    line.close()


def test_a_group_gets_one_digest_a_day_with_what_everybody_may_see(office: Office) -> None:
    office.stage.register("立项:发改局11月25日前报送重点项目进展")
    office.stage.at(2026, 11, 30, 9)

    office.beat()
    office.beat()

    [digest] = office.seen(GROUP)
    assert "共1件" in digest
    assert "超期1件" in digest
    assert "重点项目" not in digest  # nobody knows who reads along


def test_an_item_is_told_to_its_owner_and_stands_on_the_list_until_it_is_done(
    office: Office,
) -> None:
    item = office.stage.register("立项:发改局12月25日前报送重点项目进展")
    office.beat()
    assert any("重点项目进展" in text for text in office.seen(OWNER))
    [todo] = office.stand_in.ask("todos")
    assert (todo["done"], todo["executorIds"]) == (False, [f"union-{OWNER}"])

    office.stage.desk.sign(office.stage.person(OWNER), item.number, office.stage.turn())
    office.stage.desk.cancel(office.stage.person("supervisor1"), item.number, office.stage.turn())
    office.beat()

    assert [todo["done"] for todo in office.stand_in.ask("todos")] == [True]
