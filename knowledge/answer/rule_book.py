"""The rule book that searches: answers from the editions in force, cited or refused."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
from knowledge.answer.quoting import sentence_of
from knowledge.answer.rarity import Rarity
from knowledge.answer.shelf import Shelf, cite, find_article
from knowledge.answer.table_answers import TableAnswers
from knowledge.answer.talk import TalkReader
from knowledge.search.bridge import load_bridge
from knowledge.search.embedders import Embedder, Vectors
from knowledge.search.index import open_index
from knowledge.search.rerankers import Reranker
from knowledge.search.searching import Found, Searcher
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
        self._embedder, self._folder, self._clock, self._texts = embedder, folder, clock, texts
        self._lookup, self._ranking = Lookup(texts), ranking
        self._reranker, self._bridges = reranker, bridges
        self._tables = TableAnswers(procedures, texts) if procedures else None
        self._orgs = tuple(dict.fromkeys(edition.org for edition in editions))
        self._searchers: dict[str, tuple[Searcher, Rarity]] = {}
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Open every index in force, building those that are absent or stale."""
        for org in self._orgs:
            for edition in self._shelf.in_force(org, today(self._clock)):
                self._searcher(edition)

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
        answers = [self._answer_from(edition, question) for edition in editions]
        best = max(answers, key=_rank)
        if best.status is not AnswerStatus.NOT_FOUND:
            return best
        return self._once_said(org, question, day) or best

    def _once_said(self, org: OrgId, question: str, day: date) -> Answer | None:
        """What only a text that is no longer in force says, named as such."""
        for edition in self._shelf.repealed(org, day):
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
        searcher, rarity = self._searcher(edition)
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

    def _searcher(self, edition: Edition) -> tuple[Searcher, Rarity]:
        with self._lock:
            if edition.id not in self._searchers:
                index = open_index(edition, self._embedder, self._words, self._folder)
                bridge = self._bridge(edition.org)
                searcher = Searcher(index, self._embedder, self._words, bridge=bridge)
                self._searchers[edition.id] = searcher, Rarity(edition, self._words)
            return self._searchers[edition.id]

    def _bridge(self, org: OrgId) -> Vectors | None:
        """The shipped one, else what the fitting itself has given for each office."""
        if self._bridges is None:
            return load_bridge(self._embedder.model_name)
        return self._bridges.get(org)


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
