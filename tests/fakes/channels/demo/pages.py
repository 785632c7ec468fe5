"""Serves the demo's page; everything it does goes through `/_control`, as tests do."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse

HERE = Path(__file__).parent


def pages(platform: str, script: Path) -> APIRouter:
    """The page of a platform's demo; `script` shows its messages."""
    router = APIRouter(prefix="/demo")

    @router.get("")
    async def page() -> HTMLResponse:
        html = (HERE / "page.html").read_text(encoding="utf-8")
        return HTMLResponse(html.replace("PLATFORM", platform))

    @router.get("/common.js")
    async def common() -> FileResponse:
        return FileResponse(HERE / "common.js", media_type="text/javascript")

    @router.get("/page.js")
    async def own() -> FileResponse:
        return FileResponse(script, media_type="text/javascript")

    return router
