"""Figures in the text form of Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from bot.api.deps import WiringDep
from bot.services.figures import Figure, FigureDesk

router = APIRouter(tags=["health"], include_in_schema=False)

WORDS = {
    "inbox_waiting": "Messages that are stored and not yet answered.",
    "outbox_unsent": "Calls to make on platforms by state; uncertain ones are looked up first.",
    "platform_calls_month": "Calls made on platforms in this month.",
    "platform_calls_allowed": "Calls that an office may make in a month.",
}


@router.get("/metrics")
def read_metrics(wiring: WiringDep) -> Response:
    """What waits, what failed, and how many calls were made."""
    figures = FigureDesk(wiring.unit_of_work, wiring.clock, wiring.calls_allowed).read()
    return Response(exposition(figures), media_type=CONTENT_TYPE_LATEST)


def exposition(figures: list[Figure]) -> bytes:
    """The figures as Prometheus reads them."""
    registry, gauges = CollectorRegistry(), dict[str, Gauge]()
    for each in figures:
        if each.name not in gauges:
            gauges[each.name] = Gauge(
                f"guiju_{each.name}", WORDS[each.name], list(each.labels), registry=registry
            )
        gauge = gauges[each.name]
        (gauge.labels(**each.labels) if each.labels else gauge).set(each.value)
    return generate_latest(registry)
