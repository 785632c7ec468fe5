"""Messages sent over the wire to the stand-in, which fails as DingTalk does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from bot.adapters.clock import SystemClock
from bot.adapters.dingtalk.config import Limits
from bot.adapters.dingtalk.platform import DingTalkLine
from bot.adapters.dingtalk.sender import DingTalkSender
from bot.adapters.texts import YamlTexts
from bot.core.errors import (
    NotYetError,
    OutcomeUnknownError,
    OutsideServiceError,
    UnreachableError,
)
from bot.core.messages import Message, Push, ReplyAddress
from bot.core.people import Directory, PersonId
from tests.contract.samples import DIRECTORY, MESSAGE, ORG
from tests.fakes.dingtalk.process import StandIn
from tests.fakes.storage import FakeDatabase
from tests.integration.dingtalk.conftest import APP_KEY, GROUP, config_for

TO_PERSON, TO_GROUP = "/v1.0/robot/oToMessages", "/v1.0/robot/groupMessages"
SESSION = "/robot/sendBySession"
LI = PersonId(f"{ORG}/staff1")
HELLO = Push("p1", ORG, LI, Message("您好\n请看"))
TO_ALL = Push("p2", ORG, GROUP, Message("请看"))


class Office:
    """One office's sender with its line."""

    def __init__(self, stand_in: StandIn, **changes: Any) -> None:
        database = FakeDatabase()
        with database.unit_of_work() as uow:
            uow.people.save(_named(DIRECTORY))
            uow.commit()
        self.stand_in = stand_in
        self.line = DingTalkLine([config_for(stand_in, **changes)], lambda *_: None)
        senders = self.line.senders(database.unit_of_work, SystemClock(), YamlTexts(), "1a2b")
        self.sender: DingTalkSender = senders[ORG]

    def send(self, push: Push, *, again: bool = False) -> bool:
        """Whether it went as a card."""
        return self.line.loop.run(self.sender.send(push, again=again), 30)

    def reply(self, conversation: str = GROUP) -> Push:
        """An answer to something said just now."""
        asked = {"app_key": APP_KEY, "conversation": conversation, "userid": "staff1"}
        session = self.stand_in.order("sessions", asked)
        until = datetime.fromtimestamp(session["ends_at"], UTC)
        return Push(
            "reply:1:0",
            ORG,
            conversation or LI,
            MESSAGE,
            mention=LI if conversation else None,
            reply_to=ReplyAddress(session["url"], until),
        )


def _named(directory: Directory) -> Directory:
    li = replace(directory.people[0], id=LI, name="李科员")
    return replace(directory, people=(*directory.people, li))


@pytest.fixture
def office(stand_in: StandIn) -> Iterator[Office]:
    office = Office(stand_in)
    yield office
    office.line.close()


def test_a_person_gets_markdown_from_the_robot(office: Office, stand_in: StandIn) -> None:
    office.send(HELLO)

    [seen] = stand_in.sent("staff1")
    assert (seen["way"], seen["msg_key"]) == ("single", "sampleMarkdown")
    assert seen["param"] == {"title": "您好", "text": "您好  \n请看"}


def test_a_group_gets_it_in_the_group(office: Office, stand_in: StandIn) -> None:
    office.send(TO_ALL)

    [seen] = stand_in.sent(GROUP)
    assert (seen["way"], seen["param"]["text"]) == ("group", "请看")


def test_an_answer_goes_by_the_webhook_and_calls_the_asker(
    office: Office, stand_in: StandIn
) -> None:
    office.send(office.reply())

    [seen] = stand_in.sent(GROUP)
    assert (seen["way"], seen["at_users"]) == ("session", ["staff1"])
    assert seen["param"]["text"].startswith("@staff1 县长签发")
    assert "https://guiju.example/rules/changle/60" in seen["param"]["text"]
    assert stand_in.calls("/v1.0") == []  # not even a token was needed


def test_an_answer_in_direct_chat_calls_nobody(office: Office, stand_in: StandIn) -> None:
    office.send(office.reply(conversation=""))

    [seen] = stand_in.sent("staff1")
    assert (seen["way"], seen["at_users"]) == ("session", [])
    assert seen["param"]["text"].startswith("县长签发")


def test_when_the_webhook_has_ended_the_robot_answers_by_name(
    office: Office, stand_in: StandIn
) -> None:
    reply = office.reply()
    stand_in.order("sessions/expire")

    office.send(reply)

    [seen] = stand_in.sent(GROUP)
    assert seen["way"] == "group"
    assert seen["param"]["text"].startswith("@李科员 县长签发")


