"""What tests let people do: talk to the robot, press buttons; and what they do to the links."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import Any

from fastapi import APIRouter

from tests.fakes.channels.events import Event, emit, listen
from tests.fakes.dingtalk.callbacks import post_event, post_message, posted
from tests.fakes.dingtalk.gateway import end, event_to, gateway_of, message_to, press_to
from tests.fakes.dingtalk.state import App, World
from tests.fakes.dingtalk.tokens import WorldDep

router = APIRouter(prefix="/_control")
_tasks: set[asyncio.Task[None]] = set()


@router.post("/say")
async def say(world: WorldDep, body: dict[str, Any]) -> dict[str, Any]:
    """Let somebody talk to a robot: userid, text, perhaps app_key, group, and fields to change."""
    app = _app(world, body.get("app_key"))
    data = _message(world, app, body)
    if app.callback_url:
        _begin(post_message(world, app, data))
    else:
        gateway_of(world).deliver(message_to(app, data))
    return {"msgId": data["msgId"]}


@router.post("/press")
async def press(world: WorldDep, body: dict[str, Any]) -> dict[str, str]:
    """Let somebody press a button of a card: userid, outTrackId, params."""
    app, press_id = _app(world, body.get("app_key")), uuid.uuid4().hex
    card = world.cards.get(body["outTrackId"])
    space = card.space if card else ""
    content = {"cardPrivateData": {"actionIds": ["1"], "params": body.get("params", {})}}
    data = {
        "corpId": app.corp_id,
        "userId": body["userid"],
        "userIdType": 1,
        "outTrackId": body["outTrackId"],
        "spaceType": "IM_GROUP" if ".IM_GROUP" in space or "IM_GROUP." in space else "IM_ROBOT",
        "spaceId": space.rpartition(".")[2] if space else body["userid"],
        "type": "actionCallback",
        "content": json.dumps(content, ensure_ascii=False),
        "extension": "{}",
    }
    gateway_of(world).deliver(press_to(app, press_id, data))
    return {"press": press_id}


@router.post("/events")
async def happen(world: WorldDep, body: dict[str, Any]) -> dict[str, bool]:
    """Let something be told that the stand-in does not do by itself: corp_id, name, data."""
    emit(world, body["corp_id"], body["name"], body["data"])
    return {"ok": True}


@router.get("/deliveries")
async def deliveries(world: WorldDep) -> list[dict[str, Any]]:
    """Everything that Stream carried, or tries to, oldest first."""
    return [delivery.shown() for delivery in gateway_of(world).deliveries]


@router.get("/posted")
async def calls_to_apps(world: WorldDep) -> list[dict[str, Any]]:
    """Everything that was posted to apps in HTTP mode."""
    return [call.shown() for call in posted(world)]


@router.get("/links")
async def links(world: WorldDep) -> dict[str, Any]:
    """The open links by app, and how many there ever were."""
    gateway = gateway_of(world)
    open_now = [
        {"app_key": link.app_key, "deaf": link.deaf, "sent": link.sent} for link in gateway.links
    ]
    return {"open": open_now, "opened": gateway.opened}


@router.post("/links/end")
async def end_links(world: WorldDep, body: dict[str, Any]) -> dict[str, int]:
    """End the links that are open now: `how` is announced, close, abort or deaf."""
    gateway = gateway_of(world)
    ending = list(gateway.links)
    for link in ending:
        _begin(end(link, gateway, body["how"]))
    return {"ending": len(ending)}


def carry_events(world: World) -> None:
    """From now on every event goes to the apps of its company."""

    def carry(event: Event) -> None:
        for app in world.apps.values():
            if app.corp_id != event.corp_id:
                continue
            if app.callback_url:
                _begin(post_event(world, app, event.id, _as_posted(event)))
            else:
                gateway_of(world).deliver(event_to(app, event.id, event.name, event.data))

    listen(world, carry)


def _as_posted(event: Event) -> dict[str, Any]:
    """HTTP names an event within, without an id, and spells the fields of contacts otherwise."""
    told = {"EventType": event.name, "CorpId": event.corp_id, "TimeStamp": "1795395600000"}
    if event.name.startswith("bpms"):
        return told | {"corpId": event.corp_id} | event.data
    return told | {name[0].upper() + name[1:]: value for name, value in event.data.items()}


def _app(world: World, app_key: str | None) -> App:
    return world.apps[app_key] if app_key else next(iter(world.apps.values()))


def _begin(work: Any) -> None:
    task = asyncio.get_running_loop().create_task(work)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


def _message(world: World, app: App, body: dict[str, Any]) -> dict[str, Any]:
    userid, group = body["userid"], world.groups.get(body.get("group", ""))
    member = world.members.get(userid)
    webhook, ends_at = world.open_session(app, group.id if group else "", userid)
    data: dict[str, Any] = {
        "conversationId": group.id if group else f"cid-direct-{userid}",
        "conversationType": "2" if group else "1",
        "chatbotCorpId": app.corp_id,
        "chatbotUserId": f"$:LWCP_v1:${app.robot_code}",
        "msgId": uuid.uuid4().hex,
        "senderNick": member.name if member else userid,
        "senderId": f"$:LWCP_v1:${userid}",
        "senderCorpId": member.corp_id if member else app.corp_id,
        "senderPlatform": "Mac",
        "isAdmin": False,
        "sessionWebhook": webhook,
        "sessionWebhookExpiredTime": int(ends_at * 1000),
        "createAt": int(world.now() * 1000),
        "robotCode": app.robot_code,
        "msgtype": "text",
        "text": {"content": body.get("text", "")},
    }
    if member is None or not member.outsider:
        data["senderStaffId"] = userid
    if group:
        data["conversationTitle"] = group.title
        data["isInAtList"] = True
        data["atUsers"] = [{"dingtalkId": data["chatbotUserId"]}]
        data["text"] = {"content": f" {body.get('text', '')}"}  # the name is cut, the space stays
    changes: dict[str, Any] = body.get("fields", {})
    return data | changes
