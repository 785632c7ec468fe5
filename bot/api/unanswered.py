"""The shapes of the unanswered desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from pydantic import BaseModel, Field

from bot.core.unanswered import OfficeAnswer
from bot.services.office_answers import MOST_TEXT
from bot.services.unanswered_words import GroupView

MOST_WORDINGS = 20  # of a group; the latest ones


class WordingOut(BaseModel):
    """One way in which it was asked; `id` is what `covers` names."""

    id: int
    question: str
    asked_at: datetime
    covered: bool  # whether the group's answer is given to it


class NearestOut(BaseModel):
    """The article that came nearest when it was first asked."""

    article: int
    label: str


class OfficeAnswerOut(BaseModel):
    """What was approved. Without an article it is the office's own reply (单位答复), no rule."""

    text: str
    by: str
    at: datetime
    article: int | None
    label: str | None
    quote: str
    edition: str  # the one it was approved under, and ends with
    end_day: date | None


class GroupOut(BaseModel):
    """Questions about one matter; who asked is not kept."""

    id: int
    question: str
    status: str  # of the refusal: silent or not_found
    count: int
    first_asked_at: datetime | None
    last_asked_at: datetime | None
    examples: list[WordingOut]
    state: str
    owner: str | None
    due_day: date
    overdue: bool
    nearest: NearestOut | None
    answer: OfficeAnswerOut | None


class GroupsOut(BaseModel):
    """The unanswered desk of an office, the next due first."""

    groups: list[GroupOut]


class StepIn(BaseModel):
    """Who takes a step: a clerk of the office whose group it is."""

    by: str


class AssignIn(StepIn):
    """Whom the group is handed to, and a new due day if it is to have one."""

    owner: str
    due_day: date | None = None


class AnswerIn(StepIn):
    """An answer: with `article` and its literal `quote`, or else the office's own reply.

    `covers` names wordings of the group that it answers besides the first.
    """

    text: str = Field(default="", max_length=MOST_TEXT)
    article: int | None = Field(default=None, ge=1)
    quote: str = ""
    end_day: date | None = None
    covers: list[int] = Field(default_factory=list)


def group_out(view: GroupView, today: date, label: Callable[[int], str]) -> GroupOut:
    """A group as it is shown."""
    group, asked = view.group, [question.asked_at for question in view.questions]
    nearest = group.nearest_article
    return GroupOut(
        id=group.id,
        question=group.question,
        status=group.status,
        count=view.count,
        first_asked_at=min(asked, default=None),
        last_asked_at=max(asked, default=None),
        examples=_wordings(view),
        state=group.state,
        owner=group.owner,
        due_day=group.due_day,
        overdue=view.is_overdue(today),
        nearest=None if nearest is None else NearestOut(article=nearest, label=label(nearest)),
        answer=None if group.answer is None else _answer(group.answer, label),
    )


def _wordings(view: GroupView) -> list[WordingOut]:
    """Each wording once, by its latest question, the latest first."""
    latest = {question.question: question for question in view.questions}
    shown = sorted(latest.values(), key=lambda question: question.id, reverse=True)
    return [
        WordingOut(
            id=question.id,
            question=question.question,
            asked_at=question.asked_at,
            covered=view.is_covered(question),
        )
        for question in shown[:MOST_WORDINGS]
    ]


def _answer(answer: OfficeAnswer, label: Callable[[int], str]) -> OfficeAnswerOut:
    return OfficeAnswerOut(
        text=answer.text,
        by=answer.by,
        at=answer.at,
        article=answer.article,
        label=None if answer.article is None else label(answer.article),
        quote=answer.quote,
        edition=answer.edition,
        end_day=answer.end_day,
    )
