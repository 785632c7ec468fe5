"""The rule book that searches: answers from the editions in force, cited or refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.core.clock import Clock, today
from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Article, Citation, Edition
from bot.core.talk import FollowUp
from bot.services.outside import ProcedureBook, Texts
from knowledge.answer.asked import Asked, ask
from knowledge.answer.cases import open_cases
from knowledge.answer.evidence import Choice, choose, weigh
from knowledge.answer.follow_ups import FollowUps
from knowledge.answer.kinds import kind_of
from knowledge.answer.linear import Ranking, load_ranking
from knowledge.answer.lookup import Lookup
from knowledge.answer.offices import OfficeNames
from knowledge.answer.open_editions import OpenEditions
from knowledge.answer.quoting import sentence_of
from knowledge.answer.rarity import Rarity
from knowledge.answer.shelf import Shelf, cite, find_article
from knowledge.answer.table_answers import TableAnswers
from knowledge.answer.talk import TalkReader
from knowledge.search.embedders import Embedder, Vectors
from knowledge.search.rerankers import Reranker
from knowledge.search.searching import Found
from knowledge.search.words import Words, shared_words

LOOKED_AT = 12  # articles
NEAR_ENOUGH = 0.5  # of the question said in the nearest article: then the rules are silent on it


@dataclass(frozen=True)
class Finding:
    """All that was found out about one question; what the evaluation and the training read."""

    asked: Asked
    content: tuple[str, ...]
    choices: tuple[Choice, ...]  # best first, an article each
    evidence: Mapping[str, float]


class SearchingRuleBook:
    """Implements the port `RuleBook`; safe to use from several threads.

    Indexes are opened when an office is first asked about, or all at once by `prepare`.
    """

    def __init__(
        self,
        editions: Iterable[Edition],
        embedder: Embedder,
        folder: Path,
        clock: Clock,
        texts: Texts,
        ranking: Ranking | None = None,
        reranker: Reranker | None = None,
        procedures: ProcedureBook | None = None,
        bridges: Mapping[OrgId, Vectors] | None = None,
    ) -> None:
        editions = list(editions)
        self._shelf, self._offices = Shelf(editions), OfficeNames(editions)
        self._open = OpenEditions(editions, embedder, folder, bridges)
        self._clock, self._texts = clock, texts
        self._lookup, self._ranking, self._reranker = Lookup(texts), ranking, reranker
        self._tables = TableAnswers(procedures, texts) if procedures else None
        self._editions, self._quoted = editions, lru_cache(self._quoted_by_tables)
        self._orgs = tuple(dict.fromkeys(edition.org for edition in editions))

    def prepare(self) -> None:
        """Open every index in force, building those that are absent or stale."""
        for org in self._orgs:
            self._open.prepare(org, self._shelf.in_force(org, today(self._clock)))
            self._quoted(org)

    def reader(self) -> TalkReader:
        """Understands what is said about these rules."""
        return TalkReader(self._offices, self._words)

    def edition(self, org: OrgId, edition: str | None = None) -> Edition:
        return self._shelf.edition(org, today(self._clock), edition)

    def article(self, org: OrgId, ordinal: int, edition: str | None = None) -> Article:
        return find_article(self.edition(org, edition), ordinal)

    def cite(self, org: OrgId, ordinal: int, quote: str, item: str | None = None) -> Citation:
        edition = self.edition(org)
        return cite(edition, find_article(edition, ordinal), quote, item)

    def answer(self, org: OrgId, question: str, as_of: date | None = None) -> Answer:
        day = as_of or today(self._clock)
        editions = self._shelf.in_force(org, day)
        if not editions:
            return self._refusal(AnswerStatus.NOT_FOUND, "no_edition", day=day.isoformat())
        looked_up = self._lookup.look_up(editions, question)
        if looked_up is not None:
            return looked_up
        best = self._best(org, editions, question)
        if best.status is not AnswerStatus.NOT_FOUND:
            return best
        return self._once_said(org, question, day) or best

    def _best(self, org: OrgId, editions: Sequence[Edition], question: str) -> Answer:
        """The surest answer of a few editions; of many, the nearest that answers."""
        nearest = self._nearest(org, editions, question)
        if len(nearest) == len(editions):
            return max((self._answer_from(each, question) for each in editions), key=_rank)
        if decided := self._decided(org, editions, question):
            return decided
        # How sure an answer is, is measured within its edition: no measure between so many.
        answers: list[Answer] = []
        for edition in nearest:
            answers.append(self._answer_from(edition, question))
            if answers[-1].status is AnswerStatus.ANSWERED:
                break
        return max(answers, key=_rank)

    def _nearest(self, org: OrgId, editions: Sequence[Edition], question: str) -> list[Edition]:
        return list(self._open.nearest(org, editions, self._words.corrected(question)))

    def _decided(self, org: OrgId, editions: Sequence[Edition], question: str) -> Answer | None:
        """What the office's tables say, on whichever of its editions they stand."""
        own = (edition for edition in editions if edition.id in self._quoted(org))
        said = (self._tables.answer(edition, question) for edition in own if self._tables)
        return next((answer for answer in said if answer), None)

    def _once_said(self, org: OrgId, question: str, day: date) -> Answer | None:
        """What only a text that is no longer in force says, named as such."""
        for edition in self._nearest(org, self._shelf.repealed(org, day), question):
            once = self._answer_from(edition, question)
            if once.status is AnswerStatus.ANSWERED:
                cited = once.citations[0]
                text = self._texts.say(
                    "talk.repealed",
                    document=cited.document,
                    number=cited.number,
                    label=cited.label,
                    quote=cited.quote,
                )
                return Answer(AnswerStatus.NOT_FOUND, "", text, once.confidence)
        return None

    def follow_up(
        self, org: OrgId, previous: str, question: str, last: Answer | None = None
    ) -> FollowUp:
        asking = FollowUps(
            self.answer, self.answer_within, self.article, self.cite, self._texts, self._words
        )
        return asking.answer(org, previous, question, last)

    def answer_within(self, org: OrgId, question: str, articles: frozenset[int]) -> Answer | None:
        """What some articles say to a question, however well others fit; None if nothing.

        The confidence is that of an answer found there first.
        """
        edition = self.edition(org)
        found = self.search(edition, question, most=len(edition.articles))
        if found is None:
            return None
        asked, near, rarity = found
        hits = [hit for hit in near.hits if hit.article.ordinal in articles]
        if not hits:
            return None
        choices = choose(asked, hits, rarity, self.ranking)
        evidence = weigh(asked, choices, rarity, near.left_open)
        finding = Finding(asked, asked.content, tuple(choices), evidence)
        score = self.ranking.score(evidence)
        return self._answered(edition, finding, self.ranking.right.chance(score))

    def examine(self, edition: Edition, question: str) -> Finding | None:
        """Search an edition and weigh what is found; None for a question that names nothing."""
        found = self.search(edition, question)
        if found is None:
            return None
        asked, near, rarity = found
        choices = self._looked_at_again(asked, choose(asked, near.hits, rarity, self.ranking))
        evidence = weigh(asked, choices, rarity, near.left_open)
        return Finding(asked, asked.content, choices, evidence)

    def search(
        self, edition: Edition, question: str, apart_from: str = "", most: int = LOOKED_AT
    ) -> tuple[Asked, Found, Rarity] | None:
        """What the search alone finds; None for a question that names nothing."""
        question = self._words.corrected(question)
        if not any(_is_said(word) for word in self._words.content(question)):
            return None
        searcher, rarity = self._open.searcher(edition)
        near = searcher.search(question, most, apart_from)
        return ask(kind_of(question), question, self._words), near, rarity

    def _looked_at_again(self, asked: Asked, choices: list[Choice]) -> tuple[Choice, ...]:
        """The choices in the order of the reranker, when there is one."""
        if self._reranker is None:
            return tuple(choices)
        texts = [sentence_of(choice.hit.article, choice.clause.clause) for choice in choices]
        scores = self._reranker.scores(asked.plain, texts)
        order = sorted(range(len(choices)), key=lambda number: -scores[number])
        return tuple(choices[number] for number in order)

    @property
    def ranking(self) -> Ranking:
        """What was fitted, read on first use: the fitting itself begins without."""
        return self._ranking or load_ranking()

    @property
    def _words(self) -> Words:
        return shared_words()

    def _answer_from(self, edition: Edition, question: str) -> Answer:
        decided = self._tables.answer(edition, question) if self._tables else None
        return decided or self._found_in(edition, question)

    def _found_in(self, edition: Edition, question: str) -> Answer:
        finding = self.examine(edition, question)
        if finding is None:
            return self._refusal(AnswerStatus.NOT_FOUND, "not_found")
        cases = open_cases(finding.asked, finding.content, finding.choices)
        if cases:
            return self._clarify(cases)
        score = self.ranking.score(finding.evidence)
        if score < self.ranking.threshold:
            return self._refuse(edition, finding, 1 - self.ranking.answerable.chance(score))
        return self._answered(edition, finding, self.ranking.right.chance(score))

    def _answered(self, edition: Edition, finding: Finding, confidence: float) -> Answer:
        span = finding.choices[0].span
        citation = _citation(edition, finding.choices[0])
        text = self._texts.say("rules.answered", answer=span.rstrip("。；;"))
        return Answer(AnswerStatus.ANSWERED, span, text, confidence, (citation,))

    def _refuse(self, edition: Edition, finding: Finding, confidence: float) -> Answer:
        if finding.evidence["article_coverage"] < NEAR_ENOUGH:
            return self._refusal(AnswerStatus.NOT_FOUND, "not_found", confidence)
        citation = _citation(edition, finding.choices[0])
        text = self._texts.say("rules.silent")
        return Answer(AnswerStatus.SILENT, "", text, confidence, (citation,))

    def _clarify(self, cases: Sequence[tuple[str, str]]) -> Answer:
        options = tuple(self._texts.say("rules.option_who", case=c, act=a) for c, a in cases)
        return Answer(
            AnswerStatus.CLARIFY, "", self._texts.say("rules.clarify"), 1.0, options=options
        )

    def _refusal(
        self, status: AnswerStatus, key: str, confidence: float = 1.0, **fields: object
    ) -> Answer:
        return Answer(status, "", self._texts.say(f"rules.{key}", **fields), confidence)

    def _quoted_by_tables(self, org: OrgId) -> frozenset[str]:
        """The ids of the editions that an office's tables stand on."""
        of_office = (edition for edition in self._editions if edition.org == org)
        tables = self._tables
        return frozenset(e.id for e in of_office if tables and tables.stand_on(e))


def _citation(edition: Edition, choice: Choice) -> Citation:
    clause = choice.clause.clause
    quote = sentence_of(choice.hit.article, clause)
    return cite(edition, choice.hit.article, quote, clause.item)


def _is_said(word: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in word) or word.isalnum()


RANKS = {
    AnswerStatus.ANSWERED: 3,
    AnswerStatus.CLARIFY: 2,
    AnswerStatus.SILENT: 1,
    AnswerStatus.NOT_FOUND: 0,
}


def _rank(answer: Answer) -> tuple[int, float]:
    return RANKS[answer.status], answer.confidence
