"""Approval templates: what their controls are, and which values WeCom takes."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from tests.fakes.wecom.replies import SaysNoError, yes
from tests.fakes.wecom.state import App, World
from tests.fakes.wecom.tokens import CallerDep, WorldDep

router = APIRouter()
BAD, NOT_CALLABLE = 301025, 301055
RANGES = {"halfday", "hour"}


@router.post("/cgi-bin/oa/gettemplatedetail")
async def detail(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    check_callable(caller)
    template = template_of(world, body.get("template_id", ""))
    controls = [{"property": each["property"], "config": each["config"]} for each in template]
    return yes(template_names=words("请假"), template_content={"controls": controls})


@router.post("/_control/templates/{template_id}")
async def design(world: WorldDep, template_id: str, body: list[dict[str, Any]]) -> dict[str, bool]:
    """Publish a template: controls of kind, title, required, options (key to text), type."""
    _templates(world)[template_id] = [_control(n, each) for n, each in enumerate(body)]
    return {"ok": True}


def check_callable(caller: App) -> None:
    """Refuse an app that is not listed in 审批's settings."""
    if not caller.approvals:
        raise SaysNoError(NOT_CALLABLE, "not allowed to use the approval api")


def template_of(world: World, template_id: str) -> list[dict[str, Any]]:
    """The controls of a template."""
    found: list[dict[str, Any]] | None = _templates(world).get(template_id)
    if found is None:
        raise SaysNoError(BAD, "invalid template_id")
    return found


def check_contents(template: list[dict[str, Any]], contents: list[dict[str, Any]]) -> None:
    """Refuse what does not fit the template."""
    known = {each["property"]["id"]: each for each in template}
    for given in contents:
        control = known.get(given.get("id", ""))
        if control is None or control["property"]["control"] != given.get("control"):
            raise SaysNoError(BAD, f"invalid control {given.get('id')}")
        if not _fits(control, given.get("value") or {}):
            raise SaysNoError(BAD, f"invalid value of {given['id']}")
    filled = {given["id"] for given in contents}
    if any(each["property"]["require"] and name not in filled for name, each in known.items()):
        raise SaysNoError(BAD, "required control missing")


def words(text: str) -> list[dict[str, str]]:
    """A text in its languages."""
    return [{"text": text, "lang": "zh_CN"}]


def _control(number: int, said: dict[str, Any]) -> dict[str, Any]:
    kind, options = said["kind"], said.get("options", {})
    days = {"type": said.get("type", "halfday"), "perday_duration": 86400}
    config = {
        "Selector": {
            "selector": {
                "type": "single",
                "options": [{"key": key, "value": words(text)} for key, text in options.items()],
            }
        },
        "Vacation": {
            "vacation_list": {
                "item": [{"id": int(key), "name": words(text)} for key, text in options.items()]
            },
            "attendance": {"date_range": days, "type": 1},
        },
        "Attendance": {"attendance": {"date_range": days, "type": 3}},
        "Date-Range": {"date_range": days},
    }
    about = {
        "control": kind,
        "id": f"{kind}-{number}",
        "title": words(said["title"]),
        "placeholder": words(""),
        "require": int(said.get("required", True)),
        "un_print": 0,
    }
    return {"property": about, "config": config.get(kind, {})}


def _fits(control: dict[str, Any], value: dict[str, Any]) -> bool:
    kind, config = control["property"]["control"], control["config"]
    if kind in {"Text", "Textarea"}:
        return isinstance(value.get("text"), str) and bool(value["text"])
    if kind == "Selector":
        keys = {each["key"] for each in config["selector"]["options"]}
        return _chosen(value.get("selector")) in keys
    if kind == "Vacation":
        given = value.get("vacation") or {}
        keys = {str(each["id"]) for each in config["vacation_list"]["item"]}
        return _chosen(given.get("selector")) in keys and _ranged(given.get("attendance"), 1)
    if kind == "Attendance":
        return _ranged(value.get("attendance"), config["attendance"]["type"])
    return kind == "Date-Range" and _range(value.get("date_range"))


def _chosen(selector: Any) -> str:
    options = (selector or {}).get("options") or [{}]
    return str(options[0].get("key", "")) if len(options) == 1 else ""


def _ranged(attendance: Any, kind: int) -> bool:
    given = attendance or {}
    return given.get("type") == kind and _range(given.get("date_range"))


def _range(given: Any) -> bool:
    given = given or {}
    begin, end, lasts = (given.get(f"new_{name}") for name in ("begin", "end", "duration"))
    if given.get("type") not in RANGES or not all(isinstance(n, int) for n in (begin, end, lasts)):
        return False
    # Half days: midnight or noon of the office's day, and nothing else.
    halves = given["type"] == "hour" or all((n + 8 * 3600) % 43_200 == 0 for n in (begin, end))
    return bool(halves and begin <= end and lasts > 0)


def _templates(world: World) -> dict[str, Any]:
    known: dict[str, Any] = world.part.setdefault("templates", {})
    return known
