"""Answers to questions that lean on the one before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Article, Citation
from bot.core.talk import FollowUp
from bot.services.outside import Texts
from knowledge.answer.following import Meant, merge
from knowledge.search.words import Words, normalise

PART = re.compile(r"[^,，;；。]+")
CONDITION = re.compile(
    r"(?:时|的|期间|下|情况|者|事项|不在家?|因故)$"
)  # what ends so is followed by the rule itself


@dataclass(frozen=True)
class FollowUps:
    """Completes a question from the one before, and does not repeat an answer for another case."""

    ask: Callable[[OrgId, str], Answer]
    find_article: Callable[[OrgId, int, str | None], Article]
    cite: Callable[[OrgId, int, str, str | None], Citation]
    texts: Texts
    words: Words

    def answer(self, org: OrgId, previous: str, question: str) -> FollowUp:
        """The whole question and its answer."""
        meant = merge(previous, question, self.words)
        if meant.nearby is None and not meant.case:
            return FollowUp(meant.question, self.ask(org, meant.question))
        before, answer = self.ask(org, previous), self.ask(org, meant.question)
        is_known = self._knows(meant, before, answer)
        if meant.nearby is not None and (meant.is_nearby_first or not is_known):
            nearby = self._nearby(org, before, meant.nearby)
            if nearby:
                return FollowUp(meant.question, nearby)
        if meant.case and not is_known:
            answer = self._unwritten(meant, answer)
        return FollowUp(meant.question, answer)

    def _knows(self, meant: Meant, before: Answer, answer: Answer) -> bool:
        """Whether an answer is one for the case, and not the old one again."""
        if answer.status is not AnswerStatus.ANSWERED:
            return False
        quote = answer.citations[0].quote
        if meant.nearby is not None:
            return bool(meant.nearby.search(quote)) and before.answer != answer.answer
        is_old = before.citations[:1] == answer.citations[:1] and before.answer == answer.answer
        return not is_old or self._names(meant.case, quote)

    def _nearby(self, org: OrgId, answer: Answer, said: re.Pattern[str]) -> Answer | None:
        """The sentence on the case in the articles that answered."""
        for cited in answer.citations:
            article = self.find_article(org, cited.article, cited.edition)
            clauses = [c for c in article.clauses if said.search(c.text)]
            for clause in sorted(clauses, key=lambda c: c.text not in cited.quote):
                span = _span(clause.text, said)
                if span and span != answer.answer:
                    citation = self.cite(org, cited.article, clause.text, clause.item)
                    text = self.texts.say("rules.answered", answer=span)
                    status = AnswerStatus.ANSWERED
                    return Answer(status, span, text, answer.confidence, (citation,))
        return None

    def _unwritten(self, meant: Meant, answer: Answer) -> Answer:
        """Nothing is written of the case: the general rule holds, or it is said that none is."""
        if answer.status is not AnswerStatus.ANSWERED:
            return answer
        text = self.texts.say("talk.case_unwritten", case=meant.case)
        if meant.is_covered and meant.nearby is None:
            return replace(answer, text=f"{text}\n{answer.text}")
        return Answer(AnswerStatus.SILENT, "", text, answer.confidence, answer.citations)

    def _names(self, case: str, text: str) -> bool:
        plain = normalise(text)
        return any(self.words.supports(word, plain) for word in self.words.content(case))


def _span(clause: str, said: re.Pattern[str]) -> str | None:
    """The part of a sentence that speaks of a case, or what it lays down for it."""
    parts = list(PART.finditer(clause))
    at = next((n for n, part in enumerate(parts) if said.search(part[0])), None)
    if at is None:
        return None
    if CONDITION.search(parts[at][0].strip()) and at + 1 < len(parts):
        at += 1
    return parts[at][0].strip()
