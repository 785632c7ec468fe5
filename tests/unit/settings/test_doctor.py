from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.doctor import calendars_in_force
from bot.core.errors import ConfigurationError
from bot.settings import Settings

SETTINGS = Settings()


def test_the_calendars_in_force_are_listed(tmp_path: Path) -> None:
    (tmp_path / "changle.yml").write_text(
        "- source: 乐政办字〔2026〕12号\n  holidays: [2026-12-24]\n  working_days: [2026-12-26]\n"
        "- source: 国办发明电〔2026〕9号\n  whole_years: [2027]\n",
        encoding="utf-8",
    )

    words = calendars_in_force(replace(SETTINGS, calendars=tmp_path))

    assert words.startswith("published 2004-20")
    assert words.endswith("; changle: off 2026-12-24, worked 2026-12-26, in full 2027")


def test_offices_without_days_of_their_own_are_told_of(tmp_path: Path) -> None:
    words = calendars_in_force(replace(SETTINGS, calendars=tmp_path / "none"))

    assert words.endswith("no office has days of its own")


def test_a_calendar_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "changle.yml").write_text("holidays: [2026-12-24]\n", encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"changle\.yml"):
        calendars_in_force(replace(SETTINGS, calendars=tmp_path))
