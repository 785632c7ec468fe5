"""Whether an office's app is set up in the WeCom console: tried without anybody noticing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.examining import NOBODY, Check, Examiner, FaultyError
from bot.adapters.channels.loop import LoopThread
from bot.adapters.wecom.answers import PERMISSION, REFUSED
from bot.adapters.wecom.client import WeComClient
from bot.adapters.wecom.config import CHANNEL
from bot.adapters.wecom.people import WeComContacts
from bot.adapters.wecom.templates import controls_of
from bot.core.errors import OutsideServiceError, UnreachableError
from bot.services.outside import Texts


@dataclass(frozen=True)
class WeComDoctor:
    """Tries one office's app; nothing is sent, filed or changed."""

    client: WeComClient
    loop: LoopThread
    contacts: WeComContacts
    texts: Texts

    def examine(self) -> list[Check]:
        """Every check, in the order in which the console is set up."""
        check = self._examiner.check
        first = [check("app", self._app), check("address", self._address)]
        if not all(each.ok for each in first):
            return first  # nothing else can work
        looks: list[tuple[str, Callable[[], str], bool]] = [
            ("receiving", self._receiving, True),
            ("contacts", lambda: self._examiner.contacts(self.contacts), True),
            ("posts", lambda: self._examiner.posts(self.contacts), True),
            ("sending", self._sending, True),
            ("robots", self._robots, False),
            ("bot", self._bot, False),
            ("approvals", self._approvals, True),
            ("form", self._form, True),
            ("links", lambda: self._examiner.links(self.client.config.public_url), False),
        ]
        return [*first, *(check(name, look, needed) for name, look, needed in looks)]

    @property
    def _examiner(self) -> Examiner:
        return Examiner(self.client.config.org, self.texts, "channels.wecom_hint")

    def _app(self) -> str:
        self.loop.run(self.client.token(), LONGEST_CALL_S)
        return self._say("app", app=self.client.config.agent_id)

    def _address(self) -> str:
        """Any call but that for a token asks where it comes from."""
        try:
            asked = self.client.get("user/get", {"userid": NOBODY}, api="doctor")
            self.loop.run(asked, LONGEST_CALL_S)
        except OutsideServiceError as error:
            if error.code not in (REFUSED, PERMISSION):
                raise
        return self._say("address")

    def _receiving(self) -> str:
        config = self.client.config
        if config.aes_key is None:
            raise FaultyError(self._say("no_callback"))
        return self._examiner.address(config.public_url, CHANNEL, config.aes_key)

    def _sending(self) -> str:
        body = {"touser": NOBODY, "msgtype": "text", "text": {"content": NOBODY}}
        try:
            self._post("message/send", body | {"agentid": self.client.config.agent_id})
        except UnreachableError:  # as it should: there is nobody of that name
            return self._say("sending", app=self.client.config.agent_id)
        raise FaultyError(self._say("nobody_known"))

    def _robots(self) -> str:
        """A message without its text is refused, but only by a robot that is there."""
        keys = self.client.config.robot_keys
        if not keys:
            raise FaultyError(self._say("no_robots"))
        for group, key in keys.items():
            try:
                self.loop.run(self.client.by_robot(key, {"msgtype": NOBODY}), LONGEST_CALL_S)
            except UnreachableError as error:
                raise FaultyError(self._say("robot_gone", group=group)) from error
            except OutsideServiceError as error:
                if error.code != REFUSED:
                    raise
        return self._say("robots", groups=", ".join(keys))

    def _bot(self) -> str:
        bot, config = self.client.config.bot, self.client.config
        if bot is None:
            raise FaultyError(self._say("no_bot"))
        if bot.calls_us:
            return self._examiner.address(config.public_url, CHANNEL, bot.aes_key)
        return self._say("bot", bot=bot.id)

    def _approvals(self) -> str:
        try:
            self._post("oa/getapprovaldetail", {"sp_no": NOBODY})
        except OutsideServiceError as error:
            if error.code != REFUSED:
                raise
        return self._say("approvals_by_people")

    def _form(self) -> str:
        config = self.client.config
        if config.form is None or config.template_id is None:
            raise FaultyError(self._say("no_template"))
        template = self._post("oa/gettemplatedetail", {"template_id": config.template_id})
        components = [each.component for each in controls_of(template, config.vacations)]
        return self._examiner.form(components, config.form, config.template_id)

    def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        call = self.client.post(path, body, api="doctor", repeatable=True)
        return self.loop.run(call, LONGEST_CALL_S)

    def _say(self, key: str, /, **fields: object) -> str:
        return self._examiner.say(key, **fields)
