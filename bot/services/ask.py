"""Questions about the office's own rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.clock import Clock
from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus
from bot.services.outside import RuleBook
from bot.services.storage import UnitOfWorkFactory

UNANSWERED = frozenset({AnswerStatus.SILENT, AnswerStatus.NOT_FOUND})


@dataclass(frozen=True)
class RuleDesk:
    """Answers from the rules; what they do not say goes to the unanswered desk."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    rules: RuleBook

    def ask(self, org: OrgId, question: str, as_of: date | None = None) -> Answer:
        """Answer a question from an office's rules as they stood on a day, today by default.

        Raises:
            NotFoundError: the office is unknown ("org_unknown").
        """
        answer = self.rules.answer(org, question, as_of)
        self._keep_unanswered(org, question, answer)
        return answer

    def follow_up(self, org: OrgId, previous: str, question: str) -> Answer:
        """Answer a question that leans on the one before.

        Raises:
            NotFoundError: as `ask`.
        """
        answer = self.rules.follow_up(org, previous, question)
        self._keep_unanswered(org, question, answer)
        return answer

    def _keep_unanswered(self, org: OrgId, question: str, answer: Answer) -> None:
        if answer.status not in UNANSWERED:
            return
        nearest = answer.citations[0].article if answer.citations else None
        with self.unit_of_work() as uow:
            uow.unanswered.add(org, question, answer.status, nearest, self.clock.now())
            uow.commit()
