"""The stand-in put together."""

from __future__ import annotations

from typing import cast

from fastapi import FastAPI, Request, Response
from starlette.types import ASGIApp

from tests.fakes.channels.faults import Faults
from tests.fakes.wecom import (
    approvals,
    bots,
    callbacks,
    contacts,
    control,
    messages,
    oauth,
    templates,
    tokens,
)
from tests.fakes.wecom.demo import page
from tests.fakes.wecom.faults import failing
from tests.fakes.wecom.replies import SaysNoError
from tests.fakes.wecom.state import World

# One module a subject: a new one stands here and nowhere else.
ROUTERS = [
    tokens.router,
    messages.router,
    templates.router,
    approvals.router,
    contacts.router,
    callbacks.router,
    oauth.router,
    bots.router,
    control.router,
    page.router,
]


def create_app(world: World) -> ASGIApp:
    """The whole stand-in around a world."""
    app = FastAPI(title="WeCom stand-in", openapi_url=None)
    app.state.world, app.state.faults = world, Faults()
    callbacks.carry_events(world)
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(SaysNoError, _say_no)
    return failing(app, world, app.state.faults)


async def _say_no(request: Request, error: Exception) -> Response:
    return cast("SaysNoError", error).response()
