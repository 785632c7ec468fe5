from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.core.people import OrgId
from knowledge.ingest.documents import read_document

SHARED = Path(os.environ.get("GUIJU_SHARED", Path(__file__).parents[4] / "shared"))
LAWS = sorted((SHARED / "documents" / "national").glob("*.md"))


@pytest.mark.skipif(not LAWS, reason="the national laws are not beside the repository")
def test_every_article_of_the_national_laws_is_found() -> None:
    for path in LAWS:
        edition = read_document(path, OrgId("national"))

        marked = re.findall(r"(?m)^第[一二三四五六七八九十百零]+条\s", edition.text)
        assert [a.ordinal for a in edition.articles] == list(range(1, len(marked) + 1))
        assert edition.effective_day is not None
        assert edition.title.endswith(path.name.split("(")[0])
        assert all(edition.text[a.start :].startswith(a.text) for a in edition.articles)
