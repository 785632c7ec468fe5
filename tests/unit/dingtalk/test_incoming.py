from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.dingtalk.incoming import read_message
from bot.core.errors import RefusedError
from bot.core.messages import DIRECT
from bot.core.people import PersonId
from bot.services.channel_messages import Heard
from tests.fakes.clock import FakeClock
from tests.unit.dingtalk.payloads import BOT, CONFIG, ORG, quoting, said, said_in_group

NOW = FakeClock().now()
OTHER_BOT = {"dingtalkId": "$:LWCP_v1:$other"}
WANG = {"dingtalkId": "$:LWCP_v1:$wang", "staffId": "wang"}


def read(body: dict[str, Any]) -> Heard:
    return read_message(body, CONFIG, NOW)


def text_of(body: dict[str, Any]) -> str:
    return read(body).incoming.text


def code_of(body: dict[str, Any]) -> str:
    with pytest.raises(RefusedError) as refusal:
        read(body)
    return refusal.value.code


def test_a_text_in_a_direct_chat_is_read() -> None:
    incoming = read(said()).incoming

    assert (incoming.channel, incoming.message_id, incoming.org) == ("dingtalk", "msg1", ORG)
    assert (incoming.person, incoming.conversation) == (PersonId("changle/staff1"), DIRECT)
    assert (incoming.text, incoming.received_at) == ("纪要谁签发", NOW)


def test_a_group_is_known_by_its_conversation() -> None:
    incoming = read(said_in_group()).incoming

    assert (incoming.conversation, incoming.text) == ("cidGroup", "纪要谁签发")


@pytest.mark.parametrize(
    ("text", "at_users"),
    [
        (" 谁签发", [{"dingtalkId": BOT}]),
        ("@规矩 谁签发", [{"dingtalkId": BOT}]),
        ("@规矩\u2005@考勤助手\u2005谁签发", [{"dingtalkId": BOT}, OTHER_BOT]),
        ("谁签发 @考勤助手", [{"dingtalkId": BOT}, OTHER_BOT]),
        ("@王主任 谁签发", [{"dingtalkId": BOT}, WANG]),
        ("\u200b 谁签发\u00a0", [{"dingtalkId": BOT}]),
    ],
)
def test_the_names_that_a_message_is_addressed_to_are_cut(
    text: str, at_users: list[dict[str, str]]
) -> None:
    assert text_of(said_in_group(text, atUsers=at_users)) == "谁签发"


def test_a_colleagues_name_at_the_end_belongs_to_what_is_said() -> None:
    body = said_in_group("立项：责任人 @王主任", atUsers=[{"dingtalkId": BOT}, WANG])

    assert text_of(body) == "立项：责任人 @王主任"


def test_an_at_in_a_direct_chat_is_text() -> None:
    assert text_of(said("@规矩 谁签发")) == "@规矩 谁签发"


def test_only_one_who_was_called_alone_answers_for_itself() -> None:
    assert read(said_in_group()).alone
    assert not read(said_in_group(atUsers=[{"dingtalkId": BOT}, OTHER_BOT])).alone


def test_of_a_rich_text_the_words_are_read() -> None:
    pieces = [{"text": "@规矩 "}, {"type": "picture", "downloadCode": "c"}, {"text": "谁签发\n"}]
    body = said_in_group(msgtype="richText", content={"richText": pieces})

    assert text_of(body) == "谁签发"


def test_a_rich_text_without_words_is_a_picture() -> None:
    body = said(msgtype="richText", content={"richText": [{"type": "picture"}]})

    assert read(body).kind == "picture"


def test_of_a_voice_what_was_recognised_is_read() -> None:
    body = said(msgtype="audio", content={"duration": 3000, "recognition": "纪要谁签发。"})

    assert text_of(body) == "纪要谁签发。"


