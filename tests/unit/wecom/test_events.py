from __future__ import annotations

from typing import Any

import pytest

from bot.adapters.wecom.events import digest, read_bot_event, read_event
from bot.adapters.wecom.xml import read_xml
from bot.core.errors import RefusedError
from bot.core.messages import DIRECT
from bot.core.people import PersonId
from bot.core.platform_events import EventKind, PlatformEvent
from bot.services.channel_messages import Heard
from tests.fakes.clock import FakeClock
from tests.unit.wecom.payloads import AGENT, CONFIG, approval, bot_happened, happened

NOW = FakeClock().now()
LI = PersonId("changle/staff1")


def told(text: str) -> Heard | PlatformEvent | None:
    return read_event(read_xml(text), digest(text), CONFIG, NOW)


def told_by_bot(body: dict[str, Any]) -> Heard | PlatformEvent | None:
    return read_bot_event(body, CONFIG, NOW)


def pressed(key: str, **fields: object) -> str:
    card = {"FromUserName": "staff1", "EventKey": key, "TaskId": "card1", "AgentID": AGENT}
    return happened("template_card_event", **(card | fields))


def summary(event: Heard | PlatformEvent | None) -> tuple[EventKind, str, tuple[str, ...]]:
    assert isinstance(event, PlatformEvent)
    return event.kind, event.name, event.subjects


def test_a_changed_approval_is_told_by_its_number() -> None:
    assert summary(told(approval("202611230001"))) == (
        EventKind.APPROVAL,
        "sys_approval_change",
        ("202611230001",),
    )


def test_two_approvals_in_one_second_are_two_events() -> None:
    first, second = told(approval("202611230001")), told(approval("202611230002"))

    assert isinstance(first, PlatformEvent)
    assert isinstance(second, PlatformEvent)
    assert first.event_id != second.event_id


def test_the_same_event_told_again_is_the_same() -> None:
    assert told(approval()) == told(approval())


@pytest.mark.parametrize(
    ("fields", "name", "subjects"),
    [
        ({"ChangeType": "delete_user", "UserID": "staff1"}, "delete_user", ("staff1",)),
        (
            {"ChangeType": "update_user", "UserID": "staff1", "NewUserID": "li"},
            "update_user",
            ("staff1", "li"),
        ),
        ({"ChangeType": "update_party", "Id": 7}, "update_party", ()),
    ],
)
def test_changes_of_the_address_book_name_people(
    fields: dict[str, object], name: str, subjects: tuple[str, ...]
) -> None:
    assert summary(told(happened("change_contact", **fields))) == (EventKind.PEOPLE, name, subjects)


def test_a_button_says_its_words() -> None:
    message = told(pressed("say:签收"))

    assert isinstance(message, Heard)
    assert (message.incoming.text, message.incoming.person) == ("签收", LI)
    assert message.incoming.conversation == DIRECT


def test_a_button_judges_its_answer() -> None:
    assert summary(told(pressed("judge:useful"))) == (EventKind.FEEDBACK, "useful", ("card1", LI))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (happened(""), "message_malformed"),
        (happened("sys_approval_change"), "message_malformed"),
        (pressed("other"), "message_malformed"),
        (pressed("say:"), "message_malformed"),
        (pressed("say:签收", AgentID=AGENT + 1), "agent_wrong"),
        (pressed("say:签收", FromUserName=""), "sender_outside"),
    ],
)
def test_what_is_no_event_for_this_app_is_refused(text: str, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        told(text)

    assert refused.value.code == code


@pytest.mark.parametrize("event", ["enter_agent", "LOCATION", "open_approval_change"])
def test_what_concerns_nobody_here_is_passed_over(event: str) -> None:
    assert told(happened(event, AgentID=AGENT)) is None


@pytest.mark.parametrize(("kind", "name"), [(1, "useful"), (2, "useless")])
def test_the_bots_answers_are_judged(kind: int, name: str) -> None:
    event = told_by_bot(bot_happened("feedback_event", {"id": "reply:7:0", "type": kind}))

    assert summary(event) == (EventKind.FEEDBACK, name, ("reply:7:0", LI))


@pytest.mark.parametrize(
    "body",
    [
        bot_happened("feedback_event", {"id": "reply:7:0", "type": 3}),
        bot_happened("feedback_event", {"type": 1}),
        bot_happened("feedback_event", {"id": "reply:7:0", "type": [1]}),
        bot_happened("enter_chat", {}),
        bot_happened("enter_chat", {}) | {"event": {"eventtype": 7}},
    ],
)
def test_what_tells_nothing_of_use_is_passed_over(body: dict[str, Any]) -> None:
    assert told_by_bot(body) is None


def test_a_button_of_the_bot_is_pressed_where_its_card_stands() -> None:
    press = {"event_key": "say:签收", "task_id": "card1"}

    direct = told_by_bot(bot_happened("template_card_event", press))
    group = told_by_bot(
        bot_happened("template_card_event", press, chattype="group", chatid="chat1")
    )

    assert isinstance(direct, Heard)
    assert isinstance(group, Heard)
    assert (direct.incoming.conversation, group.incoming.conversation) == (DIRECT, "chat1")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (bot_happened("enter_chat", {}, aibotid="bot2"), "agent_wrong"),
        (bot_happened("enter_chat", {}, msgid=""), "message_malformed"),
        (bot_happened("enter_chat", {}, event=[]), "message_malformed"),
    ],
)
def test_what_is_no_event_for_this_bot_is_refused(body: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        told_by_bot(body)

    assert refused.value.code == code
