"""Approvals on DingTalk: started, found again, reported, answered and called off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.forms import FormNames, filled_in
from bot.adapters.channels.loop import LoopThread
from bot.adapters.dingtalk.client import DingTalkClient
from bot.adapters.dingtalk.instances import report_of, value_of
from bot.core.approvals import Approval, ApprovalReport
from bot.core.errors import OutcomeUnknownError, OutsideServiceError
from bot.core.people import OrgId, PersonId
from bot.core.staff_table import Account, user_of
from bot.services.approval_filer import CLOCKS_DIFFER, marked
from bot.services.outside import Texts
from bot.services.platform_records import Filing

INSTANCES = "/v1.0/workflow/processInstances"
LISTING = "/v1.0/workflow/processes/instanceIds/query"
PAGE = 20  # the most that a list gives at once
ROOT_DEPARTMENT = -1


@dataclass(frozen=True)
class DingTalkApprovals:
    """The `ApprovalApi` of DingTalk, for all offices."""

    clients: Mapping[OrgId, DingTalkClient]
    loop: LoopThread
    texts: Texts
    acts: bool = True

    def body(self, filing: Filing, account: Account | None) -> Mapping[str, Any]:
        """See `ApprovalApi.body`."""
        request, config = filing.request, self._client(filing.request.org).config
        form = self._form(request.org)
        nothing = self.texts.say("channels.form_nothing")
        values = filled_in(request, marked(filing), form, nothing)
        body = {
            "originatorUserId": user_of(request.applicant),
            "processCode": config.process_code,
            "deptId": _department(account),
            "formComponentValues": [
                {"name": name, "value": value} for name, value in values.items()
            ],
            "approvers": [
                {"actionType": "NONE", "userIds": [user_of(person)]} for person in request.approvers
            ],
        }
        return body | ({"microappAgentId": config.agent_id} if config.agent_id else {})

    def start(self, org: OrgId, body: Mapping[str, Any]) -> str:
        """See `ApprovalApi.start`."""
        answer = self._call(org, "POST", INSTANCES, body, "workflow.start")
        if not answer.get("instanceId"):
            raise OutcomeUnknownError("dingtalk_garbled")
        return str(answer["instanceId"])

    def call_off(self, approval: Approval) -> None:
        """See `ApprovalApi.call_off`."""
        request = approval.request
        body = {
            "processInstanceId": approval.id,
            "isSystem": False,
            "operatingUserId": user_of(request.applicant),
            "remark": self.texts.say("channels.approval_withdrawn"),
        }
        self._call(request.org, "POST", f"{INSTANCES}/terminate", body, "workflow.terminate")

    def report(self, approval: Approval) -> ApprovalReport:
        """See `ApprovalApi.report`."""
        org = approval.request.org
        return report_of(self._instance(org, approval.id), self._client(org).config)

    def is_of(self, filing: Filing, approval_id: str) -> bool:
        """See `ApprovalApi.is_of`."""
        return self._is_of(filing, self._instance(filing.request.org, approval_id))

    def answer(self, approval: Approval, by: PersonId, agree: bool, reason: str) -> None:
        """See `ApprovalApi.answer`."""
        org, user = approval.request.org, user_of(by)
        tasks = self._instance(org, approval.id).get("tasks") or ()
        running = (t for t in tasks if t.get("status") == "RUNNING" and t.get("userId") == user)
        task = next(running, None)
        if task is None:
            raise OutsideServiceError("dingtalk_no_task")
        body = {
            "processInstanceId": approval.id,
            "taskId": task["taskId"],
            "actionerUserId": user,
            "result": "agree" if agree else "refuse",
            "remark": reason,
        }
        self._call(org, "POST", f"{INSTANCES}/execute", body, "workflow.execute")

    def search(self, filing: Filing) -> str | None:
        """See `ApprovalApi.search`."""
        config = self._client(filing.request.org).config
        since = filing.opened_at - CLOCKS_DIFFER
        body: dict[str, Any] = {
            "processCode": config.process_code,
            "startTime": _ms(since),
            "userIds": [user_of(filing.request.applicant)],
            "maxResults": PAGE,
            "nextToken": 0,
        }
        found: list[tuple[bool, str, int, str]] = []
        while body["nextToken"] is not None:
            answer = self._call(config.org, "POST", LISTING, body, "workflow.list", True)
            page = answer.get("result") or {}
            for approval_id in page.get("list") or ():
                instance = self._instance(config.org, approval_id)
                if self._is_of(filing, instance):
                    # Whoever copies the form by hand does so after us, or asks others.
                    order = (not _asks_ours(filing, instance), str(instance.get("createTime")))
                    found.append((*order, len(found), approval_id))
            following = page.get("nextToken")
            body["nextToken"] = int(following) if following not in (None, "") else None
        return min(found)[-1] if found else None

    def _is_of(self, filing: Filing, instance: Mapping[str, Any]) -> bool:
        form = self._form(filing.request.org)
        return value_of(instance, form.key) == marked(filing) and instance.get(
            "originatorUserId"
        ) == user_of(filing.request.applicant)

    def _form(self, org: OrgId) -> FormNames:
        config = self._client(org).config
        if config.form is None or not config.process_code:
            raise OutsideServiceError("dingtalk_form_unset", org=org)
        return config.form

    def _client(self, org: OrgId) -> DingTalkClient:
        if org not in self.clients:
            raise OutsideServiceError("dingtalk_office_unset", org=org)
        return self.clients[org]

    def _instance(self, org: OrgId, approval_id: str) -> Mapping[str, Any]:
        params = {"processInstanceId": approval_id}
        client = self._client(org)
        call = client.call("GET", INSTANCES, params=params, api="workflow.get", repeatable=True)
        found = self.loop.run(call, LONGEST_CALL_S).get("result")
        if not isinstance(found, dict):
            raise OutsideServiceError("dingtalk_garbled", api="workflow.get")
        return found

    def _call(
        self,
        org: OrgId,
        method: str,
        path: str,
        body: Mapping[str, Any],
        api: str,
        repeatable: bool = False,
    ) -> dict[str, Any]:
        call = self._client(org).call(method, path, body, api=api, repeatable=repeatable)
        return self.loop.run(call, LONGEST_CALL_S)


def _asks_ours(filing: Filing, instance: Mapping[str, Any]) -> bool:
    tasks = instance.get("tasks") or [{}]
    return bool(tasks[0].get("userId") == user_of(filing.request.approvers[0]))


def _department(account: Account | None) -> int:
    """The applicant's main department: whoever is in none, or in the root alone, has -1."""
    first = account.departments[0] if account and account.departments else ""
    return int(first) if first not in ("", "1") else ROOT_DEPARTMENT


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
