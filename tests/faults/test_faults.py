"""The short form of the fault run; `make faults-dingtalk` is the long one."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import URL

from tests.faults.__main__ import lead
from tests.faults.run import Plan


@pytest.mark.slow
def test_nothing_is_lost_said_twice_or_filed_twice_whatever_fails(empty_database: URL) -> None:
    with TemporaryDirectory(prefix="guiju-") as folder:
        verdict = lead(Plan(messages=80, approvals=8, kills=1), empty_database, Path(folder))

    assert not any(verdict.wrong.values()), verdict.lines()
    assert verdict.figures["kills"] == 1
    assert verdict.figures["acknowledgement p99, ms"] > 0
