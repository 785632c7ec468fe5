"""The loopback door through which the dialogue engine runs custom actions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

RunAction = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
MAX_BODY_BYTES = 8 * 1024 * 1024  # a tracker of a long session has some 100 kB


def create_action_app(run: RunAction) -> FastAPI:
    """An app with one route. It must listen on loopback only: the caller proves nothing,

    which is why an action believes nothing but an open turn (`bot/services/turns.py`).
    """
    app = FastAPI(openapi_url=None)

    @app.post("/webhook")
    async def run_action(request: Request) -> JSONResponse:
        """Run one custom action and return its events and messages."""
        if int(request.headers.get("content-length", 0)) > MAX_BODY_BYTES:
            return JSONResponse({"error": "too large"}, status_code=413)
        return JSONResponse(await run(await request.json()))

    return app
