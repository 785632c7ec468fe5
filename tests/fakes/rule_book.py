"""A rule book that answers everything in one way and cites what it is asked to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.core.errors import NotFoundError
from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Article, Citation, Edition
from bot.core.talk import FollowUp


@dataclass
class FakeRuleBook:
    """Answers every question with `status`, and remembers what it was asked."""

    status: AnswerStatus = AnswerStatus.ANSWERED
    options: tuple[str, ...] = ()
    asked: list[tuple[str, ...]] = field(default_factory=list)
    text: str = ""  # what every answer says; the words of the rule if empty
    confidence: float = 0.9
    gone: tuple[str, ...] = ()  # quotes that no longer stand in the edition

    def answer(self, org: OrgId, question: str, as_of: date | None = None) -> Answer:
        self.asked.append((org, question))
        return self._answer(org, question)

    def follow_up(
        self, org: OrgId, previous: str, question: str, last: Answer | None = None
    ) -> FollowUp:
        self.asked.append((org, previous, question))
        return FollowUp(f"{previous}+{question}", self._answer(org, question))

    def edition(self, org: OrgId, edition: str | None = None) -> Edition:
        raise NotFoundError("edition_unknown")

    def article(self, org: OrgId, ordinal: int, edition: str | None = None) -> Article:
        raise NotFoundError("article_unknown")

    def cite(self, org: OrgId, ordinal: int, quote: str, item: str | None = None) -> Citation:
        if quote in self.gone:
            raise NotFoundError("quote_gone")
        return citation(org, ordinal, quote, item)

    def _answer(self, org: OrgId, question: str) -> Answer:
        quote = f"{question}的规定"
        text = self.text or quote
        cited = (citation(org, 60, quote),)
        return Answer(self.status, quote, text, self.confidence, cited, self.options)


def citation(org: OrgId, article: int, quote: str, item: str | None = None) -> Citation:
    """A citation of a document that does not exist."""
    return Citation(
        org=org,
        document=f"{org}工作规则",
        number="〔2026〕1号",
        edition=f"{org}-2026-01-01",
        article=article,
        item=item,
        label=f"第{article}条",
        quote=quote,
        url=f"/rules/{org}/articles/{article}",
    )
