"""What an app is allowed to call: everything, until a test takes a scope away."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from tests.fakes.dingtalk.replies import OldSaysNoError, SaysNoError
from tests.fakes.dingtalk.tokens import WorldDep

router = APIRouter(prefix="/_control")


@router.post("/denied")
async def deny(world: WorldDep, body: list[str]) -> dict[str, bool]:
    """Which scopes the app does not have from now on."""
    world.part["denied"] = set(body)
    return {"ok": True}


def needs(scope: str) -> Any:
    """The dependency of an endpoint of the new API that asks for a scope."""

    def check(world: WorldDep) -> None:
        if scope in world.part.get("denied", ()):
            raise SaysNoError(
                "Forbidden.AccessDenied.AccessTokenPermissionDenied",
                f"应用尚未开通所需的权限：[{scope}]",
                403,
                accessdenieddetail={"requiredScopes": [scope]},
            )

    return Depends(check)


def old_needs(scope: str) -> Any:
    """The same for the old API."""

    def check(world: WorldDep) -> None:
        if scope in world.part.get("denied", ()):
            said = f"应用尚未开通所需的权限：[{scope}]"
            raise OldSaysNoError(88, "ding talk error", sub_code="60011", sub_msg=said)

    return Depends(check)
