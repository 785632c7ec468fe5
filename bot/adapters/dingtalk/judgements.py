"""What a reader has pressed on an answer's card, shown on it to him alone."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.loop import LoopThread
from bot.adapters.dingtalk.cards import INSTANCES
from bot.adapters.dingtalk.client import DingTalkClient
from bot.core.errors import OutsideServiceError
from bot.core.people import OrgId
from bot.core.staff_table import user_of
from bot.services.card_store import Judgement
from bot.services.outside import Texts

logger = logging.getLogger(__name__)

USERID = 1  # userIdType


@dataclass(frozen=True)
class DingTalkJudgements:
    """Thanks for a judgement on the card of every office; see docs/decisions/0297."""

    clients: Mapping[OrgId, DingTalkClient]
    loop: LoopThread
    texts: Texts

    def show(self, card: str, judgement: Judgement) -> None:
        """Set the private variable `judgement` of a card, which takes 有用 and 没用 away.

        Raises:
            OutsideServiceError: not now; the same again does no harm.
        """
        words = self.texts.say(f"channels.judged_{'useful' if judgement.useful else 'useless'}")
        body = {
            "outTrackId": card,
            "userIdType": USERID,
            "privateData": {user_of(judgement.person): {"cardParamMap": {"judgement": words}}},
            "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
        }
        client = self.clients[judgement.org]
        call = client.call("PUT", INSTANCES, body, api="card.update", repeatable=True)
        try:
            self.loop.run(call, LONGEST_CALL_S)
        except OutsideServiceError as error:
            if error.code != "dingtalk_refused":
                raise
            logger.warning(
                "a judgement is kept and not shown",
                extra={"event": "card.judgement_not_shown", "key": judgement.key},
            )
