"""Questions about the office's own rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.core.clock import Clock, today
from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus
from bot.core.talk import FollowUp
from bot.services.outside import RuleBook
from bot.services.unanswered import UnansweredDesk

UNANSWERED = frozenset({AnswerStatus.SILENT, AnswerStatus.NOT_FOUND})


@dataclass(frozen=True)
class RuleDesk:
    """Answers from the rules; what they leave open the office answers, or is asked to."""

    clock: Clock
    rules: RuleBook
    unanswered: UnansweredDesk

    def ask(self, org: OrgId, question: str, as_of: date | None = None) -> Answer:
        """Answer a question from an office's rules as they stood on a day, today by default.

        Raises:
            NotFoundError: the office is unknown ("org_unknown").
        """
        answer = self.rules.answer(org, question, as_of)
        if answer.status not in UNANSWERED or as_of not in (None, today(self.clock)):
            return answer  # what applied once is nothing that an office could answer now
        return self._by_the_office(org, question, answer)

    def follow_up(
        self, org: OrgId, previous: str, question: str, last: Answer | None = None
    ) -> FollowUp:
        """Answer a question that leans on the one before, and on `last`, its answer.

        Raises:
            NotFoundError: as `ask`.
        """
        found = self.rules.follow_up(org, previous, question, last)
        if found.answer.status not in UNANSWERED:
            return found
        # The whole question, for 那副县长呢 alone means nothing to a clerk.
        return replace(found, answer=self._by_the_office(org, found.question, found.answer))

    def _by_the_office(self, org: OrgId, question: str, refusal: Answer) -> Answer:
        reply = self.unanswered.reply(org, question)
        if reply is None:
            self.unanswered.keep(org, question, refusal)
        return reply or refusal
