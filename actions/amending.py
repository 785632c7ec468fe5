"""变更: an item's unit, person or content, shown before it is changed."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.base import Reply, WiredAction
from actions.instead import asked_instead
from bot.core.errors import RefusedError
from bot.core.people import Directory
from bot.services.supervision_amending_words import amended_message, proposed_message
from bot.services.supervision_words import group_done_message
from bot.services.turns import Turn


class AmendingAction(WiredAction):
    """Changes an item, shared with the yes to a change that was shown."""

    def amended(self, turn: Turn, text: str) -> Reply:
        """Change it; in a group the person alone hears what of."""
        desk, texts = self.wiring.supervision_desk, self.wiring.texts
        found = desk.amendments.amend(turn.person, text, turn.key)
        done = amended_message(found, self._directory(turn), texts)
        if not turn.incoming.is_group:
            return Reply((done,))
        return self.tell_in_private(turn, done, group_done_message("amended", found.after, texts))

    def _directory(self, turn: Turn) -> Directory:
        with self.wiring.unit_of_work() as uow:
            return uow.people.directory(turn.person.org)


class ActionAmendItem(AmendingAction):
    """把4号的责任单位换成住建局."""

    action_name = "action_amend_item"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        desk, texts, text = self.wiring.supervision_desk, self.wiring.texts, turn.incoming.text
        if desk.reader.confirms_amending(text):
            return self.amended(turn, text)
        found = desk.amendments.propose(turn.person, text)
        shown = proposed_message(found, text, desk.today(), self._directory(turn), texts)
        if turn.incoming.is_group:
            return self.tell_in_private(turn, shown, self.say("in_private"))
        return Reply((shown,), (SlotSet("pending_change", text),))

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Say why not, unless the rules were asked."""
        return asked_instead(self, turn, tracker) or super().refused(error, turn, tracker)
