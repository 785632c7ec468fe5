"""An office set up against the stand-in."""

from __future__ import annotations

from typing import Any

from bot.adapters.channels.forms import FormNames
from bot.adapters.wecom.approvals import WeComApprovals
from bot.adapters.wecom.config import WeComConfig
from bot.adapters.wecom.platform import WeComLine, WeComPlatform
from bot.core.leave import LeaveKind
from bot.services.approval_filer import ApprovalFiler
from bot.services.cards import CardLog
from tests.fakes.wecom.process import StandIn
from tests.integration.channels.leave_office import ORG, Carried, LeaveOffice
from tests.unit.leave.stage import Stage

CORP, AGENT, SECRET = "corp-changle", 1000002, "secret-changle"
APP = {"corp_id": CORP, "agent_id": AGENT, "secret": SECRET}
GROUP, ROBOT_KEY = "督查群", "robot-key"
TEMPLATE = "template-leave"
FORM = FormNames("规矩编号", "其他说明", {"类型": "请假", "时间": "请假", "事由": "请假事由"})
KINDS = {kind.value: kind.value for kind in LeaveKind} | {LeaveKind.ANNUAL.value: "年假"}
VACATIONS = {str(number): name for number, name in enumerate(KINDS.values(), start=1)}
DEPARTMENTS = [
    {"id": 11, "name": "县政府办公室"},
    {"id": 12, "name": "发改局"},
    {"id": 121, "name": "综合科", "parentid": 12},
]
POSITIONS: dict[str, dict[str, Any]] = {
    "head": {"position": "县长"},
    "deputy1": {"position": "副县长"},
    "office_director": {"position": "主任", "department": [11], "main_department": 11},
    "supervisor1": {"position": "督查专员", "department": [11], "main_department": 11},
    "staff1": {"position": "科员", "department": [11], "main_department": 11},
    "section_chief": {
        "position": "局长",
        "department": [12, 121],
        "is_leader_in_dept": [1, 0],
        "main_department": 121,
    },
}
CONTROLS: list[dict[str, Any]] = [
    {"kind": "Text", "title": "规矩编号"},
    {"kind": "Vacation", "title": "请假", "options": VACATIONS},
    {"kind": "Textarea", "title": "请假事由"},
    {"kind": "Textarea", "title": "其他说明"},
]


def config_of(stand_in: StandIn, **more: Any) -> WeComConfig:
    """The office's configuration, with every address at the stand-in."""
    said: dict[str, Any] = {
        "org": ORG,
        "corp_id": CORP,
        "agent_id": AGENT,
        "app_secret": SECRET,
        "robot_keys": {GROUP: ROBOT_KEY},
        "api_url": stand_in.url,
        "public_url": "https://guiju.example",
        "template_id": TEMPLATE,
        "form": FORM,
        "vacations": {"年休假": "年假"},
    }
    return WeComConfig(**(said | more))


def publish_the_template(stand_in: StandIn, controls: list[dict[str, Any]] | None = None) -> None:
    """Publish the approval template that the configuration names."""
    stand_in.order(f"templates/{TEMPLATE}", CONTROLS if controls is None else controls)


def people_an_office(stand_in: StandIn) -> None:
    """Give the members of the stand-in their departments and positions."""
    stand_in.load(departments=DEPARTMENTS)
    for userid, said in POSITIONS.items():
        stand_in.order(f"members/{userid}", said)
    stand_in.order("members/office_deputy/leave")


class WeComOffice(LeaveOffice):
    """Changle on WeCom."""

    def __init__(self, stand_in: StandIn, **changes: Any) -> None:
        publish_the_template(stand_in)
        stage = Stage(orgs=[ORG])
        unit_of_work, clock, texts = stage.database.unit_of_work, stage.clock, stage.texts
        line = WeComLine([config_of(stand_in, **changes)], lambda *_: None)
        api = WeComApprovals(line.clients, line.loop, clock, texts)
        filer = ApprovalFiler(api, unit_of_work, clock, texts)
        log = CardLog(unit_of_work, clock, texts)
        senders = line.senders(unit_of_work, clock, texts, "1a2b")
        platform = WeComPlatform(line.loop, senders, filer, log)
        super().__init__(stand_in, stage, Carried(platform, filer, line))

    def id_of(self, approval: dict[str, Any]) -> str:
        return str(approval["number"])

    def words_of(self, sent: dict[str, Any]) -> str:
        card = sent["content"].get("main_title", {}).get("title", "")
        return str(sent["content"].get("content", card))
