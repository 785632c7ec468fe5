from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from actions.base import payload
from bot.adapters.rasa import PROBE_TEXT, RasaDialogue
from bot.core.errors import OutsideServiceError
from bot.core.messages import Button, Message
from tests.fakes.desks import CHANGLE
from tests.fakes.rule_book import citation
from tests.unit.dialogue.stopwatch import Stopwatch

Answer = Callable[[httpx.Request], httpx.Response]


class Rasa:
    """Stands in for Rasa's REST channel and remembers what it was sent."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers: list[dict[str, Any]] = list(answers)
        self.error: httpx.HTTPError | None = None
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(json.loads(request.content))
        if self.error is not None:
            raise self.error
        return httpx.Response(200, json=self.answers)


def dialogue(rasa: Answer, clock: Stopwatch | None = None) -> RasaDialogue:
    return RasaDialogue(
        "http://rasa", transport=httpx.MockTransport(rasa), clock=clock or Stopwatch()
    )


def test_a_turn_carries_thread_text_and_metadata() -> None:
    rasa = Rasa({"text": "您好"})

    said = dialogue(rasa).turn("changle/clerk1@direct", "你好", {"turn": "t", "vector": "v"})

    assert said == [Message("您好")]
    assert rasa.bodies == [
        {
            "sender": "changle/clerk1@direct",
            "message": "你好",
            "metadata": {"turn": "t", "vector": "v"},
        }
    ]


def test_a_message_survives_the_way_through_rasa() -> None:
    message = Message(
        "第一段\n\n第二段", (Button("是", "确认提交"),), (citation(CHANGLE, 60, "县长"),)
    )
    rasa = Rasa({"recipient_id": "x", "custom": json.loads(json.dumps(payload(message)))})

    said = dialogue(rasa).turn("thread", "谁签发", {})

    assert said == [message]


def test_the_buttons_of_a_plain_response_say_their_payload() -> None:
    rasa = Rasa({"text": "您好", "buttons": [{"title": "请假", "payload": "我要请假"}]})

    said = dialogue(rasa).turn("thread", "你好", {})

    assert said == [Message("您好", (Button("请假", "我要请假"),))]


@pytest.mark.parametrize("answers", [[], [{"recipient_id": "x", "text": ""}]])
def test_an_empty_answer_is_a_failure(answers: list[dict[str, Any]]) -> None:
    with pytest.raises(OutsideServiceError) as failure:
        dialogue(Rasa(*answers)).turn("thread", "你好", {})

    assert failure.value.code == "dialogue_empty"


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow")])
def test_no_answer_in_time_is_a_failure(error: httpx.HTTPError) -> None:
    rasa = Rasa()
    rasa.error = error

    with pytest.raises(OutsideServiceError) as failure:
        dialogue(rasa).turn("thread", "你好", {})

    assert failure.value.code == "dialogue_down"


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(500),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json={"error": "x"}),
        httpx.Response(200, json=[{"custom": {"text": "x"}}]),
    ],
)
def test_an_answer_that_is_none_of_ours_is_a_failure(response: httpx.Response) -> None:
    with pytest.raises(OutsideServiceError):
        dialogue(lambda _: response).turn("thread", "你好", {})


def test_nobody_can_name_an_intent_by_a_slash() -> None:
    rasa = Rasa({"text": "您好"})

    dialogue(rasa).turn("thread", ' /affirm{"x": 1}', {})

    assert rasa.bodies[0]["message"] == '／affirm{"x": 1}'


def test_after_five_failures_rasa_is_left_alone_for_five_seconds() -> None:
    rasa, clock = Rasa(), Stopwatch()
    engine = dialogue(rasa, clock)
    for _ in range(5):
        with pytest.raises(OutsideServiceError):
            engine.turn("thread", "你好", {})

    with pytest.raises(OutsideServiceError) as failure:
        engine.turn("thread", "你好", {})
    clock.advance(5.1)
    rasa.answers = [{"text": "您好"}]
    said = engine.turn("thread", "你好", {})

    assert failure.value.code == "dialogue_resting"
    assert said == [Message("您好")]
    assert len(rasa.bodies) == 6


def test_it_is_ready_once_the_probe_is_answered() -> None:
    rasa, clock = Rasa(), Stopwatch()
    engine = dialogue(rasa, clock)

    before = engine.is_ready()
    rasa.answers = [{"text": "您好"}]
    too_early = engine.is_ready()
    clock.advance(6.0)
    after = engine.is_ready()

    assert (before, too_early, after) == (False, False, True)
    assert [body["message"] for body in rasa.bodies] == [PROBE_TEXT, PROBE_TEXT]


def test_once_it_is_ready_again_the_next_turn_is_taken() -> None:
    rasa, clock = Rasa(), Stopwatch()
    engine = dialogue(rasa, clock)
    for _ in range(5):
        with pytest.raises(OutsideServiceError):
            engine.turn("thread", "你好", {})
    rasa.answers = [{"text": "您好"}]

    ready = engine.is_ready()
    said = engine.turn("thread", "你好", {})

    assert ready
    assert said == [Message("您好")]
