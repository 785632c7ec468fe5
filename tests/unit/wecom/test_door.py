from __future__ import annotations

import json
import logging
import secrets
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.channels.crypto import SALT, CallbackCipher
from bot.adapters.channels.signatures import callback_signature
from bot.adapters.texts import YamlTexts
from bot.adapters.wecom.config import SmartBot
from bot.adapters.wecom.door import WeComDoor
from bot.adapters.wecom.receiver import WeComReceiver
from bot.core.errors import BadSignatureError, GuijuError, OutsideServiceError
from bot.core.messages import Incoming
from bot.core.people import Directory, Office, Person, PersonId, Rank
from bot.services.channel_messages import ChannelDesk
from bot.services.doors import Knock
from bot.services.inbox import Reception
from bot.services.platform_event_store import EventState
from bot.services.platform_events import PlatformEventDesk
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import FakeEncoder
from tests.fakes.storage import FakeDatabase
from tests.unit.wecom.payloads import (
    AGENT,
    BOT_KEY,
    BOT_TOKEN,
    CONFIG,
    CORP,
    KEY,
    ORG,
    TOKEN,
    approval,
    bot_happened,
    bot_said,
    said,
    xml,
)

LI = Person(PersonId("changle/staff1"), ORG, "李明", "县政府办公室", "科员", Rank.STAFF)
CLOCK = FakeClock()
STAMP = str(int(CLOCK.now().timestamp()))
OLD_STAMP = str(int(CLOCK.now().timestamp()) - 3_601)


@pytest.fixture
def database() -> FakeDatabase:
    database = FakeDatabase()
    with database.unit_of_work() as uow:
        uow.people.save(Directory(Office(ORG, "昌乐县人民政府", "昌乐县", "昌乐城区"), (LI,), ()))
        uow.commit()
    return database


@pytest.fixture
def receiver(database: FakeDatabase) -> WeComReceiver:
    new = database.unit_of_work
    desk = ChannelDesk(new, CLOCK, Reception(new, CLOCK, FakeEncoder()), YamlTexts())
    return WeComReceiver(CONFIG, desk, PlatformEventDesk(new, CLOCK, {}), CLOCK, lambda: None)


@pytest.fixture
def door(receiver: WeComReceiver) -> WeComDoor:
    return WeComDoor(receiver)


def sealed(text: str, key: str = KEY, owner: str = CORP) -> str:
    return CallbackCipher(key, owner).encrypt(text, secrets.token_bytes(SALT))


def signed(encrypted: str, token: str = TOKEN, stamp: str = STAMP) -> dict[str, str]:
    signature = callback_signature(token, stamp, "nonce", encrypted)
    return {"msg_signature": signature, "timestamp": stamp, "nonce": "nonce"}


def call(text: str, owner: str = CORP, token: str = TOKEN, stamp: str = STAMP) -> Knock:
    """A call to the app as WeCom makes it."""
    encrypted = sealed(text, owner=owner)
    body = xml(ToUserName=CORP, AgentID=AGENT, Encrypt=encrypted)
    return Knock({}, signed(encrypted, token, stamp), body.encode())


def bot_call(body: Any, token: str = BOT_TOKEN, owner: str = "") -> Knock:
    """A call to the smart bot."""
    encrypted = sealed(json.dumps(body), BOT_KEY, owner)
    return Knock({}, signed(encrypted, token), json.dumps({"encrypt": encrypted}).encode())


def incomings(database: FakeDatabase) -> list[Incoming]:
    return [row.entry.incoming for row in database.unit_of_work().tables.inbox.values()]


def texts(database: FakeDatabase) -> list[str]:
    return [incoming.text for incoming in incomings(database)]


def events(database: FakeDatabase) -> list[tuple[str, ...]]:
    with database.unit_of_work() as uow:
        return [e.event.subjects for e in uow.platform_events.listing(ORG, list(EventState))]


def refusal(door: WeComDoor, knock: Knock) -> str:
    with pytest.raises(GuijuError) as refused:
        door.answer(knock)
    return refused.value.code


def test_the_consoles_question_is_answered_with_the_bare_text(door: WeComDoor) -> None:
    encrypted = sealed("1616140317555161061")

    reply = door.answer(Knock({}, signed(encrypted) | {"echostr": encrypted}, b""))

    assert (reply.content, reply.media_type) == ("1616140317555161061", "text/plain")


def test_the_smart_bots_address_is_the_same(door: WeComDoor) -> None:
    encrypted = sealed("1616140317555161061", BOT_KEY, "")

    reply = door.answer(Knock({}, signed(encrypted, BOT_TOKEN) | {"echostr": encrypted}, b""))

    assert reply.content == "1616140317555161061"


def test_a_message_is_stored_and_answered_with_nothing(
    door: WeComDoor, database: FakeDatabase
) -> None:
    reply = door.answer(call(said("纪要谁签发")))

    assert (texts(database), reply.content) == (["纪要谁签发"], "")


def test_a_message_that_comes_three_times_is_stored_once(
    door: WeComDoor, database: FakeDatabase
) -> None:
    for _ in range(3):
        door.answer(call(said("纪要谁签发")))

    assert texts(database) == ["纪要谁签发"]


