"""The FastAPI application."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from bot.api.errors import install_error_handlers
from bot.api.routes import (
    ask,
    audit,
    chat,
    health,
    leaves,
    local,
    pages,
    people,
    rules,
    supervision,
)
from bot.wiring import Wiring


def create_app(wiring: Wiring) -> FastAPI:
    """Make the app around a wiring; its workers are started and stopped by the caller."""
    app = FastAPI(title="Guiju 规矩", version="0.1.0")
    app.state.wiring = wiring
    for module in (health, ask, chat, rules, people, leaves, supervision, audit, local, pages):
        app.include_router(module.router)
    app.mount("/assets", StaticFiles(directory=pages.ASSETS), name="assets")
    install_error_handlers(app, wiring.texts)
    return app