@pytest.mark.parametrize(
    ("msgtype", "kind"),
    [
        ("audio", "voice"),
        ("picture", "picture"),
        ("file", "file"),
        ("video", "video"),
        ("chatRecord", "other"),
        ("interactiveCard", "other"),
        (None, "other"),
    ],
)
def test_what_cannot_be_read_is_called_by_its_kind(msgtype: str | None, kind: str) -> None:
    heard = read(said(msgtype=msgtype, content={"downloadCode": "c"}))

    assert (heard.kind, heard.incoming.text) == (kind, "")


@pytest.mark.parametrize(
    "quote",
    [
        {"msgType": "text", "content": {"text": "县政府常务会议纪要"}},
        {"msgType": "text", "content": {"content": "县政府常务会议纪要"}},
        {"msgType": "text", "content": "县政府常务会议纪要"},
        {
            "msgType": "richText",
            "content": {"richText": [{"msgType": "text", "content": "县政府常务会议纪要"}]},
        },
        {"msgType": "audio", "content": {"recognition": "县政府常务会议纪要"}},
    ],
)
def test_a_word_that_points_at_a_quote_is_read_with_it(quote: dict[str, Any]) -> None:
    assert text_of(quoting("这个谁签发", quote)) == "县政府常务会议纪要\n这个谁签发"


def test_a_quote_sent_without_a_word_is_the_question() -> None:
    quote = {"msgType": "text", "content": {"text": "常务会议纪要谁签发"}}

    assert text_of(quoting(" ", quote)) == "常务会议纪要谁签发"


def test_a_quote_is_left_out_where_the_words_stand_alone() -> None:
    quote = {"msgType": "text", "content": {"text": "今天下午开会"}}

    assert text_of(quoting("提前几天请假", quote)) == "提前几天请假"


def test_our_own_words_are_never_read_as_somebodys() -> None:
    quote = {"msgType": "text", "senderId": BOT, "content": {"text": "督办3号还有两天到期"}}

    assert text_of(quoting("这件已完成80%", quote)) == "这件已完成80%"


def test_where_a_message_may_be_answered_is_kept() -> None:
    address = read(said()).incoming.reply_to

    assert address is not None
    assert address.url == "https://oapi.dingtalk.com/robot/sendBySession?session=abc"
    assert (address.until - NOW).total_seconds() == 5400


@pytest.mark.parametrize(
    "changes",
    [
        {"sessionWebhook": "https://oapi.dingtalk.com.evil.example/robot/sendBySession?session=a"},
        {"sessionWebhook": "http://oapi.dingtalk.com/robot/sendBySession?session=a"},
        {"sessionWebhook": "http://169.254.169.254/latest"},
        {"sessionWebhook": "https://[broken"},
        {"sessionWebhook": None},
        {"sessionWebhookExpiredTime": None},
        {"sessionWebhookExpiredTime": 10**18},
    ],
)
def test_an_answer_is_never_sent_elsewhere_than_to_the_platform(changes: dict[str, Any]) -> None:
    assert read(said(**changes)).incoming.reply_to is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"senderStaffId": None}, "sender_outside"),
        ({"senderStaffId": ""}, "sender_outside"),
        ({"senderCorpId": "dingother"}, "sender_outside"),
        ({"chatbotCorpId": "dingother"}, "corp_wrong"),
        ({"isInAtList": False}, "not_addressed"),
        ({"msgId": ""}, "message_malformed"),
        ({"msgId": 7}, "message_malformed"),
        ({"conversationId": None}, "message_malformed"),
        ({"conversationType": "3"}, "message_malformed"),
    ],
)
def test_what_is_not_for_us_or_not_from_one_of_us_is_refused(
    changes: dict[str, Any], code: str
) -> None:
    assert code_of(said_in_group(**changes)) == code


FIELDS = st.sampled_from(
    [*said_in_group(), "content", "richText", "repliedMsg", "type", "recognition", "isReplyMsg"]
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(FIELDS, ANY, max_size=8), st.booleans())
def test_no_field_of_another_type_breaks_the_reading(
    changes: dict[str, Any], in_group: bool
) -> None:
    body = (said_in_group() if in_group else said()) | changes

    try:
        heard = read(body)
    except RefusedError:
        return
    assert isinstance(heard.incoming.text, str)
