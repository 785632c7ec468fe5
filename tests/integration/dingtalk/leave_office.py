"""A leave desk whose approvals run on DingTalk's stand-in."""

from __future__ import annotations

from bot.adapters.dingtalk.approvals import DingTalkApprovals
from bot.adapters.dingtalk.platform import DingTalkLine, DingTalkPlatform
from bot.services.approval_filer import ApprovalFiler
from bot.services.cards import CardLog
from tests.fakes.dingtalk.process import StandIn
from tests.integration.channels.leave_office import Carried, LeaveOffice
from tests.integration.dingtalk.conftest import CORP
from tests.integration.dingtalk.offices import ORG, config_of, publish_the_form
from tests.unit.leave.stage import Stage


def leave_office(stand_in: StandIn) -> LeaveOffice:
    """Changle on DingTalk."""
    stand_in.load(members=[{"userid": "office_deputy", "corp_id": CORP, "name": "覃明辨"}])
    publish_the_form(stand_in)
    stage = Stage(orgs=[ORG])
    unit_of_work, clock, texts = stage.database.unit_of_work, stage.clock, stage.texts
    line = DingTalkLine([config_of(stand_in)], lambda org, channel, api: None)
    api = DingTalkApprovals(line.clients, line.loop, texts)
    approvals = ApprovalFiler(api, unit_of_work, clock, texts)
    senders = line.senders(unit_of_work, clock, texts, "1a2b")
    log = CardLog(unit_of_work, clock, texts)
    platform = DingTalkPlatform(line.loop, senders, approvals, log)
    return LeaveOffice(stand_in, stage, Carried(platform, approvals, line))
