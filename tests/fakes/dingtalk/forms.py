"""Approval forms: what their components are, and which values DingTalk takes."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Query

from tests.fakes.dingtalk.permissions import needs
from tests.fakes.dingtalk.replies import SaysNoError
from tests.fakes.dingtalk.state import World
from tests.fakes.dingtalk.tokens import CallerDep, WorldDep

router = APIRouter()
UNSUPPORTED = {"DDAttachment", "FormRelateField", "SignatureField"}


@router.get("/v1.0/workflow/forms/schemas/processCodes", dependencies=[needs("Workflow.Form.Read")])
async def schema(
    world: WorldDep, caller: CallerDep, code: str = Query(alias="processCode")
) -> dict[str, Any]:
    form = form_of(world, code)
    content = {"title": form["name"], "items": form["items"]}
    result = {"formCode": code, "name": form["name"], "status": "PUBLISHED"}
    return {"result": result | {"schemaContent": content}}


@router.post("/_control/forms/{code}")
async def design(world: WorldDep, code: str, body: dict[str, Any]) -> dict[str, bool]:
    """Publish a form: name, items of componentName and props {label, required, options}."""
    _forms(world)[code] = body
    return {"ok": True}


def form_of(world: World, code: str) -> dict[str, Any]:
    """The form of a process."""
    found: dict[str, Any] | None = _forms(world).get(code)
    if found is None:
        raise SaysNoError("processCodeError", "processCode错误")
    return found


def check_values(form: dict[str, Any], values: list[dict[str, Any]]) -> None:
    """Refuse what does not fit the form."""
    items = {item["props"]["label"]: item for item in form["items"]}
    for given in values:
        item = items.get(given.get("name", ""))
        if item is None:
            raise SaysNoError("formConverterError", "表单转换异常")
        if not isinstance(given.get("value"), str):
            raise SaysNoError("processInstanceInvalidParameter", given["name"])
        _check(item, given["value"])
    filled = {given["name"] for given in values if given["value"]}
    if any(i["props"].get("required") and name not in filled for name, i in items.items()):
        raise SaysNoError("processInstanceInvalidParameter", "必填项不能为空")


def _check(item: dict[str, Any], value: str) -> None:
    kind, options = item["componentName"], item["props"].get("options", ())
    if kind in UNSUPPORTED:
        raise SaysNoError("illegalComponent", kind)
    known = {json.loads(option)["value"] if option[:1] == "{" else option for option in options}
    if kind == "DDSelectField" and value not in known:
        raise SaysNoError("processInstanceInvalidParameter", "选项不存在")


def _forms(world: World) -> dict[str, Any]:
    known: dict[str, Any] = world.part.setdefault("forms", {})
    return known