def test_two_approvals_in_one_second_are_both_kept_and_each_once(
    door: WeComDoor, database: FakeDatabase
) -> None:
    for number in ("202611230001", "202611230002", "202611230001"):
        door.answer(call(approval(number)))

    assert sorted(events(database)) == [("202611230001",), ("202611230002",)]


def test_the_bot_is_heard_by_callback(door: WeComDoor, database: FakeDatabase) -> None:
    reply = door.answer(bot_call(bot_said("纪要谁签发")))
    door.answer(bot_call(bot_happened("feedback_event", {"id": "reply:7:0", "type": 1})))

    assert (texts(database), reply.content) == (["纪要谁签发"], "")
    assert events(database) == [("reply:7:0", LI.id)]


def test_a_look_at_an_answer_in_pieces_leads_to_nothing(
    door: WeComDoor, database: FakeDatabase
) -> None:
    door.answer(bot_call(bot_said(msgtype="stream", stream={"id": "s1"})))

    assert texts(database) == []


BOMB = '<!DOCTYPE xml [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>'


@pytest.mark.parametrize(
    ("knock", "code"),
    [
        (call(said(), token="other"), "signature_wrong"),
        (call(said(), owner="wwother"), "callback_owner"),
        (call(said(), stamp=OLD_STAMP), "signature_stale"),
        (call(said(), stamp="soon"), "signature_stale"),
        (call(said(ToUserName="wwother")), "callback_owner"),
        (call("garbage"), "message_malformed"),
        (call(BOMB), "message_malformed"),
        (replace(call(said()), query={"timestamp": STAMP}), "signature_missing"),
        (replace(call(said()), body=b"<xml></xml>"), "signature_wrong"),
        (replace(call(said()), body=BOMB.encode()), "message_malformed"),
        (replace(call(said()), body=b"\xff\xfe"), "message_malformed"),
        (replace(call(said()), body=b""), "message_malformed"),
        (Knock({}, signed("AAAA"), xml(Encrypt="AAAA").encode()), "callback_unreadable"),
        (Knock({}, signed("%%%"), xml(Encrypt="%%%").encode()), "callback_unreadable"),
        (Knock({}, signed("AAAA") | {"echostr": "AAAA"}, b""), "signature_wrong"),
        (bot_call(bot_said(), token=TOKEN), "signature_wrong"),
        (bot_call(bot_said(), owner=CORP), "callback_owner"),
        (bot_call([]), "message_malformed"),
        (replace(bot_call(bot_said()), body=b'{"encrypt": 7}'), "message_malformed"),
        (replace(bot_call(bot_said()), body=b"{" * 100_000), "message_malformed"),
    ],
)
def test_a_forged_stale_or_broken_call_is_refused(
    door: WeComDoor, database: FakeDatabase, knock: Knock, code: str
) -> None:
    assert refusal(door, knock) == code
    assert (texts(database), events(database)) == ([], [])


def test_a_random_ciphertext_of_the_right_length_is_refused(
    door: WeComDoor, database: FakeDatabase
) -> None:
    for length in range(0, 200, 16):
        encrypted = CallbackCipher(BOT_KEY, CORP).encrypt("x" * length, secrets.token_bytes(SALT))
        knock = Knock({}, signed(encrypted), xml(Encrypt=encrypted).encode())
        with pytest.raises(BadSignatureError):
            door.answer(knock)

    assert texts(database) == []


def test_a_message_for_another_app_of_the_company_is_passed_over(
    door: WeComDoor, database: FakeDatabase
) -> None:
    door.answer(call(said(AgentID=AGENT + 1)))

    assert texts(database) == []


def test_an_office_without_a_smart_bot_takes_no_calls_of_one(receiver: WeComReceiver) -> None:
    door = WeComDoor(replace(receiver, config=replace(CONFIG, bot=None)))

    assert refusal(door, bot_call(bot_said())) == "signature_unexpected"


def test_a_bot_that_is_connected_takes_no_calls(receiver: WeComReceiver) -> None:
    connected = replace(CONFIG, bot=SmartBot("bot1", "secret"))

    assert refusal(WeComDoor(replace(receiver, config=connected)), bot_call(bot_said()))


def test_what_cannot_be_stored_is_to_come_again(receiver: WeComReceiver) -> None:
    class Broken(ChannelDesk):
        def take(self, heard: Any) -> Any:
            raise OutsideServiceError("database")

    desk = receiver.messages
    broken = Broken(desk.unit_of_work, desk.clock, desk.reception, desk.texts)

    assert refusal(WeComDoor(replace(receiver, messages=broken)), call(said())) == "database"


@pytest.mark.parametrize("knock", [call(said("机密的话"), token="other"), call("garbage")])
def test_a_refused_call_leaves_one_line_without_what_it_says(
    door: WeComDoor, caplog: pytest.LogCaptureFixture, knock: Knock
) -> None:
    with caplog.at_level(logging.WARNING):
        refusal(door, knock)

    [record] = caplog.records
    assert vars(record)["event"] == "channel.refused"
    assert "机密" not in record.getMessage()
