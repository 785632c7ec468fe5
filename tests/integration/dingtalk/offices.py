"""An office set up against the stand-in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.adapters.channels.forms import FormNames
from bot.adapters.dingtalk.config import DingTalkConfig
from bot.core.leave import LeaveKind
from bot.core.people import OrgId
from tests.fakes.dingtalk.process import StandIn
from tests.integration.dingtalk.conftest import APP_KEY, APP_SECRET, CORP

ORG = OrgId("changle")
PROCESS = "PROC-LEAVE"
FORM = FormNames(
    "规矩编号", "其他说明", {"类型": "请假类型", "时间": "起止时间", "事由": "请假事由"}
)
KINDS = [kind.value for kind in LeaveKind]
ITEMS = [
    {"componentName": "TextField", "props": {"label": "规矩编号", "required": True}},
    {
        "componentName": "DDSelectField",
        "props": {
            "label": "请假类型",
            "required": True,
            "options": [json.dumps({"value": kind, "key": f"option_{kind}"}) for kind in KINDS],
        },
    },
    {"componentName": "TextField", "props": {"label": "起止时间", "required": True}},
    {"componentName": "TextareaField", "props": {"label": "请假事由", "required": True}},
    {"componentName": "TextareaField", "props": {"label": "其他说明", "required": True}},
]
DEPARTMENTS = [
    {"dept_id": 11, "name": "县政府办公室"},
    {"dept_id": 12, "name": "发改局"},
    {"dept_id": 121, "name": "综合科", "parent_id": 12},
]
TITLES: dict[str, dict[str, Any]] = {
    "head": {"title": "县长"},
    "deputy1": {"title": "副县长"},
    "office_director": {"title": "主任", "dept_id_list": [11]},
    "supervisor1": {"title": "督查专员", "dept_id_list": [11]},
    "staff1": {"title": "科员", "dept_id_list": [11]},
    "section_chief": {
        "title": "局长",
        "dept_id_list": [121, 12],
        "leader_in_dept": [{"dept_id": 12, "leader": True}],
    },
}


def config_of(stand_in: StandIn, posts: Path | None = None, **more: Any) -> DingTalkConfig:
    """The office's configuration, with every address at the stand-in."""
    said: dict[str, Any] = {
        "org": ORG,
        "corp_id": CORP,
        "app_key": APP_KEY,
        "app_secret": APP_SECRET,
        "robot_code": APP_KEY,
        "api_url": stand_in.url,
        "oapi_url": stand_in.url,
        "posts": posts,
        "process_code": PROCESS,
        "form": FORM,
    }
    return DingTalkConfig(**(said | more))


def people_an_office(stand_in: StandIn) -> None:
    """Give the members of the stand-in their departments and titles."""
    stand_in.order("departments", DEPARTMENTS)
    for userid, said in TITLES.items():
        stand_in.order(f"members/{userid}", said)


def publish_the_form(stand_in: StandIn) -> None:
    """Publish the approval form that the configuration names."""
    stand_in.order(f"forms/{PROCESS}", {"name": "请假申请", "items": ITEMS})
