"""Writes docs/supervision-rights.md: who may do what with an item, and when, as the code has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from bot.core import supervision_steps as steps
from bot.core.clock import OFFICE_TIME
from bot.core.errors import RefusedError
from bot.core.people import OrgId, Person, PersonId, Rank, Role
from bot.core.supervision import Item, ItemId, ItemKind, ItemState, Progress
from bot.core.supervision_amending import LeadUnit, amend
from bot.core.supervision_merging import merge, unmerge
from bot.core.supervision_rights import RIGHTS, Act, Standing, require

PAGE = Path(__file__).parents[1] / "docs" / "supervision-rights.md"
MERGED = "merged"  # 已撤销, with the number of the main item
YES = "x"

_OPENING = """# Who may do what with an item

Made by `make rights` from `supervision_rights.py`, `supervision_steps.py`,
`supervision_merging.py` and `supervision_amending.py` in `bot/core`; a test holds this
page against them. Reasons: [0064](decisions/0064-who-acts-on-an-item.md),
[0166](decisions/0166-merged-items.md),
[0295](decisions/0295-what-of-an-item-can-be-changed.md).
"""
_STANDINGS = """
## By standing

What a person is to the item. An item of another office nobody here sees or touches.
"""
_STATES = """
## By state

What the item's state allows to those who may. `merged` is 已撤销 with `merged_into`.
"""

_ORG = OrgId("office")
_NOW = datetime(2026, 11, 23, 9, tzinfo=OFFICE_TIME)
_TODAY = _NOW.date()
_LATER = date(2026, 12, 20)
# Of the supervision office and of the lead unit at once: everything but the state lets them.
_ANYBODY = Person(
    PersonId("office/x"), _ORG, "", "", "", Rank.STAFF, frozenset({Role.SUPERVISOR, Role.STAFF})
)
_ITEM = Item(
    id=ItemId(1),
    org=_ORG,
    number="督〔2026〕1号",
    content="",
    source="",
    kind=ItemKind.ORDINARY,
    lead_unit="",
    registered_unit=True,
    assist_units=(),
    person=_ANYBODY.id,
    supervisor=_ANYBODY.id,
    leader=None,
    urgent=False,
    assigned_day=_TODAY,
    deadline=date(2026, 11, 30),
    deadline_rule=None,
    state=ItemState.WORKING,
    extension_to=_LATER,
)
MAIN_NUMBER = "督〔2026〕2号"
_OTHER = PersonId("office/y")
_REPORT = Progress(_NOW, _ANYBODY.id, "")

ATTEMPTS: Mapping[Act, Callable[[Item, Person], Item]] = {
    Act.SIGN: lambda item, person: steps.sign(item, person, _NOW),
    Act.REPORT: lambda item, person: steps.report(item, person, _REPORT, False),
    Act.FINISH: lambda item, person: _finish(item, person),
    Act.ASK_EXTENSION: lambda item, person: steps.ask_extension(item, person, _LATER, _TODAY),
    Act.DECIDE_EXTENSION: lambda item, person: steps.grant_extension(item, person, None, _TODAY),
    Act.CLOSE: lambda item, person: steps.close(item, person, _NOW),
    Act.SEND_BACK: lambda item, person: steps.send_back(item, person),
    Act.CANCEL: lambda item, person: steps.cancel(item, person, _NOW),
    Act.AMEND: lambda item, person: _amend(item, person),
    Act.MERGE: lambda item, person: merge(item, _main(item), person, _NOW).item,
    Act.UNMERGE: lambda item, person: unmerge(item, _main(item), (), person).item,
}


def _amend(item: Item, person: Person) -> Item:
    """Another person; another unit is refused in review as well."""
    lead = LeadUnit(item.lead_unit, item.registered_unit, _OTHER, item.leader)
    return amend(item, person, lead, item.content).after


def render() -> str:
    """The page."""
    by_standing = [(act, [standing in RIGHTS[act] for standing in Standing]) for act in Act]
    cases = {str(state): replace(_ITEM, state=state) for state in ItemState}
    cases[MERGED] = replace(_ITEM, state=ItemState.CANCELLED, merged_into=MAIN_NUMBER)
    by_state = [
        (act, [allows(act, item) for item in cases.values()]) for act in Act if act in ATTEMPTS
    ]
    tables = _table(list(Standing), by_standing), _table(list(cases), by_state)
    return "".join((_OPENING, _STANDINGS, "\n", tables[0], _STATES, "\n", tables[1]))


def allows(act: Act, item: Item) -> bool:
    """Whether an item's state lets somebody do it who has every right."""
    try:
        ATTEMPTS[act](item, _ANYBODY)
    except RefusedError:
        return False
    return True


def _main(item: Item) -> Item:
    """Another open item of the same office, to merge with."""
    open_again = replace(item, state=ItemState.WORKING, merged_into=None)
    return replace(open_again, id=ItemId(item.id + 1), number=MAIN_NUMBER)


def _finish(item: Item, person: Person) -> Item:
    """Apply for closing; a report on what is in review already, or by others, is none."""
    require(person, Act.FINISH, item)
    changed = steps.report(item, person, _REPORT, True)
    if changed.state is item.state:
        raise RefusedError
    return changed


def _table(columns: list[str], rows: list[tuple[Act, list[bool]]]) -> str:
    lines = [["act", *map(str, columns)], ["---", *("---" for _ in columns)]]
    lines += [[f"`{act}`", *(YES if cell else "" for cell in cells)] for act, cells in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
