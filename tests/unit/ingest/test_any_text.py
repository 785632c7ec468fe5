from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ingest.clauses import cut_clauses
from knowledge.ingest.damage import find_damage
from knowledge.ingest.decoding import UndecodableError, decode
from knowledge.ingest.lines import split_lines
from knowledge.ingest.markup import plain_markdown, visible_text
from knowledge.ingest.particulars import read_particulars
from knowledge.ingest.structure import read_structure

PIECES = [
    *"一二三十、第条章节项()（）。；：:;\n \r\t\u3000“”《》〔〕0129年月日之规则办法号.|①",
    "第一章 总 则\n",
    "第三条 ",
    "\n二十、",
    "\n（一）",
    "\n1.",
    "附件：",
    "\n2024年3月1日\n",
    "文 号：",
    "同时废止",
    "<p>",
    "</div>",
    "<!--",
]
SCRAPS = st.lists(st.sampled_from(PIECES), max_size=80).map("".join) | st.text(max_size=60)


@given(SCRAPS)
@settings(max_examples=300)
def test_whatever_the_text_articles_and_clauses_are_slices_of_it(text: str) -> None:
    lines = split_lines(text)

    structure = read_structure(text, lines)

    assert [text[line.start : line.end] for line in lines] == [line.text for line in lines]
    ordinals = [article.ordinal for article in structure.articles]
    assert ordinals == sorted(set(ordinals))
    for article in structure.articles:
        assert text[article.start : article.start + len(article.text)] == article.text
        assert all(clause.text in article.text for clause in article.clauses)
    read_particulars(lines, structure)
    find_damage(lines, 0, len(text))


@given(SCRAPS)
@settings(max_examples=300)
def test_clauses_follow_one_another_and_are_never_empty(text: str) -> None:
    position = 0
    for clause in cut_clauses(text):
        position = text.index(clause.text, position) + len(clause.text)
        assert clause.text.strip() == clause.text != ""


@given(st.binary(max_size=120) | SCRAPS.map(str.encode))
@settings(max_examples=300)
def test_any_bytes_are_text_or_refused_with_a_line(content: bytes) -> None:
    try:
        text = decode(content)
    except UndecodableError as error:
        line, text = error.line, ""
    else:
        line = 1

    assert 1 <= line <= content.count(b"\n") + 1
    visible_text(text)
    plain_markdown(text)
