"""Leave and going out (请假、外出): one request and the states it may take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.core.errors import InvalidInputError, RefusedError
from bot.core.people import OrgId, PersonId
from bot.core.rules import Citation

LeaveId = NewType("LeaveId", int)
HALF_DAY = 0.5
MAX_DAYS = 366  # calendar days of one request; more is a slip of the tongue


class LeaveKind(StrEnum):
    """The kinds, in the words of the contract."""

    ANNUAL = "年休假"
    PERSONAL = "事假"
    SICK = "病假"
    MARRIAGE = "婚假"
    MATERNITY = "产假"
    FAMILY_VISIT = "探亲假"
    BUSINESS_TRIP = "出差"
    TRAINING = "学习培训"
    PRIVATE_ABROAD = "因私出国"
    MEETING = "会议请假"
    OTHER = "其他"


class LeaveState(StrEnum):
    """Where a request stands; see `NEXT_STATES` for the ways between them."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"  # the person said yes; the platform does not know yet
    FILED = "filed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    AWAY = "away"
    RETURNED = "returned"  # 销假
    OVERDUE = "overdue"


NEXT_STATES: dict[LeaveState, frozenset[LeaveState]] = {
    LeaveState.DRAFT: frozenset({LeaveState.CONFIRMED, LeaveState.WITHDRAWN}),
    LeaveState.CONFIRMED: frozenset({LeaveState.FILED, LeaveState.WITHDRAWN}),
    LeaveState.FILED: frozenset({LeaveState.APPROVED, LeaveState.REFUSED, LeaveState.WITHDRAWN}),
    LeaveState.APPROVED: frozenset(
        {LeaveState.AWAY, LeaveState.RETURNED, LeaveState.OVERDUE, LeaveState.WITHDRAWN}
    ),
    LeaveState.AWAY: frozenset({LeaveState.RETURNED, LeaveState.OVERDUE}),
    LeaveState.OVERDUE: frozenset({LeaveState.RETURNED}),
    LeaveState.REFUSED: frozenset(),
    LeaveState.WITHDRAWN: frozenset(),
    LeaveState.RETURNED: frozenset(),
}
OPEN_STATES = frozenset(state for state, ways in NEXT_STATES.items() if ways) - {LeaveState.DRAFT}


class LeaveStateError(RefusedError):
    """The request is past the state in which this could be done."""

    code = "leave_state"


class WarningCode(StrEnum):
    """What is wrong with a request, without forbidding it."""

    NOTICE_SHORT = "notice_short"
    OVERLAP = "overlap"
    STAND_IN_AWAY = "stand_in_away"
    PARTNERS_AWAY = "partners_away"
    STAND_IN_MISSING = "stand_in_missing"
    CERTIFICATE_MISSING = "certificate_missing"
    PAST_START = "past_start"
    RULE_SILENT = "rule_silent"
    QUOTA_EXCEEDED = "quota_exceeded"  # ours, beyond the contract's
    OVER_STEP = "over_step"  # ours as well: parts that together go to somebody else


@dataclass(frozen=True)
class LeaveWarning:
    """One thing to know before filing; `citation` is the rule behind it, if one is."""

    code: WarningCode
    text: str
    citation: Citation | None = None


@dataclass(frozen=True)
class RouteStep:
    """One approver: the post that the rule names, and who holds it (None: nobody known)."""

    post: str
    user: PersonId | None
    name: str = ""  # of the holder


