"""Reading the tables, broken ones above all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import ConfigurationError
from bot.core.people import OrgId
from bot.core.procedures import Condition, Decision
from knowledge.procedures.loader import load_procedures

RULE = "when: {rank: staff}, then: {approvers: [head]}, article: 8, quote: 请假由县长批准"


def write(folder: Path, *rows: str) -> None:
    lines = "".join(f"      - {{{row}}}\n" for row in rows)
    text = f"org: changle\ntables:\n  leave_approval:\n    title: 请假\n    rows:\n{lines}"
    (folder / "changle.yml").write_text(text, encoding="utf-8")


def test_a_row_is_read_as_it_is_written(tmp_path: Path) -> None:
    write(tmp_path, RULE + ", item: 四")

    [row] = load_procedures(tmp_path).of(OrgId("changle")).tables["leave_approval"].rows

    assert row.conditions == (Condition("rank", frozenset({"staff"})),)
    assert (row.article, row.item, row.quote) == (8, "四", "请假由县长批准")
    assert (row.basis, row.outcome) == ("rule", {"approvers": ["head"]})


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ("[staff, head]", Condition("fact", frozenset({"staff", "head"}))),
        ("true", Condition("fact", frozenset({True}))),
        ("1", Condition("fact", least=1, most=1)),
        ("{least: 2}", Condition("fact", least=2)),
        ("{least: 0, most: 6.5}", Condition("fact", least=0, most=6.5)),
    ],
)
def test_a_fact_is_tested_by_value_by_list_or_by_range(
    tmp_path: Path, written: str, condition: Condition
) -> None:
    write(tmp_path, f"when: {{fact: {written}}}, then: {{}}, basis: office")

    [row] = load_procedures(tmp_path).of(OrgId("changle")).tables["leave_approval"].rows

    assert row.conditions == (condition,)


def test_an_offices_tables_may_lie_in_several_files(tmp_path: Path) -> None:
    write(tmp_path, RULE)
    text = (tmp_path / "changle.yml").read_text(encoding="utf-8")
    other = text.replace("leave_approval", "seal_use")
    (tmp_path / "changle.documents.yml").write_text(other, encoding="utf-8")

    tables = load_procedures(tmp_path).of(OrgId("changle")).tables

    assert set(tables) == {"leave_approval", "seal_use"}


def test_a_table_in_two_files_is_refused_and_named(tmp_path: Path) -> None:
    write(tmp_path, RULE)
    text = (tmp_path / "changle.yml").read_text(encoding="utf-8")
    (tmp_path / "changle.documents.yml").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationError) as refusal:
        load_procedures(tmp_path)

    assert refusal.value.details["file"] == "changle.yml"
    assert refusal.value.details["table"] == "leave_approval"


def test_an_office_without_tables_decides_nothing(tmp_path: Path) -> None:
    nowhere = load_procedures(tmp_path).of(OrgId("nowhere"))

    assert nowhere.decide("leave_approval", {"rank": "staff"}) == Decision(None)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("when: {rank: staff}", "a row needs `when` and `then`"),
        ("when: {}, then: {}, basis: office", "`when` must name at least one fact"),
        ("when: {a: []}, then: {}, basis: office", "`a` needs a value"),
        ("when: {a: {under: 2}}, then: {}, basis: office", "`a` needs `least`, `most`"),
        ("when: {a: {least: many}}, then: {}, basis: office", "`a` needs `least`, `most`"),
        ("when: {a: {least: 3, most: 2}}, then: {}, basis: office", "`least` is above `most`"),
        ("when: {a: 1}, then: {}, basis: habit", "`basis` must be rule or office"),
        ("when: {a: 1}, then: {}, basis: office, article: 3", "own default cites nothing"),
        ("when: {a: 1}, then: {}, quote: 请假", "`article` must be a whole number"),
        ("when: {a: 1}, then: {}, article: 八, quote: 请假", "`article` must be a whole number"),
        ("when: {a: 1}, then: {}, article: 8", "`quote` is missing"),
        ("when: {a: 1}, then: {}, article: 8, quote: 请假, qoute: 1", "unknown field `qoute`"),
        ("when: {a: 1}, then: {also: [{article: 8}]}, basis: office", "`quote` is missing"),
        ("when: {a: 1}, then: {also: 8}, basis: office", "`also` must be a list"),
        ("when: {a: 1}, then: {steps: [{quote: 1}]}, basis: office", "`article` must be"),
        ("when: {a: 1}, then: {steps: 8}, basis: office", "`steps` must be a list"),
        (
            "when: {a: 1}, then: {answer: 主任审核,县长签发}, basis: office",
            "`县长签发` is no field",
        ),
    ],
)
def test_a_broken_row_is_named_by_file_table_and_row(
    tmp_path: Path, broken: str, reason: str
) -> None:
    write(tmp_path, RULE, broken)

    with pytest.raises(ConfigurationError) as refusal:
        load_procedures(tmp_path)

    assert refusal.value.code == "procedures_broken"
    place = {"file": "changle.yml", "table": "leave_approval", "row": 2}
    assert refusal.value.details.items() >= place.items()
    assert reason in str(refusal.value.details["reason"])


@pytest.mark.parametrize(
    "text",
    ["org: [", "org: yunyang\ntables: {}", "org: changle", "org: changle\ntables: {a: {rows: 1}}"],
)
def test_a_file_that_is_no_table_at_all_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "changle.yml").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationError) as refusal:
        load_procedures(tmp_path)

    assert refusal.value.code == "procedures_broken"
    assert refusal.value.details["file"] == "changle.yml"
