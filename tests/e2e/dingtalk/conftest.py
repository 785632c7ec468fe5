"""Two offices on DingTalk: Changle's bot has a Stream link, Shuangtaizi's is called by HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.people import load_directory
from bot.cli.installation import Installation, private_installation
from bot.settings import Settings
from tests.e2e.conftest import INDEX
from tests.e2e.dingtalk.scene import OFFICES, Scene, userid
from tests.fakes.dingtalk.process import StandIn, running

FILE = """
dingtalk:
  changle: {{corp_id: corp-changle, app_key: key-changle, app_secret: {{env: SECRET_ONE}},
    robot_code: key-changle, api_url: {url}, oapi_url: {url}, process_code: PROC-LEAVE,
    form: {form}}}
  shuangtaizi: {{corp_id: corp-shuangtaizi, app_key: key-shuangtaizi, robot_code: key-shuangtaizi,
    app_secret: {{env: SECRET_TWO}}, mode: http, callback_token: {{env: TOKEN_TWO}},
    aes_key: {{env: KEY_TWO}}, api_url: {url}, oapi_url: {url}, process_code: PROC-LEAVE,
    form: {form}}}
"""
COMPONENTS = "{类型: 请假类型, 时间: 起止时间, 事由: 请假事由}"
FORM = f"{{key: 规矩编号, rest: 其他说明, components: {COMPONENTS}}}"
KEY = "0123456789012345678901234567890123456789abc"
_IDS = re.compile(r"(?<=[{ ])(id(?!: (?:changle|shuangtaizi))|leader|partner|head): (\w+)")
SECRETS = {"SECRET_ONE": "one", "SECRET_TWO": "two", "TOKEN_TWO": "token", "KEY_TWO": KEY}


@pytest.fixture(scope="package")
def stand_in() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


@pytest.fixture(scope="package")
def installation(
    stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """An installation that knows the demo's people by their ids on the platform."""
    folder = tmp_path_factory.mktemp("dingtalk")
    (folder / "channels.yml").write_text(FILE.format(url=stand_in.url, form=FORM), encoding="utf-8")
    people = folder / "people"
    people.mkdir()
    for org in OFFICES:
        _write_people(people, org)
    more = {
        "PLATFORM": "dingtalk",
        "CHANNELS": str(folder / "channels.yml"),
        "GUIJU_PEOPLE": str(people),
    }
    _load(stand_in, people, "changle", "one")
    with private_installation(INDEX, more | SECRETS) as running_now:
        _load(
            stand_in,
            people,
            "shuangtaizi",
            "two",
            callback_url=f"{running_now.url}/channels/dingtalk/shuangtaizi",
            callback_token="token",
            aes_key=KEY,
        )
        yield running_now


@pytest.fixture
def scene(stand_in: StandIn, installation: Installation) -> Scene:
    installation.wait_until_ready()
    scene = Scene(stand_in, installation)
    scene.wait_for_the_link()
    return scene


def _write_people(folder: Path, org: str) -> None:
    """The demo's people under ids that no other office has, as on a platform."""
    shown = (Settings.people / f"{org}.yml").read_text(encoding="utf-8")
    renamed = _IDS.sub(lambda found: f"{found[1]}: {userid(org, found[2])}", shown)
    (folder / f"{org}.yml").write_text(renamed, encoding="utf-8")


def _load(stand_in: StandIn, people: Path, org: str, secret: str, **more: Any) -> None:
    key, corp = f"key-{org}", f"corp-{org}"
    app = {"app_key": key, "app_secret": secret, "corp_id": corp, "robot_code": key} | more
    members = [
        {"userid": person.id.partition("/")[2], "corp_id": corp, "name": person.name}
        for person in load_directory(people / f"{org}.yml").people
    ]
    group = {"id": f"cid-{org}", "title": "办公室", "corp_id": corp, "robots": [key]}
    stand_in.load(apps=[app], members=members, groups=[group])
