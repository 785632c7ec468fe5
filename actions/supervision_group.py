"""督办日报发这个群: the group that reads the supervision digest."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import Reply, WiredAction
from bot.core.messages import Message
from bot.core.supervision_wishes import GroupWish
from bot.services.supervision_group_naming import GroupNaming
from bot.services.turns import Turn


class ActionNameGroup(WiredAction):
    """Name the group where it is said, end its digest, or say which it is."""

    action_name = "action_name_group"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        wiring, incoming = self.wiring, turn.incoming
        wish = wiring.supervision_desk.reader.read_group_wish(incoming.text) or GroupWish.ASK
        naming = GroupNaming(wiring.unit_of_work, wiring.clock)
        where = incoming.conversation if incoming.is_group else None
        event = naming.follow(turn.person, wish, where)
        return Reply((Message(wiring.texts.say(f"supervision.digest_{event}")),))
