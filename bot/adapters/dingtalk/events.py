"""What DingTalk tells that nobody said: its JSON read into an event, or a press into a message.

Source: platforms' pages on events and cards. Stream writes `userId`, HTTP writes `UserId` for the
same field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.adapters.dingtalk.config import CHANNEL, DingTalkConfig
from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.messages import DIRECT, Incoming
from bot.core.platform_events import EventKind, PlatformEvent
from bot.services.channel_messages import Heard

SAY, JUDGE = "say", "judge"  # what the buttons of our cards carry: words to say, or a judgement
_APPROVALS = ("bpms_instance_change", "bpms_task_change")
_PEOPLE = ("user_", "org_", "label_")  # people, departments and the company, roles
_GROUP_SPACE = "dtv1.card//IM_GROUP."


def read_event(
    name: str, event_id: str, body: Mapping[str, Any], config: DingTalkConfig, now: datetime
) -> PlatformEvent | None:
    """What happened; None if it concerns nobody here.

    Raises:
        InvalidInputError: this is no event ("message_malformed").
        NotAllowedError: it is of another company ("corp_wrong").
    """
    if not (name and event_id):
        raise InvalidInputError("message_malformed")
    if _field(body, "corpId") not in (None, config.corp_id):
        raise NotAllowedError("corp_wrong")
    if name in _APPROVALS:
        kind, subjects = EventKind.APPROVAL, _strings(_field(body, "processInstanceId"))
    elif name.startswith(_PEOPLE):
        kind, subjects = EventKind.PEOPLE, _strings(_field(body, "userId"))
    else:
        return None
    if kind is EventKind.APPROVAL and not subjects:
        raise InvalidInputError("message_malformed")
    # Apps of one company are told the same event under one id: each office sees to its own.
    own_id = f"{config.org}:{event_id}"
    return PlatformEvent(CHANNEL, own_id, config.org, kind, name, subjects, now)


def read_press(
    body: Mapping[str, Any], press_id: str, config: DingTalkConfig, now: datetime
) -> Heard | PlatformEvent:
    """What the press of a card's button says, or how it judges the card's answer.

    Raises:
        InvalidInputError: this is no press of a button of ours ("message_malformed").
        NotAllowedError: it is of another company ("corp_wrong"), or from outside
            ("sender_outside").
    """
    if _field(body, "corpId") not in (None, config.corp_id):
        raise NotAllowedError("corp_wrong")
    userid, card, said = body.get("userId"), body.get("outTrackId"), _params(body)
    if not isinstance(userid, str) or not userid:
        raise NotAllowedError("sender_outside")
    if not isinstance(card, str) or not card or not press_id:
        raise InvalidInputError("message_malformed")
    if said.get(JUDGE):
        subjects = (card, config.person(userid))
        judged = f"judged:{card}:{userid}:{said[JUDGE]}"  # pressing again adds nothing
        name = said[JUDGE]
        return PlatformEvent(CHANNEL, judged, config.org, EventKind.FEEDBACK, name, subjects, now)
    if not said.get(SAY):
        raise InvalidInputError("message_malformed")
    incoming = Incoming(
        channel=CHANNEL,
        message_id=f"press:{press_id}",
        org=config.org,
        person=config.person(userid),
        conversation=_conversation(body),
        text=said[SAY],
        received_at=now,
    )
    return Heard(incoming)


def _conversation(body: Mapping[str, Any]) -> str:
    """The group that shows the card, or DIRECT."""
    space, kind = body.get("spaceId"), body.get("spaceType")
    if not isinstance(space, str) or not space:
        return DIRECT
    if space.startswith(_GROUP_SPACE):
        return space.removeprefix(_GROUP_SPACE)
    return space if kind == "IM_GROUP" else DIRECT


def _params(body: Mapping[str, Any]) -> dict[str, str]:
    """What the pressed button carries: the card's content is JSON within JSON."""
    content = body.get("content")
    try:
        read = json.loads(content) if isinstance(content, str) else content
    except ValueError:
        return {}
    private = read.get("cardPrivateData") if isinstance(read, dict) else None
    params = private.get("params") if isinstance(private, dict) else None
    found = params if isinstance(params, dict) else {}
    return {key: value for key, value in found.items() if isinstance(value, str)}


def _field(body: Mapping[str, Any], name: str) -> Any:
    """A field as Stream spells it, or as HTTP does."""
    return body.get(name, body.get(name[0].upper() + name[1:]))


def _strings(value: object) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [value]
    return tuple(each for each in found if isinstance(each, str) and each)
