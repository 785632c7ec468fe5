"""What people say to the app or to the smart bot, read into a message of ours.

Source: WeCom's pages 90239 (messages to an app), 100719 and 101463 (to the smart bot); fields may
be missing or of another type, so each is looked at before it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.channels.bodies import mapping_in, string_in
from bot.adapters.channels.spoken import with_quote, without_calls
from bot.adapters.wecom.config import CHANNEL, WeComConfig
from bot.adapters.wecom.xml import Fields
from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.messages import DIRECT, Incoming, ReplyAddress
from bot.services.channel_messages import TEXT, Heard

TO_ONE, TO_GROUP = "single", "group"
LINK = "bot:"  # before the id under which the smart bot's connection takes the answer
LINK_LIFE = timedelta(minutes=9)  # WeCom ends a streamed answer after ten
URL_LIFE = timedelta(minutes=59)  # of a response_url, which lives an hour
_APP_KINDS = {"image": "picture", "voice": "voice", "video": "video", "shortvideo": "video"}
_BOT_KINDS = {"image": "picture", "voice": "voice", "file": "file", "video": "video"}


def read_message(fields: Fields, config: WeComConfig, now: datetime) -> Heard:
    """What somebody said to the app, always in a direct chat.

    Raises:
        InvalidInputError: this is no message ("message_malformed").
        NotAllowedError: it is for another app of the company ("agent_wrong").
    """
    check_agent(fields, config)
    message_id, userid = fields.text("MsgId"), fields.text("FromUserName")
    if not message_id or message_id == "0" or not userid:
        raise InvalidInputError("message_malformed")
    kind = fields.text("MsgType")
    content = (TEXT, fields.text("Content"))
    if kind != TEXT:
        content = (_APP_KINDS.get(kind, "other"), "")
    return _heard(_Said(message_id, userid, content), config, now)


def check_agent(fields: Fields, config: WeComConfig) -> None:
    """Refuse what is for another app of the same company.

    Raises:
        NotAllowedError: "agent_wrong".
    """
    if fields.text("AgentID") not in ("", str(config.agent_id)):
        raise NotAllowedError("agent_wrong")


def read_bot_message(
    body: Mapping[str, Any], config: WeComConfig, now: datetime, call: str = ""
) -> Heard:
    """What somebody said to the smart bot, in a direct chat or by calling it in a group.

    Args:
        call: The id of the call on the bot's connection; empty: it came by callback.

    Raises:
        InvalidInputError: this is no message ("message_malformed").
        NotAllowedError: it is for another bot ("agent_wrong").
    """
    check_bot(body, config)
    chat, message_id, userid = string_in(body, "chattype"), string_in(body, "msgid"), sender(body)
    in_group = chat == TO_GROUP
    conversation = string_in(body, "chatid") if in_group else DIRECT
    if chat not in {TO_ONE, TO_GROUP} or not (message_id and userid and conversation):
        raise InvalidInputError("message_malformed")
    address = _link(call, now) if call else _response_url(body, config, now)
    content = _said_to_bot(body, in_group)
    said = _Said(f"bot:{message_id}", userid, content, conversation, address)
    return _heard(said, config, now)


def check_bot(body: Mapping[str, Any], config: WeComConfig) -> None:
    """Refuse what is for another smart bot.

    Raises:
        NotAllowedError: "agent_wrong".
    """
    if config.bot is None or string_in(body, "aibotid") not in ("", config.bot.id):
        raise NotAllowedError("agent_wrong")


def sender(body: Mapping[str, Any]) -> str:
    """The userid of whoever did something with the smart bot; empty: WeCom does not say."""
    return string_in(mapping_in(body, "from"), "userid")


@dataclass(frozen=True)
class _Said:
    message_id: str
    userid: str
    content: tuple[str, str]  # kind and text
    conversation: str = DIRECT
    reply_to: ReplyAddress | None = None


def _heard(said: _Said, config: WeComConfig, now: datetime) -> Heard:
    kind, text = said.content
    incoming = Incoming(
        channel=CHANNEL,
        message_id=f"{config.org}:{said.message_id}",  # each company numbers for itself
        org=config.org,
        person=config.person(said.userid),
        conversation=said.conversation,
        text=text,
        received_at=now,
        reply_to=said.reply_to,
    )
    return Heard(incoming, kind)


def _said_to_bot(body: Mapping[str, Any], in_group: bool) -> tuple[str, str]:
    kind = string_in(body, "msgtype")
    text = without_calls("".join(_texts(body)), in_group)
    if kind == "mixed" and not text:
        return "picture", ""
    if kind in (TEXT, "mixed") or (kind == "voice" and text):
        return TEXT, with_quote(text, "".join(_texts(mapping_in(body, "quote"))).strip())
    return _BOT_KINDS.get(kind, "other"), ""


def _texts(part: Mapping[str, Any]) -> Iterator[str]:
    """The texts of a message or a quote: typed, recognised from a voice, or between pictures."""
    for kind in (TEXT, "voice"):
        if part.get("msgtype") == kind:
            yield string_in(mapping_in(part, kind), "content")
    pieces = mapping_in(part, "mixed").get("msg_item")
    for piece in pieces if isinstance(pieces, list) else []:
        if isinstance(piece, dict) and piece.get("msgtype") == TEXT:
            yield string_in(mapping_in(piece, TEXT), "content")


def _link(call: str, now: datetime) -> ReplyAddress:
    return ReplyAddress(f"{LINK}{call}", now + LINK_LIFE)


def _response_url(
    body: Mapping[str, Any], config: WeComConfig, now: datetime
) -> ReplyAddress | None:
    """Where a callback may be answered, once; one at another host than WeCom's is left alone."""
    url = string_in(body, "response_url")
    if not url.startswith(f"{config.api_url.rstrip('/')}/"):
        return None
    return ReplyAddress(url, now + URL_LIFE)
