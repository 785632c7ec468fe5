"""What people say to the robot: DingTalk's JSON read into a message of ours.

Source: platforms' page on receiving messages, and for quotes and voice what real logs show; fields
that are not documented may be missing or of another type, so each is looked at before it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.adapters.channels.bodies import mapping_in, string_in
from bot.adapters.channels.spoken import with_quote, without_calls
from bot.adapters.dingtalk.config import CHANNEL, DingTalkConfig
from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.messages import DIRECT, Incoming, ReplyAddress
from bot.services.channel_messages import TEXT, Heard

TO_ONE, TO_GROUP = "1", "2"
_LAST_MS = 10**14  # a time of the year 5138; more is no time
_KINDS = {"picture": "picture", "file": "file", "video": "video", "audio": "voice"}


def read_message(body: Mapping[str, Any], config: DingTalkConfig, now: datetime) -> Heard:
    """What somebody said.

    Raises:
        InvalidInputError: this is no message ("message_malformed").
        NotAllowedError: it is not for us, or not from one of us ("corp_wrong", "sender_outside",
            "not_addressed").
    """
    chat = string_in(body, "conversationType")
    in_group = chat == TO_GROUP
    conversation = string_in(body, "conversationId") if in_group else DIRECT
    message_id = string_in(body, "msgId")
    if chat not in {TO_ONE, TO_GROUP} or not (message_id and conversation):
        raise InvalidInputError("message_malformed")
    userid = _sender(body, config)
    if in_group and body.get("isInAtList") is False:
        raise NotAllowedError("not_addressed")
    kind, text = _said(body, in_group)
    incoming = Incoming(
        channel=CHANNEL,
        message_id=message_id,
        org=config.org,
        person=config.person(userid),
        conversation=conversation,
        text=text,
        received_at=now,
        reply_to=_reply_address(body, config),
    )
    return Heard(incoming, kind, alone=_bots_called(body) < 2)


def _sender(body: Mapping[str, Any], config: DingTalkConfig) -> str:
    """The userid of a colleague; of others there is none."""
    if string_in(body, "chatbotCorpId") not in {"", config.corp_id}:
        raise NotAllowedError("corp_wrong")
    userid = string_in(body, "senderStaffId")
    if not userid or string_in(body, "senderCorpId") not in {"", config.corp_id}:
        raise NotAllowedError("sender_outside")
    return userid


def _reply_address(body: Mapping[str, Any], config: DingTalkConfig) -> ReplyAddress | None:
    """The session webhook; one at another host than DingTalk's is left alone."""
    url, until = string_in(body, "sessionWebhook"), body.get("sessionWebhookExpiredTime")
    if not url.startswith(f"{config.oapi_url.rstrip('/')}/"):
        return None
    if not isinstance(until, int) or not 0 < until < _LAST_MS:
        return None
    return ReplyAddress(url, datetime.fromtimestamp(until / 1000, OFFICE_TIME))


def _bots_called(body: Mapping[str, Any]) -> int:
    """How many of those that were called with @ are no colleagues: bots, mostly just ours."""
    called = body.get("atUsers")
    users = called if isinstance(called, list) else []
    return sum(1 for user in users if isinstance(user, dict) and not user.get("staffId"))


def _said(body: Mapping[str, Any], in_group: bool) -> tuple[str, str]:
    """The kind of a message and its text."""
    bots = _bots_called(body)
    kind, content = body.get("msgtype"), mapping_in(body, "content")
    if kind == "text":
        part = mapping_in(body, "text")
        said = string_in(part, "content")
        text = without_calls(said, in_group, bots - 1)  # our own is cut already
        return TEXT, _with_quote(text, part, body)
    if kind == "richText":
        text = without_calls("".join(_rich_text(content)), in_group, bots)
        return (TEXT, text) if text else ("picture", "")
    if kind == "audio" and (recognised := string_in(content, "recognition").strip()):
        return TEXT, recognised
    return _KINDS.get(str(kind), "other"), ""


def _with_quote(text: str, part: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """What was said of a quoted message, together with it where it means nothing without.

    A quote of our own words stays away: what was said before is known to the dialogue.
    """
    quote = mapping_in(part, "repliedMsg")
    own = string_in(body, "chatbotUserId")
    if not quote or (own and string_in(quote, "senderId") == own):
        return text
    return with_quote(text, "".join(_quoted(quote)).strip())


def _quoted(quote: Mapping[str, Any]) -> Iterator[str]:
    content = quote.get("content")
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        if content.get("richText"):
            yield from _rich_text(content)
        else:  # of a text `content`, in older clients `text`; of a voice what was recognised
            found = (string_in(content, key) for key in ("content", "text", "recognition"))
            yield next(filter(None, found), "")


def _rich_text(content: Mapping[str, Any]) -> Iterator[str]:
    """The texts of a rich text; inside a quote the same fields are called otherwise."""
    pieces = content.get("richText")
    for piece in pieces if isinstance(pieces, list) else []:
        if isinstance(piece, dict) and piece.get("type", piece.get("msgType", TEXT)) == TEXT:
            yield string_in(piece, "text") or string_in(piece, "content")
