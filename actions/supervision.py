"""Matters under supervision, from registering to closing."""

from __future__ import annotations

import re

from rasa_sdk import Tracker

from actions.base import Reply
from actions.instead import asked_instead
from actions.items import CardAction, ItemAction, LedgerAction, what_waits
from bot.core.errors import InvalidInputError, NotFoundError, RefusedError
from bot.core.messages import Message
from bot.core.supervision import Item
from bot.services import supervision_words as words
from bot.services.supervision_detail_words import merge_choices, merged_message, parts_open_choices
from bot.services.supervision_finding import is_unsigned
from bot.services.turns import Turn

_BARE_RECEIPT = re.compile(r"\W*(?:好的?|嗯)?\W*(?:已经?)?(?:收到|收悉)(?:通知)?[了啦]?\W*$")
# Without any of these words a sentence is hardly about the ledger: 考核计划由哪两家制定.
_OF_LEDGER = re.compile(
    r"督办|督〔|事项|任务|台账|超[期时]|逾期|过期|到期|临期|时限|办结|销号|结案|在办|[未没]办"
    r"|[几多]少?[件项]|[一二两三四五]件|红牌|黄牌|红黄|亮灯|我的|我们?[局单手这要还]|手[上头里]"
    r"|待审|等着?我?审|立项|立了|交办|批示|议定|工作报告|人大|政协|分管|[红黄]灯|拖着"
    r"|待办|签收|延期|反馈|进[展度]|催|通报|排名|最[多少]|牵头|退回|并案"
)


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


class ActionExtendItem(LedgerAction):
    """延期: asked for, granted or refused; a question about extensions is answered."""

    action_name = "action_extend_item"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        if self.wiring.supervision_desk.reader.asks_for_extensions(turn.incoming.text):
            return self.answer_question(turn)
        return super().act(turn, tracker)

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


class ActionListItems(LedgerAction):
    """One item by its number, or what of the ledger the person may see."""

    action_name = "action_list_items"

    def step(self, turn: Turn) -> tuple[str, Item]:
        return "shown", self.wiring.supervision_desk.find(turn.person, turn.incoming.text)

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        if not _OF_LEDGER.search(turn.incoming.text):
            return asked_instead(self, turn, tracker) or self.answer_question(turn)
        return self.answer_question(turn)
