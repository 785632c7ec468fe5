from __future__ import annotations

import pytest

from tests.unit.actions.scene import Scene


@pytest.fixture
def scene() -> Scene:
    return Scene()
