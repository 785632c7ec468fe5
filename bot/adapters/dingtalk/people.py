"""The company's people, by the official contact API behind `dingtalk-sdk`."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import httpx
import requests
from dingtalk import AppKeyClient
from dingtalk.core.exceptions import DingTalkClientException

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.limits import Window
from bot.adapters.channels.loop import LoopThread
from bot.adapters.channels.people import follow_people
from bot.adapters.channels.tokens import TokenRefusedError
from bot.adapters.dingtalk.answers import read_old
from bot.adapters.dingtalk.client import DingTalkClient
from bot.adapters.dingtalk.config import CHANNEL, DingTalkConfig
from bot.adapters.staff_tables import OfficeTables
from bot.core.errors import OutsideServiceError
from bot.core.people import OrgId, PersonId
from bot.core.platform_events import PlatformEvent
from bot.core.staff_table import Account, Department, StaffTable
from bot.services.people_sync import PeopleSync

TIMEOUT_S = (3.0, 10.0)  # to connect, to read: the library itself would wait for ever
ROOT = "1"  # the department above all others
PAGE = 100  # members in one answer, the most that DingTalk gives
USER_UNKNOWN = frozenset({60121, 33012})
LEFT, DEPARTMENT = "user_leave_org", "org_dept_"

Tokens = Callable[[], str]


class ContactApi:
    """One office's address book; any thread may call it, one call at a time."""

    def __init__(self, client: DingTalkClient, loop: LoopThread) -> None:
        self._client, self._loop = client, loop
        self._sdk = _Sdk(client.config, self._token)
        self._lock = threading.Lock()
        self._pace = Window(client.config.limits.api_per_s, 1.0)

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Call `/topapi/...` and return its answer.

        Raises:
            OutsideServiceError: not done, or not known; every call here may be repeated.
        """
        with self._lock:
            try:
                return self._posted(path, body)
            except TokenRefusedError:
                self._client.token_refused(self._token())
            return self._posted(path, body)  # once more, never again

    def close(self) -> None:
        """Close the connections."""
        self._sdk.close()

    def _token(self) -> str:
        return self._loop.run(self._client.token(), LONGEST_CALL_S)

    def _posted(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        api = path.removeprefix("/topapi/").replace("/", "_")
        now = time.monotonic()
        time.sleep(self._pace.wait_s(now))
        self._pace.take(time.monotonic())
        self._client.count(api)
        try:
            answer = self._sdk.post(path, dict(body))
        except DingTalkClientException as error:
            return _read(error.response)
        except requests.RequestException as error:
            raise OutsideServiceError("dingtalk_silent", api=api) from error
        if isinstance(answer, dict) and answer.get("errcode") == 0:
            return answer
        raise OutsideServiceError("dingtalk_garbled", api=api)


class _Sdk(AppKeyClient):  # type: ignore[misc]  # the library has no types
    """The library's client with our address, our token, and nothing said in the log.

    Its own retry recurses without end on a token that stays bad, its own session is shared by
    every client of the process, and its errors log the address with the token in it.
    """

    def __init__(self, config: DingTalkConfig, token: Tokens) -> None:
        logging.getLogger("dingtalk.client.base").disabled = True
        self.API_BASE_URL = config.oapi_url
        self._http = requests.Session()
        self._http.trust_env = False
        self._own_token = token
        super().__init__(config.corp_id, config.app_key, "", timeout=TIMEOUT_S, auto_retry=False)

    @property
    def access_token(self) -> str:
        return self._own_token()

    def close(self) -> None:
        self._http.close()


def _read(response: requests.Response) -> dict[str, Any]:
    """What an answer that the library takes for an error means; mostly raises."""
    same = httpx.Response(response.status_code, content=response.content)
    return read_old(same, repeatable=True)


class DingTalkContacts:
    """The `Contacts` of every office on DingTalk."""

    def __init__(self, clients: Mapping[OrgId, DingTalkClient], loop: LoopThread) -> None:
        posts = {org: client.config.posts for org, client in clients.items()}
        self._tables = OfficeTables(CHANNEL, posts)
        self._apis = {org: ContactApi(client, loop) for org, client in clients.items()}

    def close(self) -> None:
        """Close the connections."""
        for api in self._apis.values():
            api.close()

    def orgs(self) -> Sequence[OrgId]:
        """See `Contacts.orgs`."""
        return self._tables.orgs()

    def table(self, org: OrgId) -> StaffTable:
        """See `Contacts.table`."""
        return self._tables.table(org)

    def departments(self, org: OrgId) -> list[Department]:
        """See `Contacts.departments`."""
        api = self._apis[org]
        root = api.post("/topapi/v2/department/get", {"dept_id": int(ROOT)})["result"]
        found = [Department(ROOT, str(root["name"]))]
        for above in found:  # it grows while we walk along it
            below = api.post("/topapi/v2/department/listsub", {"dept_id": int(above.id)})["result"]
            found += [Department(str(each["dept_id"]), each["name"], above.id) for each in below]
        return found

    def members(self, org: OrgId, departments: Sequence[Department]) -> list[Account]:
        """See `Contacts.members`."""
        found: dict[str, Account] = {}
        for department in departments:
            for member in self._listed(org, department):
                account = found.setdefault(member["userid"], _account(org, member))
                if member.get("leader") and department.id not in account.leads:
                    leads = (*account.leads, department.id)
                    found[member["userid"]] = replace(account, leads=leads)
        return list(found.values())

    def member(self, org: OrgId, user: str) -> Account | None:
        """See `Contacts.member`."""
        try:
            answer = self._apis[org].post("/topapi/v2/user/get", {"userid": user})
        except OutsideServiceError as error:
            if error.details.get("reason") in USER_UNKNOWN:
                return None
            raise
        return _account(org, answer["result"])

    def _listed(self, org: OrgId, department: Department) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor: int | None = 0
        while cursor is not None:
            body = {"dept_id": int(department.id), "cursor": cursor, "size": PAGE}
            page = self._apis[org].post("/topapi/v2/user/list", body)["result"]
            found += page.get("list", [])
            cursor = page.get("next_cursor") if page.get("has_more") else None
        return found


def _account(org: OrgId, member: Mapping[str, Any]) -> Account:
    """A member as both calls give him; only the single one says which departments he leads."""
    leads = [each["dept_id"] for each in member.get("leader_in_dept", ()) if each.get("leader")]
    return Account(
        person=PersonId(f"{org}/{member['userid']}"),
        union_id=member.get("unionid", ""),
        name=member.get("name", ""),
        post=member.get("title") or "",
        departments=tuple(map(str, member.get("dept_id_list", ()))),
        leads=tuple(map(str, leads)),
    )


def take_people_event(sync: PeopleSync, event: PlatformEvent) -> None:
    """Follow an event of the address book."""
    follow_people(sync, event, left=LEFT, departments=DEPARTMENT)
