"""What is said about a change of an item's unit, person or content."""

from __future__ import annotations

from datetime import date

from bot.core.messages import Button, Message
from bot.core.people import Directory
from bot.core.supervision import Item, ItemState
from bot.core.supervision_amending import Amendment
from bot.core.topics import Subject, topic_of
from bot.services.outside import Texts
from bot.services.supervision_words import deadline_words


def proposed_message(
    found: Amendment, text: str, today: date, directory: Directory, texts: Texts
) -> Message:
    """The change before it is done, with the word that does it as a button."""
    lines = [
        texts.say("supervision.amend_asked", number=found.before.number),
        changes(found, directory, texts),
    ]
    if found.moved:
        deadline = deadline_words(found.after, today, texts)
        lines.append(texts.say("supervision.amend_deadline_stays", deadline=deadline))
        if found.before.state is not ItemState.UNSIGNED:
            lines.append(texts.say("supervision.amend_signs_anew"))
        if found.before.extension_to is not None:
            lines.append(texts.say("supervision.amend_extension_lapses"))
    lines.append(texts.say("supervision.amend_confirm"))
    no = texts.say("supervision.amend_no")
    yes = Button(
        texts.say("supervision.amend_yes"), texts.say("supervision.say_amend", text=text.strip())
    )
    return Message("\n".join(lines), (yes, Button(no, no)))


def amended_message(found: Amendment, directory: Directory, texts: Texts) -> Message:
    """The answer once it is done."""
    item = found.after
    said = [texts.say("supervision.done_amended", number=item.number)]
    if found.before != item:
        said.append(changes(found, directory, texts))
    key = "amend_told" if item.person else "amend_nobody"
    said.append(texts.say(f"supervision.{key}", unit=item.lead_unit))
    return Message("\n".join(said), topic=topic_of(Subject.ITEM, item.id))


def changes(found: Amendment, directory: Directory, texts: Texts) -> str:
    """What there was and what takes its place."""
    before, after = found.before, found.after
    pairs = {
        "unit": (_unit(before, texts), _unit(after, texts)),
        "person": (_person(before, directory, texts), _person(after, directory, texts)),
        "content": (before.content, after.content),
    }
    changed = ((what, *pair) for what, pair in pairs.items() if pair[0] != pair[1])
    lines = (texts.say(f"supervision.amend_{what}", old=old, new=new) for what, old, new in changed)
    return texts.say("supervision.semicolon").join(lines)


def new_owner(item: Item, directory: Directory, texts: Texts) -> str:
    """Whose an item is now, for whom it was before."""
    person = _person(item, directory, texts)
    return texts.say("supervision.amend_owner", unit=_unit(item, texts), person=person)


def _unit(item: Item, texts: Texts) -> str:
    if item.registered_unit:
        return item.lead_unit
    return texts.say("supervision.unlisted_unit", unit=item.lead_unit)


def _person(item: Item, directory: Directory, texts: Texts) -> str:
    person = directory.person(item.person) if item.person else None
    return person.name if person else texts.say("supervision.person_none")
