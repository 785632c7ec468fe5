from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from bot.core.errors import NotAllowedError
from bot.core.people import OrgId, Person, PersonId, Rank, Role
from bot.core.supervision import Item
from bot.core.supervision_rights import RIGHTS, Act, Standing, may, require, standings
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
