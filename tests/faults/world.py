"""What is set up before a fault run: an office with many people, its bot and its form."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from sqlalchemy import URL, create_engine

from bot.adapters.dingtalk.config import CardKind
from bot.adapters.people import load_directory
from bot.adapters.postgres.migrate import migrate
from bot.adapters.postgres.unit_of_work import SqlUnitOfWork
from bot.core.people import Directory, PersonId
from bot.settings import Settings
from knowledge.ingest.documents import read_folder
from tests.fakes.dingtalk.process import StandIn
from tests.integration.dingtalk.conftest import APP_KEY, APP_SECRET, CORP
from tests.integration.dingtalk.offices import ORG, PROCESS, publish_the_form

GROUPS = [f"cid-{n}" for n in range(4)]
PLENTY = 1_000_000  # limits have tests of their own
SPEED = 4  # the platform's seconds in one of ours: told again after 4 s, then every 15 s
FILE = """
dingtalk:
  changle:
    corp_id: {corp}
    app_key: {key}
    app_secret: {{env: SECRET}}
    robot_code: {key}
    api_url: {url}
    oapi_url: {url}
    process_code: {process}
    form:
      key: 规矩编号
      rest: 其他说明
      components: {{类型: 请假类型, 时间: 起止时间, 事由: 请假事由}}
    card_templates: {{{cards}}}
    limits: {{api_per_s: {plenty}, group_per_min: {plenty}, calls_per_month: {plenty}}}
"""


def staff(count: int) -> list[str]:
    """The userids of those who ask."""
    return [f"asker{n}" for n in range(count)]


def people_with(askers: list[str]) -> Directory:
    """The office's directory with more staff."""
    directory = load_directory(Settings.people / f"{ORG}.yml")
    model = next(person for person in directory.people if person.id == f"{ORG}/staff1")
    more = (
        replace(model, id=PersonId(f"{ORG}/{userid}"), name=userid, partner=None)
        for userid in askers
    )
    return replace(directory, people=(*directory.people, *more))


def fill_database(url: URL, directory: Directory) -> None:
    """Tables, people and the office's rules."""
    engine = create_engine(url)
    migrate(engine)
    [edition] = [e for e in read_folder(Settings.documents).editions if e.org == ORG]
    with partial(SqlUnitOfWork, engine)() as uow:
        uow.people.save(directory)
        uow.rules.save(edition)
        uow.commit()
    engine.dispose()


def fill_stand_in(stand_in: StandIn, directory: Directory) -> None:
    """The same people, four groups, the app and the form on the platform."""
    app = {"app_key": APP_KEY, "app_secret": APP_SECRET, "corp_id": CORP, "robot_code": APP_KEY}
    members = [
        {"userid": person.id.removeprefix(f"{ORG}/"), "corp_id": CORP, "name": person.name}
        for person in directory.people
    ]
    groups = [{"id": g, "title": g, "corp_id": CORP, "robots": [APP_KEY]} for g in GROUPS]
    stand_in.load(apps=[app], members=members, groups=groups, robot_limit=PLENTY, api_limit=PLENTY)
    publish_the_form(stand_in)


def environment(stand_in: StandIn, url: URL, folder: Path) -> Mapping[str, str]:
    """What the service is started with."""
    channels = folder / "channels.yml"
    cards = ", ".join(f"{kind}: {kind}.schema" for kind in CardKind)
    written = FILE.format(
        corp=CORP, key=APP_KEY, url=stand_in.url, process=PROCESS, cards=cards, plenty=PLENTY
    )
    channels.write_text(written, encoding="utf-8")
    return os.environ | {
        "PLATFORM": "dingtalk",
        "CHANNELS": str(channels),
        "SECRET": APP_SECRET,
        "DATABASE_URL": url.render_as_string(hide_password=False),
        "GUIJU_VAR": str(folder),
        "GUIJU_INDEX": str(folder / "index"),
        "TICK_S": "2",
        "PLATFORM_SPEED": str(SPEED),
        "RASA_TIMEOUT_S": "15",  # the engine is not on trial here, and the machine may be slow
        "DOTENV": os.devnull,
        "OMP_NUM_THREADS": "1",
    }
