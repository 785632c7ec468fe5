from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import yaml

from actions.executor import build_executor, create_runner
from actions.people import ActionIntroducePerson
from actions.questions import TOPIC_SLOTS
from bot.adapters.texts import YamlTexts
from tests.fakes.desks import Desks
from tests.unit.actions.scene import Scene

DOMAIN = Path(__file__).parents[3] / "domain.yml"


def test_every_action_of_the_domain_is_served_and_no_other() -> None:
    domain = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))

    executor = build_executor(Desks().wiring())

    assert set(executor.actions) == set(domain["actions"])


def test_a_call_without_a_domain_is_answered() -> None:
    call = {
        "next_action": "action_session_start",
        "sender_id": "readiness@probe",
        "tracker": {"sender_id": "readiness@probe", "slots": {}, "events": []},
    }

    run = create_runner(Desks().wiring())

    async def answered() -> dict[str, Any]:
        return await run(call)

    answer = asyncio.run(answered())

    assert [event["event"] for event in answer["events"]] == [
        "session_started",
        *["slot"] * len(TOPIC_SLOTS),
        "action",
    ]


def test_an_action_outside_an_open_turn_does_nothing(scene: Scene) -> None:
    for token in (None, "", "guessed"):
        outcome = scene.call_from_outside(ActionIntroducePerson, token)

        assert outcome.text == YamlTexts().say("errors.turn_unknown")
        assert outcome.events == []
