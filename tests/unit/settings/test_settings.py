from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot.core.errors import ConfigurationError
from bot.settings import ROOT, Settings, read_settings, with_dotenv


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings()


def test_the_index_lies_under_var_unless_it_is_shared() -> None:
    assert read_settings({"GUIJU_VAR": "/srv/guiju"}).index == Path("/srv/guiju/index")
    assert read_settings({"GUIJU_INDEX": "/srv/index"}).index == Path("/srv/index")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("TICK_S", "soon"),
        ("PORT", "80.5"),
        ("PLATFORM_SPEED", "0"),
    ],
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


def test_rasa_is_looked_for_at_its_port_unless_its_url_is_set() -> None:
    assert read_settings({"RASA_PORT": "5006"}).rasa_url == "http://127.0.0.1:5006"
    assert read_settings({"RASA_PORT": "5006", "RASA_URL": "http://rasa"}).rasa_url == "http://rasa"


DOTENV = """
# PORT=1
not a setting
PORT=8001
PORT=8002\r
HOST = 10.0.0.1
  TICK_S="5"
GUIJU_VAR='/srv/gui ju'
DATABASE_URL=postgresql://guiju:a$b&c#d"e@db/guiju?x=1
PLATFORM="""


def test_the_settings_file_gives_way_to_the_environment(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(DOTENV)

    environ = with_dotenv({"DOTENV": str(dotenv), "TICK_S": "7"})

    assert environ == {
        "DOTENV": str(dotenv),
        "PORT": "8002",
        "TICK_S": "7",
        "GUIJU_VAR": "/srv/gui ju",
        "DATABASE_URL": 'postgresql://guiju:a$b&c#d"e@db/guiju?x=1',
        "PLATFORM": "",
    }


def test_the_scripts_read_the_settings_file_alike(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(DOTENV)
    given = {"DOTENV": str(dotenv), "TICK_S": "7", "PATH": "/usr/bin:/bin"}

    printed = subprocess.check_output(
        ["bash", "-c", ". scripts/environment.sh && env -0"], cwd=ROOT, env=given, text=True
    )

    exported = dict(line.split("=", 1) for line in printed.rstrip("\0").split("\0"))
    assert with_dotenv(given).items() <= exported.items()


def test_without_a_settings_file_the_environment_stands_alone(tmp_path: Path) -> None:
    given = {"DOTENV": str(tmp_path / "absent"), "PORT": "8003"}

    assert with_dotenv(given) == given
