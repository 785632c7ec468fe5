from __future__ import annotations

import math

from knowledge.answer.rarity import Rarity
from knowledge.search.words import pairs, shared_words
from tests.fakes.rules import small_edition


def test_a_pair_of_characters_weighs_the_more_the_fewer_clauses_have_it() -> None:
    edition = small_edition()
    rarity = Rarity(edition, shared_words())
    clauses = [clause.text for article in edition.articles for clause in article.clauses]
    counts = {pair: sum(pair in text for text in clauses) for pair in pairs(clauses[0])}
    weights = {pair: math.log((len(clauses) + 1) / count) for pair, count in counts.items()}
    first = next(iter(counts))

    shared = rarity.shared_pairs(frozenset(counts))

    assert math.isclose(shared(frozenset({first})), weights[first] / sum(weights.values()))
    assert math.isclose(shared(frozenset(counts)), 1.0)


def test_pairs_that_no_clause_has_count_for_nothing() -> None:
    shared = Rarity(small_edition(), shared_words()).shared_pairs(frozenset({"鲸鱼", "鱼游"}))

    assert shared(frozenset({"鲸鱼"})) == 0.0
