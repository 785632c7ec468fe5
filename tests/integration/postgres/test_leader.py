from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import URL, Engine, text

from bot.adapters.postgres.leader import Leader

TAKE_OVER_S = 3.0
HOLD = """
import sys, time
from sqlalchemy import make_url
from bot.adapters.postgres.leader import Leader
leader = Leader(make_url(sys.argv[1]))
print(leader.leads("dingtalk:changle"), flush=True)
time.sleep(60)
"""


@pytest.fixture
def url(engine: Engine) -> URL:
    return engine.url


@pytest.fixture
def leader(url: URL) -> Iterator[Leader]:
    leader = Leader(url)
    yield leader
    leader.close()


@pytest.fixture
def other(url: URL) -> Iterator[Leader]:
    leader = Leader(url)
    yield leader
    leader.close()


def test_one_leads_and_goes_on_leading(leader: Leader, other: Leader) -> None:
    assert leader.leads("bot")

    assert [other.leads("bot"), leader.leads("bot"), other.leads("bot")] == [False, True, False]


def test_different_bots_may_have_different_leaders(leader: Leader, other: Leader) -> None:
    assert leader.leads("one")

    assert other.leads("two")


def test_who_gives_up_is_followed_at_once(leader: Leader, other: Leader) -> None:
    assert leader.leads("bot")

    leader.close()

    assert other.leads("bot")
    assert not leader.leads("bot")


def test_who_loses_the_connection_leads_no_more_until_it_is_back(
    leader: Leader, engine: Engine
) -> None:
    assert leader.leads("bot")
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'guiju leader'"
            )
        )

    assert [leader.leads("bot"), leader.leads("bot")] == [False, True]


def test_a_process_that_is_killed_is_followed_within_seconds(leader: Leader, url: URL) -> None:
    address = url.render_as_string(hide_password=False)
    process = subprocess.Popen([sys.executable, "-c", HOLD, address], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"True\n"
    assert not leader.leads("dingtalk:changle")

    process.kill()
    killed_at = time.monotonic()
    while not leader.leads("dingtalk:changle"):
        assert time.monotonic() - killed_at < TAKE_OVER_S
        time.sleep(0.05)

    process.stdout.close()
    process.wait()
