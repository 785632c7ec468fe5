"""Any stretch of days reads back the same, however it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.chinese.dates import read_span
from bot.core.errors import RefusedError
from bot.core.leave import Span

TODAY = date(2026, 11, 23)
_DIGITS = "零一二三四五六七八九十"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_WEEKDAYS = "一二三四五六日"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _explained(day: date) -> str:
    return f"{day.year}年{_day(day)}(星期{_WEEKDAYS[day.weekday()]})"


def _in_characters(day: date) -> str:
    return f"{_chinese(day.month)}月{_chinese(day.day)}号"


def _joined(write: Callable[[date], str], between: str) -> Callable[[date, date], str]:
    return lambda first, last: f"{write(first)}{between}{write(last)}"


SPELLINGS: dict[str, Callable[[date, date], str]] = {
    "12月1日至12月5日": _joined(_day, "至"),
    "12月1号到12月5号": _joined(lambda day: _day(day).replace("日", "号"), "到"),
    "十二月一号到十二月五号": _joined(_in_characters, "到"),
    "2026年12月1日(星期二)-…": _joined(_explained, "-"),
    "2026-12-01至2026-12-05": _joined(date.isoformat, "至"),
    "2026/12/1~2026/12/5": _joined(lambda day: f"{day.year}/{day.month}/{day.day}", "~"),
    "2026.12.1—2026.12.5": _joined(lambda day: f"{day.year}.{day.month}.{day.day}", "—"),
    "20261201-20261205": _joined(lambda day: day.strftime("%Y%m%d"), "-"),
    "12.1-12.5": _joined(lambda day: f"{day.month}.{day.day}", "-"),
    "12/1到12/5": _joined(lambda day: f"{day.month}/{day.day}", "到"),
    "１２月１日至１２月５日": lambda first, last: f"{_day(first)}至{_day(last)}".translate(
        _FULL_WIDTH
    ),
    "从12月1日起到12月5日止": lambda first, last: f"从{_day(first)}起到{_day(last)}止",
    "12月1日走,12月5日回": lambda first, last: f"{_day(first)}走,{_day(last)}回",
    "12月1日起请5天": lambda first, last: f"{_day(first)}起请{(last - first).days + 1}天",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@settings(max_examples=40)
@given(ahead=st.integers(0, 180), length=st.integers(2, 45))
def test_any_stretch_reads_back_the_same(spelling: str, ahead: int, length: int) -> None:
    first = TODAY + timedelta(days=ahead)
    last = first + timedelta(days=length - 1)

    assert read_span(SPELLINGS[spelling](first, last), TODAY) == Span(first, last)


@settings(max_examples=60)
@given(
    text=st.text(
        "今明后大前下上这本周一二三五日天月号初底到至和或12345.-/,、起请假半个工作", max_size=14
    )
)
def test_no_words_about_days_break_the_reader(text: str) -> None:
    try:
        span = read_span(text, TODAY)
    except RefusedError:
        return

    assert span is None or span.first_day <= span.last_day
