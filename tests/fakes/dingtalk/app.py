"""The stand-in put together."""

from __future__ import annotations

from typing import cast

from fastapi import FastAPI, Request, Response
from starlette.types import ASGIApp

from tests.fakes.channels.faults import Faults
from tests.fakes.dingtalk import (
    approvers,
    cards,
    contacts,
    control,
    forms,
    gateway,
    login,
    permissions,
    robot,
    talk,
    todo,
    tokens,
    workflow,
)
from tests.fakes.dingtalk.demo import page
from tests.fakes.dingtalk.faults import failing
from tests.fakes.dingtalk.replies import OldSaysNoError, SaysNoError
from tests.fakes.dingtalk.state import World

# One module a subject: a new one stands here and nowhere else.
ROUTERS = [
    tokens.router,
    login.router,
    robot.router,
    cards.router,
    contacts.router,
    forms.router,
    workflow.router,
    approvers.router,
    todo.router,
    permissions.router,
    gateway.router,
    talk.router,
    control.router,
    page.router,
]


def create_app(world: World) -> ASGIApp:
    """The whole stand-in around a world."""
    app = FastAPI(title="DingTalk stand-in", openapi_url=None)
    app.state.world, app.state.faults = world, Faults()
    talk.carry_events(world)
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(SaysNoError, _say_no)
    app.add_exception_handler(OldSaysNoError, _say_no)
    return failing(app, world, app.state.faults)


async def _say_no(request: Request, error: Exception) -> Response:
    return cast("SaysNoError | OldSaysNoError", error).response()
