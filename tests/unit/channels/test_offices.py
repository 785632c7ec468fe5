"""Reading which office has which bot."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.dingtalk.config import DingTalkConfig, Mode, read_dingtalk
from bot.core.errors import ConfigurationError
from bot.settings import ROOT

ENVIRON = {"SECRET": "s3cret", "TOKEN": "t0ken", "KEY": "a3skey"}
OFFICE = """
dingtalk:
  changle:
    corp_id: corp
    app_key: key
    app_secret: {env: SECRET}
    robot_code: key
"""


def read(folder: Path, text: str, environ: dict[str, str] = ENVIRON) -> tuple[DingTalkConfig, ...]:
    path = folder / "channels.yml"
    path.write_text(text, encoding="utf-8")
    return read_dingtalk(path, environ)


def test_a_secret_comes_from_the_environment_and_never_shows(tmp_path: Path) -> None:
    [config] = read(tmp_path, OFFICE)

    assert config.app_secret == "s3cret"
    assert "s3cret" not in repr(config)


def test_a_secret_in_the_file_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="channel_secret_in_file") as error:
        read(tmp_path, OFFICE.replace("{env: SECRET}", "s3cret"))

    assert "s3cret" not in str(error.value)


def test_a_secret_that_is_not_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="channel_secret_missing") as error:
        read(tmp_path, OFFICE, {})

    assert error.value.details["variable"] == "SECRET"


def test_a_field_that_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        read(tmp_path, OFFICE + "    robotcode: key\n")

    assert error.value.details["where"] == "dingtalk.changle.robotcode"


def test_a_value_that_cannot_be_used_is_named_and_not_shown(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        read(tmp_path, OFFICE + "    mode: carrier-pigeon\n")

    assert error.value.details["where"] == "dingtalk.changle.mode"
    assert "pigeon" not in str(error.value)


@pytest.mark.parametrize(
    "text", ["", "wecom: {}", "dingtalk: []", "dingtalk: {changle: 1}", "a: ["]
)
def test_a_file_without_offices_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigurationError, match="channels_invalid"):
        read(tmp_path, text)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="channels_missing"):
        read_dingtalk(tmp_path / "none.yml", ENVIRON)


def test_callbacks_need_token_and_key(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="callback_token"):
        read(tmp_path, OFFICE + "    mode: http\n")

    secrets = "    callback_token: {env: TOKEN}\n    aes_key: {env: KEY}\n"
    [config] = read(tmp_path, OFFICE + "    mode: http\n" + secrets)
    assert (config.mode, config.aes_key) == (Mode.HTTP, "a3skey")


def test_two_offices_with_one_bot_are_refused(tmp_path: Path) -> None:
    second = OFFICE.replace("dingtalk:\n", "").replace("changle", "yunyang")

    with pytest.raises(ConfigurationError, match="channel_bot_twice"):
        read(tmp_path, OFFICE + second)


def test_people_and_groups_are_told_apart(tmp_path: Path) -> None:
    [config] = read(tmp_path, OFFICE)

    assert config.userid("changle/manager1") == "manager1"
    assert config.userid("cidAbC/d==") is None
    assert config.person("manager1") == "changle/manager1"


def test_the_example_can_be_read() -> None:
    example = ROOT / "deploy" / "channels.example.yml"

    [config] = read_dingtalk(example, {"DINGTALK_CHANGLE_SECRET": "s"})

    assert config.form is not None
    assert config.form.key == "规矩编号"
