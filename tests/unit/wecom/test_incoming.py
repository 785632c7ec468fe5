from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.adapters.wecom.incoming import read_bot_message, read_message
from bot.adapters.wecom.xml import read_xml
from bot.core.errors import RefusedError
from bot.core.messages import DIRECT, ReplyAddress
from bot.core.people import OrgId, PersonId
from bot.services.channel_messages import TEXT, Heard
from tests.fakes.clock import FakeClock
from tests.unit.wecom.payloads import AGENT, CONFIG, bot_said, bot_said_in_group, said

NOW = FakeClock().now()


def heard(text: str) -> Heard:
    return read_message(read_xml(text), CONFIG, NOW)


def heard_by_bot(body: dict[str, Any], call: str = "") -> Heard:
    return read_bot_message(body, CONFIG, NOW, call)


def test_a_text_to_the_app_is_said_in_a_direct_chat() -> None:
    message = heard(said("纪要谁签发"))

    incoming = message.incoming
    assert (message.kind, incoming.text, incoming.conversation) == (TEXT, "纪要谁签发", DIRECT)
    assert incoming.person == PersonId("changle/staff1")
    assert (incoming.channel, incoming.message_id) == ("wecom", "changle:4567890123456")
    assert incoming.reply_to is None


def test_two_companies_may_give_one_number() -> None:
    other = replace(CONFIG, org=OrgId("yunyang"))

    ids = {
        read_message(read_xml(said()), each, NOW).incoming.message_id for each in (CONFIG, other)
    }

    assert len(ids) == 2


@pytest.mark.parametrize(
    "text", ["</Content><FromUserName>head</FromUserName>", "&lt;b&gt; & <!ENTITY x 'y'>", "]]"]
)
def test_what_looks_like_xml_in_a_text_stays_text(text: str) -> None:
    incoming = heard(said(text)).incoming

    assert (incoming.text, incoming.person) == (text, PersonId("changle/staff1"))


@pytest.mark.parametrize(
    ("kind", "read"),
    [("image", "picture"), ("voice", "voice"), ("video", "video"), ("location", "other")],
)
def test_what_is_no_text_is_known_by_its_kind(kind: str, read: str) -> None:
    message = heard(said(MsgType=kind))

    assert (message.kind, message.incoming.text) == (read, "")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"AgentID": AGENT + 1}, "agent_wrong"),
        ({"MsgId": ""}, "message_malformed"),
        ({"MsgId": 0}, "message_malformed"),
        ({"FromUserName": ""}, "message_malformed"),
        ({"FromUserName": {"UserId": "head"}}, "message_malformed"),
    ],
)
def test_what_is_no_message_for_this_app_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        heard(said(**changes))

    assert refused.value.code == code


def test_the_name_of_the_bot_is_cut_in_a_group() -> None:
    incoming = heard_by_bot(bot_said_in_group("@规矩 纪要谁签发")).incoming

    assert (incoming.conversation, incoming.text) == ("chat1", "纪要谁签发")


def test_a_callback_may_be_answered_at_its_address_for_an_hour() -> None:
    body = bot_said()

    address = heard_by_bot(body).incoming.reply_to

    assert address == ReplyAddress(body["response_url"], NOW + timedelta(minutes=59))


def test_an_address_elsewhere_is_left_alone() -> None:
    body = bot_said(response_url="https://qyapi.weixin.qq.com.evil.example/x")

    assert heard_by_bot(body).incoming.reply_to is None


def test_what_came_on_the_connection_is_answered_there() -> None:
    address = heard_by_bot(bot_said(), call="req1").incoming.reply_to

    assert address is not None
    assert address.url == "bot:req1"


@pytest.mark.parametrize(
    ("changes", "kind", "text"),
    [
        ({"msgtype": "voice", "voice": {"content": "提前几天请假"}}, TEXT, "提前几天请假"),
        ({"msgtype": "voice", "voice": {}}, "voice", ""),
        ({"msgtype": "image", "image": {"url": "https://x"}}, "picture", ""),
        ({"msgtype": "file", "file": {"url": "https://x"}}, "file", ""),
        ({"msgtype": "card"}, "other", ""),
        (
            {
                "msgtype": "mixed",
                "mixed": {
                    "msg_item": [
                        {"msgtype": "text", "text": {"content": "这个谁批"}},
                        {"msgtype": "image", "image": {"url": "https://x"}},
                        "odd",
                    ]
                },
            },
            TEXT,
            "这个谁批",
        ),
        (
            {"msgtype": "mixed", "mixed": {"msg_item": [{"msgtype": "image"}]}},
            "picture",
            "",
        ),
        (
            {
                "text": {"content": "这个谁签发"},
                "quote": {"msgtype": "text", "text": {"content": "常务会议纪要"}},
            },
            TEXT,
            "常务会议纪要\n这个谁签发",
        ),
    ],
)
def test_what_is_said_to_the_bot_is_read_by_its_kind(
    changes: dict[str, Any], kind: str, text: str
) -> None:
    message = heard_by_bot(bot_said(**changes))

    assert (message.kind, message.incoming.text) == (kind, text)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"aibotid": "bot2"}, "agent_wrong"),
        ({"msgid": 7}, "message_malformed"),
        ({"msgid": ""}, "message_malformed"),
        ({"from": {}}, "message_malformed"),
        ({"from": "staff1"}, "message_malformed"),
        ({"chattype": "other"}, "message_malformed"),
        ({"chattype": "group"}, "message_malformed"),
    ],
)
def test_what_is_no_message_for_this_bot_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        heard_by_bot(bot_said(**changes))

    assert refused.value.code == code
