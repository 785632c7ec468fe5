"""Leave: filing what the form has gathered, and what is asked and done about filed leaves."""

from __future__ import annotations

import re
from abc import abstractmethod

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions.base import Reply, WiredAction
from actions.leave_asking import CONFIRMED, PARTS, slot
from actions.leave_opening import in_private
from actions.questions import ask_rules
from bot.core.errors import RefusedError
from bot.core.leave import Leave, LeaveId
from bot.core.leave_links import is_open
from bot.core.messages import Button, Message
from bot.services.leave_absence import Absences
from bot.services.leave_cases import approval_key
from bot.services.leave_history import LeaveHistory
from bot.services.leave_ledger import asks_for_register
from bot.services.leave_listing import OwnListing
from bot.services.turns import Turn

# 编号3, 3号请假; but 12号的请假 names a day
LEAVE_NUMBER = re.compile(r"编号\s*(\d+)|(?<![\d月.-])(\d+)号?(?:请假|假条|申请|外出|出差)")
_OF_OTHERS = re.compile(r"谁|哪[些几]?[个位]?(?:人|同志)|有没有人|有人")
_EXTENSION = re.compile(r"续假?")
_SPEAKS_OF_LEAVE = re.compile(
    r"假|出.?差|公差|外出|出[访国]|申请|编号|撤|续|延|改|推|提前|作废|取消|回来|返|到岗|上班"
)
FORM_EMPTIED: tuple[EventType, ...] = (
    ActiveLoop(None),
    *(SlotSet(slot(part), None) for part in (*PARTS, CONFIRMED)),
    SlotSet("requested_slot", None),
)


class LeaveAction(WiredAction):
    """An action about leave; in a group it only shows the way to the direct chat."""

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        if turn.incoming.is_group:
            return in_private(self, turn, lambda alone: self._answered(alone, tracker))
        return self.act_alone(turn, tracker)

    def _answered(self, turn: Turn, tracker: Tracker) -> Reply:
        try:
            return self.act_alone(turn, tracker)
        except RefusedError as error:
            return self.refused(error, turn, tracker)

    @abstractmethod
    def act_alone(self, turn: Turn, tracker: Tracker) -> Reply:
        """Act where nobody reads along."""

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Say why not, in the words of leave."""
        return Reply((self.wiring.leave_words.problem(error),))


class ActionFileLeave(LeaveAction):
    """Files the confirmed draft; does nothing when the form ended without a yes."""

    action_name = "action_file_leave"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        if tracker.get_slot(slot(CONFIRMED)) is not True:
            return Reply((), FORM_EMPTIED)
        return super().act(turn, tracker)

    def act_alone(self, turn: Turn, tracker: Tracker) -> Reply:
        return Reply((file_draft(self, turn),), FORM_EMPTIED)

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Say why not, and empty the form."""
        return Reply((self.wiring.leave_words.problem(error),), FORM_EMPTIED)


class ActionDropLeave(LeaveAction):
    """Forgets the draft (算了)."""

    action_name = "action_drop_leave"

    def act_alone(self, turn: Turn, tracker: Tracker) -> Reply:
        self.wiring.leave_desk.drop(turn.incoming.thread)
        return Reply((self.wiring.leave_words.dropped(),), FORM_EMPTIED)


class ActionListLeaves(LeaveAction):
    """A person's own leaves, or those of somebody who is asked about (他今年请了几天假)."""

    action_name = "action_list_leaves"

    def act_alone(self, turn: Turn, tracker: Tracker) -> Reply:
        text, wiring = turn.incoming.text, self.wiring
        if asks_for_register(text):
            return Reply((wiring.leave_ledger.told(turn.person, text),))
        history = LeaveHistory(wiring.unit_of_work, wiring.clock, wiring.leave_words)
        kind = wiring.leave_desk.read(text, turn.person.org).kind
        if (told := history.answer(turn.person, text, kind)) is not None:
            return Reply((told,))
        own = OwnListing(self.wiring.unit_of_work, self.wiring.leave_words)
        return Reply((own.of(turn.person),))


class ActionListAbsent(LeaveAction):
    """Who is away, today or when the sentence says."""

    action_name = "action_list_absent"

    def act_alone(self, turn: Turn, tracker: Tracker) -> Reply:
        text, wiring = turn.incoming.text, self.wiring
        absences = Absences(wiring.unit_of_work, wiring.clock, wiring.leave_words)
        span = wiring.leave_desk.read(text, turn.person.org).span
        return Reply((absences.answer(turn.person.org, text, span),))


