"""The time limits that supervision counts by stand in the tables, each with its article."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from bot.adapters.chinese.calendar import PublishedCalendar
from bot.core.deadlines import Term
from bot.core.people import OrgId
from bot.core.procedures import Fact, Procedures, Row
from bot.settings import Settings
from knowledge.ingest.documents import read_folder
from knowledge.procedures.loader import load_procedures

Limit = tuple[str, str, dict[str, Fact], int, str, int]

LIMITS: list[Limit] = [
    # office, table, facts, amount, unit, article
    ("shuangtaizi", "supervision_deadline", {"kind": "其他"}, 7, "days", 55),
    ("shuangtaizi", "supervision_deadline", {"kind": "复杂"}, 1, "months", 55),
    ("shuangtaizi", "supervision_deadline", {"kind": "年初确定"}, 0, "year_end", 55),
    ("shuangtaizi", "supervision_deadline", {"kind": "速办"}, 2, "working_days", 64),
    ("shuangtaizi", "supervision_deadline", {"kind": "一般"}, 5, "working_days", 64),
    ("shuangtaizi", "supervision_deadline", {"kind": "长期"}, 2, "weeks_cycle", 64),
    ("changle", "supervision_deadline", {"kind": "一般"}, 5, "days", 90),
    ("changle", "document_deadline", {"matter": "交办回复"}, 5, "days", 90),
    ("changle", "document_deadline", {"matter": "领导意见"}, 3, "days", 90),
    ("fenghuang", "minutes_deadline", {"stage": "送审", "meeting": "常务会议"}, 36, "hours", 7),
    ("fenghuang", "minutes_deadline", {"stage": "送审", "meeting": "专题会议"}, 2, "days", 7),
    (
        "fenghuang",
        "minutes_deadline",
        {"stage": "印发", "meeting": "专题会议"},
        5,
        "working_days",
        7,
    ),
    (
        "xianyang",
        "document_deadline",
        {"matter": "请示办复", "urgency": "一般"},
        10,
        "working_days",
        58,
    ),
    (
        "xianyang",
        "document_deadline",
        {"matter": "会签回复", "urgency": "一般"},
        5,
        "working_days",
        58,
    ),
    ("yunyang", "supervision_deadline", {"kind": "一般"}, 7, "days", 40),
    ("yunyang", "document_deadline", {"matter": "文件压放"}, 1, "days", 40),
    ("yunyang", "document_deadline", {"matter": "合法性审查"}, 7, "working_days", 20),
]


@cache
def texts() -> dict[tuple[str, int], str]:
    editions = read_folder(Settings.documents).editions
    return {(e.org, a.ordinal): a.text for e in editions for a in e.articles}


@cache
def tables(org: str) -> Procedures:
    return load_procedures(Settings.procedures).of(OrgId(org))


def row(org: str, table: str, facts: dict[str, Fact]) -> Row:
    found = tables(org).decide(table, facts).row
    assert found is not None
    return found


@pytest.mark.parametrize(("org", "table", "facts", "amount", "unit", "article"), LIMITS)
def test_each_time_limit_quotes_its_article(
    org: str, table: str, facts: dict[str, Fact], amount: int, unit: str, article: int
) -> None:
    found = row(org, table, facts)

    assert (found.outcome["amount"], found.outcome["unit"]) == (amount, unit)
    assert (found.article, found.basis) == (article, "rule")
    assert found.quote in texts()[org, article]


@pytest.mark.parametrize(
    ("kind", "last"),
    [  # 双台子 55: from the day of assignment on, which is the first; 64: the day after is
        ("其他", "2026-11-29"),
        ("复杂", "2026-12-22"),
        ("年初确定", "2026-12-31"),
        ("速办", "2026-11-25"),
        ("一般", "2026-11-30"),
        ("长期", None),
    ],
)
def test_the_terms_of_shuangtaizi_end_where_its_articles_say(kind: str, last: str | None) -> None:
    term = Term.of_outcome(row("shuangtaizi", "supervision_deadline", {"kind": kind}).outcome)

    found = term.last_day(date(2026, 11, 23), PublishedCalendar())

    assert found == (date.fromisoformat(last) if last else None)
