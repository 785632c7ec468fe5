"""Simpler ways of searching, to see what each part of the search is worth."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np

from bot.core.people import OrgId
from bot.core.rules import Edition
from knowledge.evaluation.measure import Compare, Compared, Searched
from knowledge.search.embedders import Embedder, Vectors
from knowledge.search.index import RuleIndex, open_index
from knowledge.search.searching import best_of_each, spread
from knowledge.search.words import Words, normalise

TOP = 3
PLAIN = "plain sum of the three"
PARTS = {
    "BM25 on articles": "words",
    "meaning, articles": "articles",
    "meaning, clauses": "clauses",
}


@dataclass(frozen=True)
class _Office:
    index: RuleIndex
    lexicon: bm25s.BM25  # jieba's words of the articles, no synonyms, no pairs


def baselines(
    editions: Iterable[Edition], embedder: Embedder, words: Words, folder: Path
) -> Compare:
    """BM25 alone, meaning alone on articles and on clauses, and the plain sum of the three."""
    offices = {
        e.org: _Office(open_index(e, embedder, words, folder), _lexicon(e, words)) for e in editions
    }

    def compare(org: OrgId, question: str) -> Compared:
        begun = time.perf_counter()
        scores = _scores(offices[org], question, embedder, words)
        plain = _best(offices[org], np.sum([spread(one) for one in scores.values()], axis=0))
        plain_s = time.perf_counter() - begun
        alone = {name: _best(offices[org], scores[part]) for name, part in PARTS.items()}
        return Compared(alone | {PLAIN: plain}, plain_s)

    return compare


def _best(office: _Office, scores: Vectors) -> Searched:
    best = np.argsort(-np.asarray(scores), kind="stable")[:TOP]
    articles = office.index.edition.articles
    return Searched(tuple(articles[position].ordinal for position in best), float(scores[best[0]]))


def _scores(
    office: _Office, question: str, embedder: Embedder, words: Words
) -> Mapping[str, Vectors]:
    index = office.index
    known = [t for t in words.cut(normalise(question)) if t in office.lexicon.vocab_dict]
    count = len(index.edition.articles)
    found = index.scores([], embedder.query(question))
    return {
        "words": office.lexicon.get_scores(known) if known else np.zeros(count, dtype=np.float32),
        "articles": found.article_meaning,
        "clauses": best_of_each(index.owners, found.clause_meaning, count),
    }


def _lexicon(edition: Edition, words: Words) -> bm25s.BM25:
    lexicon = bm25s.BM25()
    tokens = [words.cut(normalise(article.text)) for article in edition.articles]
    lexicon.index(tokens, show_progress=False)
    return lexicon
