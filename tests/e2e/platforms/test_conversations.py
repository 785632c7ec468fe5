"""The same conversations on the embedded platform, on DingTalk and on WeCom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.e2e.platforms.places import (
    GROUP,
    Place,
    embedded,
    on_dingtalk,
    on_wecom,
    until,
)

Open = Callable[[Path], AbstractContextManager[Place]]
OPENERS: dict[str, Open] = {"local": embedded, "dingtalk": on_dingtalk, "wecom": on_wecom}


@pytest.fixture(scope="module", params=sorted(OPENERS))
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with OPENERS[request.param](tmp_path_factory.mktemp(request.param)) as place:
        yield place


def test_a_question_in_the_group_is_answered_there_with_its_article(place: Place) -> None:
    before = len(place.shown(GROUP))

    place.say("staff1", "县政府会议纪要谁签发", in_group=True)

    place.hears(GROUP, before, "县长签发")


def test_a_follow_up_in_a_direct_chat_is_understood(place: Place) -> None:
    place.say("staff2", "县政府会议纪要谁签发")
    place.hears("staff2", 0, "县长签发")
    before = len(place.shown("staff2"))

    place.say("staff2", "那副县长呢")

    place.hears("staff2", before, "副县长")


def test_a_leave_is_asked_for_confirmed_filed_and_granted(place: Place) -> None:
    filed = len(place.approvals())
    place.say("staff1", "我明天请事假一天,在本地搬家")
    place.hears("staff1", 0, "事假")

    place.say("staff1", "确认提交")
    until(lambda: len(place.approvals()) == filed + 1)
    [approval] = place.approvals()[filed:]
    before = len(place.shown("staff1"))
    place.agree(approval)

    place.hears("staff1", before, "已经批准")


def test_an_item_is_registered_and_its_unit_is_told(place: Place) -> None:
    place.say("supervisor1", "立项:发展和改革局12月底前报送重点项目进展")

    place.hears("supervisor1", 0, "立项")
    place.hears("bureau_head", 0, "重点项目进展")


def test_a_text_with_a_secrecy_mark_is_refused(place: Place) -> None:
    before = len(place.shown("clerk1"))

    place.say("clerk1", "绝密★ 这份文件谁签发")

    place.hears("clerk1", before, "密")
