"""What clerks approved: checked when it is given to the desk, and again whenever it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.clock import Clock, today
from bot.core.errors import InvalidInputError, NotFoundError
from bot.core.people import OrgId, Person
from bot.core.personal import masked
from bot.core.rules import Answer, AnswerStatus, Citation
from bot.core.unanswered import (
    DeskSettings,
    GroupState,
    Meaning,
    OfficeAnswer,
    QuestionGroup,
    UnansweredQuestion,
)
from bot.services.outside import Meanings, RuleBook, Texts
from bot.services.storage import UnitOfWorkFactory
from bot.services.unanswered_words import given_text

MOST_TEXT = 500  # characters of a reply


@dataclass(frozen=True)
class ReplyDraft:
    """What a clerk wants to be answered.

    With `article` and a literal `quote` it stands on the rules, and `text` may be left empty or be
    a part of the quote; without it is the office's own reply. `covers` names questions of the
    group, by id, that the clerk has seen and that it answers as well.
    """

    text: str = ""
    article: int | None = None
    quote: str = ""
    end_day: date | None = None
    covers: tuple[int, ...] = ()


@dataclass(frozen=True)
class OfficeAnswers:
    """Approves answers and gives them to those who ask the same."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    rules: RuleBook
    meanings: Meanings
    texts: Texts

    def reply(self, org: OrgId, question: str) -> Answer | None:
        """The approved answer to a question that means the same; None if there is none."""
        with self.unit_of_work() as uow:
            groups = uow.unanswered.groups(org, [GroupState.ANSWERED])
            directory = uow.people.directory(org) if groups else None
        if directory is None:
            return None
        offered = [
            (group.answer, wording)
            for group in groups
            if group.answer is not None and self.holds(group)
            for wording in group.answer.wordings
        ]
        meaning = self.meanings.read(masked(question, [p.name for p in directory.people]))
        found = self.meanings.same(meaning, [wording for _, wording in offered])
        return None if found is None else self._given(org, offered[found][0], directory.office.name)

    def holds(self, group: QuestionGroup) -> bool:
        """Whether a group's answer may still be given: same edition, its quote there, no end."""
        answer = group.answer
        if answer is None or not answer.holds(self._edition(group.org), today(self.clock)):
            return False
        try:
            self._citation(group.org, answer)
        except NotFoundError:
            return False
        return True

    def approve(
        self,
        person: Person,
        draft: ReplyDraft,
        questions: Sequence[UnansweredQuestion],
        settings: DeskSettings,
    ) -> OfficeAnswer:
        """Check a draft against the rules in force and make it an answer.

        Raises:
            InvalidInputError: no text and no article ("unanswered_text_missing"), a text too long
                ("unanswered_text_long"), an article without quote ("unanswered_quote_missing") or
                the reverse ("unanswered_article_missing"), an end in the past
                ("unanswered_end_past"), a question that is not of the group
                ("unanswered_covers").
            NotFoundError: the article is not there, or the quote is not in it ("quote_gone").
        """
        text, quote, now = draft.text.strip(), draft.quote.strip(), self.clock.now()
        self._check(draft, text, quote)
        item = None
        if draft.article is not None:
            clauses = self.rules.article(person.org, draft.article).clauses
            item = next((c.item for c in clauses if quote in c.text), None)
            self.rules.cite(person.org, draft.article, quote, item)
        return OfficeAnswer(
            text=text or quote,
            by=person.id,
            at=now,
            edition=self._edition(person.org),
            wordings=self._wordings(questions, draft.covers),
            article=draft.article,
            item=item,
            quote=quote,
            end_day=draft.end_day or _end_day(draft, now, settings),
        )

    def _check(self, draft: ReplyDraft, text: str, quote: str) -> None:
        if draft.article is None and quote:
            raise InvalidInputError("unanswered_article_missing")
        if draft.article is not None and not quote:
            raise InvalidInputError("unanswered_quote_missing")
        if not text and not quote:
            raise InvalidInputError("unanswered_text_missing")
        if len(text) > MOST_TEXT:
            raise InvalidInputError("unanswered_text_long", most=MOST_TEXT)
        if draft.end_day is not None and draft.end_day < today(self.clock):
            raise InvalidInputError("unanswered_end_past")

    def _wordings(
        self, questions: Sequence[UnansweredQuestion], covers: Sequence[int]
    ) -> tuple[Meaning, ...]:
        """The first question's meaning, and those that are the same or that the clerk named."""
        by_id = {q.id: q.meaning for q in questions if q.meaning is not None}
        if unknown := [number for number in covers if number not in by_id]:
            raise InvalidInputError("unanswered_covers", question=unknown[0])
        first = next(iter(by_id.values()))
        covered = [
            meaning
            for number, meaning in by_id.items()
            if number in covers or self.meanings.same(meaning, [first]) is not None
        ]
        return tuple({meaning.normal: meaning for meaning in [first, *covered]}.values())

    def _given(self, org: OrgId, answer: OfficeAnswer, office: str) -> Answer:
        citation = self._citation(org, answer)
        short = answer.text
        if citation is not None and short not in citation.quote:
            short = citation.quote
        text = given_text(answer, short, citation, office, self.texts)
        citations = () if citation is None else (citation,)
        return Answer(AnswerStatus.ANSWERED, short, text, 1.0, citations)

    def _citation(self, org: OrgId, answer: OfficeAnswer) -> Citation | None:
        if answer.article is None:
            return None
        return self.rules.cite(org, answer.article, answer.quote, answer.item)

    def _edition(self, org: OrgId) -> str:
        try:
            return self.rules.edition(org).id
        except NotFoundError:
            return ""


def _end_day(draft: ReplyDraft, now: datetime, settings: DeskSettings) -> date | None:
    """A reply without an article does not last for ever; one with an article lasts as long."""
    if draft.article is not None:
        return None
    return now.date() + timedelta(days=settings.lifetime_days)
