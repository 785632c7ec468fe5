"""Serves the page; everything it does goes through `/_control`, as tests do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse

from tests.fakes.dingtalk.tokens import WorldDep

router = APIRouter(prefix="/demo")
FOLDER = Path(__file__).parent


@router.get("")
async def page() -> FileResponse:
    """The page itself."""
    return FileResponse(FOLDER / "page.html", media_type="text/html")


@router.get("/page.js")
async def script() -> FileResponse:
    """What it does."""
    return FileResponse(FOLDER / "page.js", media_type="text/javascript")


@router.get("/who")
async def who(world: WorldDep) -> dict[str, list[dict[str, Any]]]:
    """The people and groups to choose from."""
    members = [{"id": m.userid, "name": m.name} for m in world.members.values() if m.active]
    groups = [{"id": group.id, "name": group.title} for group in world.groups.values()]
    return {"people": members, "groups": groups}
