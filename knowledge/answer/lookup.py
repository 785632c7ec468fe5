"""Articles that a question names: looked up by number, never by similarity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.rules import Answer, AnswerStatus, Article, Clause, Edition
from bot.services.outside import Texts
from knowledge.answer.shelf import cite
from knowledge.ingest.references import ArticleReference, find_references, label
from knowledge.search.words import normalise

# 乐政发〔2012〕3号 in whatever brackets: the name's last characters, the year, the number.
NUMBER = re.compile(
    r"([\u4e00-\u9fff]{2}[发函字办])\s*[〔\[(【]\s*(\d{4})\s*[〕\])】]\s*(?:第)?\s*(\d+)\s*号"
)
WHOLE_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,12}\s*[〔\[(（【]\s*\d{4}\s*[〕\])）】]\s*第?\d+\s*号"
)
ENDED = re.compile(r"(?:同时|即行|予以)?(?:废止|停止执行)")
CLOSING = 3  # articles at the end where a document tells which it replaces
MOST = 6  # articles read out at a time


@dataclass(frozen=True)
class Lookup:
    """Reads articles out."""

    texts: Texts

    def look_up(self, editions: Sequence[Edition], question: str) -> Answer | None:
        """The article, or the document by its number, that a question names; None if none."""
        if editions and (told := self._of_number(editions, question)):
            return told
        references = find_references(question)
        if not references or not editions:
            return None
        edition = _edition_named(editions, references[0].document)
        if edition is None:
            return self._none("document_other", document=references[0].document)
        if len(references) == 1:
            return self._read_out(edition, references[0])
        answers = [self._read_out(edition, reference) for reference in references[:MOST]]
        found = [answer for answer in answers if answer.citations]
        return self._all_of(found) if found else answers[0]

    def _of_number(self, editions: Sequence[Edition], question: str) -> Answer | None:
        """What became of a document that is named by its number, where the rules tell."""
        asked = _parts(question)
        for edition in editions:
            for article in edition.articles[-CLOSING:] if asked else ():
                clauses = (c for c in article.clauses if ENDED.search(c.text))
                for clause in clauses:
                    if ended := asked & _parts(clause.text):
                        return self._ended(edition, article, clause, ended.pop())
        return None

    def _ended(
        self, edition: Edition, article: Article, clause: Clause, number: tuple[str, str, str]
    ) -> Answer:
        citation = cite(edition, article, clause.text, clause.item)
        named = (m for m in WHOLE_NUMBER.finditer(clause.text) if _parts(m[0]) == {number})
        text = self.texts.say("rules.repealed", number=next((m[0] for m in named), ""))
        words = ENDED.search(clause.text)
        span = words[0] if words else ""
        return Answer(AnswerStatus.ANSWERED, span, text, 1.0, (citation,))

    def _all_of(self, found: Sequence[Answer]) -> Answer:
        """Several articles read out, one after the other."""
        citations = tuple(dict.fromkeys(c for answer in found for c in answer.citations))
        labels = "、".join(citation.label for citation in citations)
        text = self.texts.say("rules.read_out", label=labels)
        return Answer(AnswerStatus.ANSWERED, found[0].answer, text, 1.0, citations)

    def _read_out(self, edition: Edition, reference: ArticleReference) -> Answer:
        article = edition.article(reference.ordinal)
        if article is None:
            count = len(edition.articles)
            name = label(reference.ordinal)
            return self._none("article_unknown", document=edition.title, label=name, count=count)
        quote = _words_of(article, reference)
        if quote is None:
            name = label(article.ordinal)
            item = reference.item
            return self._none("item_unknown", document=edition.title, article=name, item=item)
        citation = cite(edition, article, quote, reference.item)
        text = self.texts.say("rules.read_out", label=citation.label)
        return Answer(AnswerStatus.ANSWERED, quote, text, 1.0, (citation,))

    def _none(self, key: str, **fields: object) -> Answer:
        text = self.texts.say(f"rules.{key}", **fields)
        return Answer(AnswerStatus.NOT_FOUND, "", text, 1.0)


def _parts(text: str) -> set[tuple[str, str, str]]:
    """The numbers of documents that a text names, comparable whatever their brackets."""
    return set(NUMBER.findall(normalise(text)))


def _edition_named(editions: Sequence[Edition], document: str | None) -> Edition | None:
    if document is None:
        return editions[0]
    named = normalise(document)
    titles = ((edition, normalise(edition.title)) for edition in editions)
    return next((e for e, title in titles if named in title or title in named), None)


def _words_of(article: Article, reference: ArticleReference) -> str | None:
    """The words of the article, or of its item or paragraph; None if it has no such part."""
    if reference.item is not None:
        clauses = [c.text for c in article.clauses if c.item == reference.item]
        if not clauses:
            return None
        start = article.text.index(clauses[0])
        return article.text[start : article.text.index(clauses[-1], start) + len(clauses[-1])]
    if reference.paragraph is not None:
        lines = [line.strip() for line in article.text.splitlines() if line.strip()]
        if not 0 < reference.paragraph <= len(lines):
            return article.text
        return lines[reference.paragraph - 1]
    return article.text
