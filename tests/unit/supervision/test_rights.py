from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from bot.core.errors import NotAllowedError, RefusedError
from bot.core.people import OrgId, Person, PersonId, Rank, Role
from bot.core.supervision import Item, ItemState, Progress
from bot.core.supervision_rights import RIGHTS, Act, Standing, may, require, standings
from scripts import rights_page
from scripts.rights_page import ATTEMPTS, MAIN_NUMBER
from tests.fakes.clock import FakeClock
from tests.unit.supervision.stage import CHANGLE, sample_item

ITEM = sample_item()
UNLISTED = replace(ITEM, lead_unit="某某办", registered_unit=False, person=None)


def person(unit: str, *roles: Role, org: OrgId = CHANGLE) -> Person:
    everyone = frozenset({Role.STAFF, *roles})
    return Person(PersonId(f"{org}/x"), org, "某人", unit, "职务", Rank.STAFF, everyone)


PEOPLE: dict[str, tuple[Person, Item]] = {
    "supervisor": (person("督查室", Role.SUPERVISOR), ITEM),
    "clerk": (person("办公室", Role.CLERK), ITEM),
    "leader": (person("县政府", Role.LEADER), ITEM),
    "head of the lead unit": (
        replace(person("发展和改革局", Role.UNIT_HEAD), id=PersonId("changle/bureau_head")),
        ITEM,
    ),
    "staff of the lead unit": (person("发展和改革局"), ITEM),
    "staff of an assisting unit": (person("教育和体育局"), ITEM),
    "head of another unit": (person("财政局", Role.UNIT_HEAD), ITEM),
    "staff of the office": (person("秘书科"), ITEM),
    "supervisor of another office": (
        person("督查室", Role.SUPERVISOR, org=OrgId("shuangtaizi")),
        ITEM,
    ),
    "same unit of another office": (person("发展和改革局", org=OrgId("shuangtaizi")), ITEM),
    "supervisor for an unlisted unit": (person("督查室", Role.SUPERVISOR), UNLISTED),
    "clerk for an unlisted unit": (person("办公室", Role.CLERK), UNLISTED),
}
UNIT_ACTS = {Act.SEE, Act.SIGN, Act.REPORT, Act.FINISH, Act.EXTEND, Act.ASK_EXTENSION}
OFFICE_ACTS = {
    Act.SEE,
    Act.REGISTER,
    Act.REPORT,
    Act.EXTEND,
    Act.DECIDE_EXTENSION,
    Act.CLOSE,
    Act.SEND_BACK,
    Act.CANCEL,
    Act.AMEND,
    Act.MERGE,
    Act.UNMERGE,
    Act.NAME_GROUP,
}
ALLOWED: dict[str, set[Act]] = {
    "supervisor": OFFICE_ACTS,
    "clerk": {Act.SEE, Act.REGISTER},
    "leader": {Act.SEE, Act.REGISTER},
    "head of the lead unit": UNIT_ACTS,
    "staff of the lead unit": UNIT_ACTS,
    "staff of an assisting unit": {Act.SEE, Act.REPORT},
    "head of another unit": set(),
    "staff of the office": set(),
    "supervisor of another office": set(),
    "same unit of another office": set(),
    "supervisor for an unlisted unit": OFFICE_ACTS | UNIT_ACTS,
    "clerk for an unlisted unit": {Act.SEE, Act.REGISTER},
}


@pytest.mark.parametrize(("who", "act"), list(product(PEOPLE, Act)))
def test_each_may_do_what_the_table_says_and_no_more(who: str, act: Act) -> None:
    somebody, item = PEOPLE[who]

    assert may(somebody, act, item) is (act in ALLOWED[who])


ALLOWED_IN: dict[Act, set[str]] = {  # what each state lets those do who may
    Act.SIGN: {"待签收"},
    Act.REPORT: {"待签收", "办理中", "待审核"},
    Act.FINISH: {"待签收", "办理中"},
    Act.ASK_EXTENSION: {"待签收", "办理中", "待审核"},
    Act.DECIDE_EXTENSION: {"待签收", "办理中", "待审核"},
    Act.CLOSE: {"办理中", "待审核"},
    Act.SEND_BACK: {"待审核"},
    Act.CANCEL: {"待签收", "办理中", "待审核"},
    Act.AMEND: {"待签收", "办理中", "待审核"},
    Act.MERGE: {"待签收", "办理中", "待审核"},
    Act.UNMERGE: {"merged"},
}


def in_state(item: Item, state: str) -> Item:
    """An item whose parts are done and that asks for an extension."""
    done = tuple(
        Progress(FakeClock().now(), PersonId("changle/y"), "办完了", None, unit, done=True)
        for unit in item.assist_units
    )
    ready = replace(item, progress=done, extension_to=date(2026, 12, 18))
    if state == "merged":
        return replace(ready, state=ItemState.CANCELLED, merged_into=MAIN_NUMBER)
    return replace(ready, state=ItemState(state))


def attempt(act: Act, item: Item, somebody: Person) -> str:
    try:
        changed = ATTEMPTS[act](item, somebody)
    except NotAllowedError:
        return "not allowed"
    except RefusedError:
        return "refused"
    return "done" if changed != item else "nothing"


@pytest.mark.parametrize(
    ("who", "act", "state"), list(product(PEOPLE, ALLOWED_IN, [*ItemState, "merged"]))
)
def test_each_step_is_taken_by_those_who_may_where_the_state_lets_them(
    who: str, act: Act, state: str
) -> None:
    somebody, item = PEOPLE[who]
    expected = "not allowed"
    if act in ALLOWED[who]:
        expected = "done" if state in ALLOWED_IN[act] else "refused"

    assert attempt(act, in_state(item, state), somebody) == expected


def test_the_page_of_rights_is_the_one_that_the_code_makes() -> None:
    assert rights_page.PAGE.read_text(encoding="utf-8") == rights_page.render()


def test_the_table_knows_every_act_and_every_standing() -> None:
    assert set(RIGHTS) == set(Act)
    assert frozenset[Standing]().union(*RIGHTS.values()) == set(Standing)


def test_without_an_item_only_roles_count() -> None:
    assert standings(person("发展和改革局"), None) == frozenset()
    assert standings(person("督查室", Role.SUPERVISOR), None) == {Standing.SUPERVISION}


def test_a_refusal_names_the_act() -> None:
    with pytest.raises(NotAllowedError) as refusal:
        require(person("财政局"), Act.SIGN, ITEM)

    assert refusal.value.code == "supervision_sign_not_allowed"
