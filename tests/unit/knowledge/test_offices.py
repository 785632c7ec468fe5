from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from knowledge.answer.offices import OfficeNames


@dataclass(frozen=True)
class Titled:
    """All of an edition that matters here."""

    title: str
    org: str


NAMES: Any = [
    Titled("盘锦市双台子区人民政府工作规则", "shuangtaizi"),
    Titled("凤凰县人民政府办公室工作规则", "fenghuang"),
]


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("双台子区怎么规定的", "shuangtaizi"),
        ("那双台子呢", "shuangtaizi"),
        ("凤凰那边呢", "fenghuang"),
        ("盘锦市怎么规定的", None),  # another government, whose rules are not here
        ("别的区呢", None),
    ],
)
def test_an_office_is_named_by_the_area_it_governs(text: str, org: str | None) -> None:
    assert OfficeNames(NAMES).named_in(text) == org
