"""The demo's page on DingTalk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.fakes.channels.demo.pages import pages
from tests.fakes.dingtalk.tokens import WorldDep

router = pages("钉钉", Path(__file__).parent / "page.js")


@router.get("/who")
async def who(world: WorldDep) -> dict[str, list[dict[str, Any]]]:
    """The people and groups to choose from."""
    members = [{"id": m.userid, "name": m.name} for m in world.members.values() if m.active]
    groups = [{"id": group.id, "name": group.title} for group in world.groups.values()]
    return {"people": members, "groups": groups}
