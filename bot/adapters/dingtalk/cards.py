"""Messages as interactive cards, one a push, updated in place."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.adapters.channels.wording import title
from bot.adapters.dingtalk.client import DingTalkClient
from bot.adapters.dingtalk.config import CardKind, DingTalkConfig, Mode
from bot.adapters.dingtalk.markdown import markdown
from bot.core.errors import NotYetError, OutcomeUnknownError, OutsideServiceError
from bot.core.messages import Message, Push
from bot.core.topics import Subject, read_topic
from bot.services.card_store import Card
from bot.services.outside import Texts

logger = logging.getLogger(__name__)

INSTANCES = "/v1.0/card/instances"
SPACE_GROUP, SPACE_PERSON = "dtv1.card//IM_GROUP.", "dtv1.card//IM_ROBOT."
_KINDS = {
    Subject.DRAFT: CardKind.LEAVE,
    Subject.APPROVAL: CardKind.APPROVAL,
    Subject.ANSWER: CardKind.APPROVAL,
    Subject.ITEM: CardKind.ITEM,
}
NO_BUTTONS = "[]"


@dataclass(frozen=True)
class DingTalkCards:
    """Sends and updates one office's cards; lives in the client's event loop.

    `prefix` tells this installation's cards from those of another on the same app.
    """

    client: DingTalkClient
    texts: Texts
    prefix: str

    def template(self, message: Message) -> str | None:
        """The template of the card for a message; None: it goes out as markdown.

        In HTTP mode everything does: presses of buttons come back by Stream only.
        """
        if self.client.config.mode is Mode.HTTP:
            return None
        templates = self.client.config.card_templates
        return templates.get(kind_of(message)) or templates.get(CardKind.MESSAGE)

    async def send(
        self, push: Push, template: str, called: Mapping[str, str], *, again: bool
    ) -> bool:
        """Deliver a push as a card; False: this cannot be shown as one.

        Args:
            called: In a group, whom it is meant for: names by userid.

        Raises:
            OutsideServiceError: not sent, later perhaps. OutcomeUnknownError: perhaps sent.
        """
        if again and await self._exists(push.key):
            return True
        body = self._body(push, template, called)
        try:
            answer = await self.client.call(
                "POST", f"{INSTANCES}/createAndDeliver", body, api="card.send", repeatable=False
            )
        except (OutcomeUnknownError, NotYetError):
            raise
        except OutsideServiceError as error:
            if error.code != "dingtalk_refused":
                raise
            return _not_shown(push, str(error.details.get("reason")))
        results = (answer.get("result") or {}).get("deliverResults") or ()
        if any(not each.get("success", True) for each in results):
            return _not_shown(push, "deliverResults")
        return True

    async def update(self, card: Card) -> None:
        """Show the new state of a card and take its buttons away."""
        shown = {"state": card.state, "settled": _flag(card.settled), "buttons": NO_BUTTONS}
        await self._update(card.key, shown)

    async def _exists(self, key: str) -> bool:
        """Whether a card is there: a card that is not cannot be updated."""
        try:
            await self._update(key, {"sent": _flag(True)})
        except OutsideServiceError as error:
            if error.code == "dingtalk_refused":
                return False
            raise OutcomeUnknownError(error.code) from error
        return True

    async def _update(self, key: str, params: Mapping[str, str]) -> None:
        body = {
            "outTrackId": f"{self.prefix}.{key}",
            "cardData": {"cardParamMap": params},
            "cardUpdateOptions": {"updateCardDataByKey": True},
        }
        await self.client.call("PUT", INSTANCES, body, api="card.update", repeatable=True)

    def _body(self, push: Push, template: str, called: Mapping[str, str]) -> dict[str, Any]:
        config = self.client.config
        return {
            "cardTemplateId": template,
            "outTrackId": f"{self.prefix}.{push.key}",
            "cardData": {"cardParamMap": params_of(push.message, self.texts, config.public_url)},
            "callbackType": "STREAM",
        } | _space(config, push, called)


def own_key(prefix: str, card: str) -> str | None:
    """The key of the push that a card shows; None: it is not one of ours."""
    own = f"{prefix}."
    return card.removeprefix(own) if card.startswith(own) else None


def kind_of(message: Message) -> CardKind:
    """Which card fits a message."""
    topic = read_topic(message.topic)
    if topic is not None:
        return _KINDS[topic[0]]
    return CardKind.CITED_ANSWER if message.citations else CardKind.MESSAGE


def params_of(message: Message, texts: Texts, public_url: str) -> dict[str, str]:
    """What the templates show; every value is a string, as DingTalk wants it."""
    plain = Message(message.text, citations=message.citations)  # the card has buttons of its own
    says = [{"title": button.title, "say": button.say} for button in message.buttons]
    return {
        "title": title(message.text),
        "content": markdown(plain, texts, public_url),
        "buttons": json.dumps(says, ensure_ascii=False),
        "state": "",
        "settled": _flag(False),
        "judged": _flag(kind_of(message) is CardKind.CITED_ANSWER),  # asks 有用 or 没用
    }


def _space(config: DingTalkConfig, push: Push, called: Mapping[str, str]) -> dict[str, Any]:
    userid = config.userid(push.to)
    if userid is not None:
        return {
            "openSpaceId": f"{SPACE_PERSON}{userid}",
            "imRobotOpenSpaceModel": {"supportForward": False},
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"},
        }
    return {
        "openSpaceId": f"{SPACE_GROUP}{push.to}",
        "imGroupOpenSpaceModel": {"supportForward": False},
        "imGroupOpenDeliverModel": {"robotCode": config.robot_code, "atUserIds": dict(called)},
    }


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _not_shown(push: Push, reason: str) -> bool:
    logger.warning(
        "no card for push %s, it goes out as markdown: %s",
        push.key,
        reason,
        extra={"event": "card.refused", "key": push.key, "reason": reason},
    )
    return False
