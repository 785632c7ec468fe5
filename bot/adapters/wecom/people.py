"""The company's people, as WeCom's address book lists those whom the app may see.

Source: WeCom's pages 90208 (departments), 90201 (members of one), 90196 (one member).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.loop import LoopThread
from bot.adapters.channels.people import follow_people
from bot.adapters.staff_tables import OfficeTables
from bot.adapters.wecom.client import WeComClient
from bot.adapters.wecom.config import CHANNEL
from bot.core.errors import OutsideServiceError
from bot.core.people import OrgId, PersonId
from bot.core.platform_events import PlatformEvent
from bot.core.staff_table import Account, Department, StaffTable
from bot.services.people_sync import PeopleSync

NOBODY_ABOVE = "0"
USER_UNKNOWN = frozenset({60111, 46004})
BARRED, GONE = 2, 5  # of a member's states; one who has not signed in yet is a member all the same
LEFT, DEPARTMENTS = "delete_user", "_party"


class WeComContacts:
    """The `Contacts` of every office on WeCom."""

    def __init__(self, clients: Mapping[OrgId, WeComClient], loop: LoopThread) -> None:
        posts = {org: client.config.posts for org, client in clients.items()}
        self._tables = OfficeTables(CHANNEL, posts)
        self._clients, self._loop = clients, loop

    def orgs(self) -> Sequence[OrgId]:
        """See `Contacts.orgs`."""
        return self._tables.orgs()

    def table(self, org: OrgId) -> StaffTable:
        """See `Contacts.table`."""
        return self._tables.table(org)

    def departments(self, org: OrgId) -> list[Department]:
        """See `Contacts.departments`: those that the app may see, the uppermost first."""
        listed = self._get(org, "department/list", {}).get("department") or ()
        found = [_department(each) for each in listed]
        known = {each.id for each in found}
        roots = [replace(each, parent=None) for each in found if each.parent not in known]
        return roots + [each for each in found if each.parent in known]

    def members(self, org: OrgId, departments: Sequence[Department]) -> list[Account]:
        """See `Contacts.members`."""
        found: dict[str, Account] = {}
        for department in departments:
            asked = {"department_id": department.id, "fetch_child": 0}
            for member in self._get(org, "user/list", asked).get("userlist") or ():
                found.setdefault(member["userid"], _account(org, member))
        return list(found.values())

    def member(self, org: OrgId, user: str) -> Account | None:
        """See `Contacts.member`."""
        try:
            account = _account(org, self._get(org, "user/get", {"userid": user}))
        except OutsideServiceError as error:
            if error.details.get("reason") in USER_UNKNOWN:
                return None
            raise
        return account if account.active else None

    def _get(self, org: OrgId, path: str, params: Mapping[str, Any]) -> dict[str, Any]:
        call = self._clients[org].get(path, params, api=path.replace("/", "."))
        return self._loop.run(call, LONGEST_CALL_S)


def take_people_event(sync: PeopleSync, event: PlatformEvent) -> None:
    """Follow an event of the address book."""
    follow_people(sync, event, left=LEFT, departments=DEPARTMENTS)


def _department(listed: Mapping[str, Any]) -> Department:
    above = str(listed.get("parentid") or NOBODY_ABOVE)
    return Department(str(listed["id"]), str(listed.get("name") or ""), above)


def _account(org: OrgId, member: Mapping[str, Any]) -> Account:
    """A member; the main department stands first, and whoever is barred is not active."""
    departments = [str(each) for each in member.get("department") or ()]
    leads = [
        department
        for department, is_head in zip(
            departments, member.get("is_leader_in_dept") or (), strict=False
        )
        if is_head
    ]
    main = str(member.get("main_department") or "")
    departments.sort(key=lambda department: department != main)
    return Account(
        person=PersonId(f"{org}/{member['userid']}"),
        union_id="",
        name=str(member.get("name") or ""),
        post=str(member.get("position") or ""),
        departments=tuple(departments),
        leads=tuple(leads),
        active=member.get("status", 1) not in (BARRED, GONE),
    )
