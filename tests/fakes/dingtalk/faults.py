"""How DingTalk says no when it fails or is called too often."""

from __future__ import annotations

from starlette.types import ASGIApp, Scope

from tests.fakes.channels.faults import Fault, Faults, FaultyApp, Words
from tests.fakes.dingtalk.limits import app_may
from tests.fakes.dingtalk.state import World

WORDS: Words = {
    Fault.BAN: (200, {"status": 1111, "wait": 5, "source": "x5", "punish": "deny"}),
    Fault.THROTTLE: (
        403,
        {"code": "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "message": "qps limit"},
    ),
    Fault.ERROR_BEFORE: (503, {"code": "ServiceUnavailable", "message": "try later"}),
}


def failing(app: ASGIApp, world: World, faults: Faults) -> FaultyApp:
    """The application, failing as planned and keeping to DingTalk's limits."""

    def may(scope: Scope) -> bool:
        token = dict(scope["headers"]).get(b"x-acs-dingtalk-access-token", b"").decode()
        app_key, _ = world.tokens.get(token, ("", 0.0))
        return not app_key or app_may(world, app_key, scope["path"])

    return FaultyApp(app, world, faults, WORDS, may)
