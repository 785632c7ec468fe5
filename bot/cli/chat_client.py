"""Talks to a running service over HTTP, as the web chat and other programs do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from bot.core.errors import OutsideServiceError
from bot.core.people import OrgId
from knowledge.evaluation.conversation import Cited, Reply, Said
from knowledge.evaluation.serving import Served

TIMEOUT_S = 30.0  # longer than the service lets a browser wait


class ChatClient:
    """Implements `Assistant` and `Service`; what fails is empty, only no service at all an error."""

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
        heard = self._post("/api/chat", body)
        return tuple(_said(message) for message in heard["messages"]) if heard else ()

    def ask(self, org: OrgId, question: str) -> Served | None:
        """Put a question to the rules.

        Raises:
            OutsideServiceError: as `say`.
        """
        answer = self._post("/api/ask", {"org": org, "question": question})
        if answer is None:
            return None
        articles = tuple(citation["article"] for citation in answer["citations"])
        return Served(answer["status"], answer["answer"], articles)

    def set_clock(self, now: datetime) -> None:
        """Set the service's clock; only the embedded platform has one that can be set."""
        answer = self._http.post("/api/local/clock", json={"now": now.isoformat()})
        answer.raise_for_status()

    def _post(self, path: str, body: Mapping[str, str]) -> dict[str, Any] | None:
        try:
            answer = self._http.post(path, json=body)
        except httpx.TimeoutException:
            return None
        except httpx.TransportError as error:
            raise OutsideServiceError("service_unreachable", url=self._url) from error
        return None if answer.is_error else answer.json()


def _said(message: Mapping[str, Any]) -> Said:
    citations = (Cited(c["edition"], c["article"], c["quote"]) for c in message["citations"])
    return Said(message["text"], len(message["buttons"]), tuple(citations))
