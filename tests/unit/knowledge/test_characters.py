from __future__ import annotations

import pytest

from bot.core.people import OrgId
from bot.settings import ROOT
from knowledge.answer.characters import Characters, Wording
from knowledge.ingest.documents import read_folder


@pytest.fixture(scope="module")
def characters() -> Characters:
    editions = read_folder(ROOT / "knowledge" / "documents").editions
    return Characters(next(edition for edition in editions if edition.org == OrgId("fenghuang")))


def test_words_that_share_only_characters_are_like_each_other(characters: Characters) -> None:
    asked = Wording("密件拿普通夹子装", characters)

    assert asked.share("传阅密级文件必须使用专用文件夹") > asked.share("会议由县长召集和主持")


def test_a_rare_character_counts_more_than_a_frequent_one(characters: Characters) -> None:
    asked = Wording("密会", characters)

    assert asked.share("密级") > asked.share("会议")


def test_characters_that_only_ask_or_join_count_nothing(characters: Characters) -> None:
    assert Wording("什么章的", characters).share("印章") == 1.0


def test_the_nearest_line_counts_and_not_their_sum(characters: Characters) -> None:
    asked = Wording("一把手不在谁主持", characters)

    alone = asked.nearest_line(("一把手不在谁管",))
    beside = asked.nearest_line(("文件袋里放什么", "一把手不在谁管"))

    assert alone == beside


def test_of_a_clause_its_nearest_part_counts(characters: Characters) -> None:
    asked = Wording("传阅密级文件", characters)

    assert asked.nearest_segment("会议由县长主持,传阅密级文件,印发纪要") == 1.0


def test_what_names_nothing_is_like_nothing(characters: Characters) -> None:
    asked = Wording("什么呢", characters)

    assert asked.share("县长") == 0.0
    assert asked.nearest_segment("县长主持") == 0.0
    assert asked.nearest_line(()) == (0.0, 0.0)
