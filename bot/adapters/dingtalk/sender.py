"""Messages out: by the webhook of what they answer, else by the robot to a person or a group."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.adapters.channels.wording import title
from bot.adapters.dingtalk.answers import ROBOT_REST_S
from bot.adapters.dingtalk.cards import DingTalkCards
from bot.adapters.dingtalk.client import DingTalkClient
from bot.adapters.dingtalk.markdown import markdown
from bot.core.clock import Clock
from bot.core.errors import (
    NotYetError,
    OutcomeUnknownError,
    OutsideServiceError,
    UnreachableError,
)
from bot.core.messages import Push
from bot.core.people import PersonId
from bot.services.outside import Texts
from bot.services.paces import SharedPace

logger = logging.getLogger(__name__)

SESSION_MARGIN = timedelta(seconds=15)  # a webhook that ends sooner is not begun with
HELD_BACK_S = 60.0  # until somebody whom flow control holds back is tried again
MOST_PEOPLE = 20  # in one call
# What no repetition mends: there is nobody, or no robot, at the other end.
_NOBODY = frozenset(
    {"staffId.notExisted", "invalid.openConversationId", "group.disbanded", "bot.stopped"}
)

Names = Callable[[PersonId], str | None]


@dataclass(frozen=True)
class DingTalkSender:
    """Sends one office's messages as its robot; lives in the client's event loop."""

    client: DingTalkClient
    cards: DingTalkCards
    pace: SharedPace  # of the robot in each group
    clock: Clock
    texts: Texts
    names: Names

    async def send(self, push: Push, *, again: bool = False) -> bool:
        """Deliver a message, see the port `Platform`, and return whether it went as a card."""
        if await self._shown(push, again=again):
            return True
        lead = self.texts.say("channels.again") + "\n\n" if again else ""
        if await self._answered(push, lead):
            return False
        userid = self.client.config.userid(push.to)
        if userid is None:
            await self._to_group(push, lead)
        elif failed := await self.to_people([userid], push, lead):
            raise failed[userid]
        return False

    def room(self, push: Push) -> int:
        """How many people one call may reach with this message: cards and answers go alone."""
        alone = self.cards.template(push.message) is not None or push.reply_to is not None
        return 1 if alone or self.client.config.userid(push.to) is None else MOST_PEOPLE

    async def to_people(
        self, userids: Sequence[str], push: Push, lead: str = ""
    ) -> dict[str, OutsideServiceError]:
        """Send one message to at most MOST_PEOPLE and return who did not get it, and why.

        Raises:
            OutsideServiceError: nobody got it. OutcomeUnknownError: perhaps everybody did.
        """
        body = self._message(push, lead) | {"userIds": list(userids)}
        path = "/v1.0/robot/oToMessages/batchSend"
        answer = await self._call(path, body, api="robot.person")
        held = dict.fromkeys(answer.get("flowControlledStaffIdList") or (), "dingtalk_busy")
        gone = (answer.get("invalidStaffIdList") or (), answer.get("filteredStaffIdList") or ())
        failed: dict[str, OutsideServiceError] = {
            userid: NotYetError(HELD_BACK_S, code) for userid, code in held.items()
        }
        failed |= {userid: UnreachableError() for userids in gone for userid in userids}
        return failed

    async def _shown(self, push: Push, *, again: bool) -> bool:
        template = self.cards.template(push.message)
        if template is None:
            return False
        called = {}
        if self.client.config.userid(push.to) is None:
            await asyncio.to_thread(self.pace.enter, push.to)
            if push.mention is not None and (userid := self.client.config.userid(push.mention)):
                name = await asyncio.to_thread(self.names, push.mention)
                called = {userid: name or userid}
        return await self.cards.send(push, template, called, again=again)

    async def _to_group(self, push: Push, lead: str) -> None:
        if push.mention is not None:
            lead = await asyncio.to_thread(self._called, push.mention) + lead
        await asyncio.to_thread(self.pace.enter, push.to)
        body = self._message(push, lead) | {"openConversationId": push.to}
        try:
            await self._call("/v1.0/robot/groupMessages/send", body, api="robot.group")
        except NotYetError as error:
            if error.after_s >= ROBOT_REST_S:
                await asyncio.to_thread(self.pace.rest, push.to, error.after_s)
            raise

    async def _answered(self, push: Push, lead: str) -> bool:
        """Whether the message went out by the webhook of the one it answers."""
        address = push.reply_to
        if address is None or address.until - SESSION_MARGIN <= self.clock.now():
            return False
        if not self.client.is_own(address.url):
            logger.warning(
                "a message came with a foreign address to answer to",
                extra={"event": "dingtalk.foreign_webhook", "key": push.key},
            )
            return False
        at: dict[str, Any] = {}
        if push.mention is not None and (userid := self.client.config.userid(push.mention)):
            lead = f"@{userid} {lead}"  # shown by name, if it is in the text and in the list
            at = {"at": {"atUserIds": [userid]}}
        shown = {"title": title(push.message.text), "text": self._text(push, lead)}
        try:
            await self.client.answer_session(
                address.url, {"msgtype": "markdown", "markdown": shown} | at
            )
        except (OutcomeUnknownError, NotYetError):
            raise
        except OutsideServiceError as error:
            logger.info(
                "the webhook of a message took no answer: %s",
                error.code,
                extra={"event": "dingtalk.webhook_refused", "key": push.key, "code": error.code},
            )
            return False
        return True

    async def _call(self, path: str, body: dict[str, Any], *, api: str) -> dict[str, Any]:
        try:
            return await self.client.call("POST", path, body, api=api, repeatable=False)
        except OutcomeUnknownError:
            raise
        except OutsideServiceError as error:
            if error.details.get("reason") in _NOBODY:
                raise UnreachableError() from error
            raise

    def _message(self, push: Push, lead: str) -> dict[str, Any]:
        shown = {"title": title(push.message.text), "text": self._text(push, lead)}
        return {
            "robotCode": self.client.config.robot_code,
            "msgKey": "sampleMarkdown",
            "msgParam": json.dumps(shown, ensure_ascii=False),
        }

    def _text(self, push: Push, lead: str) -> str:
        return markdown(push.message, self.texts, self.client.config.public_url, lead)

    def _called(self, person: PersonId) -> str:
        """By name: robots sending on their own cannot @ anybody."""
        name = self.names(person)
        return self.texts.say("channels.mention", name=name) if name else ""
