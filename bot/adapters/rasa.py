"""The dialogue engine, a Rasa process on the loopback interface that may fail."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

import httpx

from bot.adapters.breaker import Breaker, MonotonicClock
from bot.core.errors import OutsideServiceError
from bot.core.messages import Button, Message
from bot.core.rules import Citation

# Said by the readiness probe: an intent by name, which needs neither a vector nor an open turn.
# Nobody else can say one, because `turn` takes the slash away.
PROBE_SENDER, PROBE_TEXT = "readiness@probe", "/greet"
PROBE_KEPT_S = 5.0


class RasaDialogue:
    """Talks to Rasa's REST channel, which answers its own errors with HTTP 200 and `[]`."""

    def __init__(
        self,
        url: str,
        timeout_s: float = 2.5,
        transport: httpx.BaseTransport | None = None,
        clock: MonotonicClock = time.monotonic,
    ) -> None:
        self._http = httpx.Client(base_url=url, timeout=timeout_s, transport=transport)
        self._timeout_s, self._clock = timeout_s, clock
        self._breaker = Breaker(clock=clock)
        self._probe_lock = threading.Lock()
        self._probed: tuple[float, bool] | None = None

    def turn(self, thread: str, text: str, metadata: Mapping[str, str]) -> list[Message]:
        """Say something and return the answer; see the port `Dialogue`."""
        if not self._breaker.lets_pass():
            raise OutsideServiceError("dialogue_resting")
        try:
            messages = self._say(thread, _as_said(text), metadata)
        except OutsideServiceError:
            self._breaker.failed()
            self._probed = None  # what the probe last heard is no longer true
            raise
        self._breaker.succeeded()
        return messages

    def is_ready(self) -> bool:
        """Whether Rasa answers the probe; asked anew every few seconds.

        Who hears that it is ready may send the next turn at once: an answer ends the rest after
        failures. Its own `GET /` says that it lives while it has no model, and `/status` needs the
        API that is never enabled.
        """
        with self._probe_lock:
            now = self._clock()
            if self._probed is None or now - self._probed[0] >= PROBE_KEPT_S:
                self._probed = (now, self._answers_probe())
            return self._probed[1]

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _answers_probe(self) -> bool:
        try:
            self._say(PROBE_SENDER, PROBE_TEXT, {})
        except OutsideServiceError:
            return False
        self._breaker.succeeded()
        return True

    def _say(self, sender: str, text: str, metadata: Mapping[str, str]) -> list[Message]:
        body = {"sender": sender, "message": text, "metadata": dict(metadata)}
        try:
            response = self._http.post("/webhooks/rest/webhook", json=body)
            response.raise_for_status()
            messages = [_message(answer) for answer in response.json()]
        except httpx.HTTPError as error:
            raise OutsideServiceError("dialogue_down") from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise OutsideServiceError("dialogue_garbled") from error
        messages = [message for message in messages if message.text]
        if not messages:
            raise OutsideServiceError("dialogue_empty")
        return messages


def _as_said(text: str) -> str:
    """The text, never an instruction: a leading slash names an intent to Rasa."""
    said = text.lstrip()
    return "／" + said[1:] if said.startswith("/") else text


def _message(answer: Mapping[str, Any]) -> Message:
    """One of Rasa's answers: our own payload, or a response of domain.yml."""
    if custom := answer.get("custom"):
        return Message(
            custom["text"],
            tuple(Button(b["title"], b["say"]) for b in custom["buttons"]),
            tuple(Citation(**citation) for citation in custom["citations"]),
            custom.get("topic", ""),
        )
    said = tuple(Button(b["title"], b["payload"]) for b in answer.get("buttons", ()))
    return Message(answer.get("text", ""), said)
