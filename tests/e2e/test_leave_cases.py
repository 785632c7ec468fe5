"""The dialogues of leave_cases.yml, each on empty ledgers: record and approval, field by field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.api_client import ApiClient

CASES = yaml.safe_load((Path(__file__).parent / "leave_cases.yml").read_text(encoding="utf-8"))
Case = dict[str, Any]


def leaves(api: ApiClient, user: str) -> list[dict[str, Any]]:
    """A person's leaves, the last one asked for first."""
    found = api.get("/api/leaves", org=user.split("/")[0], user=user)["leaves"]
    return sorted(found, key=lambda leave: -leave["id"])


def take(api: ApiClient, case: Case, turn: dict[str, Any]) -> None:
    """Say, or decide, what a turn of a dialogue holds."""
    own = leaves(api, case["user"])
    number = str(own[0]["id"]) if own else ""
    if "decide" in turn:
        body = {"by": turn["by"], "action": turn["decide"], "reason": turn.get("reason", "")}
        api.post(f"/api/local/approvals/local-leave-{number}", body)
        return
    said = turn["say"].replace("{id}", number)
    heard = api.hear(str(turn.get("by", case["user"])), said)
    assert [part for part in turn.get("hears", ()) if part not in heard] == [], (said, heard)


def as_compared(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """What was found, in the words of what is expected wherever these are enough."""
    shown = {name: found[name] for name in expected}
    for name in ("place", "reason"):
        if expected.get(name) and expected[name] in found[name]:
            shown[name] = expected[name]
    if "tell" in expected:
        shown["tell"] = _named(found["tell"], expected["tell"])
    if "route" in expected:
        shown["route"] = [step["user"] for step in found["route"]]
    if "warnings" in expected:
        shown["warnings"] = sorted({warning["code"] for warning in found["warnings"]})
    return shown


def _named(told: list[str], expected: list[str]) -> list[str]:
    parts = [next((part for part in expected if part in post), post) for post in told]
    return [*(part for part in expected if part in parts), *(p for p in parts if p not in expected)]


def approvers(api: ApiClient, leave: dict[str, Any]) -> list[str]:
    """Whom the platform asks about a leave, in order."""
    found = api.get("/api/local/approvals")["approvals"]
    wanted = f"local-leave-{leave['id']}"
    return next((a["approvers"] for a in found if a["id"] == wanted), [])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_dialogue_ends_in_the_record_that_the_rules_demand(api: ApiClient, case: Case) -> None:
    api.set_clock(case["clock"])

    for turn in case["turns"]:
        take(api, case, turn)

    found = leaves(api, case["user"])
    expected = case["record"]
    if expected is None:
        assert found == []
        return
    expected = expected | {"warnings": sorted(expected["warnings"])}
    assert as_compared(found[0], expected) == expected
    assert approvers(api, found[0]) == case["approvers"]
    if earlier := case.get("earlier"):
        assert as_compared(found[1], earlier) == earlier
    for user, parts in case.get("pushed", {}).items():
        pushed = "\n".join(api.pushed(user))
        assert [part for part in parts if part not in pushed] == [], pushed
