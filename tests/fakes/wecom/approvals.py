"""Approvals: started from a template, answered one node after the other, told by events."""

from __future__ import annotations

import copy
from dataclasses import asdict, dataclass, field
from typing import Any

from fastapi import APIRouter

from tests.fakes.channels.events import emit
from tests.fakes.wecom.replies import BAD_PARAMETER, SaysNoError, yes
from tests.fakes.wecom.state import App, World
from tests.fakes.wecom.templates import BAD, check_callable, check_contents, template_of
from tests.fakes.wecom.tokens import CallerDep, WorldDep

router = APIRouter()
RUNNING, AGREED, REFUSED, REVOKED, PASSED_ON, REVOKED_LATER = 1, 2, 3, 4, 4, 6
MOST_LISTED, LONGEST_S = 100, 31 * 86_400
# What an event says has happened.
SUBMITTED, AGREES, REFUSES, PASSES_ON, REVOKES = 1, 2, 3, 4, 6
UNKNOWN = 301056
APPROVAL_APP = 3010040


@dataclass
class Node:
    """One approver's turn."""

    userid: str
    status: int = 0  # 0: it has not come yet
    speech: str = ""
    at: int = 0
    passed_by: str = ""


@dataclass
class Approval:
    """One approval that was started."""

    number: str
    template_id: str
    corp_id: str
    creator: str
    contents: list[dict[str, Any]]
    nodes: list[Node]
    at: float
    status: int = RUNNING
    comments: list[str] = field(default_factory=list)

    @property
    def turn(self) -> Node | None:
        return next((node for node in self.nodes if node.status == RUNNING), None)


