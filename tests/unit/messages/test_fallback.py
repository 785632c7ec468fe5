from __future__ import annotations

import pytest

from bot.core.messages import DIRECT, Incoming
from bot.core.people import OrgId, Person, PersonId
from bot.core.supervision import ItemState
from bot.services.fallback import Fallback
from tests.fakes.desks import Desks

ORG = OrgId("changle")


@pytest.fixture
def desks() -> Desks:
    return Desks()


@pytest.fixture
def fallback(desks: Desks) -> Fallback:
    wiring = desks.wiring()
    return Fallback(
        wiring.unit_of_work,
        wiring.rules,
        wiring.leave_desk,
        wiring.supervision_desk,
        wiring.leave_words,
        wiring.texts,
    )


def say(
    fallback: Fallback, text: str, user: str = "bureau_head", conversation: str = DIRECT
) -> str:
    with fallback.unit_of_work() as uow:
        person: Person = uow.people.person(PersonId(f"{ORG}/{user}"))
    now = fallback.leave_desk.clock.now()
    incoming = Incoming("web", "m1", ORG, person.id, conversation, text, now)
    return "\n".join(message.text for message in fallback.reply(person, incoming, "inbox:1"))


@pytest.mark.parametrize(
    "text",
    [
        "确认提交",
        "算了",
        "我下周三请假一天",
        "立项:发改局11月底前报送进展",
        "签收督办3号",
        "销假",
        "撤回请假",
    ],
)
def test_what_would_have_to_be_done_is_said_not_to_be(fallback: Fallback, text: str) -> None:
    assert "还没有办理" in say(fallback, text)


def test_a_draft_is_said_to_be_kept(fallback: Fallback) -> None:
    with fallback.unit_of_work() as uow:
        person = uow.people.person(PersonId(f"{ORG}/bureau_head"))
    fallback.leave_desk.draft(person, f"{person.id}@{DIRECT}", "我要请假")

    assert "已经保存" in say(fallback, "确认提交")


def test_what_was_done_before_the_engine_fell_silent_is_not_said_to_be_undone(
    fallback: Fallback,
) -> None:
    with fallback.unit_of_work() as uow:
        uow.effects.record("inbox:1:leave.confirm", "leave:1")
        uow.commit()

    assert "已经办理" in say(fallback, "确认提交")


def test_the_ledger_is_shown_without_the_engine(fallback: Fallback, desks: Desks) -> None:
    with fallback.unit_of_work() as uow:
        supervisor = uow.people.person(PersonId(f"{ORG}/supervisor1"))
    item = fallback.supervision_desk.register(supervisor, "立项:发改局11月底前报送进展", "inbox:0")

    shown = say(fallback, "我的督办")

    assert item.state is ItemState.UNSIGNED
    assert item.number in shown


def test_own_leaves_are_shown_without_the_engine_but_not_in_a_group(fallback: Fallback) -> None:
    alone, among_others = (
        say(fallback, "我的请假"),
        say(fallback, "我的请假", conversation="group-1"),
    )

    assert "对话引擎" in alone
    assert alone != among_others
