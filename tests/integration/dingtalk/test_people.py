"""The address book over the wire, with the official library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.dingtalk.people import DingTalkContacts, take_people_event
from bot.adapters.dingtalk.platform import DingTalkLine
from bot.core.errors import OutsideServiceError
from bot.core.people import PersonId, Rank
from bot.core.platform_events import EventKind, PlatformEvent
from bot.core.staff_table import Department
from bot.services.people_sync import PeopleSync
from tests.fakes.clock import FakeClock
from tests.fakes.dingtalk.process import StandIn
from tests.fakes.storage import FakeDatabase
from tests.integration.channels.posts import POSTS
from tests.integration.dingtalk.offices import ORG, config_of, people_an_office


@pytest.fixture
def contacts(stand_in: StandIn, tmp_path: Path) -> Iterator[DingTalkContacts]:
    people_an_office(stand_in)
    posts = tmp_path / "posts.yml"
    posts.write_text(POSTS, encoding="utf-8")
    line = DingTalkLine([config_of(stand_in, posts)], lambda org, channel, api: None)
    contacts = DingTalkContacts(line.clients, line.loop)
    yield contacts
    contacts.close()
    line.close()


@pytest.fixture
def sync(contacts: DingTalkContacts) -> PeopleSync:
    return PeopleSync(FakeDatabase().unit_of_work, FakeClock(), contacts)


def event(name: str, *users: str) -> PlatformEvent:
    now = FakeClock().now()
    return PlatformEvent("dingtalk", "e-1", ORG, EventKind.PEOPLE, name, users, now)


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


def test_who_is_in_two_departments_is_listed_once_with_what_he_leads(
    contacts: DingTalkContacts,
) -> None:
    departments = contacts.departments(ORG)

    members = contacts.members(ORG, departments)

    assert Department("121", "综合科", "12") in departments
    (chief,) = [each for each in members if each.user == "section_chief"]
    assert chief.union_id == "union-section_chief"
    assert (chief.departments, chief.leads) == (("121", "12"), ("12",))


def test_more_members_than_one_page_holds_are_all_listed(
    stand_in: StandIn, contacts: DingTalkContacts
) -> None:
    corp = {"corp_id": "corp-changle", "more": {"dept_id_list": [12]}}
    stand_in.load(members=[{"userid": f"m{n}", "name": "某人", **corp} for n in range(230)])

    members = contacts.members(ORG, [Department("12", "发改局")])

    assert len(members) == 231


def test_one_who_comes_and_one_who_leaves_are_followed_by_event(
    stand_in: StandIn, sync: PeopleSync
) -> None:
    sync.sync(ORG)
    stand_in.order("members/new", {"title": "科员", "dept_id_list": [11]})
    take_people_event(sync, event("user_add_org", "new"))
    assert "new" in ranks(sync)

    asked = len(stand_in.calls())
    take_people_event(sync, event("user_leave_org", "new"))

    assert "new" not in ranks(sync)
    assert len(stand_in.calls()) == asked  # nobody was asked whether it is true


def test_one_who_is_gone_when_an_event_is_worked_is_taken_out(
    stand_in: StandIn, sync: PeopleSync
) -> None:
    sync.sync(ORG)
    stand_in.order("members/staff1", {"title": "副县长"})
    stand_in.order("members/staff1/leave")

    take_people_event(sync, event("user_modify_org", "staff1"))

    assert "staff1" not in ranks(sync)


def test_a_token_that_ended_early_is_fetched_once_more(
    stand_in: StandIn, contacts: DingTalkContacts
) -> None:
    contacts.member(ORG, "head")
    stand_in.order("tokens/expire")

    assert contacts.member(ORG, "head") is not None
    assert len(stand_in.calls("/v1.0/oauth2/accessToken")) == 2


@pytest.mark.parametrize("fault", ["ban", "error_before", "cut_after"])
def test_what_is_no_answer_is_no_list(
    fault: str, stand_in: StandIn, contacts: DingTalkContacts
) -> None:
    stand_in.plan({"fault": fault, "path": "/topapi"})

    with pytest.raises(OutsideServiceError):
        contacts.departments(ORG)


def test_a_missing_permission_is_named_as_such(
    stand_in: StandIn, contacts: DingTalkContacts
) -> None:
    stand_in.order("denied", ["qyapi_get_department_list"])

    with pytest.raises(OutsideServiceError) as refusal:
        contacts.departments(ORG)

    assert refusal.value.code == "dingtalk_permission"


def test_the_log_holds_no_token(
    stand_in: StandIn, contacts: DingTalkContacts, caplog: pytest.LogCaptureFixture
) -> None:
    stand_in.plan({"fault": "error_before", "path": "/topapi"})

    with pytest.raises(OutsideServiceError):
        contacts.member(ORG, "head")

    assert "access_token" not in caplog.text
    assert PersonId("changle/head") not in caplog.text
