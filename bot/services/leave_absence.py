"""Who is away: today, on another day, in a week, or one person. Never why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.clock import Clock, today
from bot.core.leave import Leave, LeaveState, Span
from bot.core.leave_route import GRANTED_STATES
from bot.core.messages import Message
from bot.core.people import Directory, OrgId, Person, PersonId, Role
from bot.core.spoken_names import named_people, named_unit
from bot.services.leave_asking import day_words
from bot.services.leave_words import LeaveWords
from bot.services.storage import UnitOfWorkFactory

_WEEK = re.compile(r"(?P<next>下+)?(?:一|个|这|本)?(?:周|星期|礼拜)(?![一二三四五六日天末\d])")
_MONTH = re.compile(r"(?<!\d)(?P<next>下个?)?(?:这个|本|个)?月(?![\d初末底中])")
_NAMED_MONTH = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>1[0-2]|0?[1-9])月份?(?![\d初底末上中下])"
)
HALF_A_YEAR = timedelta(days=183)  # 1月 said in December is the next one
_OF_ONE = re.compile(r"在不在|在吗|在没|在单位|在家|回来|哪天回|什么时候回|去哪")
_NOT_BACK = re.compile(r"(?:没有?|未|忘了?)(?:办理?|来|去)?(?:销假|返岗)|逾期|超假|该销假")
_OF_MANY = re.compile(r"谁|哪[些个位]|有没有|人员|名单|领导|多少|几个")
_LEADERS = re.compile(r"领导|县领导|班子")


@dataclass(frozen=True)
class Question:
    """What is asked: the days, and of whom (nobody named: of everybody)."""

    days: Span
    people: tuple[Person, ...] = ()
    unit: str | None = None
    leaders: bool = False
    is_unknown: bool = False  # somebody is asked for whom the directory does not list

    def concerns(self, person: Person) -> bool:
        """Whether a person is among those asked about."""
        if self.people:
            return person in self.people
        if self.leaders:
            return person.has(Role.LEADER)
        return self.unit in (None, person.unit)


@dataclass(frozen=True)
class Absences:
    """Answers who is away."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    words: LeaveWords

    def answer(self, org: OrgId, text: str, span: Span | None) -> Message:
        """Say who of those asked for is away; `span` is what the sentence was read to say."""
        day = today(self.clock)
        with self.unit_of_work() as uow:
            directory = uow.people.directory(org)
            late = uow.leaves.listing(org, until=day, states={LeaveState.OVERDUE})
            if _NOT_BACK.search(text):
                return self._not_back(late, directory)
            asked = read_question(text, span, day, directory)
            # Of days that are over, whoever has come back since was away as well.
            is_past = asked.days.first_day < day
            covering = uow.leaves.listing(
                org,
                since=asked.days.first_day,
                until=asked.days.last_day,
                states=GRANTED_STATES | ({LeaveState.RETURNED} if is_past else frozenset()),
            )
        if asked.days.first_day > day:
            late = []
        away = {leave.id: leave for leave in (*covering, *late)}.values()
        return self._said(asked, list(away), directory, day)

    def _not_back(self, late: Sequence[Leave], directory: Directory) -> Message:
        """Who has not reported back though the leave is over."""
        users = {leave.user for leave in late}
        listed = [person for person in directory.people if person.id in users]
        if not listed:
            return Message(self._say("not_back_nobody"))
        lines = [
            self._say("absent_line", name=_called(person), span=self._spans(person.id, late))
            for person in listed
        ]
        return Message("\n".join([self._say("not_back", count=len(lines)), *lines]))

    def _said(
        self, asked: Question, away: Sequence[Leave], directory: Directory, day: date
    ) -> Message:
        when = self._when(asked.days, day)
        if asked.is_unknown:
            return Message(self._say("absent_unknown"))
        if asked.people:
            lines = [self._of_one(person, away, when) for person in asked.people]
            return Message("\n".join(lines))
        users = {leave.user for leave in away}
        listed = [p for p in directory.people if p.id in users and asked.concerns(p)]
        if not listed:
            return Message(self._say("absent_nobody", when=when))
        lines = [
            self._say("absent_line", name=_called(person), span=self._spans(person.id, away))
            for person in listed
        ]
        return Message("\n".join([self._say("absent_on", when=when, count=len(lines)), *lines]))

    def _of_one(self, person: Person, away: Sequence[Leave], when: str) -> str:
        spans = self._spans(person.id, away)
        key = "absent_one" if spans else "absent_one_there"
        return self._say(key, name=_called(person), when=when, span=spans)

    def _spans(self, user: PersonId, away: Sequence[Leave]) -> str:
        own = sorted((le for le in away if le.user == user), key=lambda le: le.span.first_day)
        return self._say("comma").join(self._span(leave) for leave in own)

    def _span(self, leave: Leave) -> str:
        span = self.words.span(leave.span)
        late = leave.state is LeaveState.OVERDUE
        return self._say("absent_late", span=span) if late else span

    def _when(self, days: Span, day: date) -> str:
        if days.first_day == days.last_day == day:
            return self._say("today")
        if days.first_day == days.last_day:
            return day_words(self.words.texts, days.first_day)
        return self.words.span(Span(days.first_day, days.last_day))

    def _say(self, key: str, **fields: object) -> str:
        return self.words.texts.say(f"leave.{key}", **fields)


def read_question(text: str, span: Span | None, day: date, directory: Directory) -> Question:
    """What a sentence asks; today, where it names no day."""
    days = span or _period(text, day) or Span(day, day)
    people = named_people(text, directory)
    unit = None if people else named_unit(text, directory)
    asks_one = _OF_ONE.search(text) is not None and _OF_MANY.search(text) is None
    unknown = asks_one and not people and unit is None
    leaders = not people and unit is None and _LEADERS.search(text) is not None
    return Question(days, people, unit, leaders, unknown)


def _period(text: str, day: date) -> Span | None:
    """A whole week or month; a week ends on Sunday."""
    if week := _WEEK.search(text):
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=len(week["next"] or ""))
        return Span(monday, monday + timedelta(days=6))
    if month := _MONTH.search(text):
        first = day.replace(day=1)
        first = _next_month(first) if month["next"] else first
        return Span(first, _next_month(first) - timedelta(days=1))
    if named := _NAMED_MONTH.search(text):
        first = date(int(named["year"] or day.year), int(named["month"]), 1)
        if named["year"] is None and day - first > HALF_A_YEAR:
            first = first.replace(year=day.year + 1)
        return Span(first, _next_month(first) - timedelta(days=1))
    return None


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _called(person: Person) -> str:
    return f"{person.name}（{person.post}）"
