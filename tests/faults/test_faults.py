"""The short form of the fault run; `make faults-dingtalk` and `faults-wecom` are the long ones."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import URL

from tests.faults.__main__ import SIDES, lead
from tests.faults.run import Plan


@pytest.mark.slow
@pytest.mark.parametrize("platform", SIDES)
def test_nothing_is_lost_said_twice_or_filed_twice_whatever_fails(
    platform: str, empty_database: URL
) -> None:
    plan = Plan(messages=80, approvals=8, kills=1)

    with TemporaryDirectory(prefix="guiju-") as folder:
        verdict = lead(plan, empty_database, Path(folder), platform)

    assert not any(verdict.wrong.values()), verdict.lines()
    assert verdict.figures["kills"] == 1
    assert verdict.figures["acknowledgement p99, ms"] > 0
