"""What one office's bot receives, however it arrives: read, stored, or refused with a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.adapters.dingtalk.config import CHANNEL, DingTalkConfig
from bot.adapters.dingtalk.events import read_event, read_press
from bot.adapters.dingtalk.incoming import read_message
from bot.core.clock import Clock
from bot.core.errors import RefusedError
from bot.core.platform_events import PlatformEvent
from bot.services.channel_messages import ChannelDesk, refuse
from bot.services.platform_events import PlatformEventDesk


@dataclass(frozen=True)
class DingTalkReceiver:
    """Once one of its methods returns, what came was seen to and may be acknowledged.

    `stored` is called when there is something to work.

    Raises:
        OutsideServiceError: nothing could be stored; DingTalk is to deliver it again.
    """

    config: DingTalkConfig
    messages: ChannelDesk
    events: PlatformEventDesk
    clock: Clock
    stored: Callable[[], None]

    def message(self, body: Mapping[str, Any]) -> None:
        """Take what somebody said to the robot."""
        try:
            heard = read_message(body, self.config, self.clock.now())
        except RefusedError as error:
            refuse(CHANNEL, self.config.org, error.code, str(body.get("msgId", "")))
            return
        self.messages.take(heard)
        self.stored()

    def event(self, name: str, event_id: str, body: Mapping[str, Any]) -> None:
        """Take what happened; what concerns nobody here is passed over."""
        try:
            event = read_event(name, event_id, body, self.config, self.clock.now())
        except RefusedError as error:
            refuse(CHANNEL, self.config.org, error.code, event_id)
            return
        if event is not None:
            self._take_event(event)

    def press(self, body: Mapping[str, Any], press_id: str) -> None:
        """Take the press of a card's button."""
        try:
            said = read_press(body, press_id, self.config, self.clock.now())
        except RefusedError as error:
            refuse(CHANNEL, self.config.org, error.code, press_id)
            return
        if isinstance(said, PlatformEvent):
            self._take_event(said)
            return
        self.messages.take(said)
        self.stored()

    def _take_event(self, event: PlatformEvent) -> None:
        self.events.take(event)
        self.stored()
