"""Answers without the dialogue engine: rule questions, deadlines and approval states."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.messages import Incoming, Message
from bot.core.people import Person
from bot.core.rules import AnswerStatus
from bot.services.leave import LeaveDesk
from bot.services.leave_words import LeaveWords
from bot.services.outside import RuleBook, Texts
from bot.services.rule_words import answer_message
from bot.services.storage import UnitOfWorkFactory
from bot.services.supervision import SupervisionDesk
from bot.services.supervision_words import ledger_message

# Deliberately few and narrow: whatever is not one of these is taken for a rule question.
_MY_LEAVE = re.compile(r"我的(?:请?假|出差)|假.{0,4}批(?:了|没)|销假了")
_LEDGER = re.compile(
    r"我的督办|哪些督办|督办.{0,6}(?:超期|到期|台账|列表)|超期.{0,4}(?:督办|事项)|到期"
    r"|(?:哪些|谁|有没有).{0,6}延期"
)
_WANTS_DOING = re.compile(
    r"^(?:确认|确认提交|是的?|好的?|不|算了|取消|提交|修改)[。!!]?$|^立项|^签收|督办.{0,3}\d+号"
    r"|(?:我要|帮我|想|我)(?:.{0,12})(?:请.{0,6}假|出差|外出|休假)|撤回|销假|延期"
)


@dataclass(frozen=True)
class Fallback:
    """What the assistant can do while the dialogue engine is away; it never files anything."""

    unit_of_work: UnitOfWorkFactory
    rules: RuleBook
    leave_desk: LeaveDesk
    supervision_desk: SupervisionDesk
    leave_words: LeaveWords
    texts: Texts

    def reply(self, person: Person, incoming: Incoming, turn_key: str) -> list[Message]:
        """Answer as far as possible; says what has not been done."""
        text = incoming.text
        if self._has_happened(turn_key):  # the engine fell silent after its action had run
            return [Message(self.texts.say("service.done_unsaid"))]
        if _MY_LEAVE.search(text) and not incoming.is_group:
            leaves = self.leave_desk.listing(person.org, person.id)
            return [self._notice(), self.leave_words.listing(leaves)]
        if _LEDGER.search(text) and not incoming.is_group:
            items = self.supervision_desk.visible_to(person, text)
            return [
                self._notice(),
                ledger_message(items, self.supervision_desk.today(), self.texts),
            ]
        if _WANTS_DOING.search(text):
            kept = self.leave_desk.current(incoming.thread) is not None
            return [
                Message(self.texts.say("service.not_done_kept" if kept else "service.not_done"))
            ]
        # Not through the rule desk: greetings are nothing for the unanswered desk.
        answer = self.rules.answer(person.org, text)
        if answer.status is AnswerStatus.NOT_FOUND:
            return [Message(self.texts.say("service.not_understood"))]
        return [self._notice(), answer_message(answer, self.texts)]

    def _has_happened(self, turn_key: str) -> bool:
        with self.unit_of_work() as uow:
            return uow.effects.has_any(turn_key)

    def _notice(self) -> Message:
        return Message(self.texts.say("service.engine_away"))
