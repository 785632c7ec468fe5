"""Whether an office's app is set up in the DingTalk console: tried without anybody noticing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from bot.adapters.channels.calling import LONGEST_CALL_S, TIMEOUT
from bot.adapters.channels.examining import NOBODY, Check, Examiner, FaultyError
from bot.adapters.channels.loop import LoopThread
from bot.adapters.dingtalk.approvals import INSTANCES, LISTING
from bot.adapters.dingtalk.client import DingTalkClient
from bot.adapters.dingtalk.config import CHANNEL, Mode
from bot.adapters.dingtalk.forms import components_of
from bot.adapters.dingtalk.people import DingTalkContacts
from bot.core.errors import OutsideServiceError
from bot.services.outside import Texts

REFUSED = "dingtalk_refused"
SCHEMAS = "/v1.0/workflow/forms/schemas/processCodes"
ROBOT, GROUP = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"


@dataclass(frozen=True)
class DingTalkDoctor:
    """Tries one office's app; nothing is sent, filed or changed."""

    client: DingTalkClient
    loop: LoopThread
    contacts: DingTalkContacts
    texts: Texts

    def examine(self) -> list[Check]:
        """Every check, in the order in which the console is set up."""
        first = self._examiner.check("app", self._app)
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
        check = self._examiner.check
        return [first, *(check(name, look, needed) for name, look, needed in looks)]

    @property
    def _examiner(self) -> Examiner:
        return Examiner(self.client.config.org, self.texts, "channels.hint", SCOPES)

    def _app(self) -> str:
        self.loop.run(self.client.token(), LONGEST_CALL_S)
        return self._say("app", app=self.client.config.app_key)

    def _receiving(self) -> str:
        config = self.client.config
        if config.mode is Mode.HTTP:
            return self._examiner.address(config.public_url, CHANNEL, config.aes_key or "")
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

    def _contacts(self) -> str:
        return self._examiner.contacts(self.contacts)

    def _posts(self) -> str:
        return self._examiner.posts(self.contacts)

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
        return self._examiner.form(components_of(schema), config.form, config.process_code)

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
        return self._examiner.links(self.client.config.public_url)

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
        return self._examiner.say(key, **fields)


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
