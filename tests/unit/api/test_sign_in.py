from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from bot.api.app import create_app
from bot.api.sessions import COOKIE, LIFE, WAY_COOKIE, WAY_LIFE, Sessions
from bot.core.errors import NotAllowedError
from bot.core.people import PersonId
from tests.contract.samples import LEAVE
from tests.fakes.desks import CHANGLE, YUNYANG, Desks

URL = "https://guiju.example"
STAFF, CLERK, HEAD = (f"{CHANGLE}/{post}" for post in ("staff1", "clerk1", "head"))


@dataclass
class FakeIdentity:
    """A platform that gives codes to people."""

    codes: dict[str, PersonId] = field(default_factory=dict)
    public_url: str = URL

    def address(self, back: str, state: str, agent: str) -> str:
        return f"https://platform.example/login?back={back}&state={state}"

    def person(self, code: str) -> PersonId:
        if code not in self.codes:
            raise NotAllowedError("sign_in_refused")
        return self.codes.pop(code)


@pytest.fixture
def desks() -> Desks:
    return Desks()


@pytest.fixture
def identity() -> FakeIdentity:
    return FakeIdentity()


@pytest.fixture
def client(desks: Desks, identity: FakeIdentity) -> Iterator[TestClient]:
    wiring = replace(desks.wiring(), identities={CHANGLE: identity}, doors={})
    app = create_app(wiring)
    with TestClient(app, base_url=URL, follow_redirects=False) as client:
        yield client


def set_out(client: TestClient, to: str) -> str:
    """Be sent to the platform; the state that went along."""
    sent = client.get(f"/sign-in/{CHANGLE}", params={"to": to})
    assert sent.status_code == 303
    return parse_qs(urlsplit(sent.headers["location"]).query)["state"][0]


def sign_in(client: TestClient, identity: FakeIdentity, person: str, to: str = "/rules") -> Any:
    """Go to the platform and come back as somebody."""
    identity.codes["c1"] = PersonId(person)
    state = set_out(client, to)
    return client.get(f"/sign-in/{CHANGLE}/back", params={"state": state, "code": "c1"})


def test_a_link_in_a_message_opens_its_article_after_signing_in(
    client: TestClient, identity: FakeIdentity
) -> None:
    link = "/rules/changle/articles/60?quote=县长签发"

    away = client.get(link)
    office = client.get(away.headers["location"])
    state = parse_qs(urlsplit(client.get(office.headers["location"]).headers["location"]).query)
    identity.codes["c1"] = PersonId(STAFF)
    back = client.get(f"/sign-in/{CHANGLE}/back", params={"state": state["state"][0], "code": "c1"})

    assert (away.status_code, office.status_code, back.status_code) == (303, 303, 303)
    assert (
        back.headers["location"]
        == "/rules/changle/articles/60?quote=%E5%8E%BF%E9%95%BF%E7%AD%BE%E5%8F%91"
    )
    assert client.get("/rules").status_code == 200


def test_the_cookie_is_for_this_site_over_tls_and_no_script(
    client: TestClient, identity: FakeIdentity
) -> None:
    back = sign_in(client, identity, STAFF)

    [cookie] = [
        each for each in back.headers.get_list("set-cookie") if each.startswith(f"{COOKIE}=")
    ]
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/rules",
        "/rules/changle",
        "/rules/changle/articles/1",
        "/leaves/changle",
        "/supervision",
        "/supervision/changle",
        "/nothing-here",
    ],
)
def test_no_page_is_read_by_whoever_has_not_signed_in(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.headers["location"][:9]) == (303, "/sign-in?")


