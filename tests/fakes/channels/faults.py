"""How a stand-in fails, as platforms do: before the effect, after it, or without a word."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONG_S = 60.0
FREE = ("/_control", "/demo")  # never fail, are not counted


class Fault(StrEnum):
    """What goes wrong."""

    ERROR_BEFORE = "error_before"  # 503, nothing done
    ERROR_AFTER = "error_after"  # done, then 503
    TIMEOUT_AFTER = "timeout_after"  # done, then silence
    CUT_AFTER = "cut_after"  # done, then the connection is cut in the middle of the answer
    BLACK_HOLE = "black_hole"  # silence, nothing done
    BAN = "ban"  # the page of the firewall instead of an answer, nothing done
    THROTTLE = "throttle"  # too many calls, nothing done
    SLOW = "slow"  # answers after `seconds`


DONE_FIRST = {Fault.ERROR_AFTER, Fault.TIMEOUT_AFTER, Fault.CUT_AFTER}
Words = Mapping[Fault, tuple[int, Mapping[str, Any]]]  # HTTP status and body


@dataclass
class Call:
    """One request that arrived."""

    at: float
    method: str
    path: str
    status: int = 0
    fault: str = ""


@dataclass
class Plan:
    """A fault to come: on paths that begin with `path`, `times` times, in a share of calls."""

    fault: Fault
    path: str = "/"
    times: int = 1
    rate: float = 1.0
    seconds: float = LONG_S


@dataclass
class Faults:
    """What is planned; the dice are loaded, so that a run can be repeated."""

    plans: list[Plan] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311

    def plan(self, given: list[dict[str, Any]]) -> None:
        """Plan faults in place of those still to come."""
        self.plans = [Plan(**(each | {"fault": Fault(each["fault"])})) for each in given]

    def take(self, path: str) -> Plan | None:
        """The fault that this call meets."""
        for plan in self.plans:
            if path.startswith(plan.path) and plan.times and self.dice.random() < plan.rate:
                plan.times -= 1
                return plan
        return None


class Noting(Protocol):
    """The world of a stand-in, which notes what was called."""

    def now(self) -> float: ...

    def note(self, call: Call) -> None: ...


class FaultyApp:
    """Stands before the application: counts what comes in, and lets it fail as planned.

    `may` says whether a call is within the platform's limits, `words` how it says no.
    """

    def __init__(
        self,
        app: ASGIApp,
        world: Noting,
        faults: Faults,
        words: Words,
        may: Callable[[Scope], bool],
    ) -> None:
        self._app, self._world, self._faults = app, world, faults
        self._words, self._may = words, may

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(FREE):
            await self._app(scope, receive, send)
            return
        plan = self._faults.take(scope["path"])
        call = Call(self._world.now(), scope["method"], scope["path"])
        call.fault = str(plan.fault) if plan else ""
        self._world.note(call)
        if plan is None:
            await self._limited(scope, receive, send, call)
        elif plan.fault is Fault.SLOW:
            await asyncio.sleep(plan.seconds)
            await self._app(scope, receive, send)
        elif plan.fault in DONE_FIRST:
            await self._app(scope, receive, _nowhere)
            await self._fail(plan, send)
        else:
            await self._fail(plan, send)

    async def _limited(self, scope: Scope, receive: Receive, send: Send, call: Call) -> None:
        if not self._may(scope):
            call.fault = "limit"
            await self._fail(Plan(Fault.THROTTLE), send)
            return

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                call.status = message["status"]
            await send(message)

        await self._app(scope, receive, noting)

    async def _fail(self, plan: Plan, send: Send) -> None:
        if plan.fault in {Fault.TIMEOUT_AFTER, Fault.BLACK_HOLE}:
            await asyncio.sleep(plan.seconds)
        if plan.fault is Fault.CUT_AFTER:
            await send(_start(200, b"64"))
            await send({"type": "http.response.body", "body": b'{"succ', "more_body": True})
            return  # without the rest: the server cuts the connection
        status, body = self._words.get(plan.fault, self._words[Fault.ERROR_BEFORE])
        data = json.dumps(body).encode()
        await send(_start(status, str(len(data)).encode()))
        await send({"type": "http.response.body", "body": data})


def _start(status: int, length: bytes) -> MutableMapping[str, Any]:
    headers = [(b"content-type", b"application/json"), (b"content-length", length)]
    return {"type": "http.response.start", "status": status, "headers": headers}


async def _nowhere(message: Message) -> None:
    """Where the answer of a call goes whose caller is not to hear it."""
