"""What is said of duties, apart from supervision items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.clock import OFFICE_TIME
from bot.core.duties import Duty, DutyOccasion, DutyReminder, Lapse
from bot.core.messages import Button, Message
from bot.core.rules import Citation
from bot.services.outside import Texts

MOST_LISTED = 10
GRAVITY = (
    DutyOccasion.PASSED,
    DutyOccasion.DUE_TODAY,
    DutyOccasion.DUE_SOON,
    DutyOccasion.ASSIGNED,
)


@dataclass(frozen=True)
class Told:
    """A duty and why it is spoken of."""

    duty: Duty
    reminder: DutyReminder


def duties_push(told: Sequence[Told], to: str, texts: Texts) -> Message:
    """One message for all that one person is to hear of, what has passed first."""
    ranked = sorted(told, key=lambda each: GRAVITY.index(each.reminder.occasion))
    lines = [_reminder_line(each, to, texts) for each in ranked[:MOST_LISTED]]
    if len(ranked) > MOST_LISTED:
        lines.append(texts.say("duties.more", count=len(ranked) - MOST_LISTED))
    cited = dict.fromkeys(rule for each in ranked[:MOST_LISTED] for rule in citations(each.duty))
    return Message("\n".join(lines), _buttons(ranked, to, texts), tuple(cited))


def registered_message(duties: Sequence[Duty], texts: Texts) -> Message:
    """What is said to the person who registered duties."""
    lines = [
        texts.say("duties.registered", **_fields(duty, texts), after=_after(duty, texts))
        for duty in duties
    ]
    cited = dict.fromkeys(rule for duty in duties for rule in citations(duty))
    return Message("\n".join(lines), (), tuple(cited))


def done_message(duty: Duty, texts: Texts) -> Message:
    """What is said to the person who has done one."""
    return Message(texts.say("duties.done", **_fields(duty, texts)))


def duties_lines(
    duties: Sequence[Duty], now: datetime, texts: Texts, alone: bool = False
) -> list[str]:
    """A list of duties, alone or apart after the items."""
    if not duties:
        return []
    head = texts.say("duties.head_alone" if alone else "duties.head", count=len(duties))
    return [
        head,
        *(
            texts.say(
                "duties.line_late" if duty.is_late(now) else "duties.line",
                **_fields(duty, texts),
            )
            for duty in duties[:MOST_LISTED]
        ),
        *(
            [texts.say("duties.more", count=len(duties) - MOST_LISTED)]
            if len(duties) > MOST_LISTED
            else []
        ),
    ]


def citations(duty: Duty) -> tuple[Citation, ...]:
    """The article that sets the moment, and the one that says what follows."""
    return tuple(rule for rule in (duty.rule, duty.lapse_rule) if rule is not None)


def _reminder_line(told: Told, to: str, texts: Texts) -> str:
    duty, occasion = told.duty, told.reminder.occasion
    key = f"remind_{occasion}"
    if occasion is DutyOccasion.PASSED and to != duty.person:
        key = "remind_passed_by"
    words = texts.say(f"duties.{key}", **_fields(duty, texts))
    after = _after(duty, texts)
    if occasion is DutyOccasion.PASSED:
        after = texts.say(_passed_key(duty)) if duty.lapse is not Lapse.NOTHING else ""
    late = texts.say("supervision.remind_late") if told.reminder.late else ""
    return late + words + after


def _after(duty: Duty, texts: Texts) -> str:
    """What follows if the moment passes, told before it does."""
    key = {Lapse.NO_OBJECTION: "duties.before_no_objection", Lapse.EXPLAIN: "duties.before_explain"}
    return texts.say(key[duty.lapse]) if duty.lapse in key else ""


def _passed_key(duty: Duty) -> str:
    no_objection = duty.lapse is Lapse.NO_OBJECTION
    return "duties.passed_no_objection" if no_objection else "duties.passed_explain"


def _buttons(told: Sequence[Told], to: str, texts: Texts) -> tuple[Button, ...]:
    owed = [each.duty for each in told if each.duty.person == to]
    if len(owed) != 1:
        return ()
    say = texts.say("duties.say_done", number=owed[0].id)
    return (Button(texts.say("duties.title_done"), say),)


def _fields(duty: Duty, texts: Texts) -> dict[str, object]:
    due = duty.due_at.astimezone(OFFICE_TIME)
    return {
        "number": duty.id,
        "kind": duty.kind,
        "title": duty.title,
        "unit": duty.unit,
        "due": texts.say("duties.moment", at=due, minute=f"{due.minute:02}"),
    }
