from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.rules import Edition
from knowledge.ingest.documents import read_folder

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def published() -> dict[str, Edition]:
    """The five offices' documents by office."""
    ingested = read_folder(ROOT / "knowledge" / "documents")
    return {edition.org: edition for edition in ingested.editions}
