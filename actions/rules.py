"""Questions to the rule documents."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.base import Reply, WiredAction, buttons
from actions.leave_form import asks_for_leave, begin_leave
from bot.core.messages import Message
from bot.core.people import Office, OrgId
from bot.core.rules import Answer, AnswerStatus
from bot.services.rule_words import answer_message
from bot.services.turns import Turn

# What is left of "那云阳县是怎么规定的呢" once the office is taken away: no question of its own.
_FILLERS = re.compile(
    r"@?小规|县政府办(?:公室)?|[县区市]政府|那边|那里|同样的?问题|换[成到]|对比(?:一?下)?|参考(?:一?下)?|借鉴(?:一?下)?"
    r"|看看|我想看|和|跟|比|的?(?:是)?(?:怎么|怎样|咋|如何|什么|啥)(?:规定|要求|说|写|讲|弄|办|做)?的?"
    r"|规定|要求|规则|有没有|一样|这[条个]|那|呢|吗|的|是|呀|啊|[县区市办]|[\s,，。?？!！]"
)
OWN_QUESTION = 4  # characters left at least
_ENDS = re.compile(r"(?<=[?？])|[;；\n]")
_SHORT_NAME = re.compile(r"[^市县区]+[市县区](?=人民政府)")
MOST_QUESTIONS = 4  # in one message


def questions_in(text: str) -> list[str]:
    """The questions of a message that asks several; otherwise the message itself."""
    parts = [part.strip() for part in _ENDS.split(text)]
    asked = [part for part in parts if len(part) > OWN_QUESTION]
    is_list = len(asked) > 1 and all(part.endswith(("?", "？")) for part in asked[:-1])
    return asked[:MOST_QUESTIONS] if is_list else [text]


class RuleAction(WiredAction):
    """Puts a question to the rule desk and remembers it."""

    def answered(self, turn: Turn, org: OrgId, question: str, answer: Answer) -> Reply:
        """The answer in words, and the slots that a follow-up leans on."""
        message = answer_message(answer, self.wiring.texts)
        if org != turn.person.org:
            message = self._of_other_office(org, message)
        is_open = answer.status is AnswerStatus.CLARIFY
        slots = {
            "last_question": question,
            "last_office": org,
            "last_options": list(answer.options) if is_open else None,
        }
        return Reply((message,), tuple(SlotSet(slot, value) for slot, value in slots.items()))

    def _of_other_office(self, org: OrgId, message: Message) -> Message:
        with self.wiring.unit_of_work() as uow:
            office = uow.people.directory(org).office.name
        words = self.say("other_office", office=office, text=message.text)
        return Message(words.text, message.buttons, message.citations)


class ActionAnswerRule(RuleAction):
    """A question of its own, or one of the choices offered a moment ago."""

    action_name = "action_answer_rule"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        text, previous = turn.incoming.text, tracker.get_slot("last_question")
        desk = self.wiring.rule_desk
        if previous and text in (tracker.get_slot("last_options") or ()):
            org = OrgId(tracker.get_slot("last_office") or turn.person.org)
            return self.answered(turn, org, text, desk.follow_up(org, previous, text))
        if asks_for_leave(self.wiring, text, tracker):
            return begin_leave(self, turn)
        replies = [self._ask(turn, question) for question in questions_in(text)]
        # A follow-up leans on the last of them.
        return Reply(tuple(m for reply in replies for m in reply.messages), replies[-1].events)

    def _ask(self, turn: Turn, question: str) -> Reply:
        org = self.wiring.named_office(question) or turn.person.org
        return self.answered(turn, org, question, self.wiring.rule_desk.ask(org, question))


class ActionFollowUpRule(RuleAction):
    """A question that leans on the one before (那副县长呢)."""

    action_name = "action_follow_up_rule"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        text, previous = turn.incoming.text, tracker.get_slot("last_question")
        org = OrgId(tracker.get_slot("last_office") or turn.person.org)
        if not previous:
            return self.answered(turn, org, text, self.wiring.rule_desk.ask(org, text))
        answer = self.wiring.rule_desk.follow_up(org, previous, text)
        # The next follow-up leans on the same question: 那副县长呢, 那局长呢.
        return self.answered(turn, org, previous, answer)


class ActionCompareOffice(RuleAction):
    """The last question, or the one in the sentence, put to another office's rules."""

    action_name = "action_compare_office"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        text, previous = turn.incoming.text, tracker.get_slot("last_question")
        org = self.wiring.named_office(text)
        if org is None:
            return self._which_office()
        question = text if self._asks_itself(text, org) else previous
        if not question:
            return Reply((self.say("question_missing"),), (SlotSet("last_office", org),))
        return self.answered(turn, org, question, self.wiring.rule_desk.ask(org, question))

    def _asks_itself(self, text: str, org: OrgId) -> bool:
        with self.wiring.unit_of_work() as uow:
            office = uow.people.directory(org).office
        for name in (office.name, office.area, office.area[:-1]):
            text = text.replace(name, "")
        return len(_FILLERS.sub("", text)) >= OWN_QUESTION

    def _which_office(self) -> Reply:
        with self.wiring.unit_of_work() as uow:
            offices = [uow.people.directory(org).office for org in uow.people.orgs()]
        areas = (_short_name(office) for office in offices)
        says = (self.wiring.texts.say("chat.say_other_office", area=area) for area in areas)
        return Reply((Message(self.say("office_unknown").text, buttons(*says)),))


def _short_name(office: Office) -> str:
    """What people call an office: 双台子区 for 盘锦市双台子区人民政府."""
    found = _SHORT_NAME.search(office.name)
    return found[0] if found else office.area
