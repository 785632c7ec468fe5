"""What others are told of a step on a matter under supervision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.messages import Button, Message
from bot.core.people import Person
from bot.core.supervision import Item
from bot.core.topics import Subject, topic_of
from bot.services.outside import Texts
from bot.services.supervision_words import (
    MOST_LISTED,
    day_words,
    deadline_words,
    serial_of,
    shortened,
    step_button,
)


@dataclass(frozen=True)
class Notice:
    """A step that others must know of.

    `reason` is why it was taken, where that was said; `changes` what an amendment has changed.
    """

    event: str
    item: Item
    by: Person
    reason: str = ""
    changes: str = ""


def notice_message(notice: Notice, today: date, texts: Texts) -> Message:
    """What a step is told with to those who must know."""
    event, item = notice.event, notice.item
    last = item.progress[-1] if item.progress else None
    text = texts.say(
        f"supervision.notice_{event}",
        number=item.number,
        content=shortened(item.content),
        unit=item.lead_unit,
        by=notice.by.name,
        deadline=deadline_words(item, today, texts),
        extension=day_words(item.extension_to, texts),
        progress=last.text if last else "",
        part=last.unit if last else "",
        main=item.merged_into or "",
        serial=serial_of(item, today, texts),
        changes=notice.changes,
    )
    if notice.reason:
        text += texts.say("supervision.notice_reason", reason=notice.reason)
    buttons = _notice_buttons(event, item, today, texts)
    # A card would go on showing the item to somebody whose it is no more.
    topic = "" if event == "given_up" else topic_of(Subject.ITEM, item.id)
    return Message(text, buttons, topic=topic)


def assisting_message(items: Sequence[Item], today: date, texts: Texts) -> Message:
    """What one person is told who assists in several matters registered at once."""
    lines = [texts.say("supervision.assisting_many", count=len(items))]
    lines += [
        texts.say(
            "supervision.assisting_line",
            number=item.number,
            content=shortened(item.content),
            unit=item.lead_unit,
            deadline=deadline_words(item, today, texts),
        )
        for item in items[:MOST_LISTED]
    ]
    if len(items) > MOST_LISTED:
        lines.append(texts.say("supervision.assisting_more", count=len(items) - MOST_LISTED))
    return Message("\n".join(lines))


def _notice_buttons(event: str, item: Item, today: date, texts: Texts) -> tuple[Button, ...]:
    names: dict[str, tuple[str, ...]] = {
        "finished": ("close", "send_back"),
        "extension_asked": ("grant", "refuse"),
        "to_sign": ("sign",),
        "given_up": (),
    }
    return tuple(step_button(name, item, today, texts) for name in names.get(event, ("show",)))
