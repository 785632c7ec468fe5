"""The figures of a running service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fastapi.testclient import TestClient

from bot.api.app import create_app
from tests.contract.samples import NOW, ORG, incoming, push
from tests.fakes.desks import Desks

SENDING = (ORG, "dingtalk", "robot.group")


def test_what_waits_and_what_was_called_is_told_to_prometheus() -> None:
    wiring = replace(Desks().wiring(), calls_allowed={ORG: 10_000})
    with wiring.unit_of_work() as uow:
        uow.inbox.add(incoming("m1"))
        uow.outbox.add(push("p1"), NOW)
        uow.calls.add(date(2026, 11, 1), {SENDING: 12})
        uow.calls.add(date(2026, 10, 1), {SENDING: 99})
        uow.commit()

    with TestClient(create_app(wiring)) as client:
        answer = client.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain")
    figures = {line for line in answer.text.splitlines() if not line.startswith("#")}
    assert figures == {
        "guiju_inbox_waiting 1.0",
        'guiju_outbox_unsent{state="pending"} 1.0',
        'guiju_outbox_unsent{state="uncertain"} 0.0',
        'guiju_outbox_unsent{state="failed"} 0.0',
        f'guiju_platform_calls_month{{api="robot.group",channel="dingtalk",org="{ORG}"}} 12.0',
        f'guiju_platform_calls_allowed{{org="{ORG}"}} 10000.0',
    }
    assert "纪要谁签发" not in answer.text
