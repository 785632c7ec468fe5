"""The leave form: what was said goes to the desk's draft, what is missing is asked for.

The draft lives in our database. Rasa's slots only mirror which parts are known, so that its form
knows what it waits for; a Rasa that was restarted gets them back by action_session_start.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions.base import Reply, WiredAction, intent_of
from bot.core.errors import NotAllowedError, RefusedError
from bot.core.leave import LeaveParts
from bot.core.messages import DIRECT, Button, Message
from bot.services.leave import DraftView
from bot.services.turns import Turn
from bot.wiring import Wiring

FORM = "leave_form"
PARTS = ("kind", "span", "place", "reason", "stand_in")
CONFIRMED, CHANGE = "confirmed", "change"

ANSWERS = frozenset({"inform", "file_leave", "change", "change_leave", "affirm", "deny"})
RULE_QUESTIONS = frozenset({"ask_rule", "follow_up", "other_office", "nlu_fallback"})
# Short answers (南京, 看病) resemble anything: only a clear case interrupts the form.
SURE = 0.5
VERY_SURE = 0.85
_ASKS = re.compile(
    r"[?？]|谁|多少|多久|几[天个次条点]|怎么|怎样|如何|咋|啥|什么|吗|呢|哪|是否|能不能|可不可以|行不行"
    r"|要不要|需不需要|用不用|有没有|第.{1,6}条|规定"
)
_SPEAKS_OF_RULES = re.compile(
    r"以上|以下|必须|应当|应该|须[向经报]|审批|程序|手续|制度|材料|流程|条件|标准|待遇|权限|办法"
)
_ASKS_FOR_LEAVE = re.compile(r"我|请|休|申请|报备")
_NAMES_LEAVE = re.compile(r"假|出.?差|外出|培训|出国|因公|因私")
_STAYS_AWAY = re.compile(r"不来|不在|不到岗|不上班|来不了")
UNSURE = frozenset({"inform", "nlu_fallback"})
BARE = 8  # characters: 因私出国, 会议请假, 去南京出差
_STOPS = re.compile(r"(?:不用|不提交|不要|不交|不办|不请|不报)了?[吧。!]*$|先不.{1,3}了?[吧。!]*$")
_BARE_YES = re.compile(
    r"(?:确认(?:提交)?|提交|好的?|是的?|对的?|行|可以|嗯+|没问题|没错|ok)[了吧呀。!！,， ]*",
    re.IGNORECASE,
)
_NEGATES = re.compile(r"(?<![没不])错|改|(?<!没)别|不(?!错)|没(?!问题|有问题|错|啥|什么|别)")
_FOR_ANOTHER = re.compile(
    r"[帮替](?!我(?!们)|自己|本人|忙)[\u4e00-\u9fff]{1,6}?(?:请|报|申请)(?:个|一下)?[^,，。]{0,4}假"
)
_PART_WORDS = {
    "kind": re.compile(r"类型|种类|假别"),
    "span": re.compile(r"时间|日期|天数"),
    "place": re.compile(r"地点|地方|目的地"),
    "reason": re.compile(r"事由|原因|理由"),
    "stand_in": re.compile(r"主持|代管|代理|AB角|顶岗"),
}
# Which part a problem with what was said is asked for again.
_PROBLEM_PARTS = {
    "stand_in": "stand_in",
    **dict.fromkeys(("date", "leave_ends", "leave_too", "leave_days", "leave_hours"), "span"),
}


def slot(part: str) -> str:
    """The slot that mirrors a part."""
    return f"leave_{part}"


def asked_part(tracker: Tracker) -> str | None:
    """The part that the form waits for, if it does."""
    requested = tracker.get_slot("requested_slot") or ""
    return requested.removeprefix("leave_") or None


def is_answer(intent: str, confidence: float, text: str) -> bool:
    """Whether a message said within the form answers it, or is about something else."""
    if intent in ANSWERS:
        return True
    if intent in RULE_QUESTIONS:
        return _ASKS.search(text) is None and confidence < VERY_SURE
    return confidence < SURE


def is_leave_request(text: str, parts: LeaveParts, intent: str) -> bool:
    """Whether a sentence that was taken for something else asks for leave: nothing gets lost."""
    if _ASKS.search(text) or _SPEAKS_OF_RULES.search(text):
        return False
    if parts.kind is None:
        is_away = parts.place is not None or _STAYS_AWAY.search(text) is not None
        return intent in UNSURE and parts.span is not None and is_away
    if parts.span or parts.first_day or parts.around:
        return True
    if intent in UNSURE and len(text) <= BARE and _NAMES_LEAVE.search(text):
        return True
    return parts.days is not None and _ASKS_FOR_LEAVE.search(text) is not None


def asks_for_leave(wiring: Wiring, text: str, tracker: Tracker) -> bool:
    """Whether a sentence that Rasa took for a question to the rules asks for leave."""
    if (tracker.active_loop or {}).get("name") == FORM:
        return False
    return is_leave_request(text, wiring.leave_desk.read(text), intent_of(tracker)[0])


def begin_leave(action: WiredAction, turn: Turn) -> Reply:
    """Take what was said into the draft and open the form, which then asks or shows it."""
    if turn.incoming.is_group:
        return in_private(action, turn, lambda alone: begin_leave(action, alone))
    view, shown = _taken_into_draft(action, turn)
    return opened(view, shown)


def opened(view: DraftView, shown: Reply) -> Reply:
    """Open the form, which then says itself what is missing, or shows everything."""
    problem = shown.messages if view.problem else ()
    return Reply(problem, (ActiveLoop(FORM), *shown.events))


def _taken_into_draft(
    action: WiredAction, turn: Turn, asked: str | None = None
) -> tuple[DraftView, Reply]:
    """What was said, kept in the draft, and what the form makes of it."""
    incoming = turn.incoming
    if _FOR_ANOTHER.search(incoming.text):
        raise NotAllowedError("leave_not_yours")
    view = action.wiring.leave_desk.draft(turn.person, incoming.thread, incoming.text, asked)
    return view, LeaveForm(action.wiring).go_on(turn, view)


def goes_on_with_draft(action: WiredAction, turn: Turn, tracker: Tracker) -> Reply | None:
    """Go on with a draft whose form is not open, as one that was begun in a group.

    None: there is none, or something else was said.
    """
    is_open = (tracker.active_loop or {}).get("name") == FORM
    if is_open or turn.incoming.is_group or _ASKS.search(turn.incoming.text):
        return None
    view = action.wiring.leave_desk.current(turn.incoming.thread)
    if view is None or intent_of(tracker)[0] not in UNSURE | {"change", "change_leave"}:
        return None
    return opened(*_taken_into_draft(action, turn, next(iter(view.missing), None)))


def named_part(text: str) -> str | None:
    """The part that somebody wants to change (改时间)."""
    return next((part for part, words in _PART_WORDS.items() if words.search(text)), None)


class LeaveForm:
    """The form's questions, and the events that make Rasa wait for their answers."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def go_on(self, turn: Turn, view: DraftView) -> Reply:
        """Tell a problem, ask for what is missing, or show everything for confirmation."""
        if view.problem is not None:
            part = problem_part(view.problem) or next(iter(view.missing), CHANGE)
            return Reply((self._problem(view.problem),), tuple(waiting_for(part, view)))
        if view.missing:
            return self.ask(turn, view.missing[0], view)
        leave = self._wiring.leave_desk.preview(turn.person, turn.incoming.thread)
        summary = self._wiring.leave_words.summary(leave)
        return Reply((summary,), tuple(waiting_for(CONFIRMED, view)))

    def ask(self, turn: Turn, part: str, view: DraftView) -> Reply:
        """Ask for one part."""
        with self._wiring.unit_of_work() as uow:
            directory = uow.people.directory(turn.person.org)
        question = self._wiring.leave_words.question(part, view, turn.person, directory)
        return Reply((question,), tuple(waiting_for(part, view)))

    def ask_what_to_change(self, view: DraftView) -> Reply:
        """Ask which part is wrong."""
        say = self._wiring.texts.say
        choices = tuple(
            Button(say(f"chat.part_{part}"), say("chat.say_change", part=say(f"chat.part_{part}")))
            for part in PARTS
        )
        return Reply((Message(say("chat.change_what"), choices),), tuple(waiting_for(CHANGE, view)))

    def _problem(self, error: RefusedError) -> Message:
        return self._wiring.leave_words.problem(error)


