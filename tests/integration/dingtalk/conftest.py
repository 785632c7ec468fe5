"""A stand-in for the tests over the wire: one process for all, emptied for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.adapters.dingtalk.config import DingTalkConfig
from tests.contract.samples import ORG
from tests.fakes.dingtalk.process import StandIn, running

CORP, APP_KEY, APP_SECRET = "corp-changle", "key-changle", "secret-changle"
GROUP = "cid-office"
APP = {
    "app_key": APP_KEY,
    "app_secret": APP_SECRET,
    "corp_id": CORP,
    "robot_code": APP_KEY,
    "callback_token": "token-changle",
    "aes_key": "0123456789012345678901234567890123456789abc",
}


@pytest.fixture(scope="session")
def stand_in_process() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def stand_in(stand_in_process: StandIn) -> StandIn:
    """An office with its app, some people and a group; nothing was said yet."""
    stand_in_process.order("reset")
    posts = ("head", "deputy1", "office_director", "section_chief", "staff1", "supervisor1")
    members = [{"userid": post, "corp_id": CORP, "name": post} for post in posts]
    group = {"id": GROUP, "title": "办公室", "corp_id": CORP, "robots": [APP_KEY]}
    stand_in_process.load(apps=[APP], members=members, groups=[group])
    return stand_in_process


def config_for(stand_in: StandIn, **changes: Any) -> DingTalkConfig:
    """The office's configuration, pointing at the stand-in."""
    urls = {
        "api_url": stand_in.url,
        "oapi_url": stand_in.url,
        "public_url": "https://guiju.example",
    }
    given = {"org": ORG, "corp_id": CORP, "app_key": APP_KEY, "app_secret": APP_SECRET}
    return DingTalkConfig(**(given | {"robot_code": APP_KEY} | urls | changes))
