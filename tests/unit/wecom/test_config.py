"""Which office has which app and smart bot in WeCom."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.wecom.config import WeComConfig, read_wecom
from bot.core.errors import ConfigurationError

ENVIRON = {"SECRET": "s3cret", "BOT": "b0t", "ROBOT": "r0bot"}
OFFICE = """
  changle:
    corp_id: corp
    agent_id: 1000002
    app_secret: {env: SECRET}
    bot: {id: aib1, secret: {env: BOT}}
    robot_keys: {督查群: {env: ROBOT}}
"""


def read(folder: Path, *offices: str) -> tuple[WeComConfig, ...]:
    path = folder / "channels.yml"
    path.write_text("wecom:" + "".join(offices), encoding="utf-8")
    return read_wecom(path, ENVIRON)


def test_secrets_within_an_office_come_from_the_environment_and_never_show(tmp_path: Path) -> None:
    [config] = read(tmp_path, OFFICE)

    assert config.bot is not None
    assert (config.app_secret, config.bot.secret) == ("s3cret", "b0t")
    assert config.robot_keys == {"督查群": "r0bot"}
    assert not any(secret in repr(config) for secret in ENVIRON.values())


@pytest.mark.parametrize("name", ["BOT", "ROBOT"])
def test_a_nested_secret_in_the_file_itself_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="channel_secret_in_file"):
        read(tmp_path, OFFICE.replace(f"{{env: {name}}}", "written"))


def test_two_offices_of_one_company_have_an_app_each(tmp_path: Path) -> None:
    other = OFFICE.replace("changle", "yunyang").replace("1000002", "1000003")
    other = other.replace("aib1", "aib2")

    assert [config.agent_id for config in read(tmp_path, OFFICE, other)] == [1000002, 1000003]


@pytest.mark.parametrize("kept", ["1000002", "aib1"])
def test_two_offices_with_one_app_or_bot_are_refused(kept: str, tmp_path: Path) -> None:
    changed = {"1000002": "1000003", "aib1": "aib2"}
    other = OFFICE.replace("changle", "yunyang")
    for old, new in changed.items():
        other = other if old == kept else other.replace(old, new)

    with pytest.raises(ConfigurationError, match="channel_bot_twice"):
        read(tmp_path, OFFICE, other)


@pytest.mark.parametrize("field", ["callback_token", "aes_key"])
def test_callbacks_need_both_token_and_key(field: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        read(tmp_path, OFFICE + f"    {field}: {{env: SECRET}}\n")

    assert str(error.value.details["where"]).endswith("callback_token")
