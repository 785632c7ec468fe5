from __future__ import annotations

import pytest

from knowledge.search.words import shared_words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("常物会多久开一次", "常务会多久开一次"),
        ("全体会跟谁请价", "全体会跟谁请假"),
        ("会义记要谁签法", "会议纪要谁签发"),
        ("公张归谁管", "公章归谁管"),
        ("督半超期几天", "督办超期几天"),
    ],
)
def test_a_word_of_the_trade_with_one_character_of_the_same_sound_is_put_right(
    typed: str, meant: str
) -> None:
    assert shared_words().corrected(typed) == meant


@pytest.mark.parametrize("text", ["财务会谁开", "请问谁批", "业务会议多久一次", "", "😀"])
def test_what_is_a_word_already_is_left_alone(text: str) -> None:
    assert shared_words().corrected(text) == text
