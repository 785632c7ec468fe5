"""Pages of the supervision ledger to write on: a new item, and one item with its steps."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot.api.deps import OrgDep, OverseenOrgDep, ReaderDep, WiringDep
from bot.api.web import templates
from bot.core.clock import today
from bot.core.errors import NotFoundError
from bot.core.people import Directory, Person
from bot.core.supervision import Item, ItemKind
from bot.core.supervision_parts import parts_of
from bot.core.supervision_rights import Act, may, require
from bot.services.ledgers import year_and_serial
from bot.services.supervision_words import deadline_words
from bot.services.unreached import reach_lines

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
STEPS = (
    Act.SIGN,
    Act.REPORT,
    Act.ASK_EXTENSION,
    Act.DECIDE_EXTENSION,
    Act.CLOSE,
    Act.SEND_BACK,
    Act.CANCEL,
    Act.MERGE,
    Act.UNMERGE,
)


@router.get("/supervision/{org}/new")
def show_form(
    request: Request, org: OverseenOrgDep, wiring: WiringDep, reader: ReaderDep
) -> HTMLResponse:
    """A form for a new item, a place for a minute and one for a workbook."""
    with wiring.unit_of_work() as uow:
        directory = uow.people.directory(org)
    people = [person for person in _at_hand(directory, reader) if may(person, Act.REGISTER)]
    return templates.TemplateResponse(
        request,
        "register.html",
        {
            "org": org,
            "office": directory.office,
            "people": people,
            "units": directory.units,
            "kinds": tuple(ItemKind),
            "today": today(wiring.clock),
        },
    )


@router.get("/supervision/{org}/items/{number}")
def show_item(
    request: Request, org: OrgDep, number: str, wiring: WiringDep, reader: ReaderDep
) -> HTMLResponse:
    """One item: everything about it, and what its people can do next."""
    try:
        year, serial = year_and_serial(number)
    except ValueError as error:
        raise NotFoundError("item_number_missing") from error
    with wiring.unit_of_work() as uow:
        item, directory = uow.items.get(org, serial, year), uow.people.directory(org)
        if reader is not None:
            require(reader, Act.SEE, item)
        [sent] = uow.items.reminders([item.id]).values()
    names = {person.id: person.name for person in directory.people}
    return templates.TemplateResponse(
        request,
        "item.html",
        {
            "org": org,
            "office": directory.office,
            "item": item,
            "parts": parts_of(item),
            "deadline": deadline_words(item, today(wiring.clock), wiring.texts),
            "names": names,
            "reached": reach_lines(sent, directory, wiring.texts),
            "actors": [
                (p, _steps(p, item)) for p in _at_hand(directory, reader) if _steps(p, item)
            ],
        },
    )


def _at_hand(directory: Directory, reader: Person | None) -> Sequence[Person]:
    """Who can act on the page: whoever has signed in, or on the embedded platform everybody."""
    return directory.people if reader is None else [reader]


def _steps(person: Person, item: Item) -> list[str]:
    return [act.value for act in STEPS if may(person, act, item)]
