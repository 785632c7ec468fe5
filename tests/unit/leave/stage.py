"""A leave desk on fakes, with the demo offices, their tables and the true reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path

from bot.adapters.calendars import OfficeCalendars
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.chinese.leave_reader import ChineseLeaveReader
from bot.adapters.people import load_directory
from bot.adapters.texts import YamlTexts
from bot.core.approvals import ApprovalRequest
from bot.core.clock import OFFICE_TIME
from bot.core.leave import Leave, LeaveId, LeaveState
from bot.core.messages import Push
from bot.core.people import Directory, Person, PersonId
from bot.services.leave import DraftView, LeaveDesk
from bot.services.leave_cases import approval_key
from bot.services.leave_words import LeaveWords
from bot.services.storage import OutboxState
from knowledge.procedures.loader import YamlProcedureBook, load_procedures
from tests.fakes.clock import FakeClock
from tests.fakes.rule_book import FakeRuleBook
from tests.fakes.storage import FakeDatabase

ROOT = Path(__file__).parents[3]
ORGS = ("changle", "fenghuang", "shuangtaizi", "xianyang", "yunyang")


@cache
def directory(org: str) -> Directory:
    return load_directory(ROOT / "demo" / "people" / f"{org}.yml")


@cache
def procedures() -> YamlProcedureBook:
    return load_procedures(ROOT / "knowledge" / "procedures")


def person(user: str) -> Person:
    found = directory(user.split("/")[0]).person(PersonId(user))
    assert found is not None
    return found


class Stage:
    """Monday, 23 November 2026, 09:00; the directories of the offices, nobody away."""

    def __init__(self, rules: FakeRuleBook | None = None, orgs: Sequence[str] = ORGS) -> None:
        self.clock = FakeClock()
        self.texts = YamlTexts()
        self.words = LeaveWords(self.texts)
        self.database = FakeDatabase()
        self._turns = count(1)
        self.desk = LeaveDesk(
            unit_of_work=self.database.unit_of_work,
            clock=self.clock,
            calendars=OfficeCalendars(PublishedCalendar(), {}),
            procedures=procedures(),
            rules=rules or FakeRuleBook(),
            reader=ChineseLeaveReader(),
            texts=self.texts,
        )
        with self.database.unit_of_work() as uow:
            for org in orgs:
                uow.people.save(directory(org))
            uow.commit()

    def turn(self) -> str:
        return f"turn{next(self._turns)}"

    def say(self, user: str, text: str, asked: str | None = None) -> DraftView:
        return self.desk.draft(person(user), thread(user), text, asked)

    def preview(self, user: str, *said: str) -> Leave:
        for text in said:
            view = self.say(user, text)
        assert view.complete, (view.missing, view.problem)
        return self.desk.preview(person(user), thread(user))

    def file(self, user: str, *said: str) -> Leave:
        """Say, confirm, and let the platform take the request."""
        self.preview(user, *said)
        leave = self.desk.confirm(person(user), thread(user), self.turn())
        self.desk.filed(approval_key(leave.id), f"approval-{leave.id}")
        return self.stored(leave.id)

    def grant(self, user: str, *said: str) -> Leave:
        """File, and let the last approver agree."""
        leave = self.file(user, *said)
        request = self.request(leave.id)
        return self.desk.settle(approval_key(leave.id), True, request.approvers[-1])

    def stored(self, leave_id: LeaveId) -> Leave:
        return self.database.unit_of_work().leaves.get(leave_id)

    def state(self, leave: Leave) -> LeaveState:
        return self.stored(leave.id).state

    def payloads(self) -> list[Push | ApprovalRequest]:
        entries = self.database.unit_of_work().outbox.listing(None, list(OutboxState))
        return [entry.payload for entry in entries]

    def request(self, leave_id: LeaveId) -> ApprovalRequest:
        key = approval_key(leave_id)
        [found] = [p for p in self.payloads() if isinstance(p, ApprovalRequest) and p.key == key]
        return found

    def pushes_to(self, user: str) -> list[str]:
        pushes = [p for p in self.payloads() if isinstance(p, Push)]
        return [push.message.text for push in pushes if push.to == user]

    def go_to(self, day: date, hour: int = 9) -> None:
        self.clock.set(datetime(day.year, day.month, day.day, hour, tzinfo=OFFICE_TIME))


def thread(user: str) -> str:
    return f"{user}@direct"
