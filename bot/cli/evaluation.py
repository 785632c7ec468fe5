"""`eval`: how good the answers are, and how well intents are told apart."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import click

from bot.adapters.clock import SystemClock
from bot.adapters.texts import YamlTexts
from bot.core.errors import ConfigurationError
from bot.settings import ROOT, Settings
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.evaluation.baselines import baselines
from knowledge.evaluation.measure import run
from knowledge.evaluation.report import tables, write_report
from knowledge.ingest.documents import read_folder
from knowledge.procedures.loader import load_procedures
from knowledge.search.embedders import create_embedder
from knowledge.search.words import shared_words

OWN = ROOT / "tests" / "eval" / "questions" / "judged"  # nothing is fitted on this half
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


def evaluate(settings: Settings, questions: Path, out: Path) -> None:
    """Measure both, print the tables and write JSON and Markdown into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    _answers(settings, {"development half": questions, "own judged half": OWN}, out)
    _intents(questions, out)
    click.echo(f"written to {out}")


def _answers(settings: Settings, sets: Mapping[str, Path], out: Path) -> None:
    """Each set under its own heading and, in `out`, in a folder of its own name."""
    editions = read_folder(settings.documents).editions
    embedder = create_embedder(settings.embedding_model)
    procedures = load_procedures(settings.procedures)
    book = SearchingRuleBook(
        editions, embedder, settings.index, SystemClock(), YamlTexts(), procedures=procedures
    )
    book.prepare()  # so that no question's time holds the opening of an index
    beside = baselines(editions, embedder, shared_words(), settings.index)
    for name, questions in sets.items():
        report = run(questions, book, beside, embedder.model_name)
        if report is None:
            click.echo(f"no questions at {questions}: answers are not measured")
            continue
        click.echo(f"## Answers, {name}\n\n{tables(report)}\n")
        write_report(report, out / name.replace(" ", "-"))


def _intents(questions: Path, out: Path) -> None:
    if not RASA_PYTHON.exists():
        raise ConfigurationError("rasa_missing", run="make envs")
    asked = ["--questions", str(questions)] if questions.is_dir() else []
    measured = subprocess.run(  # noqa: S603 - a script of this repository
        [RASA_PYTHON, ROOT / "scripts/test_dialogue.py", "--json", out / "intents.json", *asked],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    (out / "intents.md").write_text(measured.stdout, encoding="utf-8")
    click.echo(f"## Understanding what people say\n\n{measured.stdout}")
