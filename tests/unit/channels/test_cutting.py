"""Cutting texts."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.channels.cutting import cut, utf8

MORE = "……(后略)"


@given(st.text(max_size=200), st.integers(utf8(MORE), 300))
def test_what_is_cut_always_fits_and_begins_as_the_text_did(text: str, most: int) -> None:
    shown = cut(text, most, MORE)

    assert utf8(shown) <= most or shown == text
    if shown != text:
        assert shown.endswith(MORE)
        assert text.startswith(shown.removesuffix(MORE))


def test_a_text_that_fits_is_left_alone() -> None:
    assert cut("县长签发。", 15, MORE) == "县长签发。"


def test_the_end_of_a_paragraph_is_better_than_that_of_a_sentence() -> None:
    text = "第一段的话。\n\n第二段。还有一句，没有说完，还有很多"

    shown = cut(text, utf8("第一段的话。\n\n第二段。") + utf8(MORE), MORE)

    assert shown == "第一段的话。" + MORE


def test_a_sentence_ends_before_it_is_cut_in_its_middle() -> None:
    text = "会议纪要由县长签发。其他由副县长签发"

    assert cut(text, utf8("会议纪要由县长签发。其他由") + utf8(MORE), MORE) == (
        "会议纪要由县长签发。" + MORE
    )


def test_without_a_place_to_stop_as_much_as_fits_is_kept() -> None:
    assert cut("县" * 100, 30 + utf8(MORE) + 2, MORE) == "县" * 10 + MORE


def test_what_it_becomes_on_the_wire_can_be_counted() -> None:
    def on_the_wire(text: str) -> int:
        return utf8(json.dumps(text, ensure_ascii=False))

    shown = cut("一行\n" * 100, 200, MORE, on_the_wire)

    assert on_the_wire(shown) <= 200
