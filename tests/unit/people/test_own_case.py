from __future__ import annotations

import pytest

from bot.core.own_case import own_case
from tests.unit.leave.stage import person

CASES = (
    "市长外出由谁批准？",
    "副市长外出由谁批准？",
    "部门主要负责人外出一周以上由谁批准？",
    "县市区政府主要负责人外出一周以上由谁批准？",
)


@pytest.mark.parametrize(
    ("user", "case"),
    [("head", 0), ("deputy2", 1), ("bureau_head", 2), ("town_head", 3), ("staff1", None)],
)
def test_a_case_that_names_ones_rank_is_ones_own(user: str, case: int | None) -> None:
    expected = None if case is None else CASES[case]

    assert own_case(CASES, person(f"xianyang/{user}")) == expected


def test_of_two_cases_of_ones_rank_none_is_chosen() -> None:
    cases = ("部门主要负责人外出", "部门主要负责人外出一周以上")

    assert own_case(cases, person("xianyang/bureau_head")) is None
