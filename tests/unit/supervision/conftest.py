from __future__ import annotations

import pytest

from tests.unit.supervision.stage import Stage


@pytest.fixture
def stage() -> Stage:
    """Monday, 23 November 2026, 09:00, nothing registered."""
    return Stage()
