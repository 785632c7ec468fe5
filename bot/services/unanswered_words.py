"""What the assistant says about questions that the rules left open, and in the office's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.clock import OFFICE_TIME
from bot.core.messages import Message
from bot.core.rules import Citation
from bot.core.unanswered import GroupState, OfficeAnswer, QuestionGroup, UnansweredQuestion
from bot.services.outside import Texts

MOST_LISTED = 20
SHORT = 40  # characters of a question in a list


@dataclass(frozen=True)
class GroupView:
    """A group with its questions, oldest first, as it is shown; nobody's name is in it."""

    group: QuestionGroup
    questions: tuple[UnansweredQuestion, ...]

    @property
    def count(self) -> int:
        """How often it was asked."""
        return len(self.questions)

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and it still waits."""
        waits = self.group.state in (GroupState.OPEN, GroupState.EXPIRED)
        return waits and self.group.due_day < today

    def is_covered(self, question: UnansweredQuestion) -> bool:
        """Whether the group's answer is for this wording."""
        answer, meaning = self.group.answer, question.meaning
        if answer is None or meaning is None:
            return False
        return meaning.normal in {wording.normal for wording in answer.wordings}


def landed_message(group: QuestionGroup, texts: Texts) -> Message:
    """A new group, to its owner."""
    return Message(texts.say("unanswered.landed", number=group.id, **_fields(group)))


def assigned_message(group: QuestionGroup, texts: Texts) -> Message:
    """A group handed to another owner."""
    return Message(texts.say("unanswered.assigned", number=group.id, **_fields(group)))


def due_message(group: QuestionGroup, texts: Texts) -> Message:
    """A group whose day has come."""
    return Message(texts.say("unanswered.due", number=group.id, **_fields(group)))


def expired_message(group: QuestionGroup, texts: Texts) -> Message:
    """A group whose answer is no longer given."""
    return Message(texts.say("unanswered.expired", number=group.id, **_fields(group)))


def list_message(views: Sequence[GroupView], texts: Texts) -> Message:
    """What is still to be answered, the nearest due day first."""
    if not views:
        return Message(texts.say("unanswered.none"))
    lines = [
        texts.say("unanswered.head", count=len(views)),
        *(_line(view, texts) for view in views),
    ]
    if len(views) > MOST_LISTED:
        lines[MOST_LISTED + 1 :] = [texts.say("unanswered.more", count=len(views) - MOST_LISTED)]
    lines.append(texts.say("unanswered.how"))
    return Message("\n".join(lines))


def given_text(
    answer: OfficeAnswer, short: str, citation: Citation | None, office: str, texts: Texts
) -> str:
    """The sentence of an approved answer: always whose it is, and that a reply is no rule."""
    day = answer.at.astimezone(OFFICE_TIME).date()
    fields = {"text": answer.text, "answer": short.rstrip("。；;"), "office": office, "day": day}
    if citation is None:
        return texts.say("unanswered.reply", **fields)
    key = "cited" if answer.text in citation.quote else "explained"
    return texts.say(f"unanswered.{key}", label=citation.label, **fields)


def _line(view: GroupView, texts: Texts) -> str:
    group = view.group
    nearest = (
        texts.say("unanswered.nearest", article=group.nearest_article)
        if group.nearest_article is not None
        else ""
    )
    key = "line_expired" if group.state is GroupState.EXPIRED else "line"
    fields = _fields(group) | {"nearest": nearest, "count": view.count}
    return texts.say(f"unanswered.{key}", number=group.id, **fields)


def _fields(group: QuestionGroup) -> dict[str, object]:
    question = group.question
    short = question if len(question) <= SHORT else question[: SHORT - 1] + "…"
    return {"question": short, "day": group.due_day}
