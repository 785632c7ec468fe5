"""Whether an office's app is set up in the DingTalk console: tried without anybody noticing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.adapters.channels.calling import LONGEST_CALL_S, TIMEOUT
from bot.adapters.channels.forms import Known, Misfit, misfits
from bot.adapters.channels.loop import LoopThread
from bot.adapters.dingtalk.approvals import INSTANCES, LISTING
from bot.adapters.dingtalk.client import DingTalkClient
from bot.adapters.dingtalk.config import CHANNEL, Mode
from bot.adapters.dingtalk.forms import components_of
from bot.adapters.dingtalk.people import DingTalkContacts
from bot.core.errors import GuijuError, OutsideServiceError
from bot.core.leave import LeaveKind
from bot.core.people import OrgId
from bot.core.staff_table import Department, map_staff
from bot.services.error_words import error_words
from bot.services.outside import Texts

NOBODY = "guiju-doctor"  # an id that nothing has
REFUSED, PERMISSION = "dingtalk_refused", "dingtalk_permission"
AES_KEY_LENGTH = 43
SCHEMAS = "/v1.0/workflow/forms/schemas/processCodes"
ROBOT, GROUP = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"
SHOWN = 8  # people and faults that are named


@dataclass(frozen=True)
class Check:
    """One thing tried. `hint`: what to click, if it is not as it should be."""

    name: str  # "contacts", "form"
    ok: bool
    words: str
    hint: str = ""
    needed: bool = True


class FaultyError(GuijuError):
    """What was tried answers, but not as it should; `words` say why.

    `bearable`: the office can work all the same.
    """

    code = "dingtalk_faulty"

    def __init__(self, words: str, *, bearable: bool = False) -> None:
        super().__init__(words=words)
        self.words, self.bearable = words, bearable


@dataclass(frozen=True)
class DingTalkDoctor:
    """Tries one office's app; nothing is sent, filed or changed."""

    client: DingTalkClient
    loop: LoopThread
    contacts: DingTalkContacts
    texts: Texts

    def examine(self) -> list[Check]:
        """Every check, in the order in which the console is set up."""
        first = self._check("app", self._app)
        if not first.ok:
            return [first]  # nothing else can work
        looks: list[tuple[str, Callable[[], str], bool]] = [
            ("receiving", self._receiving, True),
            ("contacts", self._contacts, True),
            ("posts", self._posts, True),
            ("robot", self._robot, True),
            ("group", self._group, False),
            ("form", self._form, True),
            ("approvals", self._approvals, True),
            ("todo", self._todo, False),
            ("cards", self._cards, False),
            ("links", self._links, False),
        ]
        return [first, *(self._check(name, look, needed) for name, look, needed in looks)]

    def _check(self, name: str, look: Callable[[], str], needed: bool = True) -> Check:
        try:
            return Check(name, True, look(), needed=needed)
        except FaultyError as error:
            words, needed = error.words, needed and not error.bearable
        except GuijuError as error:
            words = self._reason(error)
        fields = {"org": self._org, "scopes": SCOPES.get(name, "")}
        hint = self.texts.say(f"channels.hint_{name}", **fields)
        return Check(name, False, words, hint, needed)

    def _reason(self, error: GuijuError) -> str:
        if error.code == PERMISSION:
            return self.texts.say("channels.doctor_permission", scopes=error.details.get("scopes"))
        return f"{error_words(error, self.texts)} ({error.code})"

    @property
    def _org(self) -> OrgId:
        return self.client.config.org

    def _app(self) -> str:
        self.loop.run(self.client.token(), LONGEST_CALL_S)
        return self._say("app", app=self.client.config.app_key)

    def _receiving(self) -> str:
        config = self.client.config
        if config.mode is Mode.HTTP:
            return self._callback()
        answer = self._open_gateway()
        if not answer.get("endpoint"):
            raise FaultyError(self._say("no_stream", code=answer.get("code", "")))
        return self._say("stream")

    def _open_gateway(self) -> Mapping[str, Any]:
        config = self.client.config
        body = {
            "clientId": config.app_key,
            "clientSecret": config.app_secret,
            "subscriptions": [{"type": "EVENT", "topic": "*"}],
            "ua": NOBODY,
        }
        url = f"{config.gateway_url}/v1.0/gateway/connections/open"
        try:
            answer = httpx.post(url, json=body, timeout=TIMEOUT, trust_env=False).json()
        except (httpx.HTTPError, ValueError) as error:
            raise OutsideServiceError("dingtalk_unreachable", api="gateway") from error
        return answer if isinstance(answer, dict) else {}

    def _callback(self) -> str:
        config = self.client.config
        address = f"{config.public_url}/channels/{CHANNEL}/{config.org}"
        if urlsplit(config.public_url).scheme != "https":
            raise FaultyError(self._say("no_address"))
        if len(config.aes_key or "") != AES_KEY_LENGTH:
            raise FaultyError(self._say("aes_key", length=AES_KEY_LENGTH))
        return self._say("callback", address=address)

    def _contacts(self) -> str:
        departments = self.contacts.departments(self._org)
        self.contacts.members(self._org, departments[:1])
        self.contacts.member(self._org, NOBODY)
        return self._say("contacts", count=len(departments))

    def _posts(self) -> str:
        table = self.contacts.table(self._org)
        departments: Sequence[Department] = self.contacts.departments(self._org)
        accounts = self.contacts.members(self._org, departments)
        mapped = map_staff(table, departments, accounts)
        found = len(mapped.directory.people)
        if mapped.unmapped:
            named = [f"{each.who} {each.code} {each.about}".strip() for each in mapped.unmapped]
            shown = "; ".join(named[:SHOWN])
            words = self._say("unmapped", count=len(named), people=found, shown=shown)
            raise FaultyError(words, bearable=found > 0)
        return self._say("posts", people=found)

    def _robot(self) -> str:
        body = {"robotCode": self.client.config.robot_code, "userIds": []}
        reason = self._refusal("POST", ROBOT, body | _GREETING)
        if "robotCode" in reason:
            raise FaultyError(reason)
        return self._say("robot", code=self.client.config.robot_code)

    def _group(self) -> str:
        config = self.client.config
        if config.office_group is None:
            raise FaultyError(self._say("no_group"))
        body = {"robotCode": config.robot_code, "openConversationId": config.office_group}
        reason = self._refusal("POST", GROUP, body)
        if "msgKey" not in reason:
            raise FaultyError(reason)
        return self._say("group")

    def _form(self) -> str:
        config = self.client.config
        if config.form is None or config.process_code is None:
            raise FaultyError(self._say("no_form"))
        schema = self._call("GET", SCHEMAS, params={"processCode": config.process_code})
        choices = {self.texts.say("leave.field_kind"): [kind.value for kind in LeaveKind]}
        found = misfits(components_of(schema), config.form, Known(choices))
        if found:
            raise FaultyError("; ".join(map(self._misfit, found[:SHOWN])))
        return self._say("form", code=config.process_code)

    def _misfit(self, found: Misfit) -> str:
        fields = {"component": found.component, "detail": found.detail}
        return self._say(f"form_{found.fault}", **fields)

    def _approvals(self) -> str:
        if self.client.config.process_code:
            body = {"processCode": self.client.config.process_code, "startTime": 0}
            self._refusal("POST", LISTING, body | {"nextToken": 0, "maxResults": 1})
        self._refusal("POST", f"{INSTANCES}/terminate", {"processInstanceId": NOBODY})
        return self._say("approvals")

    def _todo(self) -> str:
        tasks = f"/v1.0/todo/users/{NOBODY}/tasks"
        self._refusal("GET", f"{tasks}/sources/{NOBODY}")
        self._refusal("PUT", f"{tasks}/{NOBODY}", {"done": True})
        return self._say("todo")

    def _cards(self) -> str:
        templates = self.client.config.card_templates
        if not templates:
            raise FaultyError(self._say("no_cards"))
        for kind, template in templates.items():
            # An instance that is never delivered is seen by nobody.
            body = {"cardTemplateId": template, "outTrackId": f"{NOBODY}-{uuid.uuid4()}"}
            reason = self._refusal(
                "POST", "/v1.0/card/instances", body | {"cardData": {"cardParamMap": {"x": ""}}}
            )
            if reason:
                raise FaultyError(f"{kind}: {reason}")
        return self._say("cards", kinds=", ".join(templates))

    def _links(self) -> str:
        if urlsplit(self.client.config.public_url).scheme != "https":
            raise FaultyError(self._say("no_links"))
        return self.client.config.public_url

    def _call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        call = self.client.call(method, path, body, params, api="doctor", repeatable=True)
        return self.loop.run(call, LONGEST_CALL_S)

    def _refusal(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> str:
        """Why DingTalk refuses a call that can have no effect; empty: it did not.

        Raises:
            OutsideServiceError: for lack of a permission, or it did not answer.
        """
        try:
            self._call(method, path, body)
        except OutsideServiceError as error:
            if error.code != REFUSED:
                raise
            return str(error.details.get("reason", ""))
        return ""

    def _say(self, key: str, /, **fields: object) -> str:
        return self.texts.say(f"channels.doctor_{key}", **fields)


_GREETING = {"msgKey": "sampleText", "msgParam": '{"content": ""}'}
SCOPES = {
    "contacts": "qyapi_get_department_list, qyapi_get_department_member, qyapi_get_member",
    "posts": "qyapi_get_department_list, qyapi_get_department_member",
    "robot": "qyapi_robot_sendmsg",
    "group": "qyapi_robot_sendmsg",
    "form": "Workflow.Form.Read",
    "approvals": "Workflow.Instance.Read, Workflow.Instance.Write",
    "todo": "Todo.Todo.Read, Todo.Todo.Write",
    "cards": "Card.Instance.Write, Card.Streaming.Write",
}
