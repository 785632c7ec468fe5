"""The official client on the wire: links, frames, acknowledgements, and what goes wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.adapters.dingtalk.stream import DingTalkStreams, StreamPace
from bot.adapters.postgres.leader import Leader
from bot.services.storage import UnitOfWorkFactory
from tests.fakes.dingtalk.process import StandIn
from tests.integration.dingtalk.conftest import CORP, GROUP
from tests.integration.dingtalk.offices import ORG, config_of
from tests.integration.dingtalk.receiving import Receiving, receiving, until

SECONDS = 10.0  # mostly two, on a machine with nothing else to do
PACE = StreamPace(lead_s=0.2, idle_s=30.0, open_s=5.0)


@pytest.fixture
def bot(stand_in: StandIn, engine: Engine, unit_of_work_factory: UnitOfWorkFactory) -> Receiving:
    return receiving(config_of(stand_in), engine, unit_of_work_factory)


@pytest.fixture
def begin(bot: Receiving, stand_in: StandIn) -> Iterator[Callable[..., DingTalkStreams]]:
    """Begin to receive; what was begun ends with the test."""
    with ExitStack() as begun:

        def start(pace: StreamPace = PACE) -> DingTalkStreams:
            streams = DingTalkStreams([bot.receiver], Leader(bot.engine.url), pace)
            streams.start()
            begun.callback(streams.stop)
            return streams

        yield start
        stand_in.load(speed=1.0)


@pytest.fixture
def streams(begin: Callable[..., DingTalkStreams]) -> DingTalkStreams:
    streams = begin()
    until(lambda: streams.open_links() == {ORG: True})
    return streams


def say(stand_in: StandIn, text: str, **more: Any) -> str:
    """Have somebody talk; the id of the message."""
    message: str = stand_in.order("say", {"userid": "staff1", "text": text} | more)["msgId"]
    return message


def deliveries(stand_in: StandIn) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = stand_in.ask("deliveries")
    return told


def acknowledged(stand_in: StandIn) -> list[bool]:
    return [each["acknowledged"] for each in deliveries(stand_in)]


def test_a_message_is_stored_and_then_acknowledged(
    streams: DingTalkStreams, stand_in: StandIn, bot: Receiving
) -> None:
    say(stand_in, "纪要谁签发", group=GROUP)
    say(stand_in, "提前几天请假")

    until(lambda: acknowledged(stand_in) == [True, True])

    assert sorted(bot.texts()) == ["提前几天请假", "纪要谁签发"]
    assert len(bot.notices) == 2


def test_the_same_message_five_times_at_once_is_stored_once(
    streams: DingTalkStreams, stand_in: StandIn, bot: Receiving
) -> None:
    for _ in range(5):
        say(stand_in, "纪要谁签发", fields={"msgId": "the-same"})

    until(lambda: acknowledged(stand_in) == [True] * 5)

    assert bot.texts() == ["纪要谁签发"]


def test_what_cannot_be_stored_is_not_acknowledged_and_comes_again(
    streams: DingTalkStreams, stand_in: StandIn, bot: Receiving
) -> None:
    stand_in.load(speed=16.0)  # 16 seconds in one
    bot.database.is_down = True
    say(stand_in, "纪要谁签发")
    until(lambda: [each["pushed"] for each in deliveries(stand_in)] == [2])
    before = acknowledged(stand_in)

    bot.database.is_down = False
    until(lambda: acknowledged(stand_in) == [True])

    assert (before, bot.texts()) == ([False], ["纪要谁签发"])


def test_an_event_that_cannot_be_stored_is_asked_for_again_later(
    streams: DingTalkStreams, stand_in: StandIn, bot: Receiving
) -> None:
    stand_in.load(speed=16.0)
    bot.database.is_down = True
    left = {"corp_id": CORP, "name": "user_leave_org", "data": {"userId": ["x"]}}
    stand_in.order("events", left)
    until(lambda: [each["refused"] for each in deliveries(stand_in)] == [1])

    bot.database.is_down = False
    until(lambda: acknowledged(stand_in) == [True])

    assert bot.events() == [("user_leave_org", ("x",))]


def test_events_and_presses_are_stored_before_they_are_acknowledged(
    streams: DingTalkStreams, stand_in: StandIn, bot: Receiving
) -> None:
    stand_in.order("events", {"corp_id": CORP, "name": "user_leave_org", "data": {"userId": ["x"]}})
    stand_in.order("events", {"corp_id": CORP, "name": "check_in", "data": {}})
    stand_in.order("press", {"userid": "staff1", "outTrackId": "c1", "params": {"say": "签收"}})
    stand_in.order("press", {"userid": "staff1", "outTrackId": "c1", "params": {"judge": "useful"}})

    until(lambda: acknowledged(stand_in) == [True] * 4)

    assert bot.texts() == ["签收"]
    assert sorted(bot.events()) == [
        ("useful", ("c1", f"{ORG}/staff1")),
        ("user_leave_org", ("x",)),
    ]


def test_an_announced_end_of_the_link_costs_nothing(
    streams: DingTalkStreams, stand_in: StandIn, bot: Receiving
) -> None:
    before = stand_in.ask("links")["opened"]
    stand_in.order("links/end", {"how": "announced"})
    until(lambda: stand_in.ask("links")["opened"] > before)
    for number in range(20):
        say(stand_in, f"问题{number}")

    until(lambda: acknowledged(stand_in) == [True] * 20)

    assert [each["pushed"] for each in deliveries(stand_in)] == [1] * 20
    assert len(bot.texts()) == 20
    until(lambda: len(stand_in.ask("links")["open"]) == 1)


@pytest.mark.parametrize("how", ["close", "abort"])
def test_a_lost_link_is_opened_again_within_seconds(
    streams: DingTalkStreams, stand_in: StandIn, how: str
) -> None:
    before = stand_in.ask("links")["opened"]

    stand_in.order("links/end", {"how": how})

    assert until(lambda: stand_in.ask("links")["opened"] > before) < SECONDS
    until(lambda: streams.open_links() == {ORG: True})


def test_a_link_that_went_deaf_is_replaced(
    begin: Callable[..., DingTalkStreams], stand_in: StandIn, bot: Receiving
) -> None:
    streams = begin(StreamPace(lead_s=0.1, idle_s=1.0, open_s=5.0))
    until(lambda: streams.open_links() == {ORG: True})
    stand_in.order("links/end", {"how": "deaf"})

    until(lambda: [each["deaf"] for each in stand_in.ask("links")["open"]] == [False])
    say(stand_in, "纪要谁签发")

    until(lambda: bot.texts() == ["纪要谁签发"])


def test_pings_keep_a_quiet_link(begin: Callable[..., DingTalkStreams], stand_in: StandIn) -> None:
    stand_in.load(speed=100.0)  # a ping every 0.3 seconds
    streams = begin(StreamPace(lead_s=0.1, idle_s=1.0, open_s=5.0))
    until(lambda: streams.open_links() == {ORG: True})
    opened = stand_in.ask("links")["opened"]

    with pytest.raises(AssertionError, match="did not come true"):
        until(lambda: stand_in.ask("links")["opened"] > opened, timeout_s=2.5)


def test_of_two_processes_one_has_the_link_and_the_other_follows(
    begin: Callable[..., DingTalkStreams], stand_in: StandIn
) -> None:
    first = begin()
    until(lambda: first.open_links() == {ORG: True})
    second = begin()
    with pytest.raises(AssertionError, match="did not come true"):
        until(lambda: len(stand_in.ask("links")["open"]) > 1, timeout_s=1.0)

    first.stop()

    assert until(lambda: second.open_links() == {ORG: True}) < SECONDS


def test_a_killed_process_is_followed_within_seconds_and_nothing_is_lost(
    begin: Callable[..., DingTalkStreams], stand_in: StandIn, bot: Receiving
) -> None:
    stand_in.load(speed=8.0)  # told again after two seconds
    address = bot.engine.url.render_as_string(hide_password=False)
    module = "tests.integration.dingtalk.other_process"
    process = subprocess.Popen([sys.executable, "-m", module, address, stand_in.url])
    until(lambda: len(stand_in.ask("links")["open"]) == 1, timeout_s=30)
    streams = begin()
    for number in range(5):
        say(stand_in, f"此前{number}")

    process.kill()
    for number in range(5):
        say(stand_in, f"此后{number}")

    assert until(lambda: streams.open_links() == {ORG: True}) < SECONDS
    until(lambda: acknowledged(stand_in) == [True] * 10, timeout_s=20)
    assert len(bot.texts()) == len(set(bot.texts())) == 10
    process.wait()


@pytest.mark.parametrize(
    "fields",
    [
        {"msgId": 7},
        {"senderCorpId": "dingother"},
        {"chatbotCorpId": "dingother"},
        {"isInAtList": False},
        {"senderStaffId": None},
        {"text": {"content": "字" * 2**20}},
    ],
)
def test_what_is_refused_is_acknowledged_and_leads_to_nothing(
    streams: DingTalkStreams, stand_in: StandIn, bot: Receiving, fields: dict[str, Any]
) -> None:
    say(stand_in, "纪要谁签发", group=GROUP, fields=fields)

    until(lambda: acknowledged(stand_in) == [True])

    assert bot.texts() == []
