"""The questions of the leave form, and why something said could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.errors import RefusedError
from bot.core.leave import Half, LeaveKind, LeaveParts, LeaveState, Span
from bot.core.messages import Button, Message
from bot.core.people import Directory, Person
from bot.services.leave_drafts import DraftView
from bot.services.outside import Texts


def day_words(texts: Texts, day: date, this_year: int | None = None) -> str:
    """A day with its weekday, and with its year where that is known not to be this one."""
    weekday = texts.say(f"leave.weekday_{day.isoweekday()}")
    key = "leave.day" if this_year in (None, day.year) else "leave.day_of_year"
    return texts.say(key, year=day.year, month=day.month, day=day.day, weekday=weekday)


def days_words(days: float) -> str:
    """A number of days without needless decimals: 3, 1.5."""
    return f"{days:g}"


@dataclass(frozen=True)
class LeaveAsking:
    """Words of the leave form."""

    texts: Texts

    def question(self, part: str, view: DraftView, person: Person, directory: Directory) -> Message:
        """Asks for one part: "kind", "span", "place", "reason" or "stand_in"."""
        parts = view.draft.parts
        if part == "span":
            return self._ask_span(parts)
        if part == "stand_in":
            return self._ask_stand_in(person, directory)
        if part == "kind":
            kinds = tuple(Button(kind.value, kind.value) for kind in LeaveKind)
            return Message(self._say("ask_kind"), kinds)
        if part == "reason":
            return self._ask_reason(parts)
        return Message(self._say("ask_place"), self._buttons("place_here"))

    def problem(self, error: RefusedError) -> Message:
        """Says why, with a choice where one helps; an unknown code is named."""
        keys = (f"leave.problem_{error.code}", f"errors.{error.code}", "leave.problem_other")
        key = next(key for key in keys if self.texts.has(key))
        fields = dict(error.details)
        if isinstance(fields.get("state"), LeaveState):
            fields["state"] = self._say(f"state_{fields['state']}")
        said = {name: self._shown(value) for name, value in fields.items()}
        return Message(self.texts.say(key, **{"code": error.code} | said), self._choices(error))

    def _shown(self, value: object) -> object:
        if isinstance(value, date):
            return day_words(self.texts, value)
        if isinstance(value, Span):
            return days_words(value.days)
        return days_words(value) if isinstance(value, float) else value

    def _choices(self, error: RefusedError) -> tuple[Button, ...]:
        if error.code == "leave_hours":
            return self._half_days(error)
        choices = error.details.get("choices", ())
        if error.code != "stand_in_ambiguous" or not isinstance(choices, tuple):
            return ()
        return tuple(Button(name, self._say("say_stand_in", name=name)) for name in choices)

    def _half_days(self, error: RefusedError) -> tuple[Button, ...]:
        """Half a day instead of hours: the half that was said, or both of the day."""
        day, half = error.details.get("day"), error.details.get("half")
        if not isinstance(day, date):
            return ()
        return tuple(b for b, of in zip(self._halves(day), Half, strict=True) if half in (None, of))

    def _ask_span(self, parts: LeaveParts) -> Message:
        if parts.first_day and parts.days == 0.5:
            day = day_words(self.texts, parts.first_day)
            return Message(self._say("ask_span_half", day=day), self._halves(parts.first_day))
        if parts.first_day:
            text = self._say("ask_span_length", day=day_words(self.texts, parts.first_day))
            return Message(text, self._buttons("length_half", "length_1", "length_2", "length_3"))
        if parts.days:
            text = self._say("ask_span_start", days=days_words(parts.days))
            return Message(text, self._buttons("today", "tomorrow"))
        if parts.kind is LeaveKind.MEETING:
            return Message(self._say("ask_span_meeting"), self._buttons("today", "tomorrow"))
        return Message(self._say("ask_span"), self._buttons("today", "tomorrow"))

    def _halves(self, day: date) -> tuple[Button, ...]:
        return tuple(
            Button(
                self._say(f"half_{half}"),
                self._say(f"say_half_{half}", month=day.month, day=day.day),
            )
            for half in ("am", "pm")
        )

    def _ask_reason(self, parts: LeaveParts) -> Message:
        if parts.kind is LeaveKind.MEETING:
            return Message(self._say("ask_reason_meeting"))
        if parts.urgent:
            return Message(self._say("ask_reason_urgent"))
        reasons = self._buttons("reason_private", "reason_family", "reason_medical")
        return Message(self._say("ask_reason"), reasons)

    def _ask_stand_in(self, person: Person, directory: Directory) -> Message:
        partner = directory.person(person.partner) if person.partner else None
        colleagues = [other for other in directory.people if other.unit == person.unit]
        names = [other.name for other in (partner, *colleagues) if other and other.id != person.id]
        offered = tuple(
            Button(name, self._say("say_stand_in", name=name)) for name in dict.fromkeys(names[:4])
        )
        return Message(self._say("ask_stand_in"), offered + self._buttons("nobody_stands_in"))

    def _buttons(self, *keys: str) -> tuple[Button, ...]:
        return tuple(Button(self._say(key), self._say(key)) for key in keys)

    def _say(self, key: str, **fields: object) -> str:
        return self.texts.say(f"leave.{key}", **fields)
