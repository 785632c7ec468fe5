"""Approvals in WeCom: started and looked up; answering and calling off is left to people.

Source: WeCom's pages 91853 (start), 91816 (list), 91983 (one approval). There is no call that
answers an approval, or calls it off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.forms import FormNames, filled_in
from bot.adapters.channels.loop import LoopThread
from bot.adapters.wecom.client import WeComClient
from bot.adapters.wecom.templates import Control, Filled, content, controls_of, value_of
from bot.core.approvals import Approval, ApprovalReport, ApprovalRequest, ApprovalState
from bot.core.clock import Clock
from bot.core.errors import OutcomeUnknownError, OutsideServiceError
from bot.core.people import OrgId, PersonId
from bot.core.staff_table import Account, user_of
from bot.services.approval_filer import CLOCKS_DIFFER, marked
from bot.services.outside import Texts
from bot.services.platform_records import Filing

APPROVER, EVERY_ONE = 1, 1  # a node's type, and that all who stand in it must agree
PAGE = 100  # the most that a list gives at once
LONGEST = timedelta(days=31) - 2 * CLOCKS_DIFFER  # the most that a list looks back
LINE_LENGTH = 20  # characters of a line in people's lists of approvals
AGREED, REFUSED = 2, 3  # of a node, and of one person in it
_STATES = {
    1: ApprovalState.RUNNING,
    2: ApprovalState.AGREED,
    3: ApprovalState.REFUSED,
    4: ApprovalState.CANCELLED,
    6: ApprovalState.CANCELLED,  # called off after it was agreed
    7: ApprovalState.CANCELLED,  # deleted
    10: ApprovalState.AGREED,  # and paid
}


@dataclass(frozen=True)
class WeComApprovals:
    """The `ApprovalApi` of WeCom, for all offices."""

    clients: Mapping[OrgId, WeComClient]
    loop: LoopThread
    clock: Clock
    texts: Texts
    acts: bool = False

    def body(self, filing: Filing, account: Account | None) -> Mapping[str, Any]:
        """See `ApprovalApi.body`; the template is looked at each time, as it may change."""
        request, client = filing.request, self._client(filing.request.org)
        form, config = self._form(request.org), client.config
        template = self._call(
            request.org, "oa/gettemplatedetail", {"template_id": config.template_id}, "template"
        )
        controls = {each.title: each for each in controls_of(template, config.vacations)}
        nothing = self.texts.say("channels.form_nothing")
        texts = filled_in(request, marked(filing), form, nothing)
        line = {"text": request.title[:LINE_LENGTH], "lang": "zh_CN"}
        return {
            "creator_userid": user_of(request.applicant),
            "template_id": config.template_id,
            "use_template_approver": 0,
            "process": {
                "node_list": [
                    {"type": APPROVER, "apv_rel": EVERY_ONE, "userid": [user_of(person)]}
                    for person in request.approvers
                ]
            },
            "apply_data": {
                "contents": [
                    content(_named(controls, title), self._filled(request, form, title, text))
                    for title, text in texts.items()
                ]
            },
            "summary_list": [{"summary_info": [line]}],
        }

    def start(self, org: OrgId, body: Mapping[str, Any]) -> str:
        """See `ApprovalApi.start`."""
        answer = self._call(org, "oa/applyevent", body, "start", repeatable=False)
        if not answer.get("sp_no"):
            raise OutcomeUnknownError("wecom_garbled")
        return str(answer["sp_no"])

    def search(self, filing: Filing) -> str | None:
        """See `ApprovalApi.search`."""
        found: list[tuple[bool, int, int, str]] = []
        for number in self._listed(filing):
            told = self._told(filing.request.org, number)
            if self._bears(filing, told):
                # Whoever copies the form by hand does so after us, or asks others.
                order = (not _asks_ours(filing, told), int(told.get("apply_time") or 0))
                found.append((*order, len(found), number))
        return min(found)[-1] if found else None

    def is_of(self, filing: Filing, approval_id: str) -> bool:
        """See `ApprovalApi.is_of`."""
        return self._bears(filing, self._told(filing.request.org, approval_id))

    def call_off(self, approval: Approval) -> None:
        """See `ApprovalApi.call_off`: only the applicant can, in the app."""
        raise OutsideServiceError("wecom_by_hand")

    def answer(self, approval: Approval, by: PersonId, agree: bool, reason: str) -> None:
        """See `ApprovalApi.answer`: only the approver can, in the app."""
        raise OutsideServiceError("wecom_by_hand")

    def report(self, approval: Approval) -> ApprovalReport:
        """See `ApprovalApi.report`."""
        org = approval.request.org
        told = self._told(org, approval.id)
        state = _STATES.get(told.get("sp_status", 0))
        if state is None:
            raise OutsideServiceError("wecom_garbled", status=told.get("sp_status"))
        nodes = told.get("sp_record") or ()
        step = sum(node.get("sp_status") == AGREED for node in nodes)
        answers = [
            each
            for node in nodes
            for each in node.get("details") or ()
            if each.get("sp_status") in (AGREED, REFUSED)
        ]
        nothing: dict[str, Any] = {}
        last = max(answers, key=lambda each: int(each.get("sptime") or 0), default=nothing)
        userid = (last.get("approver") or {}).get("userid")
        by = self._client(org).config.person(userid) if userid else None
        return ApprovalReport(state, step, by, last.get("speech") or "")

    def _filled(self, request: ApprovalRequest, form: FormNames, title: str, text: str) -> Filled:
        kind = self.texts.say("leave.field_kind")
        chosen = next((value for name, value in request.fields if name == kind), "")
        return Filled(text, chosen if form.components.get(kind) == title else text, request.span)

    def _listed(self, filing: Filing) -> list[str]:
        """The numbers of the applicant's approvals since then."""
        config, now = self._client(filing.request.org).config, self.clock.now()
        since = max(filing.opened_at - CLOCKS_DIFFER, now - LONGEST)
        wanted = {
            "template_id": config.template_id,
            "creator": user_of(filing.request.applicant),
        }
        body: dict[str, Any] = {
            "starttime": str(_s(since)),
            "endtime": str(_s(now + CLOCKS_DIFFER)),
            "new_cursor": "",
            "size": PAGE,
            "filters": [{"key": key, "value": value} for key, value in wanted.items()],
        }
        found: list[str] = []
        while True:
            answer = self._call(config.org, "oa/getapprovalinfo", body, "list")
            found += map(str, answer.get("sp_no_list") or ())
            body["new_cursor"] = answer.get("new_next_cursor") or ""
            if not body["new_cursor"]:
                return found

    def _bears(self, filing: Filing, told: Mapping[str, Any]) -> bool:
        form, applicant = self._form(filing.request.org), user_of(filing.request.applicant)
        creator = str((told.get("applyer") or {}).get("userid") or "")
        return value_of(told, form.key) == marked(filing) and creator.lower() == applicant.lower()

    def _told(self, org: OrgId, approval_id: str) -> Mapping[str, Any]:
        answer = self._call(org, "oa/getapprovaldetail", {"sp_no": approval_id}, "get")
        told = answer.get("info")
        if not isinstance(told, dict):
            raise OutsideServiceError("wecom_garbled", api="approval.get")
        return told

    def _form(self, org: OrgId) -> FormNames:
        config = self._client(org).config
        if config.form is None or not config.template_id:
            raise OutsideServiceError("wecom_form_unset", org=org)
        return config.form

    def _client(self, org: OrgId) -> WeComClient:
        if org not in self.clients:
            raise OutsideServiceError("wecom_office_unset", org=org)
        return self.clients[org]

    def _call(
        self, org: OrgId, path: str, body: Mapping[str, Any], api: str, *, repeatable: bool = True
    ) -> dict[str, Any]:
        client = self._client(org)
        call = client.post(path, body, api=f"approval.{api}", repeatable=repeatable)
        return self.loop.run(call, LONGEST_CALL_S)


def _named(controls: Mapping[str, Control], title: str) -> Control:
    if title not in controls:
        raise OutsideServiceError("wecom_template_unfit", control=title)
    return controls[title]


def _asks_ours(filing: Filing, told: Mapping[str, Any]) -> bool:
    first = ((told.get("sp_record") or [{}])[0].get("details") or [{}])[0]
    asked = str((first.get("approver") or {}).get("userid") or "")
    return asked.lower() == user_of(filing.request.approvers[0]).lower()


def _s(at: datetime) -> int:
    return int(at.timestamp())
