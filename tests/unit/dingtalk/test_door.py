from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any

import pytest
from dingtalk.crypto import DingTalkCrypto

from bot.adapters.channels.signatures import robot_signature
from bot.adapters.dingtalk.config import Mode
from bot.adapters.dingtalk.door import DingTalkDoor
from bot.adapters.dingtalk.receiver import DingTalkReceiver
from bot.adapters.texts import YamlTexts
from bot.core.errors import BadSignatureError, ConfigurationError, GuijuError
from bot.core.people import Directory, Office, Person, PersonId, Rank
from bot.services.channel_messages import ChannelDesk
from bot.services.doors import Knock
from bot.services.inbox import Reception
from bot.services.platform_event_store import EventState
from bot.services.platform_events import PlatformEventDesk
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import FakeEncoder
from tests.fakes.storage import FakeDatabase
from tests.unit.dingtalk.payloads import CONFIG, ORG, said

TOKEN, KEY = "token", "0123456789012345678901234567890123456789abc"
HTTP = replace(CONFIG, mode=Mode.HTTP, callback_token=TOKEN, aes_key=KEY)
LI = Person(PersonId("changle/staff1"), ORG, "李明", "县政府办公室", "科员", Rank.STAFF)
CLOCK = FakeClock()
STAMP = str(int(CLOCK.now().timestamp() * 1000))
OLD_STAMP = str(int(CLOCK.now().timestamp() * 1000) - 3_601_000)
LEFT = {"EventType": "user_leave_org", "CorpId": "dingcorp", "UserId": ["staff1"], "TimeStamp": "1"}


@pytest.fixture
def database() -> FakeDatabase:
    database = FakeDatabase()
    with database.unit_of_work() as uow:
        uow.people.save(Directory(Office(ORG, "昌乐县人民政府", "昌乐县", "昌乐城区"), (LI,), ()))
        uow.commit()
    return database


@pytest.fixture
def door(database: FakeDatabase) -> DingTalkDoor:
    new = database.unit_of_work
    desk = ChannelDesk(new, CLOCK, Reception(new, CLOCK, FakeEncoder()), YamlTexts())
    events = PlatformEventDesk(new, CLOCK, {})
    return DingTalkDoor(DingTalkReceiver(HTTP, desk, events, CLOCK, lambda: None))


def message(
    body: dict[str, Any] | bytes, stamp: str = STAMP, secret: str = HTTP.app_secret
) -> Knock:
    headers = {"timestamp": stamp, "sign": robot_signature(secret, stamp)}
    return Knock(headers, {}, body if isinstance(body, bytes) else json.dumps(body).encode())


def event(
    body: dict[str, Any], owner: str = HTTP.app_key, token: str = TOKEN, stamp: str = STAMP
) -> Knock:
    """An event as DingTalk's library seals it."""
    sealed = DingTalkCrypto(token, KEY, owner).encrypt_message(json.dumps(body), "nonce", stamp)
    query = {"timestamp": stamp, "nonce": "nonce", "msg_signature": sealed["msg_signature"]}
    return Knock({}, query, json.dumps({"encrypt": sealed["encrypt"]}).encode())


def texts(database: FakeDatabase) -> list[str]:
    return [row.entry.incoming.text for row in database.unit_of_work().tables.inbox.values()]


def events(database: FakeDatabase) -> list[str]:
    with database.unit_of_work() as uow:
        return [e.event.name for e in uow.platform_events.listing(ORG, list(EventState))]


def answered(door: DingTalkDoor, knock: Knock, owner: str = HTTP.app_key) -> str:
    """What DingTalk's library reads in the answer."""
    answer = json.loads(door.answer(knock).content)
    crypto = DingTalkCrypto(TOKEN, KEY, owner)
    read: str = crypto.decrypt_encrypt_str(
        answer["msg_signature"], answer["timeStamp"], answer["nonce"], answer["encrypt"]
    )
    return read


def refusal(door: DingTalkDoor, knock: Knock) -> str:
    with pytest.raises(GuijuError) as refused:
        door.answer(knock)
    return refused.value.code


def test_a_signed_message_is_stored(door: DingTalkDoor, database: FakeDatabase) -> None:
    reply = door.answer(message(said("纪要谁签发")))

    assert (texts(database), reply.content) == (["纪要谁签发"], "{}")


