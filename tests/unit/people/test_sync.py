"""People come, change and leave as the platform says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import NotFoundError, OutsideServiceError
from bot.core.people import Office, OrgId, PersonId, Rank
from bot.core.staff_table import Account, PostRule, StaffTable, UnitRule
from bot.services.people_sync import PeopleSync
from tests.fakes.clock import FakeClock
from tests.fakes.contacts import FakeContacts
from tests.fakes.storage import FakeDatabase

ORG = OrgId("changle")
DAY = timedelta(days=1)
TABLE = StaffTable(
    Office(ORG, "昌乐县人民政府", "昌乐县", "宝都街道"),
    (PostRule("县长", Rank.HEAD), PostRule("科员", Rank.STAFF, leader="县长")),
    (UnitRule("昌乐县人民政府", (), head="县长"),),
)


def account(user: str, post: str) -> Account:
    return Account(PersonId(f"{ORG}/{user}"), f"union-{user}", f"姓名{user}", post, ("1",))


ANNA, BERT = account("a", "县长"), account("b", "科员")


class World:
    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.clock = FakeClock()
        self.contacts = FakeContacts(TABLE, [ANNA, BERT])
        self.sync = PeopleSync(self.database.unit_of_work, self.clock, self.contacts)

    def people(self) -> set[str]:
        with self.database.unit_of_work() as uow:
            return {person.id for person in uow.people.directory(ORG).people}

    def actions(self) -> list[tuple[str, str]]:
        with self.database.unit_of_work() as uow:
            return [(record.action, record.subject) for record in reversed(uow.audit.listing(ORG))]


@pytest.fixture
def world() -> World:
    world = World()
    world.sync.sync(ORG)
    return world


def test_the_list_becomes_the_directory(world: World) -> None:
    assert world.people() == {ANNA.person, BERT.person}
    assert world.actions() == [("person.came", ANNA.person), ("person.came", BERT.person)]


def test_a_long_list_is_one_row_of_the_audit(world: World) -> None:
    world.contacts.accounts = [ANNA, *(account(f"m{n}", "科员") for n in range(50))]

    world.sync.sync(ORG)

    with world.database.unit_of_work() as uow:
        [latest] = uow.audit.listing(ORG, limit=1)
    assert latest.action == "people.changed"
    assert len(latest.details["came"]) == 50
    assert latest.details["left"] == [BERT.person]


def test_who_is_no_longer_listed_is_no_longer_known(world: World) -> None:
    world.contacts.accounts = [ANNA]

    world.sync.sync(ORG)

    assert world.people() == {ANNA.person}
    assert world.actions()[-1] == ("person.left", BERT.person)


def test_a_list_that_cannot_be_had_changes_nothing(world: World) -> None:
    world.contacts.silent = OutsideServiceError("dingtalk_down")

    with pytest.raises(OutsideServiceError):
        world.sync.sync(ORG)

    assert world.people() == {ANNA.person, BERT.person}


def test_an_empty_list_is_not_believed(world: World) -> None:
    world.contacts.accounts = []

    with pytest.raises(OutsideServiceError, match="contacts_empty"):
        world.sync.sync(ORG)

    assert world.people() == {ANNA.person, BERT.person}


def test_one_who_changed_is_looked_up_alone(world: World) -> None:
    world.contacts.accounts = [ANNA, replace(BERT, post="县长")]
    asked = world.contacts.asked

    world.sync.refresh(ORG, ["b"])

    with world.database.unit_of_work() as uow:
        assert uow.people.person(BERT.person).rank is Rank.HEAD
    assert world.contacts.asked == asked + 1


def test_one_whom_the_platform_does_not_find_has_left(world: World) -> None:
    world.contacts.accounts = [ANNA]

    world.sync.refresh(ORG, ["b"])

    assert world.people() == {ANNA.person}


def test_a_leaver_is_out_at_once_although_the_platform_is_silent(world: World) -> None:
    world.contacts.silent = OutsideServiceError("dingtalk_down")

    world.sync.leave(ORG, ["b"])

    assert world.people() == {ANNA.person}
    with world.database.unit_of_work() as uow, pytest.raises(NotFoundError):
        uow.people.person(BERT.person)


def test_nobody_is_led_by_a_leaver(world: World) -> None:
    world.sync.leave(ORG, ["a"])

    with world.database.unit_of_work() as uow:
        directory = uow.people.directory(ORG)
    assert directory.people[0].leader is None
    assert directory.units[0].head is None


def test_a_post_that_the_table_does_not_know_is_named_and_let_in_by_nothing(world: World) -> None:
    world.contacts.accounts = [ANNA, replace(BERT, post="顾问")]

    world.sync.sync(ORG)

    assert world.people() == {ANNA.person}
    assert [each.who for each in world.sync.unmapped(ORG).unmapped] == [BERT.person]


def test_the_beat_takes_the_list_over_once_a_night(world: World) -> None:
    asked = world.contacts.asked
    world.sync.tick()
    assert world.contacts.asked == asked

    world.clock.set(world.clock.now() + DAY)
    world.sync.tick()
    world.sync.tick()

    assert world.contacts.asked == asked + 2  # departments and members, once


def test_an_office_may_have_its_list_looked_at_more_rarely(world: World) -> None:
    world.contacts.staff_table = replace(TABLE, every_days=3)
    world.sync.sync(ORG)
    asked = world.contacts.asked

    for _ in range(2):
        world.clock.set(world.clock.now() + DAY)
        world.sync.tick()
    assert world.contacts.asked == asked

    world.clock.set(world.clock.now() + DAY)
    world.sync.tick()

    assert world.contacts.asked > asked


def test_before_two_at_night_it_is_still_yesterday(world: World) -> None:
    asked = world.contacts.asked
    world.clock.set((world.clock.now() + DAY).replace(hour=1, minute=59))
    world.sync.tick()
    assert world.contacts.asked == asked

    world.clock.set(world.clock.now() + timedelta(minutes=1))
    world.sync.tick()

    assert world.contacts.asked > asked


def test_an_office_that_was_never_listed_is_listed_at_the_first_beat() -> None:
    world = World()

    world.sync.tick()

    assert world.people() == {ANNA.person, BERT.person}


def test_many_changes_of_departments_cost_one_look(world: World) -> None:
    asked = world.contacts.asked

    for _ in range(20):
        world.sync.sync_soon(ORG)
        world.sync.tick()
        world.clock.advance(seconds=30)
    world.sync.tick()
    world.sync.tick()

    assert world.contacts.asked == asked + 2  # departments and members, once


def test_after_a_failure_the_beat_waits_before_it_asks_again(world: World) -> None:
    world.contacts.silent = OutsideServiceError("dingtalk_down")
    world.clock.set(world.clock.now() + DAY)
    world.sync.tick()
    asked = world.contacts.asked

    world.sync.tick()
    assert world.contacts.asked == asked

    world.contacts.silent = None
    world.clock.set(world.clock.now() + timedelta(minutes=31))
    world.sync.tick()

    assert world.contacts.asked > asked
