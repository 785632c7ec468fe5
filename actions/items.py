"""What actions on matters under supervision share: one item found, its card, the ledger."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk import Tracker

from actions.base import Reply, WiredAction
from actions.duties import with_duties
from actions.instead import asked_instead
from bot.core.errors import RefusedError
from bot.core.messages import Button, Message
from bot.core.people import Directory
from bot.core.supervision import Item, SentReminder
from bot.core.supervision_rights import Act, may
from bot.services import supervision_words as words
from bot.services.ledgers import year_and_serial
from bot.services.supervision_detail_words import spoken_serial
from bot.services.supervision_finding import Wanted, is_open
from bot.services.supervision_replies import Replies
from bot.services.turns import Turn
from bot.services.unreached import reach_lines, unreached_line

_WANTS_MORE = re.compile(r"催|改|换|交给|转给|转交|调整")  # what cannot be done by words
_SPEAKS_OF_PROGRESS = re.compile(r"进展|进度|汇报|报告|反馈")
_OWN = re.compile(r"我(?:的|们)?(?:督办|待办)|我手[上头里]")


class ItemAction(WiredAction):
    """One step on an item. Where the sentence could mean several, they become buttons."""

    @abstractmethod
    def step(self, turn: Turn) -> tuple[str, Item]:
        """Take the step; the event's name and the changed item."""

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        event, item = self.step(turn)
        texts = self.wiring.texts
        done = words.done_message(event, item, self.wiring.supervision_desk.today(), texts)
        if turn.incoming.is_group:
            return self.tell_in_private(turn, done, words.group_done_message(event, item, texts))
        return Reply((done,))

    def said(self, turn: Turn, wanted: Wanted = is_open) -> str:
        """The sentence, with the number of the item that it speaks of where that is sure."""
        return self.replies.completed(turn.person, turn.incoming, wanted)

    @property
    def replies(self) -> Replies:
        """What was last put before a person."""
        return Replies(self.wiring.supervision_desk)

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Offer the items that could be meant, or answer what was asked of the rules."""
        message = self.sorry(error)
        if error.code != "item_which":
            return asked_instead(self, turn, tracker) or Reply((message,))
        texts, today = self.wiring.texts, self.wiring.supervision_desk.today()
        say, numbers = texts.say, str(error.details["numbers"]).split("、")
        in_full = {year_and_serial(number)[0] for number in numbers} != {today.year}
        serials = [spoken_serial(number, today, texts, in_full=in_full) for number in numbers]
        offered = tuple(
            Button(
                say("chat.item_title", serial=serial),
                say("chat.item_say", serial=serial, text=turn.incoming.text),
            )
            for serial in serials
        )
        return Reply((Message(message.text, offered),))


class CardAction(ItemAction):
    """Shows the card of one item; in a group only to the person."""

    def show_card(self, turn: Turn, item: Item) -> Reply:
        """The item, and how what was said of it is done."""
        today, text = self.wiring.supervision_desk.today(), turn.incoming.text
        with self.wiring.unit_of_work() as uow:
            directory = uow.people.directory(turn.person.org)
            [sent] = uow.items.reminders([item.id]).values()
        shown = words.item_message(item, turn.person, today, self.wiring.texts, directory)
        more = self._reached(turn, item, sent, directory)
        if _WANTS_MORE.search(text):
            more.append(self.say("item_ways").text)
        if _SPEAKS_OF_PROGRESS.search(text) and may(turn.person, Act.REPORT, item):
            more.append(
                self.say("report_ways", serial=words.serial_of(item, today, self.wiring.texts)).text
            )
        shown = replace(shown, text="\n".join((shown.text, *more)))
        if turn.incoming.is_group:
            return self.tell_in_private(turn, shown, self.say("in_private"))
        self.replies.show(turn.key, item)
        return Reply((shown,))

    def _reached(
        self, turn: Turn, item: Item, sent: Sequence[SentReminder], directory: Directory
    ) -> list[str]:
        """Whom reminders did not reach; the supervision office sees who has read them too."""
        texts = self.wiring.texts
        unreached = unreached_line(sent, directory, texts)
        found = [unreached] if unreached else []
        lines = reach_lines(sent, directory, texts) if may(turn.person, Act.CLOSE, item) else []
        if lines:
            listed = texts.say("supervision.semicolon").join(lines)
            found.append(texts.say("reminders.reach", lines=listed))
        return found

    def names_item(self, text: str) -> bool:
        """Whether a sentence names an item by its number."""
        desk = self.wiring.supervision_desk
        return desk.reader.read_number(text, desk.today()) is not None


class LedgerAction(CardAction):
    """Answers what is asked of the ledger: of one item by its number, or of many."""

    def answer_question(self, turn: Turn) -> Reply:
        """One item by its number, or what of the ledger the person may see; in private."""
        text = turn.incoming.text
        if self.names_item(text):
            return self.show_card(turn, self.wiring.supervision_desk.find(turn.person, text))
        answer = self.wiring.ledger_talk.answer(turn.person, text)
        whole = with_duties(self, turn, answer.whole) if _OWN.search(text) else answer.whole
        if turn.incoming.is_group:
            group_words = self.say("counts_in_group", counts=answer.counts)
            return self.tell_in_private(turn, whole, group_words)
        return Reply((whole,))


def what_waits(action: WiredAction, turn: Turn) -> Message | None:
    """The matters that wait for a word of the person; never in a group."""
    if turn.incoming.is_group:
        return None
    desk = action.wiring.supervision_desk
    items = desk.waiting_for(turn.person)
    if not items:
        return None
    return words.waiting_message(items, turn.person, desk.today(), action.wiring.texts)