@pytest.mark.parametrize(
    "path",
    [
        "/api/orgs",
        "/api/rules/changle",
        "/api/rules/changle/articles/1",
        "/api/people?org=changle",
        "/api/leaves?org=changle",
        "/api/supervision?org=changle",
        "/api/supervision/report?org=changle",
        "/api/duties?org=changle",
        "/api/audit?org=changle",
        "/api/unanswered?org=changle",
        "/api/local/messages?user=changle/head",
        "/openapi.json",
        "/api/nothing-here",
    ],
)
def test_nothing_of_the_api_is_read_by_whoever_has_not_signed_in(
    client: TestClient, path: str
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_needed")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/healthz", 200), ("/assets/guiju.css", 200), ("/channels/x/y", 404)],
)
def test_what_machines_call_is_open(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_written_by_whoever_has_not_signed_in(client: TestClient, method: str) -> None:
    assert client.request(method, "/api/ask", json={}).status_code == 401
    assert client.request(method, "/rules", json={}).status_code == 401


def test_a_forged_cookie_signs_nobody_in(client: TestClient, desks: Desks) -> None:
    forged = Sessions("another key", desks.clock).cookie(PersonId(HEAD))
    for cookie in (forged, "", "a.b", f'["{HEAD}","2099-01-01T00:00:00+08:00"]'):
        client.cookies.set(COOKIE, cookie, domain="guiju.example")

        assert client.get("/api/orgs").status_code == 401


def test_a_session_ends_with_the_working_day(
    client: TestClient, identity: FakeIdentity, desks: Desks
) -> None:
    sign_in(client, identity, STAFF)
    before = client.get("/api/orgs").status_code

    desks.clock.set(desks.clock.now() + LIFE)

    assert (before, client.get("/api/orgs").status_code) == (200, 401)


def test_who_leaves_the_office_is_out_at_once(
    client: TestClient, identity: FakeIdentity, desks: Desks
) -> None:
    sign_in(client, identity, STAFF)
    with desks.database.unit_of_work() as uow:
        uow.people.save(uow.people.directory(CHANGLE).without([PersonId(STAFF)]))
        uow.commit()

    assert client.get("/api/orgs").status_code == 401


@pytest.mark.parametrize("state", ["", "other"])
def test_a_code_without_our_state_signs_nobody_in(
    client: TestClient, identity: FakeIdentity, state: str
) -> None:
    identity.codes["c1"] = PersonId(STAFF)
    set_out(client, "/rules")

    answer = client.get(f"/sign-in/{CHANGLE}/back", params={"state": state, "code": "c1"})

    assert answer.status_code == 403
    assert identity.codes == {"c1": STAFF}
    assert client.get("/api/orgs").status_code == 401


def test_the_state_of_another_browser_signs_nobody_in(
    client: TestClient, identity: FakeIdentity
) -> None:
    identity.codes["c1"] = PersonId(STAFF)
    state = set_out(client, "/rules")
    client.cookies.delete(WAY_COOKIE)

    answer = client.get(f"/sign-in/{CHANGLE}/back", params={"state": state, "code": "c1"})

    assert answer.status_code == 403


def test_who_takes_too_long_starts_again(
    client: TestClient, identity: FakeIdentity, desks: Desks
) -> None:
    identity.codes["c1"] = PersonId(STAFF)
    state = set_out(client, "/rules")
    desks.clock.set(desks.clock.now() + WAY_LIFE + timedelta(seconds=1))

    answer = client.get(f"/sign-in/{CHANGLE}/back", params={"state": state, "code": "c1"})

    assert answer.status_code == 403


@pytest.mark.parametrize("person", [f"{CHANGLE}/nobody", f"{YUNYANG}/head"])
def test_whom_the_office_does_not_list_is_not_let_in(
    client: TestClient, identity: FakeIdentity, person: str
) -> None:
    assert sign_in(client, identity, person).status_code == 403
    assert client.get("/api/orgs").status_code == 401


def test_a_code_the_platform_does_not_know_is_refused(client: TestClient) -> None:
    state = set_out(client, "/rules")

    answer = client.get(f"/sign-in/{CHANGLE}/back", params={"state": state, "code": "none"})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/a\\b",
        "javascript:alert(1)",
        "/\n//evil.example",
        "",
    ],
)
def test_nobody_is_led_elsewhere(client: TestClient, identity: FakeIdentity, to: str) -> None:
    assert sign_in(client, identity, STAFF, to).headers["location"] == "/rules"


def test_an_office_without_sign_in_has_none(client: TestClient) -> None:
    assert client.get(f"/sign-in/{YUNYANG}").status_code == 404


def test_the_office_is_chosen_where_there_are_several(desks: Desks) -> None:
    both = {CHANGLE: FakeIdentity(), YUNYANG: FakeIdentity()}
    with TestClient(create_app(replace(desks.wiring(), identities=both)), base_url=URL) as client:
        page = client.get("/rules/changle").text

    assert "/sign-in/changle?to=%2Frules%2Fchangle" in page
    assert "/sign-in/yunyang?to=%2Frules%2Fchangle" in page


def test_other_offices_rules_are_open_and_their_work_is_not(
    client: TestClient, identity: FakeIdentity
) -> None:
    sign_in(client, identity, HEAD)

    rules = client.get("/api/rules/yunyang")
    closed = [
        client.get(f"/api/{what}", params={"org": YUNYANG})
        for what in ("leaves", "supervision", "people", "audit", "duties", "supervision/report")
    ]

    assert rules.status_code == 200
    assert [each.json()["code"] for each in closed] == ["office_foreign"] * 6
    assert client.get("/supervision/yunyang").status_code == 403
    assert client.get("/leaves/yunyang").status_code == 403


def test_people_read_their_own_leaves_and_the_keepers_all(
    client: TestClient, identity: FakeIdentity, desks: Desks
) -> None:
    with desks.database.unit_of_work() as uow:
        for owner in (STAFF, f"{CHANGLE}/staff2"):
            number = uow.leaves.next_id()
            leave = replace(LEAVE, id=number, org=CHANGLE, user=PersonId(owner), route=())
            uow.leaves.add(leave, leave.user, desks.clock.now())
        uow.commit()

    sign_in(client, identity, STAFF)
    own = client.get("/api/leaves?org=changle").json()["leaves"]
    sign_in(client, identity, CLERK)
    every = client.get("/api/leaves?org=changle").json()["leaves"]

    assert [each["user"] for each in own] == [STAFF]
    assert {each["user"] for each in every} == {STAFF, f"{CHANGLE}/staff2"}


def test_the_ledger_is_for_those_who_oversee_it(client: TestClient, identity: FakeIdentity) -> None:
    sign_in(client, identity, STAFF)
    pages = ("/supervision/changle", "/supervision/changle/new", "/api/audit?org=changle")
    by_staff = [client.get(page).status_code for page in pages]
    sign_in(client, identity, CLERK)
    by_clerk = [client.get(page).status_code for page in pages]

    assert (by_staff, by_clerk) == ([403] * 3, [200] * 3)


def test_nobody_acts_for_another(client: TestClient, identity: FakeIdentity) -> None:
    sign_in(client, identity, STAFF)
    body = {"by": f"{CHANGLE}/supervisor1", "group": "督查工作群"}

    answer = client.post("/api/supervision/group", json=body)

    assert (answer.status_code, answer.json()["code"]) == (403, "acting_for_other")


def test_what_signed_in_people_read_is_kept_by_no_browser(
    client: TestClient, identity: FakeIdentity
) -> None:
    sign_in(client, identity, STAFF)

    assert client.get("/rules").headers["cache-control"] == "private, no-store"
