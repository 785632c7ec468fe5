"""Calls to the apps and to the smart bots that are called: encrypted, signed, and told again.

What is not answered with 200 in five seconds is told three times in all.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any
from xml.sax.saxutils import escape

import httpx
from dingtalk.crypto import DingTalkCrypto
from fastapi import APIRouter

from tests.fakes.channels.events import Event, listen
from tests.fakes.wecom.bots import GatewayDep, Shown
from tests.fakes.wecom.replies import SaysNoError, yes
from tests.fakes.wecom.state import App, World
from tests.fakes.wecom.tokens import WorldDep

router = APIRouter()
ANSWER_S, TRIES = 5.0, 3
BORN = 1795395600
_tasks: set[asyncio.Task[None]] = set()


@dataclass
class Posted:
    """One call and how it ended."""

    key: str
    statuses: list[int] = field(default_factory=list)  # 0: no answer in time
    took_s: list[float] = field(default_factory=list)
    done: bool = False


@dataclass(frozen=True)
class Address:
    """Where calls go, and how they are sealed; a smart bot has no owner."""

    url: str
    token: str
    aes_key: str
    owner: str = ""


@router.post("/_control/say")
async def say(world: WorldDep, body: dict[str, Any]) -> dict[str, str]:
    """Let somebody write to an app: userid, text, perhaps app, and fields to change."""
    app = _app(world, body.get("app"))
    number = str(world.next_number() + 4_567_890_000_000)
    fields = {
        "ToUserName": app.corp_id,
        "FromUserName": body["userid"],
        "CreateTime": BORN,
        "MsgType": "text",
        "Content": body.get("text", ""),
        "MsgId": number,
        "AgentID": app.agent_id,
    } | body.get("fields", {})
    _begin(_post(world, _address(app), number, lambda: _xml(fields)))
    return {"msgid": number}


@router.post("/_control/press")
async def press(world: WorldDep, body: dict[str, Any]) -> dict[str, bool]:
    """Let somebody press a button of a card: userid, task_id, key."""
    app = _app(world, body.get("app"))
    fields = {
        "ToUserName": app.corp_id,
        "FromUserName": body["userid"],
        "CreateTime": BORN,
        "MsgType": "event",
        "Event": "template_card_event",
        "EventKey": body["key"],
        "TaskId": body["task_id"],
        "CardType": "button_interaction",
        "ResponseCode": uuid.uuid4().hex,
        "AgentID": app.agent_id,
    }
    _begin(_post(world, _address(app), f"press:{uuid.uuid4().hex}", lambda: _xml(fields)))
    return {"ok": True}


@router.post("/_control/bots/call")
async def call_bot(world: WorldDep, bots: GatewayDep, body: dict[str, Any]) -> dict[str, str]:
    """Let somebody call a bot that is called: address, bot, userid, text, group, fields."""
    group, code = body.get("group", ""), uuid.uuid4().hex
    codes: dict[str, str] = world.part.setdefault("response_codes", {})
    codes[code] = group or body["userid"]
    told = {
        "msgid": uuid.uuid4().hex,
        "aibotid": body["bot"],
        "chattype": "group" if group else "single",
        "from": {"userid": body["userid"]},
        "response_url": f"{world.address}/cgi-bin/aibot/response?response_code={code}",
        "msgtype": "text",
        "text": {"content": f"@规矩 {body['text']}" if group else body["text"]},
    }
    told |= ({"chatid": group} if group else {}) | body.get("fields", {})
    text = json.dumps(told, ensure_ascii=False)
    _begin(_post(world, Address(**body["address"]), told["msgid"], lambda: text))
    return {"msgid": told["msgid"]}


@router.post("/cgi-bin/aibot/response")
async def answer(
    world: WorldDep, bots: GatewayDep, response_code: str, body: dict[str, Any]
) -> dict[str, Any]:
    """One answer to one call."""
    chat = world.part.get("response_codes", {}).pop(response_code, None)
    if chat is None:
        raise SaysNoError(40058, "response_code used or expired")
    bots.shown.append(Shown(chat, body["markdown"]["content"]))
    return yes()


@router.post("/_control/ask")
async def ask(world: WorldDep, body: dict[str, Any]) -> dict[str, Any]:
    """The console's question whether an address is ours: address; what it answers."""
    address = Address(**body["address"])
    sealed, query = _sealed(address, "1616140317555161061")
    async with httpx.AsyncClient(timeout=1.0, trust_env=False) as http:
        said = await http.get(address.url, params=query | {"echostr": sealed})
    return {"status": said.status_code, "text": said.text}


