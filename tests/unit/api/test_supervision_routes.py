from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.api.app import create_app
from bot.core.messages import Message, Push
from tests.fakes.desks import CHANGLE, Desks

OFFICE, UNIT = f"{CHANGLE}/supervisor1", f"{CHANGLE}/bureau_head"


@pytest.fixture
def desks() -> Desks:
    return Desks()


@pytest.fixture
def client(desks: Desks) -> Iterator[TestClient]:
    wiring = replace(desks.wiring(), settable_clock=desks.clock)
    with TestClient(create_app(wiring)) as client:
        yield client


def name_group(client: TestClient, by: str, *members: str) -> tuple[int, dict[str, Any]]:
    body = {"by": by, "group": "督查工作群", "members": members}
    answer = client.post("/api/supervision/group", json=body)
    return answer.status_code, answer.json()


def test_the_supervision_office_names_the_group_of_its_digest(client: TestClient) -> None:
    before = client.get("/api/supervision/group", params={"org": CHANGLE}).json()
    named = name_group(client, OFFICE, OFFICE, UNIT)
    after = client.get("/api/supervision/group", params={"org": CHANGLE}).json()

    assert before == {"group": "", "members": []}
    assert named == (200, {"group": "督查工作群", "members": [OFFICE, UNIT]})
    assert after == named[1]


def test_nobody_else_names_it_and_no_stranger_is_in_it(client: TestClient) -> None:
    by_unit, stranger = name_group(client, UNIT), name_group(client, OFFICE, "yunyang/head")
    unknown = name_group(client, f"{CHANGLE}/nobody")

    assert (by_unit[0], by_unit[1]["code"]) == (403, "supervision_name_group_not_allowed")
    assert (stranger[0], stranger[1]["code"]) == (422, "group_member_unknown")
    assert (unknown[0], unknown[1]["code"]) == (404, "person_unknown")


def test_the_stages_of_an_office_are_open_to_read(client: TestClient) -> None:
    plan = client.get("/api/supervision/plan", params={"org": CHANGLE}).json()

    assert (plan["opens"], plan["closes"]) == ("08:30", "17:30")
    assert {stage["stage"] for stage in plan["stages"]} >= {"临近到期", "分管领导"}


def register_duty(client: TestClient, text: str, key: str = "k1") -> Any:
    body = {"by": f"{CHANGLE}/clerk1", "text": text, "key": key}
    return client.post("/api/duties", json=body)


def test_a_duty_is_registered_once_listed_by_kind_and_person_and_finished(
    client: TestClient,
) -> None:
    made = register_duty(client, "会签 发改局 关于印发公文处理办法的通知,12月3号前")
    again = register_duty(client, "会签 发改局 关于印发公文处理办法的通知,12月3号前")
    [duty] = made.json()["duties"]

    def listed(**query: str) -> list[int]:
        found = client.get("/api/duties", params={"org": CHANGLE, **query}).json()["duties"]
        return [each["id"] for each in found]

    assert (made.status_code, again.json()) == (201, made.json())
    assert listed(kind="会签", user=UNIT, state="待办") == [duty["id"]]
    assert listed(kind="周安排") == []
    assert listed(user=OFFICE) == []
    done = client.post(f"/api/duties/{duty['id']}/finish", json={"by": UNIT}).json()
    assert (done["id"], done["state"]) == (duty["id"], "已办")
    assert listed(state="待办") == []


@pytest.mark.parametrize(
    ("query", "code"), [({"kind": "聚餐"}, "duty_kind_unknown"), ({"state": "x"}, "state_unknown")]
)
def test_an_unknown_kind_or_state_of_duties_is_refused(
    client: TestClient, query: dict[str, str], code: str
) -> None:
    answer = client.get("/api/duties", params={"org": CHANGLE, **query})

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_what_somebody_has_seen_is_noted_and_nothing_that_was_not_sent(
    desks: Desks, client: TestClient
) -> None:
    with desks.database.unit_of_work() as uow:
        uow.outbox.add(Push("p1", CHANGLE, UNIT, Message("提醒")), desks.clock.now())
        uow.commit()
    client.get("/api/local/messages", params={"user": UNIT})

    seen = client.post("/api/local/messages/read", json={"user": UNIT, "keys": ["p1"]})
    foreign = client.post("/api/local/messages/read", json={"user": OFFICE, "keys": ["p1"]})

    assert seen.status_code == 204
    assert (foreign.status_code, foreign.json()["code"]) == (404, "message_unknown")
    assert desks.database.tables.read.keys() == {"p1"}
