"""A stand-in for the tests over the wire: one process for all, emptied for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.wecom.process import StandIn, running
from tests.integration.wecom.offices import APP, CORP, GROUP, ROBOT_KEY


@pytest.fixture(scope="session")
def stand_in_process() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def stand_in(stand_in_process: StandIn) -> StandIn:
    """An office with its app, some people and a group robot; nothing was said yet."""
    stand_in_process.order("reset")
    posts = ("head", "deputy1", "office_director", "office_deputy", "section_chief")
    people = (*posts, "staff1", "supervisor1")
    members = [{"userid": post, "corp_id": CORP, "name": post} for post in people]
    stand_in_process.load(apps=[APP], members=members, robots={ROBOT_KEY: GROUP})
    return stand_in_process
