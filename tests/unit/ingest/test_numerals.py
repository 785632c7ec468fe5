from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ingest.numerals import to_number, to_numeral


@given(st.integers(min_value=1, max_value=1_999))
def test_every_ordinal_is_read_as_it_is_written(number: int) -> None:
    assert to_number(to_numeral(number)) == number
    assert to_number(str(number)) == number


@pytest.mark.parametrize("numeral", ["", "条", "十百", "九九九九九九", "-5", "1.5"])
def test_what_is_no_ordinal_has_no_value(numeral: str) -> None:
    assert to_number(numeral) is None


@given(st.text(alphabet="零〇一二三四五六七八九十百千两0123456789 ６.", max_size=12))
def test_no_jumble_of_digits_is_an_error(numeral: str) -> None:
    number = to_number(numeral)

    assert number is None or number >= 0
