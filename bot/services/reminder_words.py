"""What a reminder says: one matter in full, or several in one message, the gravest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.messages import Button, Message
from bot.core.reminders import Reminder
from bot.core.rules import Citation
from bot.core.supervision import Item, ItemState, Occasion
from bot.core.topics import Subject, topic_of
from bot.services.outside import Texts
from bot.services.supervision_words import deadline_words, serial_of, shortened, step_button

MOST_IN_DIGEST = 10
MOST_CITED = 3

# The gravest first: it speaks for all that reach one person about one item at one time.
GRAVITY = (
    Occasion.ESCALATED_LEADER,
    Occasion.ESCALATED_OFFICE,
    Occasion.ESCALATED_UNIT,
    Occasion.OVERDUE,
    Occasion.DUE_TODAY,
    Occasion.DUE_SOON,
    Occasion.ASSIGNED,
    Occasion.UNSIGNED,
    Occasion.PROGRESS_DUE,
)
COUNTED_AS = {  # what is overdue is overdue, whoever is told
    Occasion.ESCALATED_LEADER: Occasion.OVERDUE,
    Occasion.ESCALATED_OFFICE: Occasion.OVERDUE,
    Occasion.ESCALATED_UNIT: Occasion.OVERDUE,
}


@dataclass(frozen=True)
class Due:
    """What one person is to be reminded of about one item, with the article that asks for it."""

    item: Item
    reminders: Sequence[Reminder]
    citation: Citation | None = None

    @property
    def first(self) -> Reminder:
        """The reminder that speaks for the others."""
        return gravest(self.reminders)

    @property
    def rank(self) -> tuple[int, date, int]:
        """Its place in a digest."""
        return GRAVITY.index(self.first.occasion), self.item.deadline or date.max, self.item.id

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The rule of the stage, and the one that made the deadline."""
        rules = (self.citation, self.item.deadline_rule)
        return tuple(dict.fromkeys(rule for rule in rules if rule is not None))


def push_message(dues: Sequence[Due], to_leader: bool, today: date, texts: Texts) -> Message:
    """One message for all that is due to one person; a leader hears the counts first."""
    ranked = sorted(dues, key=lambda due: due.rank)
    if len(ranked) > 1:
        return digest_message(ranked, to_leader, today, texts)
    message = reminder_message(ranked[0], today, texts)
    if not to_leader:
        return message
    return replace(message, text=f"{_heading(ranked, to_leader, texts)}\n{message.text}")


def digest_message(dues: Sequence[Due], to_leader: bool, today: date, texts: Texts) -> Message:
    """The counts, then a line for each of the gravest."""
    lines = [_heading(dues, to_leader, texts)]
    lines += [_line(due, today, texts) for due in dues[:MOST_IN_DIGEST]]
    if len(dues) > MOST_IN_DIGEST:
        lines.append(texts.say("reminders.more", count=len(dues) - MOST_IN_DIGEST))
    say = texts.say("reminders.say_mine")
    cited = dict.fromkeys(rule for due in dues[:MOST_IN_DIGEST] for rule in due.citations)
    return Message("\n".join(lines), (Button(say, say),), tuple(cited)[:MOST_CITED])


def reminder_message(due: Due, today: date, texts: Texts) -> Message:
    """One message for all that one person is to be reminded of about an item now."""
    item, reminder = due.item, due.first
    text = texts.say(
        f"supervision.remind_{reminder.occasion}",
        number=item.number,
        content=shortened(item.content),
        unit=item.lead_unit,
        state=item.state,
        deadline=deadline_words(item, today, texts),
        days=item.overdue_days(today),
        serial=serial_of(item, today, texts),
    )
    unlisted = "" if item.registered_unit else "\n" + texts.say("supervision.remind_unlisted")
    buttons = _reminder_buttons(item, reminder, today, texts)
    text = _late(reminder, texts) + text + unlisted
    return Message(text, buttons, due.citations, topic_of(Subject.ITEM, item.id))


def gravest(reminders: Sequence[Reminder]) -> Reminder:
    """The reminder that speaks for the others."""
    return min(reminders, key=lambda reminder: GRAVITY.index(reminder.occasion))


def _heading(dues: Sequence[Due], to_leader: bool, texts: Texts) -> str:
    occasions = [due.first.occasion for due in dues]
    counts = Counter(COUNTED_AS.get(occasion, occasion) for occasion in occasions)
    parts = [
        texts.say(f"reminders.count_{occasion}", count=counts[occasion])
        for occasion in GRAVITY
        if counts[occasion]
    ]
    key = "heading_leader" if to_leader else "heading"
    return texts.say(
        f"reminders.{key}", total=len(dues), counts=texts.say("supervision.comma").join(parts)
    )


def _line(due: Due, today: date, texts: Texts) -> str:
    item, reminder = due.item, due.first
    words = texts.say(
        f"reminders.line_{reminder.occasion}",
        number=item.number,
        content=shortened(item.content),
        unit=item.lead_unit,
        deadline=deadline_words(item, today, texts),
    )
    return words + _late(reminder, texts)


def _late(reminder: Reminder, texts: Texts) -> str:
    return texts.say("supervision.remind_late") if reminder.late else ""


def _reminder_buttons(
    item: Item, reminder: Reminder, today: date, texts: Texts
) -> tuple[Button, ...]:
    if reminder.occasion in (Occasion.ESCALATED_OFFICE, Occasion.ESCALATED_LEADER):
        return (step_button("show", item, today, texts),)
    if item.state is ItemState.UNSIGNED:
        return (step_button("sign", item, today, texts),)
    return (step_button("finish", item, today, texts), step_button("show", item, today, texts))
