"""Rule documents as the law sees them, and answers that quote them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.core.people import OrgId


@dataclass(frozen=True)
class Clause:
    """A sentence-sized part of an article, the unit of search.

    `text` is a literal slice of the article's text, which is one of the document's.
    """

    text: str
    item: str | None = None  # "五" for （五）; None outside numbered items


@dataclass(frozen=True)
class Article:
    """One article (条). `text` is a literal slice of the document, ordinal mark left out."""

    ordinal: int
    chapter: str
    text: str
    clauses: tuple[Clause, ...]
    start: int  # offset of `text` in the document, in characters


@dataclass(frozen=True)
class Defect:
    """Damage found in a published text; repaired in the structure, never in the words."""

    line: int
    reason: str  # a stable code: "ordinal_digits_lost", "number_digits_lost", ...
    excerpt: str


@dataclass(frozen=True)
class Edition:
    """One version of one document of one office."""

    id: str  # "changle-2022-10-12"
    org: OrgId
    title: str  # 昌乐县人民政府工作规则
    number: str  # 文号, "乐政发〔2022〕7号"; empty when the page lost it
    issuer: str
    adopted_day: date | None
    effective_day: date | None
    repeals: str | None  # the text it replaces, as written
    content_hash: str  # sha256 of the published bytes, hex
    text: str  # the whole published text
    articles: tuple[Article, ...]
    defects: tuple[Defect, ...] = ()
    repealed_day: date | None = None

    def article(self, ordinal: int) -> Article | None:
        """The article with this ordinal; None if there is none."""
        return next((a for a in self.articles if a.ordinal == ordinal), None)

    def in_force(self, day: date) -> bool:
        """Whether the edition applies on a day; an unknown start counts as long ago."""
        begun = self.effective_day is None or self.effective_day <= day
        return begun and (self.repealed_day is None or day < self.repealed_day)


@dataclass(frozen=True)
class Citation:
    """Where an answer stands, quoted word for word.

    `quote` is a literal substring of the document; `url` opens the article with it marked.
    """

    org: OrgId
    document: str
    number: str
    edition: str
    article: int
    item: str | None
    label: str  # 第六十条第五项
    quote: str
    url: str


class AnswerStatus(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    CLARIFY = "clarify"  # more than one rule fits: ask which case is meant
    SILENT = "silent"  # the right article was found, and does not say
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class Answer:
    """The answer to one question.

    `answer` is the short span, a literal substring of `citations[0].quote` wherever it is a span;
    `text` the sentence for people; `confidence` in 0..1; `options` the cases to choose from;
    `steps` those citations that `text` already shows, one by one, as a procedure.
    """

    status: AnswerStatus
    answer: str
    text: str
    confidence: float
    citations: tuple[Citation, ...] = ()
    options: tuple[str, ...] = field(default=())
    steps: tuple[Citation, ...] = ()
