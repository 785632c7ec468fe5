"""The words about leave: what is asked, shown for confirmation, and told afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.errors import RefusedError
from bot.core.leave import Leave, LeaveId, LeaveState, LeaveWarning, RouteStep, Span
from bot.core.messages import Button, Message
from bot.core.people import Directory, Person
from bot.core.rules import Citation
from bot.core.topics import Subject, topic_of
from bot.services.leave_asking import LeaveAsking, day_words, days_words
from bot.services.leave_drafts import DraftView
from bot.services.leave_link_words import LinkWords
from bot.services.outside import Texts

LISTED = 10  # of one's own leaves, latest first


@dataclass(frozen=True)
class LeaveWords:
    """Turns leaves into messages."""

    texts: Texts

    def question(self, part: str, view: DraftView, person: Person, directory: Directory) -> Message:
        """Asks for a missing part, with buttons."""
        return LeaveAsking(self.texts).question(part, view, person, directory)

    def problem(self, error: RefusedError) -> Message:
        """Says why something could not be done."""
        return LeaveAsking(self.texts).problem(error)

    def summary(self, leave: Leave) -> Message:
        """Shows a request for confirmation: everything that would be filed, and the rules."""
        lines = [
            self._of("summary", leave, days=self.length(leave)),
            *self._optional_lines(leave),
            *filter(None, [self._links.asked(leave)]),
            self._route_line(leave.route),
        ]
        if leave.tell:
            lines.append(self._say("summary_tell", tell=self._joined(leave.tell)))
        if leave.materials:
            lines.append(self._say("summary_materials", materials=self._joined(leave.materials)))
        lines += self._duty_lines(leave)
        if leave.citations:
            labels = self._joined(list(dict.fromkeys(c.label for c in leave.citations)))
            lines.append(self._say("summary_basis", labels=labels))
        lines += self._warning_lines(leave.warnings)
        lines.append(self._say("summary_ask"))
        topic = topic_of(Subject.DRAFT, leave.user)
        return Message("\n".join(lines), self._buttons(), _all_citations(leave), topic)

    def filed(self, leave: Leave) -> Message:
        """Says that a confirmed request is on its way, or has arrived."""
        key = "filed_waiting" if leave.state is LeaveState.CONFIRMED else "filed"
        text = self._of(key, leave, approvers=self._holders(leave.route))
        return Message(text, topic=topic_of(Subject.APPROVAL, leave.id))

    def still_to_confirm(self, leave: Leave) -> Message:
        """Reminds of a request that was shown already and then talked past."""
        topic = topic_of(Subject.DRAFT, leave.user)
        return Message(self._of("summary_again", leave), self._buttons(), topic=topic)

    def withdrawn(self, leave: Leave) -> Message:
        """Says that a request is withdrawn."""
        return Message(self._of("withdrawn", leave))

    def returned(self, leave: Leave) -> Message:
        """Says that a leave is over (销假)."""
        return Message("\n".join([self._of("returned", leave), *self._duty_lines(leave)]))

    def dropped(self) -> Message:
        """Says that nothing was filed."""
        return Message(self._say("dropped"))

    def in_group(self) -> Message:
        """What a group sees instead of anything personal."""
        return Message(self._say("group"))

    def listing(
        self, leaves: Sequence[Leave], notes: Mapping[LeaveId, str] | None = None
    ) -> Message:
        """A person's own leaves, latest first; `notes` say more of their states."""
        if not leaves:
            return Message(self._say("list_empty"))
        return Message("\n".join([self._say("list_title"), *self.lines(leaves, notes)]))

    def lines(
        self, leaves: Sequence[Leave], notes: Mapping[LeaveId, str] | None = None
    ) -> list[str]:
        """One line a leave, of the first that a message has room for."""
        return [
            self._of(
                "list_line",
                leave,
                days=self.length(leave),
                state=self.state(leave.state),
                note=(notes or {}).get(leave.id, ""),
            )
            for leave in leaves[:LISTED]
        ]

    def result(self, leave: Leave, reason: str) -> Message:
        """Tells the asker what became of the request."""
        if leave.state is LeaveState.APPROVED:
            note = self._say("approved_note", reason=reason) if reason else ""
            return Message(
                self._of("approved", leave, note=note) + self._links.approved(leave),
                citations=leave.citations,
            )
        key = "refused_reason" if reason else "refused"
        return Message(self._of(key, leave, reason=reason) + self._links.refused(leave))

    def told_stand_in(self, leave: Leave, asker: Person) -> Message:
        """Tells the stand-in."""
        text = self._of("told_stand_in", leave, name=asker.name)
        return Message(text + self._links.told(leave))

    def told(self, leave: Leave, asker: Person) -> Message:
        """Tells those whom the rule says to tell."""
        place = self._say("told_place", place=leave.place) if leave.place else ""
        stand_in = leave.stand_in_name
        acting = self._say("told_stand_in_named", name=stand_in) if stand_in else ""
        text = self._of("told", leave, name=asker.name, place=place, acting=acting)
        text += self._links.told(leave)
        return Message(text, citations=leave.citations[:1])

    def notice(self, key: str, leave: Leave, asker: Person) -> Message:
        """Tells an approver: "withdrawn_told", "returned_told" or "overdue_told"."""
        return Message(self._of(key, leave, name=asker.name))

    def not_filed(self, leave: Leave) -> Message:
        """Tells the asker that the platform has not taken the request."""
        return Message(self._of("not_filed", leave))

    def taken_back(self, leave: Leave) -> Message:
        """Tells the asker that the approval was called off on the platform."""
        return Message(self._of("taken_back", leave))

    def reminder(self, key: str, leave: Leave) -> Message:
        """Reminds of reporting back: "reminder_last_day" or "reminder_overdue"."""
        last = day_words(self.texts, leave.span.last_day)
        button = Button(self._say("button_return"), self._say("say_return"))
        lines = [self._of(key, leave, last=last), *self._duty_lines(leave)]
        return Message("\n".join(lines), (button,))

    def approver_gone(self, leave: Leave, step: RouteStep) -> Message:
        """Tells the asker that an approver has left the office."""
        text = self._of("approver_gone", leave, post=step.post, approver=step.name)
        return Message(text, (Button(self._say("button_withdraw"), self._say("say_withdraw")),))

    def warning(self, key: str, fields: Mapping[str, object]) -> str:
        """The sentence of a warning."""
        said = {name: self._shown(value) for name, value in fields.items()}
        if key.startswith("notice_short") and not said.get("to"):
            key += "_nobody"
        return self._say(f"warning_{key}", **said)

    def title(self, leave: Leave, asker: Person) -> str:
        """The title of the approval."""
        days = days_words(leave.span.days)
        return self._say("title", name=asker.name, kind=leave.kind, days=days)

    def fields(self, leave: Leave, asker: Person) -> tuple[tuple[str, str], ...]:
        """What approvers see, in order; empty fields are left out."""
        shown = {
            "person": f"{asker.name}（{_full_post(asker)}）",
            "kind": leave.kind.value,
            "span": f"{self.span(leave.span, leave.created_at.year)}，{self.length(leave)}",
            "place": self._place(leave),
            "reason": leave.reason,
            "stand_in": leave.stand_in_name,
            "urgent": self._say("urgent_yes") if leave.urgent else "",
            "link": self._links.asked(leave),
            "warnings": "\n".join(warning.text for warning in leave.warnings),
        }
        return tuple((self._say(f"field_{name}"), value) for name, value in shown.items() if value)

    def span(self, span: Span, this_year: int | None = None) -> str:
        """The days, with weekdays and halves; with the year where it is not `this_year`."""
        first, last = (
            day_words(self.texts, day, this_year) for day in (span.first_day, span.last_day)
        )
        first = self._say("day_pm", day=first) if span.starts_pm else first
        if span.first_day == span.last_day:
            return self._say("day_am", day=first) if span.ends_am else first
        last = self._say("day_am", day=last) if span.ends_am else last
        return self._say("span", first=first, last=last)

    def length(self, leave: Leave) -> str:
        """The length in calendar days and, where the calendar tells, in working days."""
        days = days_words(leave.span.days)
        if leave.working_days is None:
            return self._say("days_unpublished", days=days, year=leave.span.last_day.year)
        return self._say("days_working", days=days, working=days_words(leave.working_days))

    def state(self, state: LeaveState) -> str:
        """A state as people say it."""
        return self._say(f"state_{state.value}")

    def _optional_lines(self, leave: Leave) -> list[str]:
        lines = []
        if leave.place:
            lines.append(self._say("summary_place", place=self._place(leave)))
        if leave.reason:
            lines.append(self._say("summary_reason", reason=leave.reason))
        if leave.stand_in_name:
            lines.append(self._say("summary_stand_in", name=leave.stand_in_name))
        if leave.urgent:
            lines.append(self._say("summary_urgent"))
        return lines

    @property
    def _links(self) -> LinkWords:
        return LinkWords(self.texts)

    def _duty_lines(self, leave: Leave) -> list[str]:
        return [self._say("summary_duty", duty=duty) for duty in leave.duties]

    def _route_line(self, route: Sequence[RouteStep]) -> str:
        if not route:
            return self._say("summary_route_none")
        known = any(step.user for step in route)
        key = "summary_route" if known else "summary_route_office"
        return self._say(key, route=self._holders(route))

    def _holders(self, route: Sequence[RouteStep]) -> str:
        holders = (
            self._say("holder" if step.user else "holder_outside", post=step.post, name=step.name)
            for step in route
        )
        return self._say("arrow").join(holders) or self._say("holder_none")

    def _warning_lines(self, warnings: Sequence[LeaveWarning]) -> list[str]:
        lines = [self._say("summary_warnings")] if warnings else []
        for warning in warnings:
            lines.append(self._say("summary_warning", text=warning.text))
            if cited := warning.citation:
                lines.append(self._say("summary_quote", label=cited.label, quote=cited.quote))
        return lines

    def _buttons(self) -> tuple[Button, ...]:
        return tuple(
            Button(self._say(f"button_{name}"), self._say(f"say_{name}"))
            for name in ("confirm", "change", "stop")
        )

    def _place(self, leave: Leave) -> str:
        if leave.place and leave.out_of_area:
            return self._say("place_outside", place=leave.place)
        return leave.place

    def _shown(self, value: object) -> object:
        if isinstance(value, date):
            return day_words(self.texts, value)
        if isinstance(value, Span):
            return self.span(value)
        if isinstance(value, float):
            return days_words(value)
        if isinstance(value, list | tuple):
            return self._joined([str(part) for part in value])
        return value

    def _joined(self, words: Sequence[str]) -> str:
        return self._say("comma").join(words)

    def _of(self, key: str, leave: Leave, **fields: object) -> str:
        """A sentence that names a leave by kind, number and days."""
        span = self.span(leave.span, leave.created_at.year)
        return self._say(key, id=leave.id, kind=leave.kind, span=span, **fields)

    def _say(self, key: str, **fields: object) -> str:
        return self.texts.say(f"leave.{key}", **fields)


def _all_citations(leave: Leave) -> tuple[Citation, ...]:
    cited = [*leave.citations, *(w.citation for w in leave.warnings if w.citation)]
    return tuple(dict.fromkeys(cited))


def _full_post(person: Person) -> str:
    """The post with its unit, unless it names the unit itself (财政局局长)."""
    return person.post if person.unit in person.post else person.unit + person.post