def test_a_message_that_is_played_again_leads_to_nothing(
    door: DingTalkDoor, database: FakeDatabase
) -> None:
    for _ in range(5):
        door.answer(message(said("纪要谁签发")))

    assert texts(database) == ["纪要谁签发"]


@pytest.mark.parametrize(
    ("knock", "code"),
    [
        (message(said(), secret="other"), "signature_wrong"),
        (Knock({"timestamp": STAMP, "sign": ""}, {}, b"{}"), "signature_wrong"),
        (message(said(), stamp=OLD_STAMP), "signature_stale"),
        (message(said(), stamp="soon"), "signature_stale"),
        (Knock({}, {}, json.dumps(said()).encode()), "signature_missing"),
        (message(b"{"), "message_malformed"),
        (message(b"[]"), "message_malformed"),
        (message(b"\xff\xfe"), "message_malformed"),
        (message(b"[" * 100_000), "message_malformed"),
    ],
)
def test_a_forged_stale_or_broken_message_is_refused(
    door: DingTalkDoor, database: FakeDatabase, knock: Knock, code: str
) -> None:
    assert refusal(door, knock) == code
    assert texts(database) == []


def test_the_consoles_question_is_answered(door: DingTalkDoor, database: FakeDatabase) -> None:
    assert answered(door, event({"EventType": "check_url"})) == "success"
    assert events(database) == []


def test_an_event_is_stored_once_and_answered_each_time(
    door: DingTalkDoor, database: FakeDatabase
) -> None:
    answers = [answered(door, event(LEFT)) for _ in range(3)]

    assert (answers, events(database)) == (["success"] * 3, ["user_leave_org"])


def test_the_same_thing_happening_again_is_another_event(
    door: DingTalkDoor, database: FakeDatabase
) -> None:
    door.answer(event(LEFT))
    door.answer(event(LEFT | {"TimeStamp": "2"}))

    assert events(database) == ["user_leave_org"] * 2


def test_events_of_an_old_registration_bear_the_companys_id(
    door: DingTalkDoor, database: FakeDatabase
) -> None:
    assert answered(door, event(LEFT, owner="dingcorp"), owner="dingcorp") == "success"
    assert events(database) == ["user_leave_org"]


@pytest.mark.parametrize(
    ("knock", "code"),
    [
        (event(LEFT, token="other"), "signature_wrong"),
        (event(LEFT, owner="dingother"), "callback_owner"),
        (event(LEFT, stamp=OLD_STAMP), "signature_stale"),
        (replace(event(LEFT), body=b'{"encrypt": 7}'), "message_malformed"),
        (replace(event(LEFT), body=b'{"encrypt": "AAAA"}'), "signature_wrong"),
        (replace(event(LEFT), query={}), "signature_missing"),
    ],
)
def test_a_forged_stale_or_foreign_event_is_refused(
    door: DingTalkDoor, database: FakeDatabase, knock: Knock, code: str
) -> None:
    assert refusal(door, knock) == code
    assert events(database) == []


def test_an_event_about_another_company_is_passed_over(
    door: DingTalkDoor, database: FakeDatabase
) -> None:
    assert answered(door, event(LEFT | {"CorpId": "dingother"})) == "success"
    assert events(database) == []


@pytest.mark.parametrize("knock", [message(said("机密的话"), secret="other"), message(b"{")])
def test_a_refused_call_leaves_one_line_without_what_it_says(
    door: DingTalkDoor, caplog: pytest.LogCaptureFixture, knock: Knock
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(GuijuError):
        door.answer(knock)

    [record] = caplog.records
    assert record.org == ORG  # type: ignore[attr-defined]
    assert "机密的话" not in repr(record.__dict__)
    assert knock.headers["sign"] not in repr(record.__dict__)


def test_without_a_token_there_is_no_door(door: DingTalkDoor) -> None:
    with pytest.raises(ConfigurationError):
        DingTalkDoor(replace(door.receiver, config=CONFIG))


def test_a_changed_letter_anywhere_is_noticed(door: DingTalkDoor, database: FakeDatabase) -> None:
    whole = event(LEFT)
    sealed = json.loads(whole.body)["encrypt"]

    for place in range(0, len(sealed), 3):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        with pytest.raises(BadSignatureError):
            door.answer(replace(whole, body=json.dumps({"encrypt": changed}).encode()))

    assert events(database) == []
