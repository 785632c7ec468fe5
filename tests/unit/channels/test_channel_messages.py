from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.errors import OutsideServiceError
from bot.core.messages import Incoming, Push
from bot.core.people import Directory, Office, OrgId, Person, PersonId, Rank
from bot.services.channel_messages import ChannelDesk, Heard
from bot.services.inbox import Reception
from bot.services.storage import InboxState, OutboxState, UnitOfWork
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import FakeEncoder
from tests.fakes.storage import FakeDatabase

ORG = OrgId("changle")
LI = Person(PersonId("changle/staff1"), ORG, "李明", "县政府办公室", "科员", Rank.STAFF)
CLOCK = FakeClock()
SAID = Incoming("dingtalk", "m1", ORG, LI.id, "direct", "纪要谁签发", CLOCK.now())
IN_GROUP = replace(SAID, conversation="cidGroup")


@pytest.fixture
def database() -> FakeDatabase:
    database = FakeDatabase()
    with database.unit_of_work() as uow:
        uow.people.save(Directory(Office(ORG, "昌乐县人民政府", "昌乐县", "昌乐城区"), (LI,), ()))
        uow.commit()
    return database


@pytest.fixture
def desk(database: FakeDatabase) -> ChannelDesk:
    new = database.unit_of_work
    return ChannelDesk(new, CLOCK, Reception(new, CLOCK, FakeEncoder()), YamlTexts())


def stored(database: FakeDatabase) -> list[str]:
    tables = database.unit_of_work().tables
    return [row.entry.incoming.text for row in tables.inbox.values()]


def told(database: FakeDatabase) -> list[Push]:
    entries = database.unit_of_work().outbox.listing(None, [OutboxState.PENDING])
    return [entry.payload for entry in entries if isinstance(entry.payload, Push)]


def test_what_a_colleague_says_is_stored_once_however_often_it_comes(
    desk: ChannelDesk, database: FakeDatabase
) -> None:
    for _ in range(5):
        desk.take(Heard(SAID))

    assert (stored(database), told(database)) == (["纪要谁签发"], [])
    assert [r.entry.state for r in database.unit_of_work().tables.inbox.values()] == [
        InboxState.PENDING
    ]


def test_a_person_who_is_not_in_the_directory_is_told_so_once(
    desk: ChannelDesk, database: FakeDatabase
) -> None:
    stranger = replace(SAID, person=PersonId("changle/stranger"))

    for _ in range(5):
        desk.take(Heard(stranger))

    [push] = told(database)
    assert (push.to, stored(database)) == ("changle/stranger", [])
    assert "通讯录" in push.message.text


def test_in_a_group_the_one_who_is_meant_is_called(
    desk: ChannelDesk, database: FakeDatabase
) -> None:
    desk.take(Heard(replace(IN_GROUP, text=""), kind="picture"))

    [push] = told(database)
    assert (push.to, push.mention) == ("cidGroup", LI.id)
    assert "图片" in push.message.text


def test_where_another_bot_was_called_too_what_we_cannot_answer_is_left_to_it(
    desk: ChannelDesk, database: FakeDatabase
) -> None:
    stranger = replace(IN_GROUP, person=PersonId("changle/stranger"))

    desk.take(Heard(stranger, alone=False))
    desk.take(Heard(replace(IN_GROUP, text="", message_id="m2"), kind="picture", alone=False))

    assert (stored(database), told(database)) == ([], [])


@pytest.mark.parametrize("kind", ["picture", "file", "voice", "video", "other", "future"])
def test_what_cannot_be_read_is_answered_with_what_to_do(
    desk: ChannelDesk, database: FakeDatabase, kind: str
) -> None:
    desk.take(Heard(replace(SAID, text=""), kind=kind))

    assert "文字" in told(database)[0].message.text


def test_marked_text_is_refused_before_it_is_stored(
    desk: ChannelDesk, database: FakeDatabase
) -> None:
    desk.take(Heard(replace(SAID, text="机密★1年 会议安排")))

    assert stored(database) == []
    assert "会议安排" not in repr(told(database))
    assert len(told(database)) == 1


def test_a_refusal_leaves_one_line_without_the_text(
    desk: ChannelDesk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        desk.take(Heard(replace(SAID, text="纪要谁签发" * 500)))

    [record] = caplog.records
    assert record.code == "text_too_long"  # type: ignore[attr-defined]
    assert "纪要" not in repr(record.__dict__)


def test_what_could_not_be_stored_is_not_taken(database: FakeDatabase) -> None:
    def no_database() -> UnitOfWork:
        raise OutsideServiceError("database")

    reception = Reception(no_database, CLOCK, FakeEncoder())
    desk = ChannelDesk(database.unit_of_work, CLOCK, reception, YamlTexts())

    with pytest.raises(OutsideServiceError):
        desk.take(Heard(SAID))
