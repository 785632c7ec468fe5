from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from knowledge.ingest.numerals import to_numeral
from knowledge.ingest.ordinals import Mark, number_articles


def marks(printed: Iterable[str]) -> list[Mark]:
    return [Mark(line, ordinal) for line, ordinal in enumerate(printed)]


def numbers(candidates: list[Mark]) -> list[tuple[int, int]]:
    return [(entry.mark.line, entry.ordinal) for entry in number_articles(candidates)]


def test_lost_digits_are_restored_by_the_sequence() -> None:
    printed = ["十八", "十九", *["二十"] * 10, "十", "三十", "三十", "三十三", "", "三十五"]

    found = number_articles(marks([to_numeral(n) for n in range(1, 18)] + printed))

    assert [entry.ordinal for entry in found] == list(range(1, 36))
    assert [entry.ordinal for entry in found if entry.is_repaired] == [*range(21, 33), 34]


@pytest.mark.parametrize("seed", range(10))
def test_every_second_ordinal_may_have_lost_its_end(seed: int) -> None:
    rough = random.Random(seed)  # noqa: S311
    whole = [to_numeral(n) for n in range(1, 81)]
    printed = [n[: rough.randrange(len(n) + 1)] if rough.random() < 0.5 else n for n in whole]

    assert [ordinal for _, ordinal in numbers(marks(printed))] == list(range(1, 81))


def test_a_list_inside_an_article_is_no_run_of_articles() -> None:
    inside = ["一", "二", "三", "四", "五"]
    printed = [*inside, *inside[:3], "六", "七"]

    assert numbers(marks(printed)) == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (8, 6), (9, 7)]


def test_a_list_led_in_by_a_colon_is_left_out_even_if_the_count_goes_on_from_it() -> None:
    candidates = marks(["一", "二", "三", "一", "二", "三", "四", "五"])
    candidates[3] = Mark(3, "一", is_led_in=True)

    assert [line for line, _ in numbers(candidates)] == [0, 1, 2, 6, 7]


def test_a_list_after_the_last_article_is_left_out() -> None:
    printed = [to_numeral(n) for n in range(1, 72)] + ["一", "二", "三"]

    assert len(numbers(marks(printed))) == 71


def test_articles_that_are_gone_leave_a_gap() -> None:
    printed = [to_numeral(n) for n in [*range(1, 11), *range(31, 41)]]

    assert [ordinal for _, ordinal in numbers(marks(printed))][9:11] == [10, 31]


def test_nothing_marked_is_nothing_numbered() -> None:
    assert number_articles([]) == []
