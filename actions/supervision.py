"""Matters under supervision, from registering to closing."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk import Tracker

from actions.base import Reply, WiredAction
from actions.duties import with_duties
from bot.core.errors import InvalidInputError, NotFoundError, RefusedError
from bot.core.messages import Button, Message
from bot.core.people import Directory
from bot.core.supervision import Item, SentReminder
from bot.core.supervision_rights import Act, may
from bot.services import supervision_words as words
from bot.services.ledgers import year_and_serial
from bot.services.supervision_detail_words import (
    merge_choices,
    merged_message,
    parts_open_choices,
    spoken_serial,
)
from bot.services.supervision_finding import Wanted, is_open, is_unsigned
from bot.services.supervision_replies import Replies
from bot.services.turns import Turn
from bot.services.unreached import reach_lines, unreached_line

_BARE_RECEIPT = re.compile(r"\W*(?:好的?|嗯)?\W*(?:已经?)?(?:收到|收悉)(?:通知)?[了啦]?\W*$")
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
        """Offer the items that could be meant."""
        message = self.sorry(error)
        if error.code != "item_which":
            return Reply((message,))
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


def what_waits(action: WiredAction, turn: Turn) -> Message | None:
    """The matters that wait for a word of the person; never in a group."""
    if turn.incoming.is_group:
        return None
    desk = action.wiring.supervision_desk
    items = desk.waiting_for(turn.person)
    if not items:
        return None
    return words.waiting_message(items, turn.person, desk.today(), action.wiring.texts)


class ActionSignItem(ItemAction):
    """签收."""

    action_name = "action_sign_item"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        """Sign; a bare 收到 may mean anything, so it is asked what it answers."""
        if not _BARE_RECEIPT.match(turn.incoming.text):
            return super().act(turn, tracker)
        return Reply((what_waits(self, turn) or self.say("yes_to_nothing"),))

    def step(self, turn: Turn) -> tuple[str, Item]:
        desk = self.wiring.supervision_desk
        return "signed", desk.sign(turn.person, self.said(turn, is_unsigned), turn.key)


class ActionReportProgress(CardAction):
    """报进展; a report that says it is done asks for closing, one that says nothing for content."""

    action_name = "action_report_progress"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        """Report; ask for the news that is missing (督办3号进展), and for the item (报进展)."""
        text = turn.incoming.text
        if not self._says_nothing(text):
            return super().act(turn, tracker)
        if self.names_item(text):
            return self.show_card(turn, self.wiring.supervision_desk.find(turn.person, text))
        return self._asked_for(turn)

    def _asked_for(self, turn: Turn) -> Reply:
        """Which item, each as a button; of a single one what there is to tell."""
        desk = self.wiring.supervision_desk
        items = desk.reportable_by(turn.person)
        if not items:
            raise NotFoundError("item_none")
        if len(items) == 1:
            return self.show_card(turn, items[0])
        asked = words.report_which_message(items, desk.today(), self.wiring.texts)
        if turn.incoming.is_group:
            return self.tell_in_private(turn, asked, self.say("in_private"))
        return Reply((asked,))

    def _says_nothing(self, text: str) -> bool:
        try:
            self.wiring.supervision_desk.reader.read_progress(text)
        except InvalidInputError as error:
            return error.code == "progress_missing"
        return False

    def step(self, turn: Turn) -> tuple[str, Item]:
        desk, text = self.wiring.supervision_desk, self.said(turn)
        item = desk.report(turn.person, text, turn.key)
        return desk.report_event(item), item


class ActionExtendItem(ItemAction):
    """延期: asked for, granted or refused."""

    action_name = "action_extend_item"

    def step(self, turn: Turn) -> tuple[str, Item]:
        desk, text = self.wiring.supervision_desk, self.said(turn)
        item = desk.extend(turn.person, text, turn.key)
        return desk.extension_event(text, item), item


class ActionCloseItem(ItemAction):
    """销号."""

    action_name = "action_close_item"

    def step(self, turn: Turn) -> tuple[str, Item]:
        desk = self.wiring.supervision_desk
        return "closed", desk.close(turn.person, turn.incoming.text, turn.key)

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Ask about the parts of assisting units that are open."""
        if error.code != "item_parts_open":
            return super().refused(error, turn, tracker)
        today = self.wiring.supervision_desk.today()
        choices = parts_open_choices(str(error.details["number"]), today, self.wiring.texts)
        return Reply((Message(self.sorry(error).text, choices),))


class ActionSendBackItem(ItemAction):
    """退回."""

    action_name = "action_send_back_item"

    def step(self, turn: Turn) -> tuple[str, Item]:
        desk = self.wiring.supervision_desk
        return "sent_back", desk.send_back(turn.person, turn.incoming.text, turn.key)


class ActionMergeItem(ItemAction):
    """并案, and taking it back."""

    action_name = "action_merge_item"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        """Merge, and say what became of both sides."""
        desk, texts = self.wiring.supervision_desk, self.wiring.texts
        items = desk.merge(turn.person, turn.incoming.text, turn.key)
        event = "merged" if items[0].merged_into else "unmerged"
        if event == "merged":
            done = merged_message(items, texts)
        else:
            done = words.done_message(event, items[0], desk.today(), texts)
        if turn.incoming.is_group:
            group_words = words.group_done_message(event, items[0], texts)
            return self.tell_in_private(turn, done, group_words)
        return Reply((done,))

    def step(self, turn: Turn) -> tuple[str, Item]:
        items = self.wiring.supervision_desk.merge(turn.person, turn.incoming.text, turn.key)
        return "merged", items[0]

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Offer both ways where it is not said which item is the main one."""
        if error.code != "merge_which":
            return super().refused(error, turn, tracker)
        numbers = str(error.details["numbers"]).split("、")
        choices = merge_choices(numbers, self.wiring.texts)
        return Reply((Message(self.sorry(error).text, choices),))


class ActionCancelItem(ItemAction):
    """撤销."""

    action_name = "action_cancel_item"

    def step(self, turn: Turn) -> tuple[str, Item]:
        desk = self.wiring.supervision_desk
        return "cancelled", desk.cancel(turn.person, turn.incoming.text, turn.key)


class ActionListItems(CardAction):
    """One item by its number, or what of the ledger the person may see."""

    action_name = "action_list_items"

    def step(self, turn: Turn) -> tuple[str, Item]:
        return "shown", self.wiring.supervision_desk.find(turn.person, turn.incoming.text)

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        text = turn.incoming.text
        if self.names_item(text):
            return self.show_card(turn, self.step(turn)[1])
        answer = self.wiring.ledger_talk.answer(turn.person, text)
        whole = with_duties(self, turn, answer.whole) if _OWN.search(text) else answer.whole
        if turn.incoming.is_group:
            group_words = self.say("counts_in_group", counts=answer.counts)
            return self.tell_in_private(turn, whole, group_words)
        return Reply((whole,))
