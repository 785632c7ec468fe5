"""The FastAPI application."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from bot.api.errors import install_error_handlers
from bot.api.guard import SignedInOnly
from bot.api.headers import BrowserHeaders
from bot.api.routes import (
    ask,
    audit,
    bulletins,
    channels,
    chat,
    duties,
    health,
    leave_pages,
    leaves,
    local,
    metrics,
    pages,
    people,
    reminders,
    rules,
    sign_in,
    supervision,
    supervision_intake,
    supervision_item_pages,
    supervision_pages,
    unanswered,
)
from bot.api.schemas import ErrorOut
from bot.api.sessions import Sessions
from bot.api.web import ASSETS
from bot.services.sign_in import SignIn, session_key
from bot.wiring import Wiring

REFUSALS = (403, 404, 409, 422, 503)  # see bot/api/errors.py


def create_app(wiring: Wiring) -> FastAPI:
    """Make the app around a wiring; its workers are started and stopped by the caller."""
    app = FastAPI(
        title="Guiju 规矩",
        version="0.1.0",
        docs_url=None,  # FastAPI's pages load their scripts from outside; /openapi.json stays
        redoc_url=None,
        responses={status: {"model": ErrorOut} for status in REFUSALS},
    )
    app.state.wiring = wiring
    for module in (
        health,
        metrics,
        ask,
        chat,
        rules,
        people,
        leaves,
        duties,
        supervision,
        supervision_intake,
        supervision_item_pages,
        reminders,
        bulletins,
        unanswered,
        audit,
        channels,
        local,
        pages,
        leave_pages,
        supervision_pages,
    ):
        app.include_router(module.router)
    app.mount("/assets", StaticFiles(directory=ASSETS), name="assets")
    if not wiring.is_embedded:
        _guard(app, wiring)
    app.add_middleware(BrowserHeaders)
    install_error_handlers(app, wiring.texts)
    return app


def _guard(app: FastAPI, wiring: Wiring) -> None:
    """With a real platform: nothing is read by whoever has not signed in."""
    app.state.sessions = Sessions(session_key(wiring.unit_of_work), wiring.clock)
    app.include_router(sign_in.router)
    people = SignIn(wiring.unit_of_work, wiring.identities)
    app.add_middleware(
        SignedInOnly, sign_in=people, sessions=app.state.sessions, texts=wiring.texts
    )
