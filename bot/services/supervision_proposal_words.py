"""What a pasted minute is answered with: the items proposed, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.messages import Button, Message
from bot.core.supervision import Item
from bot.services.error_words import error_words
from bot.services.outside import Texts
from bot.services.supervision_intake import Proposal
from bot.services.supervision_words import deadline_words, shortened

MOST_BUTTONS = 6  # single points; the others are said (第9件立项)
SHOWN = 40  # characters of what names no unit


def proposals_message(
    proposals: Sequence[Proposal],
    skipped: Sequence[str],
    left: Sequence[int],
    today: date,
    texts: Texts,
) -> Message:
    """The points that are still `left`, each as the item it would become."""
    shown = [proposal for proposal in proposals if proposal.place in left]
    ready = [proposal for proposal in shown if proposal.item is not None]
    count = sum(len(proposal.each_of) or 1 for proposal in shown)
    heading = "proposed" if len(shown) == len(proposals) else "proposed_left"
    lines = [texts.say(f"supervision.{heading}", count=count)]
    lines += [_line(proposal, today, texts) for proposal in shown]
    citations = [p.exceeded.citation for p in shown if p.exceeded and p.exceeded.citation]
    lines += [texts.say("supervision.proposed_skipped", text=shortened(text)) for text in skipped]
    if ready:
        lines.append(texts.say("supervision.proposed_ask"))
    return Message("\n".join(lines), _buttons(ready, texts), tuple(dict.fromkeys(citations)))


def accepted_message(items: Sequence[Item], today: date, texts: Texts) -> Message:
    """What was registered."""
    lines = [texts.say("supervision.accepted", count=len(items))]
    lines += [
        texts.say(
            "supervision.accepted_line",
            number=item.number,
            unit=item.lead_unit,
            content=shortened(item.content),
            deadline=deadline_words(item, today, texts),
        )
        for item in items
    ]
    return Message("\n".join(lines))


def deadline_choices(text: str, days: Sequence[date], texts: Texts) -> tuple[Button, ...]:
    """The days that a sentence sets, each as the same sentence held to that day."""
    return tuple(
        Button(
            texts.say("supervision.title_deadline", day=day),
            texts.say("supervision.say_deadline", text=text, day=day),
        )
        for day in days
    )


def _line(proposal: Proposal, today: date, texts: Texts) -> str:
    if proposal.item is None:
        assert proposal.problem is not None  # noqa: S101 - one of the two is there
        reason = error_words(proposal.problem, texts)
        content = shortened(proposal.content)
        return texts.say(
            "supervision.proposal_problem", place=proposal.place, content=content, reason=reason
        )
    item = proposal.item
    unit = item.lead_unit
    if not item.registered_unit:
        unit = texts.say("supervision.unlisted_unit", unit=unit)
    units = texts.say("supervision.comma").join([unit, *item.assist_units])
    if proposal.each_of:
        names = texts.say("supervision.comma").join(proposal.each_of)
        units = texts.say("supervision.proposal_each", count=len(proposal.each_of), units=names)
        if item.assist_units:
            helpers = texts.say("supervision.comma").join(item.assist_units)
            units += texts.say("supervision.proposal_helpers", units=helpers)
    line = texts.say(
        "supervision.proposal",
        place=proposal.place,
        content=item.content,
        units=units,
        deadline=deadline_words(item, today, texts),
    )
    if proposal.left_out:
        names = texts.say("supervision.comma").join(proposal.left_out)
        line += "\n" + texts.say("supervision.proposal_left_out", units=names)
    exceeded = proposal.exceeded
    if exceeded is None or exceeded.citation is None:
        return line
    label = exceeded.citation.label
    return line + "\n" + texts.say("supervision.later_than_rule", day=exceeded.day, label=label)


def _buttons(ready: Sequence[Proposal], texts: Texts) -> tuple[Button, ...]:
    if not ready:
        return ()
    every, none = texts.say("supervision.say_accept_all"), texts.say("supervision.say_accept_none")
    singles = [
        texts.say("supervision.say_accept_one", place=proposal.place)
        for proposal in ready[:MOST_BUTTONS]
    ]
    offered = [every, *(singles if len(ready) > 1 else ()), none]
    return tuple(Button(say, say) for say in offered)
