"""Answers to questions that lean on the one before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Article, Citation
from bot.core.talk import FollowUp
from bot.services.outside import Texts
from knowledge.answer.beside import part_on, said_beside, says_all, span_on
from knowledge.answer.fitness import NEVER, Fit
from knowledge.answer.following import Meant, merge
from knowledge.answer.replacing import RANK
from knowledge.search.words import Words, normalise

ENDS = "。；;，,"
HAPPENS = re.compile(r"[不没无未]|过期|[超逾]|涉及|牵[涉扯]|碰[到上]|遇|直接|要是|已经|了$")
LOWER = re.compile("副|班子成员|科员|职工|干部|工作人员")
# Of fitness, for an answer to a question that leans on the last, to a case, to one by itself.
LEAST, CASE, SURE = 1.2, 2.4, 3.4


@dataclass(frozen=True)
class FollowUps:
    """Completes a question from the one before, and does not repeat an answer for another case."""

    ask: Callable[[OrgId, str], Answer]
    ask_within: Callable[[OrgId, str, frozenset[int]], Answer | None]
    find_article: Callable[[OrgId, int, str | None], Article]
    cite: Callable[[OrgId, int, str, str | None], Citation]
    texts: Texts
    words: Words

    def answer(
        self, org: OrgId, previous: str, question: str, last: Answer | None = None
    ) -> FollowUp:
        """The whole question and its answer.

        Args:
            last: What the earlier question was answered with; found again if not given.
        """
        meant = merge(previous, question, self.words)
        is_whole = not meant.others and meant.asked in ("", meant.question)
        if meant.nearby is None and not meant.case and is_whole:
            return self._whole(org, previous, meant, last)
        before = last or self.ask(org, previous)
        if meant.case and meant.others:
            return self._of_case(org, before, meant)
        if meant.others or (meant.asked and not meant.case and meant.nearby is None):
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

    def _whole(self, org: OrgId, previous: str, meant: Meant, last: Answer | None) -> FollowUp:
        """A question that is whole; where nothing answers it, what stands with the last answer."""
        answer = self._of_post(org, previous, meant)
        if _is_answered(answer) or answer.status is AnswerStatus.CLARIFY:
            return FollowUp(meant.question, answer)
        before = last or self.ask(org, previous)
        if meant.named and (told := self._only_told(org, before, meant.named)):
            return FollowUp(meant.question, told)
        if meant.asked:
            found = self._within(org, before, (meant.question,))
            if found and self._fitness(before, found[0].answer, meant.asked) >= SURE:
                return found[0]
        return FollowUp(meant.question, answer)

    def _only_told(self, org: OrgId, before: Answer, named: str) -> Answer | None:
        """What is written of a post, a meeting or a paper instead of what was asked."""
        told = self._beside(org, before, named)
        if told is None:
            return None
        text = self.texts.say("rules.only_told", answer=told.answer.rstrip("。；;"))
        return replace(told, text=text)

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
        """The question as it is answered best, alone or with the subject of the last one."""
        questions = tuple(dict.fromkeys((meant.question, *meant.others, meant.asked)))
        tried = self._tried(org, questions) + self._within(org, before, questions)
        best = max(tried, key=lambda found: self._fitness(before, found.answer, meant.asked))
        if self._fitness(before, best.answer, meant.asked) < LEAST:
            alone = next(found for found in tried if found.question == meant.asked)
            return self._refused(alone)
        return self._with_subject(best, meant) if _stays(before, best.answer) else best

    def _within(self, org: OrgId, before: Answer, questions: Sequence[str]) -> list[FollowUp]:
        """What the articles that answered before, or came nearest, say to each question."""
        articles = frozenset(cited.article for cited in before.citations)
        told = ((q, self.ask_within(org, q, articles)) for q in questions if articles)
        return [FollowUp(question, answer) for question, answer in told if answer]

    def _refused(self, found: FollowUp) -> FollowUp:
        """A question to which no answer was good enough."""
        if not _is_answered(found.answer):
            return found
        text = self.texts.say("rules.silent")
        silent = Answer(AnswerStatus.SILENT, "", text, 1.0, found.answer.citations[:1])
        return replace(found, answer=silent)

    def _fitness(self, before: Answer, answer: Answer, asked: str) -> float:
        """How well an answer fits a question that leans on the last answer."""
        if not _is_answered(answer):
            return NEVER
        cited = answer.citations[0]
        article = self.find_article(cited.org, cited.article, cited.edition)
        fit = Fit(asked, article, cited.quote, answer.answer or cited.quote, self.words)
        stays, repeats = _stays(before, answer), _is_same(before, answer)
        return fit.score(stays=stays, repeats=repeats, sure=answer.confidence)

    def _with_subject(self, found: FollowUp, meant: Meant) -> FollowUp:
        """A question that was answered alone, in words that the next may lean on."""
        if found.question != meant.asked:
            return found
        whole = (meant.question, *meant.others)
        joined = next((q for q in whole if q != meant.asked and q.endswith(meant.asked)), None)
        return replace(found, question=joined or found.question)

    def _of_case(self, org: OrgId, before: Answer, meant: Meant) -> FollowUp:
        """What is written of a case: beside the last answer before anywhere else."""
        tried = self._tried(org, (*meant.others, meant.question))
        fitting = [found for found in tried if self._names_anew(meant.case, before, found.answer)]
        staying = next((found for found in fitting if _stays(before, found.answer)), None)
        if staying:
            return staying
        is_told = before.status is AnswerStatus.ANSWERED
        if is_told and (beside := self._beside(org, before, meant.case)):
            return FollowUp(tried[0].question, beside)
        near = self._nearest(org, before, meant) if is_told else None
        if near or fitting:
            return near or fitting[0]
        last = tried[-1]
        if self._knows(meant, before, last.answer):
            return last
        return replace(last, answer=self._unwritten(meant, last.answer))

    def _nearest(self, org: OrgId, before: Answer, meant: Meant) -> FollowUp | None:
        """Another sentence of the articles that answered, if it is near enough to a case."""
        happens = (f"{meant.case}怎么办",) if HAPPENS.search(meant.case) else ()
        found = self._within(org, before, (*meant.others, meant.case, *happens))
        found += self._tried(org, happens)
        found = [each for each in found if not _is_same(before, each.answer)]
        fit = [self._fitness(before, each.answer, meant.case) for each in found]
        best = max(range(len(found)), key=fit.__getitem__, default=None)
        return found[best] if best is not None and fit[best] >= CASE else None

    def _tried(self, org: OrgId, questions: tuple[str, ...]) -> list[FollowUp]:
        return [FollowUp(question, self.ask(org, question)) for question in questions]

    def _names_anew(self, case: str, before: Answer, answer: Answer) -> bool:
        """Whether an answer is another than before, and from words that speak of the case."""
        if answer.status is not AnswerStatus.ANSWERED or _is_same(before, answer):
            return False
        cited = answer.citations[0]
        article = self.find_article(cited.org, cited.article, cited.edition)
        quoted = [clause.text for clause in article.clauses if clause.text in cited.quote]
        return says_all(case, "".join((cited.quote, *map(said_beside, quoted))), self.words)

    def _beside(self, org: OrgId, before: Answer, case: str) -> Answer | None:
        """What the articles that answered say of a case."""
        for cited in before.citations:
            article = self.find_article(org, cited.article, cited.edition)
            found = part_on(article, case, self.words)
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
