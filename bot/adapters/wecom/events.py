"""What WeCom tells that nobody said: read into an event, or the press of a button into a message.

Source: WeCom's pages 91815 (approvals), 90970 (contacts), 90240 (template cards), 101463 (the smart
bot's events). Events of an app have no id: a digest of what they say is theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.adapters.wecom.config import CHANNEL, WeComConfig
from bot.adapters.wecom.incoming import check_agent, check_bot, sender
from bot.adapters.wecom.xml import Fields
from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.messages import DIRECT, Incoming
from bot.core.platform_events import EventKind, PlatformEvent
from bot.services.channel_messages import Heard
from bot.services.feedback import USEFUL, USELESS

SAY, JUDGE = "say:", "judge:"  # what the keys of our buttons begin with
APPROVAL, CONTACT, PRESS, JUDGED = (
    "sys_approval_change",
    "change_contact",
    "template_card_event",
    "feedback_event",
)
_JUDGEMENTS = {"1": USEFUL, "2": USELESS}  # 3 takes it back, which we do not keep


def digest(text: str) -> str:
    """What tells an event from all others: the same event told again says the same."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_event(
    fields: Fields, event_id: str, config: WeComConfig, now: datetime
) -> Heard | PlatformEvent | None:
    """What happened, or what a pressed button says; None if it concerns nobody here.

    Raises:
        InvalidInputError: this is no event ("message_malformed").
        NotAllowedError: it is for another app of the company ("agent_wrong").
    """
    name, telling = fields.text("Event"), _Telling(config, f"{config.org}:{event_id}", now)
    if not name:
        raise InvalidInputError("message_malformed")
    if name == APPROVAL:  # its AgentID is that of WeCom's own approval app
        number = fields.text("ApprovalInfo/SpNo")
        if not number:
            raise InvalidInputError("message_malformed")
        return telling.event(EventKind.APPROVAL, name, number)
    if name == CONTACT:
        users = filter(None, (fields.text("UserID"), fields.text("NewUserID")))
        return telling.event(EventKind.PEOPLE, fields.text("ChangeType"), *users)
    if name == PRESS:
        check_agent(fields, config)
        pressed = fields.text("FromUserName"), fields.text("TaskId"), fields.text("EventKey")
        return telling.press(*pressed)
    return None


def read_bot_event(
    body: Mapping[str, Any], config: WeComConfig, now: datetime
) -> Heard | PlatformEvent | None:
    """What happened with the smart bot; None if it concerns nobody here.

    Raises:
        InvalidInputError: this is no event ("message_malformed").
        NotAllowedError: it is for another bot ("agent_wrong").
    """
    check_bot(body, config)
    event, message_id = body.get("event"), body.get("msgid")
    if not isinstance(event, dict) or not isinstance(message_id, str) or not message_id:
        raise InvalidInputError("message_malformed")
    kind, telling = event.get("eventtype"), _Telling(config, f"{config.org}:bot:{message_id}", now)
    told = event.get(str(kind))
    told = told if isinstance(told, dict) else {}
    if kind == PRESS:
        chat = body.get("chatid") if body.get("chattype") == "group" else DIRECT
        pressed = sender(body), str(told.get("task_id", "")), str(told.get("event_key", ""))
        return telling.press(*pressed, str(chat or DIRECT))
    judgement = _JUDGEMENTS.get(str(told.get("type"))) if kind == JUDGED else None
    card = told.get("id")
    if judgement is None or not isinstance(card, str) or not card:
        return None
    return telling.event(EventKind.FEEDBACK, judgement, card, config.person(sender(body)))


@dataclass(frozen=True)
class _Telling:
    """One call of WeCom's, as it becomes what it tells."""

    config: WeComConfig
    own_id: str
    now: datetime

    def event(self, kind: EventKind, name: str, *subjects: str) -> PlatformEvent:
        return PlatformEvent(CHANNEL, self.own_id, self.config.org, kind, name, subjects, self.now)

    def press(self, userid: str, card: str, key: str, chat: str = DIRECT) -> Heard | PlatformEvent:
        """What the press of a card's button says, or how it judges the card's answer."""
        if not userid:
            raise NotAllowedError("sender_outside")
        if key.startswith(JUDGE) and card:
            name = key.removeprefix(JUDGE)
            return self.event(EventKind.FEEDBACK, name, card, self.config.person(userid))
        if not key.startswith(SAY) or key == SAY:
            raise InvalidInputError("message_malformed")
        incoming = Incoming(
            channel=CHANNEL,
            message_id=f"press:{self.own_id}",
            org=self.config.org,
            person=self.config.person(userid),
            conversation=chat,
            text=key.removeprefix(SAY),
            received_at=self.now,
        )
        return Heard(incoming)
