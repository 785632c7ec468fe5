"""What somebody has had of leave, told to whoever may know it: 这个人今年请了几天假."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.clock import Clock, today
from bot.core.errors import NotAllowedError, NotFoundError
from bot.core.leave import Leave, LeaveKind
from bot.core.leave_links import WAITING
from bot.core.leave_rights import approves, may_read_all
from bot.core.messages import Button, Message
from bot.core.people import Person, PersonId
from bot.core.spoken_names import named_people
from bot.services.leave_asking import days_words
from bot.services.leave_ledger import GRANTED
from bot.services.leave_words import LeaveWords
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

_SOMEBODY = re.compile(r"[他她]|[这那]个?人|此人|[这那该][位名个]?同志|申请人")
_SELF = re.compile(r"我|本人|自己")
_OTHER = re.compile(
    r"(?:查|看|问|统计|一下|下)*(?!今|去年|上|本|这|那|全|年|请|休|事|病|婚|产|探|出|外|假|已|目前|现在|一|总|累|还|都)"
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?:的|今年|去年|上个?月|[这本]个?月|一共|总共|已经?|[请休]了?过?[几多])"
)
_DECIDES = re.compile(r"批|审|同意|答复|回复")
_COUNTS = re.compile(r"几[天次回]|多少|一共|总共|用了|用掉|累计")


@dataclass(frozen=True)
class LeaveHistory:
    """Answers what a person has had; a real platform's approvers are asked by the route as well."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    words: LeaveWords

    def answer(self, reader: Person, text: str, kind: LeaveKind | None) -> Message | None:
        """What the one asked about has had in the year; None: one's own list is asked for.

        Raises:
            NotFoundError: nobody can be meant ("leave_history_of_whom"), or nobody is called so
                ("leave_history_unknown").
            NotAllowedError: the reader may not see it ("leave_history_not_allowed").
        """
        with self.unit_of_work() as uow:
            people = self._asked_about(uow, reader, text)
            if len(people) > 1:
                return self._which(people)
            if not people:
                return None
            [person] = people
            leaves = uow.leaves.listing(person.org, person.id)
        if not may_read_all(reader, person.id, leaves):
            raise NotAllowedError("leave_history_not_allowed", name=person.name)
        return self._told(person, text, [le for le in leaves if kind in (None, le.kind)])

    def _asked_about(self, uow: UnitOfWork, reader: Person, text: str) -> list[Person]:
        directory = uow.people.directory(reader.org)
        named = [person for person in named_people(text, directory) if person.id != reader.id]
        if named and not _SELF.search(text):
            return named
        if not named and _SOMEBODY.search(text):
            askers = _asking(uow, reader)
            if not askers and not _DECIDES.search(text):  # 他批了吗 is asked of one's own
                raise NotFoundError("leave_history_of_whom")
            return [person for person in directory.people if person.id in askers]
        if not _COUNTS.search(text):
            return []
        if not _SELF.search(text) and (other := _OTHER.match(text)):
            raise NotFoundError("leave_history_unknown", name=other["name"])
        return [reader]

    def _told(self, person: Person, text: str, leaves: Sequence[Leave]) -> Message:
        first, last = _period(text, today(self.clock))
        within = [le for le in leaves if le.span.within(first, last) is not None]
        shown = {"name": person.name, "when": self._when(first, last)}
        if not within:
            return Message(self._say("history_none", **shown))
        granted = _counted(within)
        parts = [
            self._say("history_kind", kind=kind, days=days_words(_days(of_kind, first, last)))
            for kind in LeaveKind
            if (of_kind := [leave for leave in granted if leave.kind is kind])
        ]
        key = "history" if granted else "history_not_granted"
        title = self._say(
            key,
            times=len(granted),
            days=days_words(_days(granted, first, last)),
            kinds=self._say("comma").join(parts),
            **shown,
        )
        return Message("\n".join([title, *self.words.lines(within)]))

    def _which(self, people: Sequence[Person]) -> Message:
        says = [self._say("say_history", name=person.name) for person in people]
        return Message(self._say("history_which"), tuple(Button(say, say) for say in says))

    def _when(self, first: date, last: date) -> str:
        is_month = (first.year, first.month) == (last.year, last.month)
        key = "history_month" if is_month else "history_year"
        return self._say(key, year=first.year, month=first.month)

    def _say(self, key: str, **fields: object) -> str:
        return self.words.texts.say(f"leave.{key}", **fields)


def _asking(uow: UnitOfWork, reader: Person) -> set[PersonId]:
    """Whose requests wait while the reader is on their route."""
    waiting = uow.leaves.listing(reader.org, states=WAITING)
    return {leave.user for leave in waiting if approves(reader, leave)}


def _counted(leaves: Sequence[Leave]) -> list[Leave]:
    """What was granted; of a leave that was changed after it had begun only the change."""
    granted = [leave for leave in leaves if leave.state in GRANTED]
    replaced = {leave.replaces for leave in granted}
    return [leave for leave in granted if leave.id not in replaced]


def _days(leaves: Sequence[Leave], first: date, last: date) -> float:
    parts = (leave.span.within(first, last) for leave in leaves)
    return sum(part.days for part in parts if part is not None)


def _period(text: str, day: date) -> tuple[date, date]:
    """The year, or what else is looked back on."""
    first = day.replace(day=1)
    if re.search(r"上个?月", text):
        last = first - timedelta(days=1)
        return last.replace(day=1), last
    if re.search(r"[本这当]个?月", text):
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    year = day.year - 1 if re.search(r"去年|上一?年度", text) else day.year
    return date(year, 1, 1), date(year, 12, 31)
