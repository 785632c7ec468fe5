"""Dialogues about supervision through the real engine, by the role that leads them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.api_client import ApiClient
from tests.e2e.dialogues import Line, play

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "supervision_cases.yml").read_text(encoding="utf-8")
)
ROLES = ("supervisor", "unit_head", "unit_staff", "leader", "staff")


def test_each_role_leads_ten_dialogues_or_more() -> None:
    led = Counter(case["role"] for case in CASES)
    assert set(led) == set(ROLES)
    assert min(led.values()) >= 10
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_dialogue_goes_as_it_is_written(api: ApiClient, case: dict[str, Any]) -> None:
    org, number = case["org"], ""
    set_clock(api, case.get("clock", "2026-11-23T09:00"))

    for turn in case["turns"]:
        if "at" in turn:
            set_clock(api, turn["at"])
        else:
            number = play(api, org, (line_of(turn),), number)

    if "record" in case:
        found = item(api, org, number)
        assert {name: found[name] for name in case["record"]} == case["record"]
    for who, fragment in case.get("pushed", {}).items():
        to = who.removeprefix("/") if who.startswith("/") else f"{org}/{who}"
        assert [text for text in api.pushed(to) if fragment in text], who


def line_of(turn: dict[str, Any]) -> Line:
    heard, never = (tuple(turn.get(name, ())) for name in ("hears", "never"))
    return Line(turn["who"], turn["say"], heard, never, turn.get("in", "direct"))


def set_clock(api: ApiClient, moment: str) -> None:
    api.set_clock(f"{moment}:00+08:00")
    api.tick()


def item(api: ApiClient, org: str, number: str) -> dict[str, Any]:
    items: list[dict[str, Any]] = api.get("/api/supervision", org=org)["items"]
    [found] = [found for found in items if found["number"].endswith(f"〕{number}号")]
    return found
