"""A run written down: JSON for machines, Markdown for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path

from knowledge.evaluation.measure import Outcome, Report

HEADINGS = {
    "article_first": "article first",
    "article_in_three": "in first three",
    "short_right": "short answer right",
    "span_right": "span itself right",
    "unanswerable_refused": "unanswerable refused",
    "answerable_refused": "answerable refused",
}


def write_report(report: Report, folder: Path) -> Path:
    """Write `answers.json` and `answers.md` into a folder; returns the Markdown file."""
    folder.mkdir(parents=True, exist_ok=True)
    written = json.dumps(_plain(report), ensure_ascii=False, indent=1)
    (folder / "answers.json").write_text(written + "\n", encoding="utf-8")
    path = folder / "answers.md"
    path.write_text(tables(report) + "\n" + misses(report) + "\n", encoding="utf-8")
    return path


def tables(report: Report) -> str:
    """The figures: by office, and beside the simpler searches."""
    return "\n".join([*_offices(report), "", *_searches(report), "", *_rest(report)])


def misses(report: Report) -> str:
    """Every question that was not answered, or not refused, as it should be."""
    rows = ["| question | true | found | status | answer |", "|---|---|---|---|---|"]
    return "\n".join([*rows, *(_miss(outcome) for outcome in report.misses)])


def _offices(report: Report) -> Iterator[str]:
    yield "| office | questions | " + " | ".join(HEADINGS.values()) + " |"
    yield "|---|" + "---:|" * (len(HEADINGS) + 1)
    for name, figures in {**report.offices, "all": report.total}.items():
        shares = (_share(getattr(figures, key)) for key in HEADINGS)
        yield f"| {name} | {figures.questions} | " + " | ".join(shares) + " |"


def _searches(report: Report) -> Iterator[str]:
    yield "| search | article first | in first three |"
    yield "|---|---:|---:|"
    for name, (first, three) in report.baselines.items():
        yield f"| {name} | {first:.3f} | {three:.3f} |"
    total = report.total
    yield f"| Guiju | {_share(total.article_first)} | {_share(total.article_in_three)} |"


def _rest(report: Report) -> Iterator[str]:
    exact = sum(right for right, _ in report.ordinals.values())
    there = sum(count for _, count in report.ordinals.values())
    yield f"Model `{report.model}`. Articles with exact ordinal and opening: {exact} of {there}."
    yield f"One answer: {report.answer_p50_ms:.1f} ms p50, {report.answer_p95_ms:.1f} ms p95."


def _miss(outcome: Outcome) -> str:
    question, answer = outcome.question, outcome.answer
    found = ", ".join(map(str, outcome.ranked[:3]))
    true = f"{question.article or '-'} {question.answer or ''}"
    said = f"{answer.status.value} ({answer.confidence:.2f})"
    return f"| {question.id} {question.text} | {true} | {found} | {said} | {answer.answer} |"


def _plain(report: Report) -> dict[str, object]:
    plain: dict[str, object] = {f.name: getattr(report, f.name) for f in fields(report)}
    plain["total"] = asdict(report.total)
    plain["offices"] = {name: asdict(figures) for name, figures in report.offices.items()}
    plain["misses"] = [
        {
            "id": miss.question.id,
            "status": miss.answer.status.value,
            "confidence": round(miss.answer.confidence, 4),
            "articles": miss.ranked,
            "answer": miss.answer.answer,
        }
        for miss in report.misses
    ]
    return plain


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
