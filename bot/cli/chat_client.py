"""Talks to a running service over HTTP, as the web chat and other programs do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

import httpx

from bot.core.errors import OutsideServiceError
from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Citation
from knowledge.evaluation.conversation import Cited, Reply, Said

TIMEOUT_S = 30.0  # longer than the service lets a browser wait


class ChatClient:
    """Implements `Assistant` and `Service`; what fails is empty, no service at all an error."""

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

    def ask(self, org: OrgId, question: str) -> Answer | None:
        """Put a question to the rules.

        Raises:
            OutsideServiceError: as `say`.
        """
        answer = self._post("/api/ask", {"org": org, "question": question})
        if answer is None:
            return None
        return Answer(
            AnswerStatus(answer["status"]),
            answer["answer"],
            answer["text"],
            answer["confidence"],
            tuple(_citation(org, citation) for citation in answer["citations"]),
            tuple(answer["options"]),
        )

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


def _citation(org: OrgId, citation: Mapping[str, Any]) -> Citation:
    named = {field.name for field in fields(Citation)}
    known = {name: value for name, value in citation.items() if name in named}
    return Citation(**{"org": org, **known})


def _said(message: Mapping[str, Any]) -> Said:
    citations = (Cited(c["edition"], c["article"], c["quote"]) for c in message["citations"])
    return Said(message["text"], len(message["buttons"]), tuple(citations))
