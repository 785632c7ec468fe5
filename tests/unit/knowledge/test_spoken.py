from __future__ import annotations

import yaml

from bot.settings import ROOT
from knowledge.ingest.documents import read_folder
from knowledge.search.spoken import SPOKEN, spoken_of
from knowledge.search.words import normalise


def test_a_clause_is_found_by_the_mark_it_holds_in_any_office() -> None:
    lines = spoken_of("逾期不回复视为无不同意见。")

    assert any("没吭声" in line for line in lines)
    assert spoken_of("本县的天气很好。") == ()


def test_a_mark_is_found_in_any_spelling_of_width() -> None:
    assert spoken_of("逾期不回复，视为同意") == spoken_of("逾期不回复,视为同意")


def test_every_mark_stands_in_some_published_rule() -> None:
    editions = read_folder(ROOT / "knowledge" / "documents").editions
    clauses = [normalise(c.text) for e in editions for a in e.articles for c in a.clauses]
    marks = yaml.safe_load(SPOKEN.read_text(encoding="utf-8"))

    unused = [
        words
        for words in marks
        if not any(all(normalise(m) in c for m in str(words).split()) for c in clauses)
    ]

    assert unused == []


def test_the_lines_of_every_mark_are_found_where_its_words_stand() -> None:
    marks = yaml.safe_load(SPOKEN.read_text(encoding="utf-8"))

    missed = [
        words
        for words, lines in marks.items()
        if not set(lines) <= set(spoken_of("，".join(str(words).split())))
    ]

    assert missed == []
