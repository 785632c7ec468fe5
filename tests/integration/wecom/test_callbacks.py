"""The callback address on the wire: asked, told, and told again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.adapters.wecom.config import SmartBot
from bot.adapters.wecom.door import WeComDoor
from bot.api.app import create_app
from bot.services.storage import UnitOfWorkFactory
from tests.fakes.desks import Desks
from tests.fakes.wecom.process import StandIn, running
from tests.integration.channels.serving import free_address, serving
from tests.integration.wecom.smart_bot import BOT, LI, ORG, BotOffice, bot_office, until

KEY = "0123456789012345678901234567890123456789abc"
CORP, AGENT = "wwcorp", 1000002
APP = {"corp_id": CORP, "agent_id": AGENT, "secret": "secret", "aes_key": KEY}


@pytest.fixture(scope="module")
def stand_in_process() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def office(engine: Engine, unit_of_work_factory: UnitOfWorkFactory) -> BotOffice:
    office = bot_office("ws://127.0.0.1:1", engine, unit_of_work_factory)
    bot = SmartBot(BOT.id, callback_token="bot-token", aes_key=KEY)
    config = replace(office.receiver.config, callback_token="token", aes_key=KEY, bot=bot)
    return replace(office, receiver=replace(office.receiver, config=config))


@pytest.fixture
def address(office: BotOffice) -> Iterator[str]:
    """Our callback address, served."""
    doors = {("wecom", str(ORG)): WeComDoor(office.receiver)}
    app = create_app(replace(Desks().wiring(), doors=doors))
    with free_address() as (listener, url), serving(app, listener):
        yield f"{url}/channels/wecom/{ORG}"


@pytest.fixture
def stand_in(stand_in_process: StandIn, address: str) -> StandIn:
    stand_in_process.order("reset")
    app = APP | {"callback_url": address, "callback_token": "token"}
    stand_in_process.load(apps=[app], speed=20.0)
    return stand_in_process


def posted(stand_in: StandIn) -> list[dict[str, Any]]:
    """What was told, once all of it is answered."""
    until(lambda: all(each["done"] for each in stand_in.ask("posted")))
    told: list[dict[str, Any]] = stand_in.ask("posted")
    return told


@pytest.mark.parametrize(("token", "owner"), [("token", CORP), ("bot-token", "")])
def test_the_console_is_answered_within_its_second(
    stand_in: StandIn, address: str, token: str, owner: str
) -> None:
    asked = {"url": address, "token": token, "aes_key": KEY, "owner": owner}

    answer = stand_in.order("ask", {"address": asked})

    assert answer == {"status": 200, "text": "1616140317555161061"}


def test_what_is_said_is_acknowledged_once_it_is_stored(
    stand_in: StandIn, office: BotOffice
) -> None:
    stand_in.order("say", {"userid": "staff1", "text": "纪要谁签发"})

    [told] = posted(stand_in)

    assert (told["statuses"], office.texts()) == ([200], ["纪要谁签发"])


def test_what_was_not_stored_is_told_again_and_stored_once(
    stand_in: StandIn, office: BotOffice
) -> None:
    with office.engine.begin() as connection:
        connection.execute(text("ALTER TABLE inbox RENAME TO gone"))
    stand_in.order("say", {"userid": "staff1", "text": "纪要谁签发"})
    until(lambda: stand_in.ask("posted")[0]["statuses"])
    with office.engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO inbox"))

    [told] = posted(stand_in)

    assert (told["statuses"][0], told["statuses"][-1]) == (500, 200)
    assert office.texts() == ["纪要谁签发"]


def test_presses_and_changes_are_taken(stand_in: StandIn, office: BotOffice) -> None:
    pressed = {"userid": "staff1", "task_id": "card1"}
    stand_in.order("press", pressed | {"key": "say:签收"})
    stand_in.order("press", pressed | {"key": "judge:useful"})
    posted(stand_in)

    assert office.texts() == ["签收"]
    assert office.events() == [("useful", ("card1", LI))]


def test_a_bot_is_called(stand_in: StandIn, office: BotOffice, address: str) -> None:
    bot = {"url": address, "token": "bot-token", "aes_key": KEY}
    call = {"address": bot, "bot": BOT.id, "userid": "staff1", "text": "纪要谁签发"}

    stand_in.order("bots/call", call | {"group": "chat1"})
    posted(stand_in)

    assert office.texts() == ["纪要谁签发"]
