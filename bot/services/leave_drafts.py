"""A leave being talked about: what is known, what is missing, who stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.errors import InvalidInputError, NotFoundError, RefusedError
from bot.core.leave import HALF_DAY, LeaveDraft, LeaveKind, LeaveParts
from bot.core.leave_route import (
    GOING_OUT,
    NOTICE_TABLE,
    OFFICE_RANKS,
    STAND_IN_TABLE,
    leave_facts,
    needs_place,
)
from bot.core.meetings import meeting_missed
from bot.core.people import Directory, Person, PersonId
from bot.core.procedures import Procedures
from bot.services.readers import LeaveReader

DRAFT_LIFE = timedelta(minutes=30)  # afterwards the person has to begin again

# Time off that a head may spend elsewhere: where the rules ask, so does the form.
TIME_OFF = frozenset(
    {LeaveKind.ANNUAL, LeaveKind.PERSONAL, LeaveKind.FAMILY_VISIT, LeaveKind.OTHER}
)
NEEDS_REASON = frozenset({LeaveKind.PERSONAL, LeaveKind.MEETING, LeaveKind.OTHER})


ONESELF = frozenset({"我", "自己", "我自己", "本人", "我本人"})

_HEAD_OF = re.compile(r"(.{2,12}?)((?:局|镇|乡|部|院|中心|街道)?长|主任|(?:主要)?负责人|一把手)")


@dataclass(frozen=True)
class DraftView:
    """What the form needs to go on.

    `missing` is ordered among "kind", "span", "place", "reason", "stand_in". `problem` is why
    something that was said could not be used; it is told, then asked for again.
    """

    draft: LeaveDraft
    missing: tuple[str, ...]
    problem: RefusedError | None = None

    @property
    def complete(self) -> bool:
        """Whether the request can be shown for confirmation."""
        return not self.missing and self.problem is None


def is_fresh(draft: LeaveDraft, person: Person, now: datetime) -> bool:
    """Whether a stored draft is this person's and young enough to go on with."""
    return draft.user == person.id and now - draft.updated_at < DRAFT_LIFE


@dataclass(frozen=True)
class Listener:
    """Reads sentences into the draft of a person."""

    reader: LeaveReader
    person: Person
    directory: Directory
    today: date

    def hear(
        self, draft: LeaveDraft, text: str, asked: str | None
    ) -> tuple[LeaveDraft, RefusedError | None]:
        """The draft with what a sentence adds, and what of it could not be used."""
        problem: RefusedError | None = None
        if asked is None and self._begins_anew(draft, text):
            draft = LeaveDraft(draft.user, draft.thread, LeaveParts(), draft.updated_at)
        try:
            parts = self._read(draft, text, asked)
        except RefusedError as error:
            problem, parts = error, still_readable(error)
        draft = self._merge(draft, replace(parts, stand_in=None))
        try:
            return self._merge(draft, parts), problem
        except RefusedError as error:
            return draft, problem or error

    def _read(self, draft: LeaveDraft, text: str, asked: str | None) -> LeaveParts:
        """What a sentence says; of a change that is being talked about, what it changes."""
        known = draft.parts
        if draft.replaces is not None and asked is None:
            changed = vars(self.reader.read_change(text, self.today, known)).items()
            return LeaveParts(**{k: v for k, v in changed if v != getattr(known, k)})
        parts = self.reader.read(text, self.today, asked, known)
        if asked == "reason" and parts.reason and known.kind is LeaveKind.MEETING and known.reason:
            return replace(parts, reason=f"{parts.reason},{known.reason}")  # the meeting, and why
        return parts

    def _begins_anew(self, draft: LeaveDraft, text: str) -> bool:
        """Whether a sentence that nobody asked for is a request of its own: kind and days."""
        if draft.parts == LeaveParts():
            return False
        try:
            parts = self.reader.read(text, self.today)
        except RefusedError:
            return False
        return parts.kind is not None and parts.span is not None

    def _merge(self, draft: LeaveDraft, parts: LeaveParts) -> LeaveDraft:
        return said_more(draft, parts, self.person, self.directory, self.reader)


def still_readable(error: RefusedError) -> LeaveParts:
    """What else was read of a sentence with a part that cannot be used."""
    parts = error.details.get("parts")
    return parts if isinstance(parts, LeaveParts) else LeaveParts()


def said_more(
    draft: LeaveDraft, parts: LeaveParts, person: Person, directory: Directory, reader: LeaveReader
) -> LeaveDraft:
    """The draft with what a sentence adds to it.

    Raises:
        InvalidInputError: the person stands in for themselves ("stand_in_self").
        NotFoundError: nobody is called so ("stand_in_unknown").
        RefusedError: several people are ("stand_in_ambiguous").
    """
    known = draft.parts
    if parts.days == HALF_DAY and parts.first_day and not parts.span and not parts.half:
        known = replace(known, span=None, half=None)  # which half has to be asked
    draft = replace(draft, parts=known.merged(parts))
    if parts.place is not None:
        outside = reader.is_out_of_area(parts.place, directory)
        draft = replace(draft, place_out_of_area=outside)
    if parts.stand_in is None:
        return draft
    nobody = not parts.stand_in
    user = None if nobody else find_stand_in(parts.stand_in, person, directory, reader)
    return replace(draft, stand_in=user, no_stand_in=nobody)


