"""Messages out: by the app to people, by a robot to a group."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.adapters.channels.calling import Json
from bot.adapters.wecom.answers import REFUSED
from bot.adapters.wecom.cards import MOST_BUTTONS, card_of, fits, is_short
from bot.adapters.wecom.client import WeComClient
from bot.adapters.wecom.wording import as_markdown, as_notice, as_text
from bot.core.errors import OutsideServiceError, UnreachableError
from bot.core.messages import Push
from bot.core.topics import Subject, read_topic
from bot.services.card_store import Card
from bot.services.outside import Texts
from bot.services.paces import SharedPace
from bot.services.queues import REPLY

REPEATS_S = 4 * 3600  # for so long a message that was sent before is not shown again; the most


@dataclass(frozen=True)
class Paces:
    """How fast an office may speak; WeCom says nothing when it drops what is too much."""

    member: SharedPace
    robot: SharedPace


@dataclass(frozen=True)
class WeComSender:
    """Sends one office's messages; lives in the client's event loop.

    `prefix` tells this installation's cards from those of another on the same app.
    """

    client: WeComClient
    paces: Paces
    texts: Texts
    prefix: str

    async def send(self, push: Push, *, again: bool = False) -> str | None:
        """Deliver a message, see the port `Platform`; what its card is updated by, if it is one."""
        userid = self.client.config.userid(push.to)
        if userid is None:
            await self._by_robot(push, again=again)
            return None
        failed, code = await self.to_people([userid], push)
        if failed:
            raise failed[userid]
        return code

    async def to_people(
        self, userids: Sequence[str], push: Push
    ) -> tuple[dict[str, OutsideServiceError], str | None]:
        """Send one message to at most 1,000 people; who did not get it and why, and as `send`.

        A repeated push is shown once: what was sent before, WeCom drops.

        Raises:
            OutsideServiceError: nobody got it. OutcomeUnknownError: perhaps everybody did.
        """
        parts = self._parts(push)
        for userid in userids:
            await asyncio.to_thread(self.paces.member.enter, userid, len(parts))
        failed: dict[str, OutsideServiceError] = {}
        code = None
        for part in parts:
            answer = await self._sent(userids, part)
            failed |= {each: UnreachableError() for each in _left_out(userids, answer)}
            code = answer.get("response_code") or code
        return failed, code

    async def update(self, card: Card) -> None:
        """Put the state of its matter in place of a card's buttons; WeCom allows it once."""
        subject, _ = read_topic(card.topic) or (None, "")
        if not card.handle or (subject is Subject.ITEM and not card.settled):
            return  # an item's buttons are good until it is closed
        body = {
            "atall": 1,
            "agentid": self.client.config.agent_id,
            "response_code": card.handle,
            "button": {"replace_name": self._lasting(card)},
        }
        path = "message/update_template_card"
        try:
            await self.client.post(path, body, api="card.update", repeatable=True)
        except OutsideServiceError as error:
            if error.code != REFUSED:  # used before, or older than three days
                raise

    def _lasting(self, card: Card) -> str:
        """What stays true: a card that is updated once cannot tell what comes of a request."""
        if not card.settled:
            return self.texts.say("channels.card_confirmed")
        return card.state or self.texts.say("channels.card_done")

    async def _by_robot(self, push: Push, *, again: bool) -> None:
        config = self.client.config
        key = config.robot_keys.get(push.to)
        if key is None:
            raise UnreachableError("wecom_group_unset", group=push.to)
        userid = config.userid(push.mention) if push.mention is not None else None
        lead = f"<@{userid}> " if userid else ""
        if again:
            lead += self.texts.say("channels.again") + "\n\n"
        text = as_markdown(push.message, self.texts, config.public_url, lead)
        await asyncio.to_thread(self.paces.robot.enter, push.to)
        await self.client.by_robot(key, {"msgtype": "markdown", "markdown": {"content": text}})

    async def _sent(self, userids: Sequence[str], part: Json) -> dict[str, Any]:
        body = {
            "touser": "|".join(userids),
            "agentid": self.client.config.agent_id,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": REPEATS_S,
        }
        return await self.client.post(
            "message/send", {**body, **part}, api="send", repeatable=False
        )

    def _parts(self, push: Push) -> list[Json]:
        """What a push is sent as: its text, a card with its buttons, or one after the other."""
        message, buttons = push.message, push.message.buttons
        with_card = bool(buttons) and self.client.config.cards and fits(buttons)
        if with_card and is_short(message) and len(buttons) <= MOST_BUTTONS:
            return [card_of(push, self.prefix, self.texts, alone=True)]
        if notice := self._notice(push):
            return [notice]
        left = buttons[MOST_BUTTONS:] if with_card else buttons
        text = self._text(replace(push, message=replace(message, buttons=left)))
        return [text, card_of(push, self.prefix, self.texts, alone=False)] if with_card else [text]

    def _text(self, push: Push) -> Json:
        content = as_text(push.message, push.key, self.texts, self.client.config.public_url)
        return {"msgtype": "text", "text": {"content": content}}

    def _notice(self, push: Push) -> Json | None:
        """A card that opens the one article cited, for what is no answer: those are copied."""
        if push.message.buttons or push.key.startswith(REPLY):
            return None
        return as_notice(push.message, push.key, self.texts, self.client.config.public_url)


def _left_out(userids: Sequence[str], answer: Json) -> list[str]:
    """Whom WeCom did not send it to; it names them in small letters."""
    named = f"{answer.get('invaliduser') or ''}|{answer.get('unlicenseduser') or ''}".lower()
    return [userid for userid in userids if userid.lower() in named.split("|")]
