"""The demo's page on WeCom: an app has direct chats alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.fakes.channels.demo.pages import pages
from tests.fakes.wecom.tokens import WorldDep

router = pages("企业微信", Path(__file__).parent / "page.js")


@router.get("/who")
async def who(world: WorldDep) -> dict[str, list[dict[str, Any]]]:
    """The people to choose from."""
    members = [{"id": member.userid, "name": member.name} for member in world.members.values()]
    return {"people": members, "groups": []}
