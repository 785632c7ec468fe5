"""The smart bot's connection on the wire: heard, answered, ended and opened again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from bot.adapters.wecom.config import SmartBot
from bot.adapters.wecom.voice import BotLinks
from bot.core.errors import NotYetError, OutsideServiceError
from bot.core.messages import Message, Push
from bot.services.storage import UnitOfWorkFactory
from tests.integration.wecom.smart_bot import (
    BOT,
    LI,
    ORG,
    BotOffice,
    Gateway,
    bot_office,
    running_gateway,
    until,
)

Begin = Callable[..., BotLinks]


@contextmanager
def without_inbox(engine: Engine) -> Iterator[None]:
    """Nothing can be stored for a while."""
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE inbox RENAME TO gone"))
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE gone RENAME TO inbox"))


@pytest.fixture(scope="module")
def gateway_running() -> Iterator[Gateway]:
    with running_gateway() as gateway:
        yield gateway


@pytest.fixture
def gateway(gateway_running: Gateway) -> Gateway:
    gateway_running.order("load", {BOT.id: BOT.secret})
    return gateway_running


@pytest.fixture
def office(gateway: Gateway, engine: Engine, unit_of_work_factory: UnitOfWorkFactory) -> BotOffice:
    return bot_office(gateway.url, engine, unit_of_work_factory)


@pytest.fixture
def begin(office: BotOffice) -> Iterator[Begin]:
    """Begin to listen; what was begun ends with the test."""
    with ExitStack() as begun:

        def start(bot: SmartBot = BOT) -> BotLinks:
            links = office.links(bot)
            links.start()
            begun.callback(links.stop)
            return links

        yield start


@pytest.fixture
def links(begin: Begin) -> BotLinks:
    links = begin()
    until(lambda: links.open_links() == {ORG: True})
    return links


def test_a_message_is_stored_and_shown_to_be_heard(
    links: BotLinks, gateway: Gateway, office: BotOffice
) -> None:
    gateway.say("纪要谁签发", group="chat1")

    until(gateway.shown)

    [opening] = gateway.shown()
    assert office.texts() == ["纪要谁签发"]
    assert (opening["chat"], opening["content"], opening["finished"]) == ("chat1", "正在查", False)


def test_the_answer_takes_the_place_of_the_opening(
    links: BotLinks, gateway: Gateway, office: BotOffice
) -> None:
    gateway.say("纪要谁签发", group="chat1")
    until(gateway.shown)
    first, second = office.replies("县长签发", "还有别的吗")

    for push in (first, second):
        office.voice(links).say(push, again=False)

    answer, after = gateway.shown()
    assert (answer["content"], answer["finished"]) == ("<@staff1> 县长签发", True)
    assert (after["chat"], after["content"], after["call"]) == ("chat1", "还有别的吗", "")


def test_a_direct_question_is_answered_where_it_was_asked(
    links: BotLinks, gateway: Gateway, office: BotOffice
) -> None:
    gateway.say("纪要谁签发")
    until(gateway.shown)
    [push] = office.replies("县长签发")
    voice = office.voice(links)

    assert voice.takes(push)
    voice.say(push, again=False)

    [answer] = gateway.shown()
    assert (answer["chat"], answer["content"]) == ("staff1", "县长签发")


def test_what_nobody_asked_the_bot_is_not_its_to_say(links: BotLinks, office: BotOffice) -> None:
    push = Push("reminder:1", ORG, LI, Message("明天到期"))

    assert not office.voice(links).takes(push)
    assert office.voice(links).takes(replace(push, to="chat1"))


def test_a_judgement_names_the_answer(links: BotLinks, gateway: Gateway, office: BotOffice) -> None:
    gateway.say("纪要谁签发")
    until(gateway.shown)
    [push] = office.replies("县长签发")
    office.voice(links).say(push, again=False)
    [answer] = gateway.shown()

    judged = {"id": answer["feedback"], "type": 2}
    gateway.order(
        "happen", {"bot": BOT.id, "userid": "staff1", "event": "feedback_event", "told": judged}
    )

    until(office.events)
    assert office.events() == [("useless", (office.voice(links).wording.card(push), LI))]


def test_a_call_told_twice_is_stored_once(
    links: BotLinks, gateway: Gateway, office: BotOffice
) -> None:
    for _ in range(3):
        gateway.say("纪要谁签发", fields={"msgid": "the-same"})
    gateway.say("提前几天请假")

    until(lambda: len(office.texts()) == 2)

    assert office.texts() == ["纪要谁签发", "提前几天请假"]
    until(lambda: len(gateway.shown()) == 2)


def test_what_cannot_be_stored_at_once_is_stored_later(
    links: BotLinks, gateway: Gateway, office: BotOffice
) -> None:
    with without_inbox(office.engine):
        gateway.say("纪要谁签发")
        time.sleep(0.2)

    until(lambda: office.texts() == ["纪要谁签发"])


def test_what_cannot_be_stored_at_all_is_said_so(
    links: BotLinks, gateway: Gateway, office: BotOffice
) -> None:
    with without_inbox(office.engine):
        gateway.say("纪要谁签发")
        until(gateway.shown)

    assert gateway.shown()[0]["content"] == "请稍后再发"


@pytest.mark.parametrize("how", ["close", "abort", "deaf"])
def test_a_link_is_opened_again_however_it_ended(
    links: BotLinks, gateway: Gateway, office: BotOffice, how: str
) -> None:
    before = gateway.links()["opened"]

    gateway.end(how)

    assert until(lambda: gateway.links()["opened"] > before) < 5
    until(lambda: links.open_links() == {ORG: True})
    gateway.say("纪要谁签发")
    until(lambda: office.texts() == ["纪要谁签发"])


def test_an_answer_outlives_the_link_it_was_asked_on(
    links: BotLinks, gateway: Gateway, office: BotOffice
) -> None:
    gateway.say("纪要谁签发", group="chat1")
    until(gateway.shown)
    opened = gateway.links()["opened"]
    gateway.end("close")
    until(lambda: gateway.links()["opened"] > opened and links.open_links() == {ORG: True})
    [push] = office.replies("县长签发")

    office.voice(links).say(push, again=False)

    assert gateway.shown()[-1]["content"] == "<@staff1> 县长签发"


def test_a_bot_whose_place_was_taken_waits(links: BotLinks, gateway: Gateway) -> None:
    before = gateway.links()["opened"]

    gateway.end("displaced")

    assert until(lambda: gateway.links()["opened"] > before) > 0.4


def test_a_quiet_link_is_kept_by_its_pings(links: BotLinks, gateway: Gateway) -> None:
    opened = gateway.links()["opened"]

    until(lambda: gateway.links()["pings"].get(BOT.id, 0) >= 4)

    assert gateway.links()["opened"] == opened


def test_of_two_processes_one_has_the_link_and_the_other_follows(
    begin: Begin, gateway: Gateway, office: BotOffice
) -> None:
    first = begin()
    until(lambda: first.open_links() == {ORG: True})
    second = begin()
    gateway.say("纪要谁签发")
    until(gateway.shown)
    [push] = office.replies("县长签发")

    with pytest.raises(NotYetError):
        office.voice(second).say(push, again=False)
    first.stop()

    assert until(lambda: second.open_links() == {ORG: True}) < 3
    office.voice(second).say(push, again=False)
    assert gateway.shown()[-1]["content"] == "县长签发"
    assert gateway.links()["opened"] == 2


def test_a_wrong_secret_opens_no_link(begin: Begin, gateway: Gateway, office: BotOffice) -> None:
    links = begin(SmartBot(BOT.id, "wrong"))

    with pytest.raises(AssertionError, match="did not come true"):
        until(lambda: links.open_links() == {ORG: True}, timeout_s=1.0)


@pytest.mark.parametrize(("code", "error"), [(45009, NotYetError), (40058, OutsideServiceError)])
def test_what_wecom_does_not_take_is_not_said(
    links: BotLinks, gateway: Gateway, office: BotOffice, code: int, error: type[Exception]
) -> None:
    gateway.say("纪要谁签发")
    until(gateway.shown)
    gateway.order("errors", [code])
    [push] = office.replies("县长签发")

    with pytest.raises(error):
        office.voice(links).say(push, again=False)
    office.voice(links).say(push, again=False)

    [answer] = gateway.shown()
    assert (answer["content"], answer["finished"]) == ("县长签发", True)


@pytest.mark.parametrize("code", [846605, 846608])
def test_an_answer_that_comes_too_late_is_pushed(
    links: BotLinks, gateway: Gateway, office: BotOffice, code: int
) -> None:
    gateway.say("纪要谁签发")
    until(gateway.shown)
    gateway.order("errors", [code])
    [push] = office.replies("县长签发")

    office.voice(links).say(push, again=False)

    assert gateway.shown()[-1]["content"] == "县长签发"
    assert len(gateway.shown()) == 2


def test_what_is_too_much_for_a_chat_waits(
    links: BotLinks, gateway: Gateway, office: BotOffice
) -> None:
    gateway.say("纪要谁签发", group="chat1")
    until(gateway.shown)
    push, voice = Push("digest:1", ORG, "chat1", Message("今日督办")), office.voice(links)
    for _ in range(30):
        voice.say(push, again=False)

    with pytest.raises(NotYetError) as waits:
        voice.say(push, again=False)

    assert 30 < waits.value.after_s <= 60
    assert len(gateway.shown()) == 31