def find_stand_in(
    spoken: str, person: Person, directory: Directory, reader: LeaveReader
) -> PersonId | None:
    """Who is meant by a name or a post; None for a post of one's own that nobody is listed for.

    Raises:
        See `said_more`.
    """
    if spoken in ONESELF:
        raise InvalidInputError("stand_in_self")
    found = _nearest(spoken, person, directory)
    if not found and reader.names_post(spoken):
        return None
    if not found:
        raise NotFoundError("stand_in_unknown", name=spoken)
    others = [other for other in found if other.id != person.id]
    if not others:
        raise InvalidInputError("stand_in_self")
    if len(others) > 1:
        raise RefusedError("stand_in_ambiguous", name=spoken, choices=told_apart(others))
    return others[0].id


def told_apart(people: Sequence[Person]) -> tuple[str, ...]:
    """The people's names; with the unit before it where another bears the same name."""
    names = [person.name for person in people]
    return tuple(p.name if names.count(p.name) == 1 else p.unit + p.name for p in people)


def _nearest(spoken: str, person: Person, directory: Directory) -> list[Person]:
    """The people that fit best: by name, by post in one's own unit, by post, by surname and title.

    A post of another unit is only taken when its whole name is said: 副局长 said in one bureau is
    never the deputy of another.
    """
    own = [other for other in directory.people if other.unit == person.unit]
    tiers: tuple[tuple[list[Person], Callable[[Person], bool]], ...] = (
        (list(directory.people), lambda p: p.name == spoken),
        (own, lambda p: p.post == spoken),
        (list(directory.people), lambda p: p.post == spoken),
        (list(directory.people), lambda p: p.unit + p.post == spoken),
        (list(directory.people), lambda p: p.name in spoken and _names_unit(spoken, p, directory)),
        (list(directory.people), lambda p: p.name in spoken),
        (list(directory.people), lambda p: _heads_unit(spoken, p, directory)),
        (own, lambda p: p.post.endswith(spoken)),
        (list(directory.people), lambda p: len(spoken) > 1 and _is_titled(spoken, p)),
    )
    for people, fits in tiers:
        found = [other for other in people if fits(other)]
        if found:
            return found
    return []


def _names_unit(spoken: str, person: Person, directory: Directory) -> bool:
    """Whether a name is said with its unit (财政局李明, 财政局的李明)."""
    said = spoken.removesuffix(person.name).rstrip("的")
    unit = directory.unit(said)
    return said == person.unit or (unit is not None and unit.name == person.unit)


def _heads_unit(spoken: str, person: Person, directory: Directory) -> bool:
    """Whether somebody is spoken of as the head of a unit (发改局局长, 发改局长)."""
    match = _HEAD_OF.fullmatch(spoken)
    units = (directory.unit(match[1]), directory.unit(match[1] + match[2][:1])) if match else ()
    return any(unit is not None and unit.head == person.id for unit in units)


def _is_titled(spoken: str, person: Person) -> bool:
    return person.name.startswith(spoken[0]) and person.post.endswith(spoken[1:])


def missing_parts(draft: LeaveDraft, person: Person, procedures: Procedures) -> tuple[str, ...]:
    """What still has to be asked, in the order of asking."""
    parts = draft.parts
    wanted = {
        "kind": parts.kind is None,
        "span": parts.span is None,
        "place": parts.place is None and _wants_place(parts, person, procedures),
        "reason": not _says_why(parts) and _wants_reason(draft, person, procedures),
        "stand_in": not _settled_stand_in(draft) and _wants_stand_in(draft, person, procedures),
    }
    return tuple(part for part, is_missing in wanted.items() if is_missing)


def _wants_reason(draft: LeaveDraft, person: Person, procedures: Procedures) -> bool:
    """By the kind; and always of urgency, where the rules want a notice of some days."""
    parts = draft.parts
    if parts.kind in NEEDS_REASON or not parts.urgent or parts.kind is None or parts.span is None:
        return parts.kind in NEEDS_REASON
    facts = leave_facts(person, parts.kind, parts.span.days)
    outside = bool(draft.place_out_of_area)
    facts |= {"out_of_area": outside, "going_out": outside or parts.kind in GOING_OUT}
    row = procedures.decide(NOTICE_TABLE, facts).row
    return row is not None and bool(row.outcome.get("amount"))


def _says_why(parts: LeaveParts) -> bool:
    """Whether the reason is known, which for a meeting says what meeting it is."""
    if parts.kind is not LeaveKind.MEETING:
        return parts.reason is not None
    return meeting_missed(parts.reason or "") is not None


def _settled_stand_in(draft: LeaveDraft) -> bool:
    return draft.no_stand_in or draft.stand_in is not None or bool(draft.parts.stand_in)


def _wants_place(parts: LeaveParts, person: Person, procedures: Procedures) -> bool:
    if parts.kind is None or parts.span is None:
        return False
    if parts.kind in GOING_OUT:
        return True
    if parts.kind not in TIME_OFF or person.rank in OFFICE_RANKS:
        return False
    return needs_place(leave_facts(person, parts.kind, parts.span.days), procedures)


def _wants_stand_in(draft: LeaveDraft, person: Person, procedures: Procedures) -> bool:
    parts = draft.parts
    if parts.kind is None or parts.kind is LeaveKind.MEETING or parts.span is None:
        return False
    facts = leave_facts(person, parts.kind, parts.span.days)
    facts["out_of_area"] = bool(draft.place_out_of_area)
    row = procedures.decide(STAND_IN_TABLE, facts).row
    return row is not None and bool(row.outcome.get("required"))