def waiting_for(part: str, view: DraftView) -> list[EventType]:
    """The slots that make Rasa's form wait for a part."""
    known: dict[str, Any] = {slot(p): None if p in (part, *view.missing) else True for p in PARTS}
    events = [SlotSet(name, value) for name, value in known.items()]
    return [*events, SlotSet(slot(CONFIRMED), None), SlotSet("requested_slot", slot(part))]


def problem_part(problem: RefusedError) -> str | None:
    """The part that has to be said again."""
    starts = _PROBLEM_PARTS.items()
    return next((part for start, part in starts if problem.code.startswith(start)), None)


def restored(view: DraftView) -> list[EventType]:
    """The events that put a form back to where its draft stands."""
    part = next(iter(view.missing), CONFIRMED)
    return [ActiveLoop(FORM), *waiting_for(part, view)]


class ValidateLeaveForm(WiredAction):
    """Runs on every message while the form is open; no slots in return let Rasa answer it."""

    action_name = f"validate_{FORM}"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        form, desk = LeaveForm(self.wiring), self.wiring.leave_desk
        thread, text = turn.incoming.thread, turn.incoming.text
        if turn.incoming.is_group:
            return Reply(begin_leave(self, turn).messages, _ended())
        if _FOR_ANOTHER.search(text):
            raise NotAllowedError("leave_not_yours")
        asked = asked_part(tracker) if tracker.active_loop.get("name") == FORM else None
        if _was_interrupted(tracker) and (view := desk.current(thread)):
            return form.ask_what_to_change(view) if asked == CHANGE else form.go_on(turn, view)
        intent, confidence = self._intent(turn, tracker)
        if asked and not is_answer(intent, confidence, text):
            return Reply()
        if asked == CONFIRMED and intent == "affirm" and not _NEGATES.search(text):
            return Reply((), tuple(SlotSet(slot(part), True) for part in (*PARTS, CONFIRMED)))
        if asked == CONFIRMED and intent == "deny" and _STOPS.search(text):
            desk.drop(thread)
            return Reply((self.wiring.leave_words.dropped(),), _ended())
        if asked != CONFIRMED and _BARE_YES.fullmatch(text) and (view := desk.current(thread)):
            return form.go_on(turn, view)  # a yes is no place and no reason
        if asked in (CONFIRMED, CHANGE):
            return self._change(form, turn)
        return form.go_on(turn, desk.draft(turn.person, thread, text, asked))

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """End the form: there is nothing that another answer could mend."""
        return Reply((self.wiring.leave_words.problem(error),), _ended())

    def _intent(self, turn: Turn, tracker: Tracker) -> tuple[str, float]:
        """What was meant; a yes or no belongs to the form unless it answers a request."""
        intent, confidence = intent_of(tracker)
        talk, text = self.wiring.approval_talk, turn.incoming.text
        if talk is None or intent not in ("affirm", "deny", "answer_approval"):
            return intent, confidence
        if talk.is_meant(turn.person, text):
            return "answer_approval", 1.0
        if intent == "answer_approval":
            return ("deny" if talk.refuses(text) else "affirm"), confidence
        return intent, confidence

    def _change(self, form: LeaveForm, turn: Turn) -> Reply:
        desk, thread, text = self.wiring.leave_desk, turn.incoming.thread, turn.incoming.text
        before = desk.current(thread)
        view = desk.draft(turn.person, thread, text)
        if view.problem or before is None or before.draft.parts != view.draft.parts:
            return form.go_on(turn, view)
        if desk.read(text) != LeaveParts():
            return form.go_on(turn, view)  # what is known already, said once more
        part = named_part(text)
        return form.ask(turn, part, view) if part else form.ask_what_to_change(view)


def in_private(action: WiredAction, turn: Turn, act: Callable[[Turn], Reply]) -> Reply:
    """Act as if it had been said in the direct chat, and answer there; the group hears only that.

    What the form asks is kept in the direct chat's draft, which its next message goes on with.
    """
    alone = replace(turn, incoming=replace(turn.incoming, conversation=DIRECT))
    try:
        messages = act(alone).messages or _asked(action.wiring, alone)
    except RefusedError as error:
        messages = (action.wiring.leave_words.problem(error),)
    return action.tell_all_in_private(turn, messages, action.wiring.leave_words.in_group())


def _asked(wiring: Wiring, turn: Turn) -> tuple[Message, ...]:
    """What the form would ask of the draft, once open."""
    view = wiring.leave_desk.current(turn.incoming.thread)
    return LeaveForm(wiring).go_on(turn, view).messages if view else ()


def _ended() -> tuple[EventType, ...]:
    return (SlotSet(slot(CONFIRMED), False), SlotSet("requested_slot", None))


def _was_interrupted(tracker: Tracker) -> bool:
    """Whether another action has answered the latest message: then it is not read again."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] not in (FORM, "action_listen"):
            return True
    return False
