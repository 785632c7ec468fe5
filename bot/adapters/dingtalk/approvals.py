"""Approvals on DingTalk: filed once, found again, reported, answered and called off."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.forms import FormNames, filled_in
from bot.adapters.channels.loop import LoopThread
from bot.adapters.dingtalk.client import DingTalkClient
from bot.adapters.dingtalk.instances import report_of, value_of
from bot.core.approvals import Approval, ApprovalReport, ApprovalRequest, ApprovalState
from bot.core.clock import Clock
from bot.core.errors import OutcomeUnknownError, OutsideServiceError
from bot.core.people import OrgId, PersonId
from bot.core.staff_table import user_of
from bot.services.approvals import begin_approval
from bot.services.outside import Texts
from bot.services.platform_records import Filing
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

INSTANCES = "/v1.0/workflow/processInstances"
LISTING = "/v1.0/workflow/processes/instanceIds/query"
CERTAIN_AFTER = timedelta(
    seconds=60
)  # a list may lag: what is missing from it sooner proves nothing
ANSWERED_AFTER = timedelta(seconds=15)  # or never: a call is not waited for any longer
CLOCKS_DIFFER = timedelta(minutes=5)
PAGE = 20  # the most that a list gives at once
ROOT_DEPARTMENT = -1


@dataclass(frozen=True)
class DingTalkApprovals:
    """The approval side of the port `Platform`, and the `ApprovalCarrier`, for all offices."""

    clients: Mapping[OrgId, DingTalkClient]
    loop: LoopThread
    unit_of_work: UnitOfWorkFactory
    clock: Clock
    texts: Texts
    new_mark: Callable[[], str] = lambda: secrets.token_hex(6)

    def file(self, request: ApprovalRequest) -> str:
        """Start an approval and return its id; one that may run already is looked up first.

        Raises:
            OutsideServiceError: not filed. OutcomeUnknownError: perhaps filed.
        """
        known = self.find(request.key)
        if known is not None:
            return known
        now = self.clock.now()
        with self.unit_of_work() as uow:
            filing = uow.filings.open(Filing(request, self.new_mark(), now))
            body = self._body(filing, uow)
            uow.filings.put(replace(filing, tried_at=now))  # before the call: it may have no answer
            uow.commit()
        try:
            answer = self._call(request.org, "POST", INSTANCES, body, "workflow.start")
        except OutcomeUnknownError:
            raise
        except OutsideServiceError:
            self._put(filing)
            raise
        if not answer.get("instanceId"):
            raise OutcomeUnknownError("dingtalk_garbled")
        return self._started(filing, str(answer["instanceId"]))

    def find(self, key: str) -> str | None:
        """The id of the approval filed under our key; None: certainly none.

        Raises:
            OutcomeUnknownError: it is not listed, but may be soon ("dingtalk_not_listed_yet").
            OutsideServiceError: the list could not be had.
        """
        with self.unit_of_work() as uow:
            filing = uow.filings.get(key)
        if filing is None or filing.tried_at is None:
            return filing.approval if filing else None
        if filing.approval is not None:
            return filing.approval
        found = self._search(filing)
        if found is not None:
            return self._started(filing, found)
        if self.clock.now() < filing.tried_at + CERTAIN_AFTER:
            raise OutcomeUnknownError("dingtalk_not_listed_yet", key=key)
        self._put(replace(filing, tried_at=None))
        return None

    def cancel(self, approval_id: str) -> None:
        """Call a running approval off; a settled one is left alone.

        Raises:
            OutsideServiceError: it may still run.
        """
        with self.unit_of_work() as uow:
            approval = uow.approvals.get(approval_id)
        request = approval.request
        body = {
            "processInstanceId": approval_id,
            "isSystem": False,
            "operatingUserId": user_of(request.applicant),
            "remark": self.texts.say("channels.approval_withdrawn"),
        }
        try:
            self._call(request.org, "POST", f"{INSTANCES}/terminate", body, "workflow.terminate")
        except OutsideServiceError:
            if self.report(approval).state is ApprovalState.RUNNING:
                raise
        with self.unit_of_work() as uow:
            approval = uow.approvals.get(approval_id)
            if approval.state is ApprovalState.RUNNING:
                uow.approvals.update(replace(approval, state=ApprovalState.CANCELLED))
                uow.commit()

    def report(self, approval: Approval) -> ApprovalReport:
        """See `ApprovalCarrier.report`."""
        org = approval.request.org
        return report_of(self._instance(org, approval.id), self._client(org).config)

    def adopt(self, org: OrgId, approval_id: str) -> bool:
        """See `ApprovalCarrier.adopt`; nobody is asked where nothing is awaited.

        Nor while the call that files it may still be answered: events overtake answers.
        """
        answered_by = self.clock.now() - ANSWERED_AFTER
        with self.unit_of_work() as uow:
            tried = [(filing, filing.tried_at) for filing in uow.filings.unanswered(org)]
        filings = [filing for filing, at in tried if at is not None and at <= answered_by]
        if not filings:
            return False
        instance = self._instance(org, approval_id)
        ours = [filing for filing in filings if self._is_of(filing, instance)]
        for filing in ours:
            self._started(filing, self._search(filing) or approval_id)
        return bool(ours)

    def answer(self, approval: Approval, by: PersonId, agree: bool, reason: str) -> None:
        """See `ApprovalCarrier.answer`."""
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

    def _body(self, filing: Filing, uow: UnitOfWork) -> dict[str, Any]:
        request, config = filing.request, self._client(filing.request.org).config
        form = self._form(request.org)
        nothing = self.texts.say("channels.form_nothing")
        values = filled_in(request, _key_value(filing), form, nothing)
        body = {
            "originatorUserId": user_of(request.applicant),
            "processCode": config.process_code,
            "deptId": _department(uow, request.applicant),
            "formComponentValues": [
                {"name": name, "value": value} for name, value in values.items()
            ],
            "approvers": [
                {"actionType": "NONE", "userIds": [user_of(person)]} for person in request.approvers
            ],
        }
        return body | ({"microappAgentId": config.agent_id} if config.agent_id else {})

    def _search(self, filing: Filing) -> str | None:
        """The first approval that bears the filing's mark."""
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
        """Whether an approval is the one that a filing meant to start."""
        form = self._form(filing.request.org)
        return value_of(instance, form.key) == _key_value(filing) and instance.get(
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

    def _started(self, filing: Filing, approval_id: str) -> str:
        """Note under which id an approval runs; whoever was first is right."""
        with self.unit_of_work() as uow:
            stored = uow.filings.get(filing.request.key) or filing
            if stored.approval is None:
                uow.filings.put(replace(stored, approval=approval_id))
                begin_approval(filing.request, approval_id, uow, self.clock, self.texts)
                uow.commit()
        return stored.approval or approval_id

    def _put(self, filing: Filing) -> None:
        with self.unit_of_work() as uow:
            stored = uow.filings.get(filing.request.key)
            if stored is not None and stored.approval is None:
                uow.filings.put(filing)
                uow.commit()

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


def _key_value(filing: Filing) -> str:
    return f"{filing.request.key} {filing.mark}"


def _department(uow: UnitOfWork, person: PersonId) -> int:
    """The applicant's main department: whoever is in none, or in the root alone, has -1."""
    account = uow.accounts.get(person)
    first = account.departments[0] if account and account.departments else ""
    return int(first) if first not in ("", "1") else ROOT_DEPARTMENT


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