@router.get("/_control/posted")
async def calls(world: WorldDep) -> list[dict[str, Any]]:
    """Everything that was told, oldest first."""
    return [asdict(each) for each in _posted(world)]


def carry_events(world: World) -> None:
    """From now on every event goes to the apps of its company."""

    def carry(event: Event) -> None:
        fields = {
            "ToUserName": event.corp_id,
            "FromUserName": "sys",
            "CreateTime": BORN,
            "MsgType": "event",
            "Event": event.name,
        } | event.data
        for app in world.apps.values():
            if app.corp_id == event.corp_id and app.callback_url:
                _begin(_post(world, _address(app), event.id, lambda: _xml(fields)))

    listen(world, carry)


def _posted(world: World) -> list[Posted]:
    found: list[Posted] = world.part.setdefault("posted", [])
    return found


def _app(world: World, key: str | None) -> App:
    return world.apps[key] if key else next(iter(world.apps.values()))


def _address(app: App) -> Address:
    return Address(app.callback_url, app.callback_token, app.aes_key, app.corp_id)


def _begin(work: Any) -> None:
    task = asyncio.get_running_loop().create_task(work)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


async def _post(world: World, address: Address, key: str, text: Callable[[], str]) -> None:
    posted, loop = Posted(key), asyncio.get_running_loop()
    _posted(world).append(posted)
    if not address.url:
        return
    http = _http(world)
    for _ in range(TRIES):
        begun, (sealed, query) = loop.time(), _sealed(address, text())
        try:
            said = await http.post(address.url, params=query, content=_body(address, sealed))
            posted.statuses.append(said.status_code)
        except httpx.HTTPError:
            posted.statuses.append(0)
        posted.took_s.append(loop.time() - begun)
        if posted.statuses[-1] == 200:
            posted.done = True
            return
        await asyncio.sleep(ANSWER_S / world.speed)


def _http(world: World) -> httpx.AsyncClient:
    """One for all calls, beside the world's fields: to make one stops everything for 50 ms."""
    kept = vars(world)
    if "callbacks" not in kept:
        kept["callbacks"] = httpx.AsyncClient(timeout=ANSWER_S, trust_env=False)
    client: httpx.AsyncClient = kept["callbacks"]
    return client


def _sealed(address: Address, text: str) -> tuple[str, dict[str, str]]:
    crypto = DingTalkCrypto(address.token, address.aes_key, address.owner)
    sealed = crypto.encrypt_message(text, timestamp=str(int(time.time())))
    query = {
        "msg_signature": sealed["msg_signature"],
        "timestamp": sealed["timeStamp"],
        "nonce": sealed["nonce"],
    }
    return sealed["encrypt"], query


def _body(address: Address, sealed: str) -> str:
    if not address.owner:
        return json.dumps({"encrypt": sealed})
    return _xml({"ToUserName": address.owner, "AgentID": "", "Encrypt": sealed})


def _xml(fields: dict[str, Any]) -> str:
    return f"<xml>{''.join(_element(name, value) for name, value in fields.items())}</xml>"


def _element(name: str, value: Any) -> str:
    if isinstance(value, dict):
        inner = "".join(_element(key, each) for key, each in value.items())
    elif isinstance(value, list):
        return "".join(_element(name, each) for each in value)
    elif isinstance(value, int):
        inner = str(value)
    else:
        inner = f"<![CDATA[{value}]]>" if "]]>" not in value else escape(value)
    return f"<{name}>{inner}</{name}>"
