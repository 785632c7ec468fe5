"""`doctor`: what works here, and what is not yet configured."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from bot.adapters.calendars import load_calendars
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.people import load_directory
from bot.adapters.postgres.server import open_database
from bot.adapters.rasa import RasaDialogue
from bot.cli.doctor_channels import examine_platforms
from bot.cli.findings import Finding
from bot.core.calendar import LocalDays
from bot.core.errors import GuijuError
from bot.settings import LOCAL, ROOT, Settings
from knowledge.ingest.documents import read_folder
from knowledge.procedures.loader import load_procedures
from knowledge.search.embedders import create_embedder


def examine(settings: Settings) -> list[Finding]:
    """Look at every part; a part that fails does not hide the others."""
    looks: list[tuple[str, bool, Callable[[Settings], str]]] = [
        ("database", True, _database),
        ("documents", True, _documents),
        ("procedures", True, _procedures),
        ("people", True, _people),
        ("calendars", True, calendars_in_force),
        ("embedding model", True, _embedding),
        ("dialogue model", True, _model),
        ("dialogue engine", False, _engine),
    ]
    findings = [_look(what, needed, look, settings) for what, needed, look in looks]
    return [*findings, *examine_platforms(settings)]


def _look(what: str, needed: bool, look: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(what, True, look(settings), needed)
    except GuijuError as error:
        return Finding(what, False, str(error), needed)


def _database(settings: Settings) -> str:
    with open_database(settings).connect() as connection:
        version: str = connection.execute(text("show server_version")).scalar_one()
    kind = "DATABASE_URL" if settings.database_url else "embedded"
    return f"PostgreSQL {version}, {kind}"


def _documents(settings: Settings) -> str:
    ingested = read_folder(settings.documents)
    if ingested.failures:
        raise ingested.failures[0]
    articles = sum(len(edition.articles) for edition in ingested.editions)
    return f"{len(ingested.editions)} documents, {articles} articles"


def _procedures(settings: Settings) -> str:
    book = load_procedures(settings.procedures)
    editions = read_folder(settings.documents).editions
    tables = sum(len(book.of(edition.org).tables) for edition in editions)
    return f"{tables} decision tables"


def _people(settings: Settings) -> str:
    if settings.platform != LOCAL and settings.people == Settings.people:
        return f"from {settings.platform}"
    directories = [load_directory(path) for path in sorted(settings.people.glob("*.yml"))]
    people = sum(len(directory.people) for directory in directories)
    return f"{len(directories)} offices, {people} people"


def calendars_in_force(settings: Settings) -> str:
    """The years that the State Council has published, and the days that offices have decided."""
    published = PublishedCalendar()
    offices = load_calendars(settings.calendars, published).local.items()
    first, last = published.years
    own = [f"{org}: {_own_days(days)}" for org, days in offices]
    return "; ".join([f"published {first}-{last}", *(own or ["no office has days of its own"])])


def _own_days(days: LocalDays) -> str:
    kinds = {
        "off": map(str, days.holidays),
        "worked": map(str, days.working_days),
        "in full": map(str, days.whole_years),
    }
    named = {kind: " ".join(sorted(found)) for kind, found in kinds.items()}
    return ", ".join(f"{kind} {found}" for kind, found in named.items() if found)


def _embedding(settings: Settings) -> str:
    embedder = create_embedder(settings.embedding_model)
    return f"{embedder.model_name}, {len(embedder.query('请假'))} dimensions"


def _model(settings: Settings) -> str:
    models = sorted((ROOT / "models").glob("*.tar.gz"))
    if not models:
        raise GuijuError("dialogue_model_missing", run="make train")
    return models[-1].name


def _engine(settings: Settings) -> str:
    if not RasaDialogue(settings.rasa_url, settings.rasa_timeout_s).is_ready():
        raise GuijuError("dialogue_down", url=settings.rasa_url)
    return settings.rasa_url
