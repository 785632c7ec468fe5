"""Pages of the supervision ledger to write on: a new item, and one item with its steps."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from bot.api.deps import OrgDep, WiringDep, get_approval_desk
from bot.api.web import templates
from bot.core.clock import today
from bot.core.errors import NotFoundError
from bot.core.people import Person
from bot.core.supervision import Item, ItemKind
from bot.core.supervision_parts import parts_of
from bot.core.supervision_rights import Act, may
from bot.services.ledgers import year_and_serial
from bot.services.supervision_words import deadline_words
from bot.services.unreached import reach_lines

# Nobody signs in here yet: on the embedded platform only, where a name is taken at its word.
router = APIRouter(
    include_in_schema=False,
    default_response_class=HTMLResponse,
    dependencies=[Depends(get_approval_desk)],
)
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
def show_form(request: Request, org: OrgDep, wiring: WiringDep) -> HTMLResponse:
    """A form for a new item, a place for a minute and one for a workbook."""
    with wiring.unit_of_work() as uow:
        directory = uow.people.directory(org)
    people = [person for person in directory.people if may(person, Act.REGISTER)]
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
def show_item(request: Request, org: OrgDep, number: str, wiring: WiringDep) -> HTMLResponse:
    """One item: everything about it, and what its people can do next."""
    try:
        year, serial = year_and_serial(number)
    except ValueError as error:
        raise NotFoundError("item_number_missing") from error
    with wiring.unit_of_work() as uow:
        item, directory = uow.items.get(org, serial, year), uow.people.directory(org)
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
            "actors": [(p, _steps(p, item)) for p in directory.people if _steps(p, item)],
        },
    )


def _steps(person: Person, item: Item) -> list[str]:
    return [act.value for act in STEPS if may(person, act, item)]
