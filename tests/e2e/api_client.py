"""What the end-to-end tests say to the service."""

from __future__ import annotations

from typing import Any

import httpx


class ApiClient:
    """Speaks the HTTP contract to a running service."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=30, trust_env=False)

    def close(self) -> None:
        self._http.close()

    def say(self, user: str, text: str, conversation: str = "direct") -> list[dict[str, Any]]:
        body = {"user": user, "text": text, "conversation": conversation}
        messages: list[dict[str, Any]] = self.post("/api/chat", body)["messages"]
        return messages

    def hear(self, user: str, text: str, conversation: str = "direct") -> str:
        """Say something and return all that is answered, as one text."""
        return "\n".join(message["text"] for message in self.say(user, text, conversation))

    def pushed(self, user: str) -> list[str]:
        messages = self.get("/api/local/messages", user=user)["messages"]
        return [message["message"]["text"] for message in messages]

    def set_clock(self, now: str) -> None:
        self.post("/api/local/clock", {"now": now})

    def tick(self) -> None:
        self.post("/api/local/tick")

    def get(self, path: str, **query: str) -> dict[str, Any]:
        answer = self._http.get(path, params=query)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self._http.post(path, json=body)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def page(self, path: str) -> str:
        answer = self._http.get(path)
        answer.raise_for_status()
        return answer.text

    def status(self, method: str, path: str, **request: Any) -> tuple[int, dict[str, Any]]:
        answer = self._http.request(method, path, **request)
        return answer.status_code, answer.json()