@router.post("/cgi-bin/oa/applyevent")
async def start(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    check_callable(caller)
    template = template_of(world, body.get("template_id", ""))
    creator = _staff(world, caller, body.get("creator_userid"))
    contents = (body.get("apply_data") or {}).get("contents") or []
    check_contents(template, contents)
    steps = (body.get("process") or {}).get("node_list") or []
    if body.get("use_template_approver") != 0 or not steps:
        raise SaysNoError(BAD, "process")
    nodes = [Node(_approver(world, caller, step)) for step in steps if step.get("type") == 1]
    titles = {each["property"]["id"]: each["property"]["title"] for each in template}
    titled = [each | {"title": titles[each["id"]]} for each in contents]
    made = _new(world, caller.corp_id, body["template_id"], creator, titled, nodes)
    return yes(sp_no=made.number)


@router.post("/cgi-bin/oa/getapprovalinfo")
async def listing(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    check_callable(caller)
    since, until = int(body.get("starttime", 0)), int(body.get("endtime", 0))
    size = body.get("size", 0)
    if not 0 < size <= MOST_LISTED or not 0 <= until - since <= LONGEST_S:
        raise SaysNoError(BAD_PARAMETER, "invalid time range or size")
    wanted = {each["key"]: each["value"] for each in body.get("filters", ())}
    lag_s = world.part.get("listing_lag_s", 0.0)
    found = [
        each.number
        for each in approvals(world).values()
        if each.corp_id == caller.corp_id
        and since <= each.at <= min(until, world.now() - lag_s)
        and wanted.get("template_id", each.template_id) == each.template_id
        and wanted.get("creator", each.creator).lower() == each.creator.lower()
    ]
    begin = int(body.get("new_cursor") or 0)
    more = {"new_next_cursor": str(begin + size)} if begin + size < len(found) else {}
    return yes(sp_no_list=found[begin : begin + size], **more)


@router.post("/cgi-bin/oa/getapprovaldetail")
async def detail(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    check_callable(caller)
    found = approvals(world).get(str(body.get("sp_no")))
    if found is None or found.corp_id != caller.corp_id:
        raise SaysNoError(UNKNOWN, "sp_no not exist")
    return yes(info=_shown(found))


@router.get("/_control/approvals")
async def all_of_them(world: WorldDep) -> list[dict[str, Any]]:
    """Every approval that was started, the oldest first."""
    return [asdict(each) for each in approvals(world).values()]


@router.post("/_control/approvals/forget")
async def forget(world: WorldDep) -> dict[str, bool]:
    """Let no approval have been started, as if the calls had come to nothing."""
    approvals(world).clear()
    return {"ok": True}


@router.post("/_control/approvals/{number}")
async def click(world: WorldDep, number: str, body: dict[str, Any]) -> dict[str, bool]:
    """Answer as whoever's turn it is would in the app: result agree|refuse, remark."""
    found = approvals(world)[number]
    node, agree = found.turn, body["result"] == "agree"
    if node is None:
        raise SaysNoError(BAD, "settled")
    node.status, node.speech = (AGREED if agree else REFUSED), body.get("remark", "")
    node.at = int(world.now() * 1000)  # finer than seconds, so that answers have an order
    if not agree:
        found.status = REFUSED
    else:
        _go_on(found)
    _tell(world, found, AGREES if agree else REFUSES)
    return {"ok": True}


@router.post("/_control/approvals/{number}/redirect")
async def pass_on(world: WorldDep, number: str, body: dict[str, Any]) -> dict[str, bool]:
    """Pass the turn on to somebody else (转审)."""
    found = approvals(world)[number]
    node = found.turn
    if node is None:
        raise SaysNoError(BAD, "settled")
    node.passed_by, node.userid = node.userid, body["to"]
    _tell(world, found, PASSES_ON)
    return {"ok": True}


@router.post("/_control/approvals/{number}/revoke")
async def revoke(world: WorldDep, number: str) -> dict[str, bool]:
    """Take the approval back in the app, as its creator may, even after it was agreed."""
    found = approvals(world)[number]
    found.status = REVOKED_LATER if found.status == AGREED else REVOKED
    _tell(world, found, REVOKES)
    return {"ok": True}


@router.post("/_control/copy/{number}")
async def submit_again(world: WorldDep, number: str, body: dict[str, Any]) -> dict[str, str]:
    """Submit a copy of an approval by hand, with approvers of one's own choice."""
    old = approvals(world)[number]
    nodes = [Node(userid) for userid in body["approvers"]]
    by, contents = body.get("by", old.creator), copy.deepcopy(old.contents)
    new = _new(world, old.corp_id, old.template_id, by, contents, nodes)
    return {"sp_no": new.number}


@router.post("/_control/workflow")
async def arrange(world: WorldDep, body: dict[str, Any]) -> dict[str, bool]:
    """Let events get lost (events_lost), or lists show what is older than listing_lag_s."""
    world.part.update(body)
    return {"ok": True}


def approvals(world: World) -> dict[str, Approval]:
    """Every approval by its number."""
    known: dict[str, Approval] = world.part.setdefault("approvals", {})
    return known


def _new(
    world: World,
    corp_id: str,
    template_id: str,
    creator: str,
    contents: list[dict[str, Any]],
    nodes: list[Node],
) -> Approval:
    number = f"20261123{world.next_number():04}"
    made = Approval(number, template_id, corp_id, creator, contents, nodes, world.now())
    approvals(world)[number] = made
    _go_on(made)
    _tell(world, made, SUBMITTED)
    return made


def _go_on(found: Approval) -> None:
    """Ask the next approver, or end with an agreement."""
    following = next((node for node in found.nodes if node.status == 0), None)
    if following is None:
        found.status = AGREED
    else:
        following.status = RUNNING


def _tell(world: World, found: Approval, happened: int) -> None:
    about = {
        "SpNo": found.number,
        "SpName": "请假",
        "SpStatus": str(found.status),
        "TemplateId": found.template_id,
        "ApplyTime": str(int(found.at)),
        "Applyer": {"UserId": found.creator, "Party": "1"},
        "StatuChangeEvent": str(happened),
    }
    data = {"AgentID": str(APPROVAL_APP), "ApprovalInfo": about}
    emit(world, found.corp_id, "sys_approval_change", data)


def _staff(world: World, caller: App, userid: object) -> str:
    member = world.staff(caller.corp_id, userid)
    if member is None:
        raise SaysNoError(BAD, "invalid userid")
    return member.userid


def _approver(world: World, caller: App, step: dict[str, Any]) -> str:
    people = [_staff(world, caller, userid) for userid in step.get("userid", ())]
    if len(people) != 1 or step.get("apv_rel") not in (1, 2, 3):
        raise SaysNoError(BAD, "node_list")
    return people[0]


def _shown(found: Approval) -> dict[str, Any]:
    return {
        "sp_no": found.number,
        "sp_name": "请假",
        "sp_status": found.status,
        "template_id": found.template_id,
        "apply_time": int(found.at),
        "applyer": {"userid": found.creator, "partyid": "1"},
        "sp_record": [_node(node) for node in found.nodes if node.status],
        "notifyer": [],
        "apply_data": {"contents": found.contents},
        "comments": [],
    }


def _node(node: Node) -> dict[str, Any]:
    answer = {
        "approver": {"userid": node.userid},
        "speech": node.speech,
        "sp_status": node.status,
        "sptime": node.at,
        "media_id": [],
    }
    passed = {"approver": {"userid": node.passed_by}, "speech": "", "sp_status": PASSED_ON}
    details = [passed | {"sptime": 0, "media_id": []}, answer] if node.passed_by else [answer]
    return {"sp_status": node.status, "approverattr": 1, "details": details}