class OneLeaveAction(LeaveAction):
    """Does something with one leave. Where it could be several, they become buttons."""

    @abstractmethod
    def again(self, leave: LeaveId, text: str) -> str:
        """The sentence that says the same of one leave."""

    @abstractmethod
    def act_on(self, leave: LeaveId | None, turn: Turn) -> Reply:
        """Do it with the leave named, or with the only one that it can be done with."""

    def act_alone(self, turn: Turn, tracker: Tracker) -> Reply:
        named = named_leave(turn.incoming.text)
        try:
            return self.act_on(named, turn)
        except RefusedError as error:
            meant = self._meant(error, turn)
            if meant is None:
                raise
        return self.act_on(meant, turn)

    def _meant(self, error: RefusedError, turn: Turn) -> LeaveId | None:
        """The one of several leaves whose days or kind the sentence names."""
        leaves = error.details.get("leaves")
        if error.code != "leave_which" or not isinstance(leaves, tuple):
            return None
        text = self.telling(turn.incoming.text)
        return self.wiring.leave_desk.meant(turn.person, text, leaves)

    def telling(self, text: str) -> str:
        """What of a sentence may tell which leave is meant."""
        return text

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Offer the leaves that could be meant; what speaks of none asks the rules (谁主持)."""
        if error.code == "leave_none" and not _SPEAKS_OF_LEAVE.search(turn.incoming.text):
            return ask_rules(self, turn, tracker, may_lean=True)
        [message] = super().refused(error, turn, tracker).messages
        leave_words = self.wiring.leave_words
        if error.code != "leave_which":
            return Reply((message,))
        meant = error.details.get("leaves")
        own = self.wiring.leave_desk.listing(turn.person.org, turn.person.id)
        text = turn.incoming.text
        offered = tuple(
            Button(f"{leave.kind} {leave_words.span(leave.span)}", self.again(leave.id, text))
            for leave in own
            if isinstance(meant, tuple) and leave.id in meant
        )
        return Reply((Message(message.text, offered),))


class ActionWithdrawLeave(OneLeaveAction):
    """撤回: the leave named, or the only one that can be."""

    action_name = "action_withdraw_leave"

    def act_on(self, leave: LeaveId | None, turn: Turn) -> Reply:
        withdrawn = self.wiring.leave_desk.withdraw(turn.person, leave, turn.key)
        return Reply((self.wiring.leave_words.withdrawn(withdrawn),))

    def _meant(self, error: RefusedError, turn: Turn) -> LeaveId | None:
        """撤回续假 means the extension."""
        if _EXTENSION.search(turn.incoming.text) and error.code == "leave_which":
            own = self.wiring.leave_desk.listing(turn.person.org, turn.person.id)
            open_ones = [le.id for le in own if le.extends is not None and is_open(le)]
            return open_ones[0] if len(open_ones) == 1 else None
        return super()._meant(error, turn)

    def again(self, leave: LeaveId, text: str) -> str:
        """撤回编号3的请假."""
        return self.wiring.texts.say("chat.say_withdraw", id=leave)


class ActionReturnFromLeave(OneLeaveAction):
    """销假."""

    action_name = "action_return_from_leave"

    def act_alone(self, turn: Turn, tracker: Tracker) -> Reply:
        if _OF_OTHERS.search(turn.incoming.text):
            return ActionListAbsent(self.wiring).act_alone(turn, tracker)
        return super().act_alone(turn, tracker)

    def act_on(self, leave: LeaveId | None, turn: Turn) -> Reply:
        returned = self.wiring.leave_desk.return_from(turn.person, leave, turn.key)
        return Reply((self.wiring.leave_words.returned(returned),))

    def again(self, leave: LeaveId, text: str) -> str:
        """编号3销假."""
        return self.wiring.texts.say("chat.say_return", id=leave)


def file_draft(action: WiredAction, turn: Turn) -> Message:
    """Store the leave, try to file it at once, and say how far it got.

    Raises:
        RefusedError: there is no complete draft.
    """
    desk = action.wiring.leave_desk
    leave = desk.confirm(turn.person, turn.incoming.thread, turn.key)
    action.wiring.delivery.deliver_key(approval_key(leave.id))
    return action.wiring.leave_words.filed(_as_stored(action, leave))


def named_leave(text: str) -> LeaveId | None:
    """The leave that a sentence names by its number."""
    found = LEAVE_NUMBER.search(text)
    return LeaveId(int(found[1] or found[2])) if found else None


def _as_stored(action: WiredAction, leave: Leave) -> Leave:
    own = action.wiring.leave_desk.listing(leave.org, leave.user)
    return next((stored for stored in own if stored.id == leave.id), leave)
