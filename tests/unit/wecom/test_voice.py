from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.adapters.channels.loop import LoopThread
from bot.adapters.texts import YamlTexts
from bot.adapters.wecom.client import WeComClient
from bot.adapters.wecom.voice import CalledVoice, Wording
from bot.core.errors import OutcomeUnknownError, UnreachableError
from bot.core.messages import DIRECT, Incoming, Message, Push, ReplyAddress
from bot.core.people import PersonId
from bot.services.inbox import pushes
from bot.services.queues import REPLY
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeDatabase
from tests.unit.wecom.payloads import CONFIG, ORG

CLOCK = FakeClock()
URL = "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=c1"
ASKED = Incoming(
    channel="wecom",
    message_id="changle:bot:1",
    org=ORG,
    person=PersonId("changle/staff1"),
    conversation="chat1",
    text="纪要谁签发",
    received_at=CLOCK.now(),
    reply_to=ReplyAddress(URL, CLOCK.now() + timedelta(minutes=59)),
)


class AnswerBox:
    """WeCom's address for an answer; takes one."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.error: httpx.TransportError | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        content = json.loads(request.content)["markdown"]["content"]
        if self.taken:
            return httpx.Response(200, json={"errcode": 40058, "errmsg": "used"})
        self.taken.append(content)
        if self.error is not None:
            raise self.error
        return httpx.Response(200, json={"errcode": 0, "errmsg": "ok"})


@pytest.fixture
def box() -> AnswerBox:
    return AnswerBox()


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


@pytest.fixture
def voice(box: AnswerBox, database: FakeDatabase) -> Iterator[CalledVoice]:
    http = httpx.AsyncClient(transport=httpx.MockTransport(box))
    client = WeComClient(CONFIG, http, lambda: 0.0, lambda _: None)
    loop = LoopThread()
    wording = Wording(CONFIG, YamlTexts(), "here")
    yield CalledVoice(wording, CLOCK, client, loop, database.unit_of_work)
    loop.stop(http.aclose())


def answered(database: FakeDatabase, *texts: str) -> list[Push]:
    """The pushes of an answer that stands in the inbox."""
    messages = [Message(each) for each in texts]
    with database.unit_of_work() as uow:
        entry = uow.inbox.add(ASKED).id
        uow.inbox.finish(entry, messages)
        uow.commit()
    return pushes(ASKED, f"{REPLY}{entry}", messages)


def test_the_first_message_says_the_whole_answer(
    voice: CalledVoice, box: AnswerBox, database: FakeDatabase
) -> None:
    for push in answered(database, "县长签发", "还有别的吗"):
        assert voice.takes(push)
        voice.say(push, again=False)

    assert box.taken == ["<@staff1> 县长签发\n\n还有别的吗"]


def test_what_answers_no_stored_message_is_said_as_it_is(
    voice: CalledVoice, box: AnswerBox
) -> None:
    [push] = pushes(replace(ASKED, conversation=DIRECT), "refused:wecom:1", [Message("看不懂图片")])

    voice.say(push, again=False)

    assert box.taken == ["看不懂图片"]


def test_an_address_lives_an_hour_and_what_nobody_asked_has_none(
    voice: CalledVoice, database: FakeDatabase
) -> None:
    [push] = answered(database, "县长签发")
    late = replace(push, reply_to=ReplyAddress(URL, CLOCK.now()))

    assert not voice.takes(late)
    assert not voice.takes(replace(push, reply_to=None))


def test_an_answer_whose_outcome_was_unknown_had_arrived_if_it_is_not_taken_again(
    voice: CalledVoice, box: AnswerBox, database: FakeDatabase
) -> None:
    [push] = answered(database, "县长签发")
    box.error = httpx.ReadTimeout("")
    with pytest.raises(OutcomeUnknownError):
        voice.say(push, again=False)

    voice.say(push, again=True)

    assert box.taken == ["<@staff1> 县长签发"]


def test_an_address_that_takes_nothing_reaches_nobody(
    voice: CalledVoice, box: AnswerBox, database: FakeDatabase
) -> None:
    [push] = answered(database, "县长签发")
    box.taken.append("another")

    with pytest.raises(UnreachableError):
        voice.say(push, again=False)
