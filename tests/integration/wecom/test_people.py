"""The address book over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.wecom.people import WeComContacts, take_people_event
from bot.adapters.wecom.platform import WeComLine
from bot.core.errors import OutsideServiceError
from bot.core.people import Rank
from bot.core.platform_events import EventKind, PlatformEvent
from bot.core.staff_table import Department
from bot.services.people_sync import PeopleSync
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeDatabase
from tests.fakes.wecom.process import StandIn
from tests.integration.channels.leave_office import ORG
from tests.integration.channels.posts import POSTS
from tests.integration.wecom.offices import config_of, people_an_office


@pytest.fixture
def contacts(stand_in: StandIn, tmp_path: Path) -> Iterator[WeComContacts]:
    people_an_office(stand_in)
    posts = tmp_path / "posts.yml"
    posts.write_text(POSTS, encoding="utf-8")
    line = WeComLine([config_of(stand_in, posts=posts)], lambda *_: None)
    yield WeComContacts(line.clients, line.loop)
    line.close()


@pytest.fixture
def sync(contacts: WeComContacts) -> PeopleSync:
    return PeopleSync(FakeDatabase().unit_of_work, FakeClock(), contacts)


def event(name: str, *users: str) -> PlatformEvent:
    return PlatformEvent("wecom", "e-1", ORG, EventKind.PEOPLE, name, users, FakeClock().now())


def ranks(sync: PeopleSync) -> dict[str, Rank]:
    with sync.unit_of_work() as uow:
        people = uow.people.directory(ORG).people
    return {person.id.removeprefix("changle/"): person.rank for person in people}


def test_the_whole_office_is_taken_over(sync: PeopleSync) -> None:
    mapped = sync.sync(ORG)

    assert mapped.unmapped == ()
    assert ranks(sync) == {
        "deputy1": Rank.DEPUTY,
        "head": Rank.HEAD,
        "office_director": Rank.OFFICE_DIRECTOR,
        "section_chief": Rank.BUREAU_HEAD,
        "staff1": Rank.STAFF,
        "supervisor1": Rank.STAFF,
    }
    unit = mapped.directory.unit("发展和改革局")
    assert unit is not None
    assert unit.head == "changle/section_chief"


def test_departments_have_their_parents_and_the_uppermost_has_none(
    contacts: WeComContacts,
) -> None:
    departments = contacts.departments(ORG)

    assert departments[0].parent is None
    assert Department("121", "综合科", "12") in departments


def test_an_app_that_sees_a_part_of_the_company_takes_its_top_for_the_root(
    stand_in: StandIn, contacts: WeComContacts
) -> None:
    stand_in.load(departments=[{"id": 13, "name": "教育局", "parentid": 9}])

    assert Department("13", "教育局", None) in contacts.departments(ORG)


def test_who_is_in_two_departments_is_listed_once_with_what_he_leads(
    contacts: WeComContacts,
) -> None:
    members = contacts.members(ORG, contacts.departments(ORG))

    (chief,) = [each for each in members if each.user == "section_chief"]
    assert (chief.departments, chief.leads) == (("121", "12"), ("12",))


def test_one_who_comes_and_one_who_leaves_are_followed_by_event(
    stand_in: StandIn, sync: PeopleSync
) -> None:
    sync.sync(ORG)
    stand_in.order("members/new", {"position": "科员", "department": [11], "main_department": 11})
    take_people_event(sync, event("create_user", "new"))
    assert "new" in ranks(sync)

    asked = len(stand_in.calls())
    take_people_event(sync, event("delete_user", "new"))

    assert "new" not in ranks(sync)
    assert len(stand_in.calls()) == asked  # nobody was asked whether it is true


def test_one_who_is_barred_has_no_rights_any_more(stand_in: StandIn, sync: PeopleSync) -> None:
    sync.sync(ORG)
    stand_in.order("members/staff1", {"status": 2})

    take_people_event(sync, event("update_user", "staff1"))

    assert "staff1" not in ranks(sync)


def test_somebody_with_another_id_is_another_person(stand_in: StandIn, sync: PeopleSync) -> None:
    sync.sync(ORG)
    stand_in.order("members/li", {"position": "科员", "department": [11], "main_department": 11})
    stand_in.order("members/staff1/leave")

    take_people_event(sync, event("update_user", "staff1", "li"))

    assert "staff1" not in ranks(sync)
    assert ranks(sync)["li"] is Rank.STAFF


@pytest.mark.parametrize("fault", ["ban", "error_before", "cut_after"])
def test_what_is_no_answer_is_no_list(
    fault: str, stand_in: StandIn, contacts: WeComContacts
) -> None:
    stand_in.plan({"fault": fault, "path": "/cgi-bin/department"})

    with pytest.raises(OutsideServiceError):
        contacts.departments(ORG)


def test_a_missing_permission_is_named_as_such(stand_in: StandIn, contacts: WeComContacts) -> None:
    stand_in.order("denied", ["contacts"])

    with pytest.raises(OutsideServiceError) as refusal:
        contacts.departments(ORG)

    assert refusal.value.code == "wecom_permission"
