"""Interactive cards: one instance for each outTrackId, delivered to a group or a person."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from tests.fakes.dingtalk.permissions import needs
from tests.fakes.dingtalk.replies import SaysNoError
from tests.fakes.dingtalk.state import App, Card, World
from tests.fakes.dingtalk.tokens import CallerDep, WorldDep

router = APIRouter()
WRITE = needs("Card.Instance.Write")

GROUP, PERSON = "dtv1.card//IM_GROUP.", "dtv1.card//IM_ROBOT."


@router.post("/v1.0/card/instances", dependencies=[WRITE])
async def create(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    _create(world, body)
    return {"success": True, "result": body["outTrackId"]}


@router.post("/v1.0/card/instances/deliver", dependencies=[WRITE])
async def deliver(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    return {"success": True, "result": _deliver(world, caller, body)}


@router.post("/v1.0/card/instances/createAndDeliver", dependencies=[WRITE])
async def create_and_deliver(
    world: WorldDep, caller: CallerDep, body: dict[str, Any]
) -> dict[str, Any]:
    _create(world, body)
    delivered = _deliver(world, caller, body)
    return {
        "success": True,
        "result": {"outTrackId": body["outTrackId"], "deliverResults": delivered},
    }


@router.put("/v1.0/card/instances", dependencies=[WRITE])
async def update(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    card = world.cards.get(body.get("outTrackId", ""))
    if card is None:
        raise SaysNoError("param.outTrackId.notExist", status=400)
    given = _params(body)
    by_key = body.get("cardUpdateOptions", {}).get("updateCardDataByKey", False)
    if "cardData" in body or not body.get("privateData"):
        card.params = (card.params | given) if by_key else given
    for userid, data in body.get("privateData", {}).items():
        own = _params({"cardData": data})
        private_by_key = body["cardUpdateOptions"].get("updatePrivateDataByKey", False)
        card.private[userid] = (card.private.get(userid, {}) | own) if private_by_key else own
    card.updates += 1
    return {"success": True, "result": True}


@router.post("/_control/templates")
async def publish(world: WorldDep, body: list[str]) -> dict[str, bool]:
    """Which templates there are; before this is said, all."""
    world.part["templates"] = set(body)
    return {"ok": True}


def _create(world: World, body: dict[str, Any]) -> None:
    for name in ("cardTemplateId", "outTrackId", "cardData"):
        if not body.get(name):
            raise SaysNoError(f"Missing{name}", f"{name} is mandatory for this action.")
    if body["cardTemplateId"] not in world.part.get("templates", {body["cardTemplateId"]}):
        raise SaysNoError("param.templateNotExist")
    params = _params(body)
    if body["outTrackId"] in world.cards:
        return  # the same outTrackId: the same card
    key, way = body["outTrackId"], body.get("callbackType", "")
    world.cards[key] = Card(key, body["cardTemplateId"], params, callback_type=way)


def _params(body: dict[str, Any]) -> dict[str, str]:
    params = body.get("cardData", {}).get("cardParamMap", {})
    if not all(isinstance(value, str) for value in params.values()):
        raise SaysNoError("param.cardData.invalid", "cardParamMap must be Map<String,String>")
    return dict(params)


def _deliver(world: World, caller: App, body: dict[str, Any]) -> list[dict[str, Any]]:
    card, space = world.cards[body["outTrackId"]], body.get("openSpaceId", "")
    # Nobody has said what a second delivery of one card shows: the stand-in shows it twice.
    if space.startswith(GROUP):
        to, model = space.removeprefix(GROUP), body.get("imGroupOpenDeliverModel")
        known = to in world.groups and caller.robot_code in world.groups[to].robots
    else:
        to, model = space.removeprefix(PERSON), body.get("imRobotOpenDeliverModel")
        member = world.members.get(to)
        known = member is not None and member.active and member.corp_id == caller.corp_id
    if not known or not model:
        raise SaysNoError("param.openSpaceId.invalid")
    card.space, card.robot_code = space, caller.robot_code
    at = list(model.get("atUserIds", {}))
    param = {"outTrackId": card.out_track_id, "cardTemplateId": card.template_id}
    shown = {"msg_key": "card", "param": param, "at_users": at}
    world.see("card", caller.robot_code, to, shown)
    return [{"spaceId": space, "success": True, "carrierId": f"carrier-{world.next_number()}"}]
