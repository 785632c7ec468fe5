from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import ConfigurationError
from bot.settings import Settings, read_settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings()


def test_the_index_lies_under_var_unless_it_is_shared() -> None:
    assert read_settings({"GUIJU_VAR": "/srv/guiju"}).index == Path("/srv/guiju/index")
    assert read_settings({"GUIJU_INDEX": "/srv/index"}).index == Path("/srv/index")


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PORT", "eighty"), ("PORT", "0"), ("PORT", "70000"), ("TICK_S", "soon"), ("PORT", "80.5")],
)
def test_a_value_that_cannot_be_used_is_named_and_not_shown(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        read_settings({variable: value})

    assert error.value.details["variable"] == variable
    assert value not in str(error.value)


def test_the_database_url_never_shows() -> None:
    settings = read_settings({"DATABASE_URL": "postgresql://guiju:secret@db/guiju"})

    assert "secret" not in repr(settings)


def test_an_unknown_platform_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="platform_unknown"):
        read_settings({"PLATFORM": "icq"})
