"""Processes killed under load: what was acknowledged is done exactly once, or said not to be."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from tests.e2e.api_client import ApiClient
from tests.e2e.conftest import Installation

CLIENTS = 4
REGISTRATIONS = 32
GIVE_UP_AFTER_S = 240  # a busy machine takes half a minute to start the service again
DONE, NOT_DONE = "已立项", "还没有办理"


@dataclass
class History:
    """What each client said and what it was answered in the end."""

    replies: dict[str, str] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)
    refusals: dict[str, str] = field(default_factory=dict)  # what was answered last instead

    def register(self, url: str, content: str) -> None:
        """Say one registration until it is acknowledged, always under the same message id."""
        body = {
            "user": "shuangtaizi/supervisor1",
            "text": f"立项:财政局12月20日前报送{content},一般",
            "conversation": f"fault-{content}",
            "message_id": content,
        }
        deadline = time.monotonic() + GIVE_UP_AFTER_S
        while time.monotonic() < deadline:
            self.tries[content] += 1
            try:
                answer = httpx.post(f"{url}/api/chat", json=body, timeout=30, trust_env=False)
            except httpx.HTTPError as error:
                self.refusals[content] = repr(error)
                time.sleep(0.2)  # the client of a service that is down, not a test that waits
                continue
            if answer.status_code == 200:
                messages = answer.json()["messages"]
                self.replies[content] = "\n".join(message["text"] for message in messages)
                return
            self.refusals[content] = answer.text


def test_nothing_is_lost_or_done_twice_when_processes_are_killed(
    api: ApiClient, installation: Installation
) -> None:
    history = History()
    contents = [f"材料第{number}批" for number in range(REGISTRATIONS)]
    killed = threading.Thread(target=_kill_in_turn, args=(installation, history))

    killed.start()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda content: history.register(installation.url, content), contents))
    killed.join()
    installation.wait_until_ready()

    items = api.get("/api/supervision", org="shuangtaizi")["items"]
    made = Counter(item["content"].removeprefix("报送") for item in items)
    serials = [item["number"] for item in items]
    unanswered = set(contents) - set(history.replies)
    assert not unanswered, {content: history.refusals[content] for content in unanswered}
    assert sum(history.tries.values()) > REGISTRATIONS, "no kill hit a message"
    for content, reply in history.replies.items():
        assert DONE in reply or NOT_DONE in reply or "已经办理" in reply, reply
        assert made[content] == (0 if NOT_DONE in reply else 1), (content, reply)
    assert len(set(serials)) == len(serials)
    assert api.get("/api/audit", org="shuangtaizi")["first_break"] is None


def _kill_in_turn(installation: Installation, history: History) -> None:
    """Kill each process while messages are being worked, the service twice."""
    for count, command in ((4, "-m bot serve"), (12, "run_rasa.py"), (20, "-m bot serve")):
        while len(history.replies) < count:
            time.sleep(0.01)  # until so many are answered
        installation.kill(command)