@dataclass(frozen=True)
class Span:
    """The days away, both ends included. Halves say that an end is half a day.

    `starts_pm`: the first day begins at noon. `ends_am`: the last day ends at noon.
    """

    first_day: date
    last_day: date
    starts_pm: bool = False
    ends_am: bool = False

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise InvalidInputError("leave_ends_before_start")
        if self.first_day == self.last_day and self.starts_pm and self.ends_am:
            raise InvalidInputError("leave_ends_before_start")
        if (self.last_day - self.first_day).days >= MAX_DAYS:
            raise InvalidInputError("leave_too_long", most=MAX_DAYS)

    @property
    def days(self) -> float:
        """Calendar days, in halves."""
        return (self.last_day - self.first_day).days + 1 - 0.5 * (self.starts_pm + self.ends_am)

    @classmethod
    def lasting(cls, first_day: date, days: float, *, starts_pm: bool = False) -> Span:
        """So many calendar days, in halves, from a day or its noon on.

        Raises:
            InvalidInputError: less than half a day ("leave_ends_before_start").
        """
        if days < HALF_DAY:
            raise InvalidInputError("leave_ends_before_start")
        last_half = int(starts_pm) + round(days / HALF_DAY) - 1
        last_day = first_day + timedelta(days=last_half // 2)
        return cls(first_day, last_day, starts_pm, ends_am=last_half % 2 == 0)

    @property
    def next_half_day(self) -> tuple[date, bool]:
        """The day that follows, or the last day itself with True: from its noon on."""
        if self.ends_am:
            return self.last_day, True
        return self.last_day + timedelta(days=1), False

    def adjoins(self, other: Span) -> bool:
        """Whether one begins where the other ends."""
        return self.next_half_day == (other.first_day, other.starts_pm) or (
            other.next_half_day == (self.first_day, self.starts_pm)
        )

    def with_more(self, more: Span) -> Span:
        """Both, from the beginning of this one to the end of the other."""
        return Span(self.first_day, more.last_day, self.starts_pm, more.ends_am)

    def within(self, first: date, last: date) -> Span | None:
        """What of the days lies between two days, both included; None if nothing does."""
        start, end = max(self.first_day, first), min(self.last_day, last)
        if end < start:
            return None
        starts_pm = self.starts_pm and start == self.first_day
        ends_am = self.ends_am and end == self.last_day
        return Span(start, end, starts_pm, ends_am)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share any half day."""
        return self._half_days()[0] <= other._half_days()[1] and (
            other._half_days()[0] <= self._half_days()[1]
        )

    def _half_days(self) -> tuple[tuple[date, int], tuple[date, int]]:
        return (self.first_day, int(self.starts_pm)), (self.last_day, int(not self.ends_am))


@dataclass(frozen=True)
class Leave:
    """One complete request. Immutable: a change gives a new object."""

    id: LeaveId
    org: OrgId
    user: PersonId
    kind: LeaveKind
    span: Span
    place: str
    out_of_area: bool
    reason: str
    stand_in: PersonId | None  # None with a `stand_in_name`: somebody the directory does not list
    working_days: float | None  # None: the year's holiday arrangement is not published
    state: LeaveState
    created_at: datetime
    route: tuple[RouteStep, ...] = ()
    tell: tuple[str, ...] = ()  # posts to be told, in the rule's words
    materials: tuple[str, ...] = ()
    warnings: tuple[LeaveWarning, ...] = ()
    citations: tuple[Citation, ...] = ()
    urgent: bool = False
    approval: str | None = None  # the platform's id of the approval
    stand_in_name: str = ""  # as spoken
    replaces: LeaveId | None = None  # the request that this one changes
    extends: LeaveId | None = None  # the leave that this one goes on from (续假)
    extended_to: date | None = None  # the last day of the extensions that were granted
    whole_days: float | None = None  # of an extension, together with what it extends
    duties: tuple[str, ...] = ()  # owed on return, in the rule's words

    @property
    def ends_on(self) -> date:
        """The last day away, extensions included."""
        return self.extended_to or self.span.last_day

    def to(self, state: LeaveState) -> Leave:
        """The same request in a later state.

        Raises:
            LeaveStateError: no way leads there; states never go back.
        """
        if state not in NEXT_STATES[self.state]:
            raise LeaveStateError(leave=self.id, state=self.state, wanted=state)
        return replace(self, state=state)


class Half(StrEnum):
    """Half a day."""

    AM = "am"
    PM = "pm"


@dataclass(frozen=True)
class LeaveParts:
    """What one sentence says about a leave; None means it does not say.

    `stand_in` is a name or a post as spoken, not yet looked up; "" says that nobody stands in.
    `first_day`, `half` and `days` are what was said of the time as far as it gives no span yet
    ("from Wednesday", "three days", "half a day tomorrow"); `days` is kept beside a span that
    was stated by its length, so that a corrected first day keeps the length. `around` is a day of
    the week in which the leave begins, where no more was said ("three days next week").
    """

    kind: LeaveKind | None = None
    span: Span | None = None
    place: str | None = None
    reason: str | None = None
    stand_in: str | None = None
    urgent: bool | None = None
    first_day: date | None = None
    half: Half | None = None
    days: float | None = None  # calendar days, in halves
    around: date | None = None

    def merged(self, later: LeaveParts) -> LeaveParts:
        """These parts, overruled by whatever `later` says."""
        said = {name: value for name, value in vars(later).items() if value is not None}
        return replace(self, **said)


@dataclass(frozen=True)
class LeaveDraft:
    """A request being talked about; kept in the database so that no process owns it."""

    user: PersonId
    thread: str
    parts: LeaveParts
    updated_at: datetime
    stand_in: PersonId | None = None  # resolved in the directory
    no_stand_in: bool = False  # the person said that nobody stands in
    replaces: LeaveId | None = None
    extends: LeaveId | None = None
    place_out_of_area: bool | None = None