def test_a_webhook_about_to_end_is_not_begun_with(office: Office, stand_in: StandIn) -> None:
    reply = office.reply()
    assert reply.reply_to is not None

    office.send(replace(reply, reply_to=replace(reply.reply_to, until=datetime.now(UTC))))

    assert stand_in.calls(SESSION) == []
    assert len(stand_in.sent(GROUP)) == 1


def test_a_foreign_webhook_is_not_answered(office: Office, stand_in: StandIn) -> None:
    reply = office.reply()
    assert reply.reply_to is not None
    foreign = replace(reply.reply_to, url="http://127.0.0.1:9/robot/sendBySession?session=1")

    office.send(replace(reply, reply_to=foreign))

    assert [seen["way"] for seen in stand_in.sent(GROUP)] == ["group"]


def test_somebody_whom_dingtalk_does_not_know_cannot_be_reached(office: Office) -> None:
    with pytest.raises(UnreachableError):
        office.send(replace(HELLO, to=PersonId(f"{ORG}/nobody")))


def test_a_group_that_is_gone_cannot_be_reached(office: Office) -> None:
    with pytest.raises(UnreachableError):
        office.send(replace(TO_ALL, to="cid-gone"))


def test_somebody_held_back_by_flow_control_is_tried_later(
    office: Office, stand_in: StandIn
) -> None:
    stand_in.order("limited", ["staff1"])

    with pytest.raises(NotYetError):
        office.send(HELLO)


def test_of_many_recipients_each_is_told_apart(office: Office, stand_in: StandIn) -> None:
    stand_in.order("limited", ["head"])
    people = ["staff1", "nobody", "head", "deputy1"]

    failed = office.line.loop.run(office.sender.to_people(people, HELLO), 30)

    assert {userid: type(error) for userid, error in failed.items()} == {
        "nobody": UnreachableError,
        "head": NotYetError,
    }
    assert [len(stand_in.sent(userid)) for userid in people] == [1, 0, 0, 1]
    assert len(stand_in.calls(TO_PERSON)) == 1


def test_a_token_that_ended_early_is_renewed_once(office: Office, stand_in: StandIn) -> None:
    office.send(HELLO)
    stand_in.order("tokens/expire")

    office.send(HELLO)

    assert len(stand_in.sent("staff1")) == 2
    assert len(stand_in.calls("/v1.0/oauth2/accessToken")) == 2


@pytest.mark.parametrize("fault", ["error_after", "cut_after"])
@pytest.mark.parametrize("push", [HELLO, TO_ALL], ids=["person", "group"])
def test_what_was_done_before_it_failed_is_uncertain(
    office: Office, stand_in: StandIn, fault: str, push: Push
) -> None:
    stand_in.plan({"fault": fault, "path": "/v1.0/robot"})

    with pytest.raises(OutcomeUnknownError):
        office.send(push)

    assert len(stand_in.sent()) == 1


@pytest.mark.parametrize("fault", ["timeout_after", "black_hole"])
def test_silence_is_uncertain(stand_in: StandIn, fault: str) -> None:
    office = Office(stand_in)
    office.line.http.timeout = httpx.Timeout(0.3)

    stand_in.plan({"fault": fault, "path": "/v1.0/robot", "seconds": 1.0})
    with pytest.raises(OutcomeUnknownError):
        office.send(HELLO)

    office.line.close()


@pytest.mark.parametrize("fault", ["ban", "throttle"])
def test_what_was_turned_away_was_certainly_not_sent(
    office: Office, stand_in: StandIn, fault: str
) -> None:
    stand_in.plan({"fault": fault, "path": "/v1.0/robot"})

    with pytest.raises(NotYetError):
        office.send(HELLO)

    assert stand_in.sent() == []


def test_nobody_listening_is_certainly_not_sent(stand_in: StandIn) -> None:
    office = Office(stand_in, api_url="http://127.0.0.1:9")

    with pytest.raises(OutsideServiceError, match="dingtalk_unreachable"):
        office.send(HELLO)

    office.line.close()


def test_a_repetition_says_so(office: Office, stand_in: StandIn) -> None:
    office.send(HELLO, again=True)

    [seen] = stand_in.sent("staff1")
    assert "如已收到请忽略" in seen["param"]["text"]


def test_the_limit_of_a_group_is_kept_to_instead_of_being_barred(stand_in: StandIn) -> None:
    office = Office(stand_in, limits=Limits(group_per_min=3, api_per_s=20))
    stand_in.load(robot_limit=3)

    for _ in range(3):
        office.send(TO_ALL)
    with pytest.raises(NotYetError) as error:
        office.send(TO_ALL)

    assert 0 < error.value.after_s <= 61
    assert len(stand_in.calls(TO_GROUP)) == 3  # the fourth was not even tried
    office.line.close()
