"""Answers to questions that lean on the one before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Article, Citation
from bot.core.talk import FollowUp
from bot.services.outside import Texts
from knowledge.answer.beside import SHORTEST, part_on, said_beside, says_all, span_on
from knowledge.answer.following import Meant, merge
from knowledge.answer.kinds import Kind, kind_of
from knowledge.answer.replacing import RANK
from knowledge.search.words import Words, normalise

ENDS = "。；;，,"
LOWER = re.compile("副|班子成员|科员|职工|干部|工作人员")
ENOUGH_SAID = 0.5  # of what a question names, in the article that answered before


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
        if meant.nearby is None and not meant.case and not meant.others:
            return FollowUp(meant.question, self._of_post(org, previous, meant))
        before = self.ask(org, previous)
        if meant.case and meant.others:
            return self._of_case(org, before, meant)
        if meant.others:
            return self._likeliest(org, before, meant)
        answer = self.ask(org, meant.question)
        is_known = self._knows(meant, before, answer)
        if meant.nearby is not None and (meant.is_nearby_first or not is_known):
            nearby = self._nearby(org, before, meant.nearby)
            if nearby:
                return FollowUp(meant.question, nearby)
        if meant.case and not is_known:
            answer = self._unwritten(meant, answer)
        return FollowUp(meant.question, answer)

    def _of_post(self, org: OrgId, previous: str, meant: Meant) -> Answer:
        """The answer for another post; where no number is written for it, who lets it go."""
        answer = self.ask(org, meant.question)
        if answer.status is AnswerStatus.SILENT and meant.post and "提前" in meant.question:
            leave = self.ask(org, f"{meant.post}外出向谁请假")
            if _stays(answer, leave):
                text = self.texts.say("rules.unmeasured", answer=leave.answer)
                return replace(leave, text=text)
        if _is_answered(answer) and _is_of_other_level(previous, meant.post):
            is_same = _is_same(self.ask(org, previous), answer)
            if is_same and not self._names(meant.post, answer.citations[0].quote):
                return self._unwritten(replace(meant, case=meant.post, is_covered=False), answer)
        return answer

    def _likeliest(self, org: OrgId, before: Answer, meant: Meant) -> FollowUp:
        """The question as it is answered from where the last answer stands, else as it is said."""
        first, *others = self._tried(org, (meant.question, *meant.others))
        least = self._said(first, meant.question)
        if _stays(before, first.answer) and least >= (ENOUGH_SAID, 0.0):
            return self._with_subject(first, meant)
        for found in others:
            if _is_same(before, found.answer) and kind_of(meant.question) is not Kind.WHETHER:
                continue  # what answered another question
            said = self._said(found, meant.question) if _stays(before, found.answer) else (0.0, 0.0)
            if said >= (ENOUGH_SAID, 0.0) and said > least:
                return found
        return self._with_subject(first, meant) if _stays(before, first.answer) else first

    def _with_subject(self, found: FollowUp, meant: Meant) -> FollowUp:
        """A question that was answered alone, in words that the next may lean on."""
        joined = next((other for other in meant.others if other.endswith(meant.question)), None)
        return replace(found, question=joined or found.question)

    def _of_case(self, org: OrgId, before: Answer, meant: Meant) -> FollowUp:
        """What is written of a case: beside the last answer before anywhere else."""
        tried = self._tried(org, (*meant.others, meant.question))
        fitting = [found for found in tried if self._names_anew(meant.case, before, found.answer)]
        staying = next((found for found in fitting if _stays(before, found.answer)), None)
        if staying:
            return staying
        if before.status is AnswerStatus.ANSWERED and (beside := self._beside(org, before, meant)):
            return FollowUp(tried[0].question, beside)
        if fitting:
            return fitting[0]
        last = tried[-1]
        if self._knows(meant, before, last.answer):
            return last
        return replace(last, answer=self._unwritten(meant, last.answer))

    def _tried(self, org: OrgId, questions: tuple[str, ...]) -> list[FollowUp]:
        return [FollowUp(question, self.ask(org, question)) for question in questions]

    def _said(self, found: FollowUp, question: str) -> tuple[float, float]:
        """How much of what a question names the answer's article says, and how sure the answer is.

        Nothing, if the article does not speak of a matter that is named (扣钱, 补贴).
        """
        if not _is_answered(found.answer):
            return 0.0, 0.0
        cited = found.answer.citations[0]
        article = self.find_article(cited.org, cited.article, cited.edition)
        spoken = (said_beside(clause.text) for clause in article.clauses)
        text = normalise("".join((article.text, *spoken)))
        if not all(self.words.supports(word, text) for word in self.words.matters(question)):
            return 0.0, 0.0
        named = [word for word in self.words.content(question) if len(word) >= SHORTEST]
        said = sum(self.words.supports(word, text) for word in named)
        return said / len(named) if named else 1.0, found.answer.confidence

    def _names_anew(self, case: str, before: Answer, answer: Answer) -> bool:
        """Whether an answer is another than before, and from words that speak of the case."""
        if answer.status is not AnswerStatus.ANSWERED or _is_same(before, answer):
            return False
        cited = answer.citations[0]
        article = self.find_article(cited.org, cited.article, cited.edition)
        quoted = [clause.text for clause in article.clauses if clause.text in cited.quote]
        return says_all(case, "".join((cited.quote, *map(said_beside, quoted))), self.words)

    def _beside(self, org: OrgId, before: Answer, meant: Meant) -> Answer | None:
        """What the articles that answered say of a case."""
        for cited in before.citations:
            article = self.find_article(org, cited.article, cited.edition)
            found = part_on(article, meant.case, self.words)
            if found and found[1] != before.answer:
                clause, span = found
                citation = self.cite(org, cited.article, clause.text, clause.item)
                return self._quoted(span, citation, before.confidence)
        return None

    def _knows(self, meant: Meant, before: Answer, answer: Answer) -> bool:
        """Whether an answer is one for the case, and not the old one again."""
        if answer.status is not AnswerStatus.ANSWERED:
            return False
        quote = answer.citations[0].quote
        if meant.nearby is not None:
            return bool(meant.nearby.search(quote)) and before.answer != answer.answer
        return not _is_same(before, answer) or self._names(meant.case, quote)

    def _nearby(self, org: OrgId, answer: Answer, said: re.Pattern[str]) -> Answer | None:
        """The sentence on the case in the articles that answered."""
        for cited in answer.citations:
            article = self.find_article(org, cited.article, cited.edition)
            clauses = [c for c in article.clauses if said.search(c.text)]
            for clause in sorted(clauses, key=lambda c: c.text not in cited.quote):
                span = span_on(clause.text, said)
                if span and span != answer.answer:
                    citation = self.cite(org, cited.article, clause.text, clause.item)
                    return self._quoted(span, citation, answer.confidence)
        return None

    def _quoted(self, span: str, citation: Citation, confidence: float) -> Answer:
        text = self.texts.say("rules.answered", answer=span)
        return Answer(AnswerStatus.ANSWERED, span, text, confidence, (citation,))

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


def _is_of_other_level(previous: str, post: str) -> bool:
    """Whether a deputy or a member of the staff takes the place of a head, or the other way."""
    old = re.search(RANK, previous)
    if old is None or not post:
        return False
    return bool(LOWER.search(post)) != bool(LOWER.search(old[0]))


def _stays(before: Answer, answer: Answer) -> bool:
    """Whether an answer stands in an article that answered before, or came nearest."""
    places = {cited.article for cited in before.citations}
    return _is_answered(answer) and answer.citations[0].article in places


def _is_answered(answer: Answer) -> bool:
    return answer.status is AnswerStatus.ANSWERED and bool(answer.citations)


def _is_same(before: Answer, answer: Answer) -> bool:
    """Whether an answer comes out as before, from the same words or some more of them."""
    if not (before.citations and answer.citations):
        return before.answer == answer.answer
    one, other = before.citations[0], answer.citations[0]
    is_alike = one.quote in other.quote or other.quote in one.quote
    return (
        one.article == other.article
        and is_alike
        and before.answer.strip(ENDS) == answer.answer.strip(ENDS)
    )
