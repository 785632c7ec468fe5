"""How WeCom says no when it fails or is called too often."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.types import ASGIApp, Scope

from tests.fakes.channels.faults import Fault, Faults, FaultyApp, Words
from tests.fakes.wecom.limits import may_call
from tests.fakes.wecom.state import World

WORDS: Words = {
    Fault.THROTTLE: (200, {"errcode": 45009, "errmsg": "reach max api daily quota limit"}),
    Fault.BAN: (200, {"errcode": 45033, "errmsg": "concurrent limit"}),
    Fault.ERROR_BEFORE: (502, {}),
    Fault.ERROR_AFTER: (200, {"errcode": -1, "errmsg": "system busy"}),
}


def failing(app: ASGIApp, world: World, faults: Faults) -> FaultyApp:
    """The application, failing as planned and keeping to WeCom's limits."""

    def may(scope: Scope) -> bool:
        token = parse_qs(scope["query_string"].decode()).get("access_token", [""])[0]
        key, _ = world.tokens.get(token, ("", 0.0))
        return not key or may_call(world, key.partition("/")[0], scope["path"])

    return FaultyApp(app, world, faults, WORDS, may)
