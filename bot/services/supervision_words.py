"""What the assistant says about matters under supervision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.messages import Button, Message
from bot.core.people import Directory, Person
from bot.core.supervision import OPEN_STATES, Item, ItemState
from bot.core.supervision_rights import Act, may
from bot.core.topics import Subject, topic_of
from bot.services.outside import Texts
from bot.services.supervision_deadlines import RuleDeadline
from bot.services.supervision_detail_words import detail_lines, spoken_serial

SHORT_CONTENT = 24  # characters
MOST_LISTED = 20
MOST_ASKED = 8  # each brings a button
MOST_WAITING = 4  # each brings up to four buttons
YELLOW_DAYS = 3  # calendar days to the deadline

STEPS = {  # buttons of a card
    ItemState.UNSIGNED: (("sign", Act.SIGN),),
    ItemState.WORKING: (("finish", Act.FINISH),),
    ItemState.IN_REVIEW: (("close", Act.CLOSE), ("send_back", Act.SEND_BACK)),
}


def item_message(
    item: Item, person: Person, today: date, texts: Texts, directory: Directory | None = None
) -> Message:
    """The card of an item: everything about it, and what this person can do next.

    With the office's `directory` the people are named too.
    """
    lines = [_card(item, today, texts), *detail_lines(item, directory, texts)]
    if item.progress:
        last = item.progress[-1]
        lines.append(texts.say("supervision.card_progress", day=last.at.date(), text=last.text))
    if item.extension_to is not None:
        lines.append(texts.say("supervision.card_extension", day=item.extension_to))
    citations = (item.deadline_rule,) if item.deadline_rule else ()
    buttons = _buttons(item, person, today, texts)
    return Message("\n".join(lines), buttons, citations, topic_of(Subject.ITEM, item.id))


def registered_message(
    item: Item, exceeded: RuleDeadline | None, today: date, texts: Texts
) -> Message:
    """What is said after registering; `exceeded` is the rule that the stated day oversteps."""
    lines = [texts.say("supervision.registered", number=item.number), _card(item, today, texts)]
    citations = [item.deadline_rule] if item.deadline_rule else []
    if exceeded is not None and exceeded.citation is not None:
        label = exceeded.citation.label
        lines.append(texts.say("supervision.later_than_rule", day=exceeded.day, label=label))
        citations.append(exceeded.citation)
    lines.append(_told(item, texts))
    return Message("\n".join(lines), (), tuple(citations))


def ledger_message(items: Sequence[Item], today: date, texts: Texts) -> Message:
    """A list with owners, days left or overdue, yellow and red."""
    if not items:
        return Message(texts.say("supervision.ledger_empty"))
    lines = [counts_line(items, today, texts)]
    lines += [_ledger_line(item, today, texts) for item in items[:MOST_LISTED]]
    if len(items) > MOST_LISTED:
        lines.append(texts.say("supervision.ledger_more", count=len(items) - MOST_LISTED))
    return Message("\n".join(lines))


def extensions_message(items: Sequence[Item], person: Person, today: date, texts: Texts) -> Message:
    """The extensions that wait, with the decisions as buttons for whoever may take them."""
    if not items:
        say = texts.say("supervision.say_extended")
        return Message(texts.say("supervision.extensions_none"), (Button(say, say),))
    lines = [texts.say("supervision.extensions", count=len(items))]
    lines += [_ledger_line(item, today, texts) for item in items[:MOST_LISTED]]
    if len(items) > MOST_LISTED:
        lines.append(texts.say("supervision.ledger_more", count=len(items) - MOST_LISTED))
    buttons = [
        step_button(name, item, today, texts)
        for item in items[:MOST_WAITING]
        for name in ("grant", "refuse")
        if may(person, Act.DECIDE_EXTENSION, item)
    ]
    return Message("\n".join(lines), tuple(Button(b.say, b.say) for b in buttons))


def counts_line(items: Sequence[Item], today: date, texts: Texts) -> str:
    """The counts alone, which a whole group may see."""
    still = [item for item in items if item.state in OPEN_STATES]
    overdue = sum(item.overdue_days(today) > 0 for item in still)
    soon = sum(_is_yellow(item, today) for item in still)
    return texts.say(
        "supervision.counts", total=len(items), open=len(still), overdue=overdue, soon=soon
    )


def done_message(event: str, item: Item, today: date, texts: Texts) -> Message:
    """The answer to the person who took a step."""
    reported = item.progress[-1].percent if event == "reported" and item.progress else None
    text = texts.say(
        f"supervision.done_{event}" if reported is None else "supervision.done_reported_share",
        percent=reported,
        number=item.number,
        content=shortened(item.content),
        unit=item.lead_unit,
        state=item.state,
        deadline=deadline_words(item, today, texts),
        extension=day_words(item.extension_to, texts),
    )
    return Message(text)


def group_done_message(event: str, item: Item, texts: Texts) -> Message:
    """The same where others read along: the number, and neither content nor deadline."""
    return Message(texts.say(f"supervision.group_{event}", number=item.number))


def waiting_message(items: Sequence[Item], person: Person, today: date, texts: Texts) -> Message:
    """What waits for a word of this person, with the words as buttons."""
    lines = [texts.say("supervision.waiting")]
    buttons: list[Button] = []
    for item in items[:MOST_WAITING]:
        content = shortened(item.content)
        lines.append(texts.say("supervision.waiting_line", number=item.number, content=content))
        offered = (step_button(name, item, today, texts) for name in _ways(item, person))
        buttons += [Button(button.say, button.say) for button in offered]
    return Message("\n".join(lines), tuple(buttons))


def report_which_message(items: Sequence[Item], today: date, texts: Texts) -> Message:
    """Which item a report is about, each as a button."""
    lines = [texts.say("supervision.report_which")]
    lines += [_ledger_line(item, today, texts) for item in items[:MOST_ASKED]]
    if len(items) > MOST_ASKED:
        lines.append(texts.say("supervision.report_more", count=len(items) - MOST_ASKED))
    serials = [serial_of(item, today, texts) for item in items[:MOST_ASKED]]
    says = [texts.say("supervision.say_progress", serial=serial) for serial in serials]
    return Message("\n".join(lines), tuple(Button(say, say) for say in says))


def deadline_words(item: Item, today: date, texts: Texts) -> str:
    """The deadline and how far it is off."""
    if item.deadline is None:
        if item.cycle is None:
            return texts.say("supervision.deadline_none")
        every = texts.say(f"supervision.cycle_{item.cycle}")
        return texts.say("supervision.deadline_cycle", every=every)
    days = (item.deadline - today).days
    if item.state not in OPEN_STATES:
        key = "deadline_plain"
    elif days < 0:
        key = "deadline_over"
    else:
        key = "deadline_today" if days == 0 else "deadline_left"
    return texts.say(f"supervision.{key}", day=item.deadline, days=abs(days))


def step_button(name: str, item: Item, today: date, texts: Texts) -> Button:
    """The button that says one of the steps of an item."""
    serial = serial_of(item, today, texts)
    say = texts.say(f"supervision.say_{name}", serial=serial)
    return Button(texts.say(f"supervision.title_{name}"), say)


def serial_of(item: Item, today: date, texts: Texts) -> str:
    """The short way to name an item, as `spoken_serial`."""
    return spoken_serial(item.number, today, texts)


def shortened(content: str) -> str:
    """The content, cut where a list or a reminder has no room for it."""
    return content if len(content) <= SHORT_CONTENT else content[: SHORT_CONTENT - 1] + "…"


def _card(item: Item, today: date, texts: Texts) -> str:
    unit = item.lead_unit
    if not item.registered_unit:
        unit = texts.say("supervision.unlisted_unit", unit=unit)
    fields = {
        "number": item.number,
        "content": item.content,
        "source": item.source or texts.say("supervision.source_none"),
        "units": texts.say("supervision.comma").join([unit, *item.assist_units]),
        "kind": item.kind,
        "deadline": deadline_words(item, today, texts),
        "state": item.state,
    }
    return texts.say("supervision.card_urgent" if item.urgent else "supervision.card", **fields)


def day_words(day: date | None, texts: Texts) -> str:
    """A day, or nothing where there is none."""
    return texts.say("supervision.deadline_plain", day=day) if day else ""


def _ledger_line(item: Item, today: date, texts: Texts) -> str:
    light = "plain"
    if item.overdue_days(today):
        light = "red"
    elif _is_yellow(item, today):
        light = "yellow"
    line = texts.say(
        f"supervision.ledger_{light}",
        number=item.number,
        content=shortened(item.content),
        unit=item.lead_unit,
        deadline=deadline_words(item, today, texts),
        state=item.state,
    )
    if item.extension_to is None or item.state not in OPEN_STATES:
        return line
    return line + texts.say("supervision.ledger_extension", day=item.extension_to)


def _is_yellow(item: Item, today: date) -> bool:
    if item.deadline is None or item.state not in OPEN_STATES:
        return False
    return 0 <= (item.deadline - today).days <= YELLOW_DAYS


def _buttons(item: Item, person: Person, today: date, texts: Texts) -> tuple[Button, ...]:
    return tuple(step_button(name, item, today, texts) for name in _ways(item, person))


def _ways(item: Item, person: Person) -> list[str]:
    """What can be done with an item as it stands, by this person."""
    ways = [(name, act) for name, act in STEPS.get(item.state, ())]
    if item.extension_to is not None and item.state in OPEN_STATES:
        ways += [("grant", Act.DECIDE_EXTENSION), ("refuse", Act.DECIDE_EXTENSION)]
    return [name for name, act in ways if may(person, act, item)]


def _told(item: Item, texts: Texts) -> str:
    """Whom the registered item has reached."""
    key = "told_unit" if item.registered_unit else "told_nobody"
    return texts.say(f"supervision.{key}", unit=item.lead_unit)
