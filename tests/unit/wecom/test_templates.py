"""WeCom's approval templates, read and filled in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from bot.adapters.channels.forms import Component, Holds
from bot.adapters.wecom.templates import Filled, content, controls_of
from bot.core.clock import OFFICE_TIME
from bot.core.errors import OutsideServiceError
from bot.core.leave import Span

TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)


def words(text: str) -> list[dict[str, str]]:
    return [{"text": "Leave", "lang": "en"}, {"text": text, "lang": "zh_CN"}]


def control(kind: str, config: dict[str, Any]) -> dict[str, Any]:
    about = {"control": kind, "id": f"{kind}-1", "title": words("请假"), "require": 1}
    return {"template_content": {"controls": [{"property": about, "config": config}]}}


VACATION = control("Vacation", {"vacation_list": {"item": [{"id": 1, "name": words("年假")}]}})


def at(day: date, hour: int) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=OFFICE_TIME).timestamp())


def test_a_kind_of_leave_is_known_by_our_name_and_theirs() -> None:
    [found] = controls_of(VACATION, {"年休假": "年假", "事假": "事假"})

    assert found.component == Component("请假", "Vacation", Holds.LEAVE, True, ("年假", "年休假"))


@pytest.mark.parametrize(
    ("span", "begin", "end", "days"),
    [
        (Span(TUESDAY, FRIDAY), at(TUESDAY, 0), at(FRIDAY, 12), 4),
        (Span(TUESDAY, TUESDAY, starts_pm=True), at(TUESDAY, 12), at(TUESDAY, 12), 0.5),
        (Span(TUESDAY, TUESDAY, ends_am=True), at(TUESDAY, 0), at(TUESDAY, 0), 0.5),
        (Span(TUESDAY, FRIDAY, True, True), at(TUESDAY, 12), at(FRIDAY, 0), 3),
    ],
)
def test_half_days_are_told_by_when_each_end_begins(
    span: Span, begin: int, end: int, days: float
) -> None:
    [found] = controls_of(control("Date-Range", {"date_range": {"type": "halfday"}}), {})

    value = content(found, Filled("", span=span))["value"]

    assert value["date_range"] == {
        "type": "halfday",
        "new_begin": begin,
        "new_end": end,
        "new_duration": int(days * 86_400),
    }


def test_a_template_that_counts_hours_gets_times_and_its_own_length_of_a_day() -> None:
    config = {"attendance": {"type": 3, "date_range": {"type": "hour", "perday_duration": 28800}}}
    [found] = controls_of(control("Attendance", config), {})

    value = content(found, Filled("", span=Span(TUESDAY, TUESDAY, ends_am=True)))["value"]

    assert value["attendance"] == {
        "type": 3,
        "date_range": {
            "type": "hour",
            "new_begin": at(TUESDAY, 0),
            "new_end": at(TUESDAY, 12),
            "new_duration": 14_400,
        },
    }


def test_a_kind_that_the_template_has_not_is_refused_by_us() -> None:
    [found] = controls_of(VACATION, {})

    with pytest.raises(OutsideServiceError, match="wecom_template_unfit"):
        content(found, Filled("", "病假", Span(TUESDAY, TUESDAY)))


@pytest.mark.parametrize("kind", ["File", "Table", "Vacation", "Date-Range"])
def test_a_control_that_takes_nothing_of_ours_is_refused_by_us(kind: str) -> None:
    [found] = controls_of(control(kind, {}), {})

    with pytest.raises(OutsideServiceError, match="wecom_template_unfit"):
        content(found, Filled("文字"))


@pytest.mark.parametrize("told", [{}, {"template_content": {"controls": [{}]}}])
def test_what_describes_no_template_is_no_answer(told: dict[str, Any]) -> None:
    with pytest.raises(OutsideServiceError, match="wecom_garbled"):
        controls_of(told, {})
