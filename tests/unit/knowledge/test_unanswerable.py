from __future__ import annotations

from pathlib import Path

from bot.adapters.texts import YamlTexts
from bot.core.people import OrgId
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.search.searching import UNTOLD
from knowledge.search.unanswerable import left_open_by
from tests.fakes.clock import FakeClock
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.rules import small_edition

XIANYANG, CHANGLE = OrgId("xianyang"), OrgId("changle")


def test_what_another_office_says_is_left_open_by_those_that_do_not() -> None:
    line = "常务会上汇报限几分钟"

    assert line in left_open_by(CHANGLE)
    assert line not in left_open_by(XIANYANG)


def test_of_an_office_that_is_not_known_only_what_no_rules_say_is_left_open() -> None:
    lines = left_open_by(OrgId("elsewhere"))

    assert "工资每个月几号发" in lines
    assert "常务会上汇报限几分钟" not in lines


def test_an_edition_with_few_everyday_lines_is_not_measured_by_them(tmp_path: Path) -> None:
    edition = small_edition()
    book = SearchingRuleBook([edition], FakeEmbedder(), tmp_path, FakeClock(), YamlTexts())

    found = book.search(edition, left_open_by(edition.org)[0])

    assert found is not None
    assert found[1].left_open == UNTOLD
