"""Talks to a running service over HTTP, as the web chat does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from bot.core.errors import OutsideServiceError
from knowledge.evaluation.conversation import Cited, Reply, Said

TIMEOUT_S = 30.0  # longer than the service lets a browser wait


class ChatClient:
    """Implements `Assistant`. A turn that fails is an empty reply; no service at all, an error."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        self._url = url
        self._http = httpx.Client(
            base_url=url, timeout=TIMEOUT_S, trust_env=False, transport=transport
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def say(self, user: str, conversation: str, text: str) -> Reply:
        """Say something in a conversation.

        Raises:
            OutsideServiceError: nobody listens there ("service_unreachable").
        """
        body = {"user": user, "text": text, "conversation": conversation}
        try:
            answer = self._http.post("/api/chat", json=body)
        except httpx.TimeoutException:
            return ()
        except httpx.TransportError as error:
            raise OutsideServiceError("service_unreachable", url=self._url) from error
        if answer.is_error:
            return ()
        return tuple(_said(message) for message in answer.json()["messages"])

    def set_clock(self, now: datetime) -> None:
        """Set the service's clock; only the embedded platform has one that can be set."""
        answer = self._http.post("/api/local/clock", json={"now": now.isoformat()})
        answer.raise_for_status()


def _said(message: Mapping[str, Any]) -> Said:
    citations = (Cited(c["edition"], c["article"], c["quote"]) for c in message["citations"])
    return Said(message["text"], len(message["buttons"]), tuple(citations))
