"""What a card says beside the matter itself: people, papers, the parts of units, a merger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.messages import Button, Message
from bot.core.people import Directory, PersonId
from bot.core.supervision import Item, Reference
from bot.core.supervision_parts import UnitPart, parts_of
from bot.services.ledgers import year_and_serial
from bot.services.outside import Texts


def detail_lines(item: Item, directory: Directory | None, texts: Texts) -> list[str]:
    """The lines of a card that only some items have."""
    lines = []
    if directory is not None:
        lines += _people(item, directory, texts)
    if item.links:
        listed = texts.say("supervision.comma").join(_named(link, texts) for link in item.links)
        lines.append(texts.say("supervision.card_links", links=listed))
    if item.merged_into is not None:
        lines.append(texts.say("supervision.card_merged", main=item.merged_into))
    elif item.assist_units:
        parts = (_part(part, texts) for part in parts_of(item))
        lines.append(
            texts.say(
                "supervision.card_parts", parts=texts.say("supervision.semicolon").join(parts)
            )
        )
    return lines


def merged_message(items: Sequence[Item], texts: Texts) -> Message:
    """What is said after a merger: the items, the main one last."""
    *given_up, main = items
    numbers = texts.say("supervision.comma").join(item.number for item in given_up)
    units = texts.say("supervision.comma").join([main.lead_unit, *main.assist_units])
    lines = [texts.say("supervision.done_merged", number=numbers, main=main.number, units=units)]
    if main.deadline is not None:
        lines += [
            texts.say("supervision.merged_sooner", number=item.number, day=item.deadline)
            for item in given_up
            if item.deadline is not None and item.deadline < main.deadline
        ]
    return Message("\n".join(lines))


def merge_choices(numbers: Sequence[str], texts: Texts) -> tuple[Button, ...]:
    """Both ways to merge two items."""
    pairs = ((numbers[0], numbers[1]), (numbers[1], numbers[0]))
    says = (texts.say("supervision.say_merge", number=item, main=main) for item, main in pairs)
    return tuple(Button(say, say) for say in says)


def spoken_serial(number: str, today: date, texts: Texts, *, in_full: bool = False) -> str:
    """What stands in 督办…号 for an item: its year too unless it is this one (or `in_full`)."""
    year, serial = year_and_serial(number)
    if year == today.year and not in_full:
        return str(serial)
    return texts.say("supervision.serial_of_year", year=year, serial=serial)


def parts_open_choices(number: str, today: date, texts: Texts) -> tuple[Button, ...]:
    """Close all the same, or send back."""
    serial = spoken_serial(number, today, texts)
    return tuple(
        Button(
            texts.say(f"supervision.title_{name}"),
            texts.say(f"supervision.say_{name}", serial=serial),
        )
        for name in ("close_anyway", "send_back")
    )


def _people(item: Item, directory: Directory, texts: Texts) -> list[str]:
    named = [("person", item.person), ("supervisor", item.supervisor)]
    found = [(who, _name(person_id, directory)) for who, person_id in named if person_id]
    said = [texts.say(f"supervision.card_{who}", name=name) for who, name in found if name]
    return [texts.say("supervision.semicolon").join(said)] if said else []


def _name(person_id: PersonId, directory: Directory) -> str | None:
    person = directory.person(person_id)
    return person.name if person else None


def _named(reference: Reference, texts: Texts) -> str:
    shown = reference.title
    if reference.number and reference.number != reference.title:
        shown = texts.say("supervision.link_number", title=shown, number=reference.number)
    if reference.day is not None:
        shown = texts.say("supervision.link_day", title=shown, day=reference.day)
    return shown


def _part(part: UnitPart, texts: Texts) -> str:
    if part.last is None:
        return texts.say("supervision.part_silent", unit=part.unit)
    if part.is_done:
        return texts.say("supervision.part_done", unit=part.unit, day=part.last.at.date())
    if part.last.percent is not None:
        return texts.say("supervision.part_share", unit=part.unit, percent=part.last.percent)
    return texts.say("supervision.part_reported", unit=part.unit, day=part.last.at.date())
