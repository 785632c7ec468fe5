from __future__ import annotations

import json

import httpx
import pytest

from bot.cli.chat_client import ChatClient
from bot.core.errors import OutsideServiceError
from bot.core.people import OrgId
from knowledge.evaluation.conversation import Cited, Said

CHANGLE = OrgId("changle")
CITATION = {
    "document": "昌乐县人民政府工作规则",
    "number": "乐政发〔2022〕7号",
    "edition": "changle-2022-10-12",
    "article": 50,
    "item": None,
    "label": "第五十条",
    "quote": "县长签发",
    "url": "/rules/changle/articles/50",
}
ANSWER = {
    "status": "answered",
    "answer": "县长签发",
    "text": "县长签发。",
    "confidence": 0.9,
    "citations": [CITATION],
    "options": [],
}


class Service:
    """Stands in for the service: one answer to everything, and what it was sent."""

    def __init__(self, answer: httpx.Response | Exception) -> None:
        self.answer = answer
        self.requests: list[tuple[str, dict[str, str]]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append((request.url.path, json.loads(request.content)))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def client_of(service: Service) -> ChatClient:
    return ChatClient("http://service", httpx.MockTransport(service))


@pytest.fixture(params=["/api/chat", "/api/ask"])
def path(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def call(client: ChatClient, path: str) -> object:
    if path == "/api/chat":
        return client.say("changle/staff1", "a", "谁签发")
    return client.ask(CHANGLE, "谁签发")


def test_a_message_is_heard_with_its_buttons_and_its_quotes() -> None:
    buttons = [{"title": "纪要", "say": "纪要"}, {"title": "公文", "say": "公文"}]
    message = {"text": "哪一种？", "buttons": buttons, "citations": [CITATION]}
    service = Service(httpx.Response(200, json={"messages": [message]}))

    reply = client_of(service).say("changle/staff1", "eval-1", "谁签发")

    cited = Cited("changle-2022-10-12", 50, "县长签发")
    assert reply == (Said("哪一种？", 2, (cited,)),)
    sent = {"user": "changle/staff1", "text": "谁签发", "conversation": "eval-1"}
    assert service.requests == [("/api/chat", sent)]


def test_an_answer_is_read_as_the_rule_book_gave_it() -> None:
    service = Service(httpx.Response(200, json=ANSWER))

    answer = client_of(service).ask(CHANGLE, "谁签发")

    assert answer is not None
    assert (answer.status, answer.answer, answer.confidence) == ("answered", "县长签发", 0.9)
    assert answer.citations[0].article == 50
    assert answer.citations[0].org == CHANGLE


def test_a_turn_that_fails_or_never_ends_is_empty(path: str) -> None:
    for failure in (httpx.Response(500), httpx.ReadTimeout("slow")):
        assert not call(client_of(Service(failure)), path)


def test_no_service_at_all_ends_the_run(path: str) -> None:
    client = client_of(Service(httpx.ConnectError("refused")))

    with pytest.raises(OutsideServiceError, match="service_unreachable"):
        call(client, path)
