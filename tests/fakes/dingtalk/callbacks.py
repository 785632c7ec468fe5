"""HTTP mode: messages and events posted to the app, signed and encrypted as DingTalk does it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx
from dingtalk.crypto import DingTalkCrypto

from tests.fakes.dingtalk.gateway import REDELIVER_S
from tests.fakes.dingtalk.state import App, World

ANSWER_S = 1.5


@dataclass
class Posted:
    """One call to an app, and how it ended."""

    key: str
    kind: str  # "message", "event"
    statuses: list[int] = field(default_factory=list)  # 0: no answer in time
    answers: list[str] = field(default_factory=list)
    took_s: list[float] = field(default_factory=list)
    done: bool = False

    def shown(self) -> dict[str, Any]:
        """What tests look at."""
        return asdict(self)


def posted(world: World) -> list[Posted]:
    """All calls since the last reset."""
    calls: list[Posted] = world.part.setdefault("posted", [])
    return calls


async def post_message(world: World, app: App, data: dict[str, Any]) -> None:
    """Post what somebody said: the time is signed, the body is not."""

    def headers() -> dict[str, str]:
        stamp = str(int(time.time() * 1000))
        signed = hmac.new(
            app.app_secret.encode(), f"{stamp}\n{app.app_secret}".encode(), hashlib.sha256
        )
        sign = base64.b64encode(signed.digest()).decode()
        return {"timestamp": stamp, "sign": sign, "content-type": "application/json"}

    def call() -> dict[str, Any]:
        return {"headers": headers(), "content": json.dumps(data, ensure_ascii=False).encode()}

    await _post(world, app, Posted(data["msgId"], "message"), call)


async def post_event(world: World, app: App, event_id: str, data: dict[str, Any]) -> None:
    """Post an event, encrypted and signed; the answer has to be an encrypted `success`."""
    crypto = DingTalkCrypto(app.callback_token, app.aes_key, app.app_key)

    def call() -> dict[str, Any]:
        sealed = crypto.encrypt_message(json.dumps(data, ensure_ascii=False))
        params = {
            "signature": sealed["msg_signature"],
            "msg_signature": sealed["msg_signature"],
            "timestamp": sealed["timeStamp"],
            "nonce": sealed["nonce"],
        }
        return {"params": params, "json": {"encrypt": sealed["encrypt"]}}

    await _post(world, app, Posted(event_id, "event"), call, crypto)


async def _post(
    world: World, app: App, call: Posted, make: Any, crypto: DingTalkCrypto | None = None
) -> None:
    posted(world).append(call)
    # One for all: to make one takes longer than most calls.
    http = _client(world)
    for wait_s in REDELIVER_S:
        begun = time.monotonic()
        try:
            answer = await http.post(app.callback_url, **make())
            call.statuses.append(answer.status_code)
            call.answers.append(_said(answer, crypto))
        except httpx.HTTPError:
            call.statuses.append(0)
        call.took_s.append(time.monotonic() - begun)
        if call.statuses[-1] == 200 and (crypto is None or call.answers[-1] == "success"):
            call.done = True
            return
        await asyncio.sleep(wait_s / world.speed)


def _client(world: World) -> httpx.AsyncClient:
    kept = vars(world)
    if "callbacks" not in kept:
        kept["callbacks"] = httpx.AsyncClient(timeout=ANSWER_S, trust_env=False)
    client: httpx.AsyncClient = kept["callbacks"]
    return client


def _said(answer: httpx.Response, crypto: DingTalkCrypto | None) -> str:
    if crypto is None or answer.status_code != 200:
        return answer.text
    body = answer.json()
    said: str = crypto.decrypt_encrypt_str(
        body["msg_signature"], body["timeStamp"], body["nonce"], body["encrypt"]
    )
    return said
