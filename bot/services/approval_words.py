"""The words for approvers: what waits for them, what their answer did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.approvals import Approval, ApprovalState
from bot.core.leave import Leave
from bot.core.messages import Button, Message
from bot.core.people import Directory, Person
from bot.services.leave_words import LeaveWords
from bot.services.outside import Texts

Asked = tuple[Leave, Person]
LISTED = 8  # of those that wait; each comes with two buttons


@dataclass(frozen=True)
class ApprovalWords:
    """Turns approvals into messages."""

    texts: Texts

    def listing(self, pending: Sequence[Asked], own: Sequence[Leave] = ()) -> Message:
        """What waits for an answer, with buttons; else one's own that others answer."""
        if not pending:
            lines = [self._say("own_line", **self._of(leave)) for leave in own[:LISTED]]
            return Message("\n".join([self._say("none"), *lines]))
        lines = [self._say("title", count=len(pending)), *map(self._line, pending[:LISTED])]
        return Message("\n".join(lines), self._choices(pending, (True, False), ""))

    def which(self, pending: Sequence[Asked], agree: bool | None, reason: str) -> Message:
        """Asks which of several requests an answer means; the buttons repeat it with its reason."""
        lines = [self._say("which"), *map(self._line, pending[:LISTED])]
        if agree is None:
            return Message("\n".join(lines), self._choices(pending, (True, False), ""))
        return Message("\n".join(lines), self._choices(pending, (agree,), reason))

    def reason_wanted(self, asked: Asked) -> Message:
        """Asks why a request is refused."""
        stop = Button(self._say("button_stop"), self._say("button_stop"))
        return Message(self._say("ask_reason", **self.facts(*asked)), (stop,))

    def facts(self, leave: Leave, asker: Person) -> dict[str, object]:
        """What a sentence may say of a request: `id`, `kind`, `span`, and the asker's `name`."""
        return {"name": asker.name, **self._of(leave)}

    def answered(self, approval: Approval, leave: Leave, directory: Directory) -> Message:
        """Says what an answer has done."""
        asker = directory.person(leave.user)
        fields = {"name": asker.name if asker else leave.user, **self._of(leave)}
        reason = self._say("reason", reason=approval.reason) if approval.reason else ""
        if approval.waiting_for is not None:
            holder = directory.person(approval.waiting_for)
            following = holder.post + holder.name if holder else approval.waiting_for
            return Message(self._say("passed_on", following=following, **fields))
        key = "agreed" if approval.state is ApprovalState.AGREED else "refused"
        return Message(self._say(key, reason=reason, **fields))

    def _line(self, asked: Asked) -> str:
        leave, asker = asked
        days = LeaveWords(self.texts).length(leave)
        about = [self._tie(leave), leave.place, leave.reason]
        if leave.warnings:
            about.append(self._say("warned", count=len(leave.warnings)))
        more = "".join(self._say("more", text=text) for text in about if text)
        return self._say("line", name=asker.name, days=days, more=more, **self._of(leave))

    def _tie(self, leave: Leave) -> str:
        if leave.replaces is not None:
            return self._say("replaces", id=leave.replaces)
        return self._say("extends", id=leave.extends) if leave.extends is not None else ""

    def _choices(
        self, pending: Sequence[Asked], answers: Sequence[bool], reason: str
    ) -> tuple[Button, ...]:
        said = self._say("say_reason", reason=reason) if reason else ""
        return tuple(
            Button(
                self._say("button_agree" if agree else "button_refuse", id=leave.id),
                self._say("say_agree" if agree else "say_refuse", id=leave.id) + said,
            )
            for leave, _ in pending[:LISTED]
            for agree in answers
        )

    def _of(self, leave: Leave) -> dict[str, object]:
        span = LeaveWords(self.texts).span(leave.span)
        return {"id": leave.id, "kind": leave.kind, "span": span}

    def _say(self, key: str, **fields: object) -> str:
        return self.texts.say(f"approvals.{key}", **fields)
