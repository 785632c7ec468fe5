"""What one office's app and smart bot receive: read, stored, or refused with a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.adapters.wecom.config import CHANNEL, WeComConfig
from bot.adapters.wecom.events import read_bot_event, read_event
from bot.adapters.wecom.incoming import read_bot_message, read_message
from bot.adapters.wecom.xml import Fields
from bot.core.clock import Clock
from bot.core.errors import RefusedError
from bot.core.platform_events import PlatformEvent
from bot.services.channel_messages import ChannelDesk, Heard, refuse
from bot.services.platform_events import PlatformEventDesk
from bot.services.queues import InboxEntry

Read = Callable[[], Heard | PlatformEvent | None]


@dataclass(frozen=True)
class WeComReceiver:
    """Once one of its methods returns, what came was seen to and may be acknowledged.

    `stored` is called when there is something to work.

    Raises:
        OutsideServiceError: nothing could be stored; WeCom is to deliver it again.
    """

    config: WeComConfig
    messages: ChannelDesk
    events: PlatformEventDesk
    clock: Clock
    stored: Callable[[], None]

    def call(self, fields: Fields, event_id: str) -> None:
        """Take what the app is told: a message, or an event with the digest that is its id."""
        now, config = self.clock.now(), self.config
        if fields.text("MsgType") == "event":
            self._take(lambda: read_event(fields, event_id, config, now), event_id)
        else:
            self._take(lambda: read_message(fields, config, now), fields.text("MsgId"))

    def bot_message(self, body: Mapping[str, Any], call: str = "") -> InboxEntry | None:
        """Take what somebody said to the smart bot; None: it is not to be worked."""
        now, config = self.clock.now(), self.config
        return self._take(lambda: read_bot_message(body, config, now, call), _id(body))

    def bot_event(self, body: Mapping[str, Any]) -> None:
        """Take what happened with the smart bot."""
        now, config = self.clock.now(), self.config
        self._take(lambda: read_bot_event(body, config, now), _id(body))

    def _take(self, read: Read, message_id: str) -> InboxEntry | None:
        try:
            told = read()
        except RefusedError as error:
            refuse(CHANNEL, self.config.org, error.code, message_id)
            return None
        if told is None:
            return None
        entry = None
        if isinstance(told, PlatformEvent):
            self.events.take(told)
        else:
            entry = self.messages.take(told)
        self.stored()
        return entry


def _id(body: Mapping[str, Any]) -> str:
    return str(body.get("msgid", ""))
