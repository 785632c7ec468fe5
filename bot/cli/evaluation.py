"""`eval`: how good the answers and the dialogues are, and how well intents are told apart."""

from __future__ import annotations

import json
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from sqlalchemy import inspect

from bot.adapters.clock import SystemClock
from bot.adapters.postgres.server import open_database
from bot.adapters.postgres.unit_of_work import SqlUnitOfWork
from bot.adapters.texts import YamlTexts
from bot.cli.chat_client import ChatClient
from bot.cli.installation import private_installation
from bot.core.clock import OFFICE_TIME
from bot.core.errors import ConfigurationError
from bot.services.feedback import FeedbackDesk, Told
from bot.settings import ROOT, Settings
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.evaluation.baselines import baselines
from knowledge.evaluation.conversation import Judge, play
from knowledge.evaluation.dialogues import read_dialogues
from knowledge.evaluation.evaluation import (
    DEVELOPMENT,
    FIT,
    JUDGED,
    DialogueSet,
    Evaluation,
    QuestionSet,
    Understanding,
)
from knowledge.evaluation.measure import ask_all, check_ordinals
from knowledge.evaluation.questions import read_questions
from knowledge.evaluation.report import publish, write_report
from knowledge.evaluation.serving import ask_service
from knowledge.evaluation.speed import one_core
from knowledge.ingest.documents import read_folder
from knowledge.procedures.loader import load_procedures
from knowledge.search.embedders import create_embedder
from knowledge.search.words import shared_words

SETS = ROOT / "tests" / "eval"
QUESTIONS, DIALOGUES = SETS / "questions", SETS / "dialogues"
HALVES = {"judged": JUDGED, "fit": FIT}
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
PAGE, PLOTS = ROOT / "docs" / "quality.md", ROOT / "docs" / "quality"
PARTS = frozenset({"answers", "dialogues", "intents", "opinions"})
MONDAY = datetime(2026, 11, 23, 9, tzinfo=OFFICE_TIME)  # dialogues are about no special day


@dataclass(frozen=True)
class Wish:
    """What to measure, and where the results go."""

    development: Path  # folder of *.jsonl questions, left out where it is not
    out: Path
    parts: frozenset[str] = PARTS
    service: str | None = None  # its address; None: dialogues are led with one of our own
    is_published: bool = False  # also in docs/quality.md


def evaluate(settings: Settings, wish: Wish) -> None:
    """Measure, print the figures and write JSON, Markdown and plots."""
    measured = Evaluation()
    if "answers" in wish.parts:
        measured = _answers(settings, wish.development)
    if "dialogues" in wish.parts:
        with _assistant(settings, wish.service) as assistant:
            measured = replace(measured, dialogues=_dialogues(assistant))
            measured = _served(measured, assistant)
    if "intents" in wish.parts:
        measured = replace(measured, understanding=_intents(wish))
    if "opinions" in wish.parts:
        measured = replace(measured, told=_told(settings))
    click.echo(write_report(measured, wish.out))
    if wish.is_published:
        publish(measured, PAGE, PLOTS)
    click.echo(f"written to {wish.out}", err=True)


def _answers(settings: Settings, development: Path) -> Evaluation:
    editions = read_folder(settings.documents).editions
    # One question is remembered, or those asked twice would seem faster than a new one is.
    embedder = create_embedder(settings.embedding_model, remembered=1)
    procedures = load_procedures(settings.procedures)
    book = SearchingRuleBook(
        editions, embedder, settings.index, SystemClock(), YamlTexts(), procedures=procedures
    )
    book.prepare()  # so that no question's time holds the opening of an index
    compare = baselines(editions, embedder, shared_words(), settings.index)
    folders = {one: QUESTIONS / half for half, one in HALVES.items()} | {DEVELOPMENT: development}
    sets = []
    with one_core():
        for source, folder in folders.items():
            questions = read_questions(folder)
            _tell(f"{source.name}: {len(questions)} questions")
            if questions:
                sets.append(QuestionSet(source, ask_all(questions, book, compare)))
    ordinals = check_ordinals(development.parent / "articles.json", editions)
    return Evaluation(embedder.model_name, sets, ordinals=ordinals)


def _dialogues(assistant: ChatClient) -> list[DialogueSet]:
    judge, run = Judge(YamlTexts()), uuid.uuid4().hex[:8]
    sets = []
    for half, source in HALVES.items():
        dialogues = read_dialogues(DIALOGUES / half)
        _tell(f"{source.name}: {len(dialogues)} dialogues")
        if dialogues:
            sets.append(DialogueSet(source, play(dialogues, assistant, judge, run)))
    return sets


def _served(measured: Evaluation, assistant: ChatClient) -> Evaluation:
    if not measured.questions:
        return measured
    _tell("the same questions to /api/ask of the running service")
    found = ask_service(measured.questions, assistant)
    return replace(
        measured, questions=found.sets, served=found.same, served_otherwise=found.otherwise
    )


@contextmanager
def _assistant(settings: Settings, service: str | None) -> Iterator[ChatClient]:
    if service:
        client = ChatClient(service)
        try:
            yield client
        finally:
            client.close()
        return
    _tell("starting a service and its dialogue engine")
    with private_installation(settings.index) as own, _assistant(settings, own.url) as client:
        client.set_clock(MONDAY)
        yield client


def _intents(wish: Wish) -> Understanding:
    _tell("intents of the held-out sentences")
    if not RASA_PYTHON.exists():
        raise ConfigurationError("rasa_missing", run="make envs")
    wish.out.mkdir(parents=True, exist_ok=True)
    figures = wish.out / "intents.json"
    asked = ["--questions", str(wish.development)] if wish.development.is_dir() else []
    measured = subprocess.run(  # noqa: S603 - a script of this repository
        [RASA_PYTHON, ROOT / "scripts/test_dialogue.py", "--json", figures, *asked],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return Understanding(json.loads(figures.read_text(encoding="utf-8")), measured.stdout)


def _told(settings: Settings) -> list[Told]:
    """What people said of answers, where the installation has a database that keeps it."""
    if not settings.database_url and not (settings.var / "postgres").is_dir():
        return []
    engine = open_database(settings)
    try:
        if not inspect(engine).has_table("judgement"):
            return []
        return FeedbackDesk(partial(SqlUnitOfWork, engine), SystemClock(), lambda card: None).told()
    finally:
        engine.dispose()


def _tell(words: str) -> None:
    click.echo(f"-> {words}", err=True)
