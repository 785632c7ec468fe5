"""Messages of DingTalk and WeCom: whose they are, what can be read of them, what is answered."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import NoReturn

from bot.core.clock import Clock
from bot.core.errors import InvalidInputError, RefusedError
from bot.core.messages import Incoming, Message
from bot.core.people import OrgId
from bot.services.error_words import error_words
from bot.services.inbox import Reception, check_sender, pushes
from bot.services.outside import Texts
from bot.services.queues import InboxEntry
from bot.services.storage import UnitOfWorkFactory

logger = logging.getLogger(__name__)

TEXT = "text"
UNREADABLE = frozenset({"picture", "file", "voice", "video"})  # we say what to do instead


@dataclass(frozen=True)
class Heard:
    """A message as a channel read it; one of another kind than TEXT has no text."""

    incoming: Incoming
    kind: str = TEXT
    alone: bool = True  # no other bot was called beside us, who may answer what we cannot


def refuse(channel: str, org: OrgId, code: str, message_id: str = "") -> None:
    """Leave one line about what goes no further, and nothing of what it says."""
    logger.warning(
        "message from %s refused: %s",
        channel,
        code,
        extra={
            "event": "channel.refused",
            "channel": channel,
            "org": org,
            "code": code,
            "message_id": message_id[:100],
        },
    )


@dataclass(frozen=True)
class ChannelDesk:
    """Takes in what channels read: stored for the conversation, or answered with the reason."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    reception: Reception
    texts: Texts

    def take(self, heard: Heard) -> InboxEntry | None:
        """See to a message: once this returns it is stored, or refused for good (None).

        Raises:
            OutsideServiceError: nothing could be stored; the channel is to deliver it again.
        """
        incoming = heard.incoming
        try:
            if heard.kind != TEXT:
                self._refuse_kind(heard)
            return self.reception.receive(incoming, of_anybody=True)
        except RefusedError as error:
            refuse(incoming.channel, incoming.org, error.code, incoming.message_id)
            if heard.alone or not incoming.is_group:
                self._tell(incoming, error)
            return None

    def _refuse_kind(self, heard: Heard) -> NoReturn:
        with self.unit_of_work() as uow:
            check_sender(heard.incoming, uow)
        kind = heard.kind if heard.kind in UNREADABLE else "other"
        raise InvalidInputError(f"message_{kind}")

    def _tell(self, incoming: Incoming, error: RefusedError) -> None:
        message = Message(error_words(error, self.texts))
        key = f"refused:{incoming.channel}:{incoming.message_id}"
        with self.unit_of_work() as uow:
            for push in pushes(incoming, key, [message]):
                uow.outbox.add(push, self.clock.now())
            uow.commit()
