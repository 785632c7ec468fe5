from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.errors import InvalidInputError
from bot.core.messages import Incoming, Message
from bot.core.people import Person
from bot.services.inbox import (
    LEASE_S,
    MAX_ATTEMPTS,
    Conversation,
    Reception,
    SecretTextError,
    TextTooLongError,
)
from bot.services.storage import InboxState, OutboxState
from bot.services.turns import TurnBook, UnknownTurnError
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import FakeDialogue, FakeEncoder
from tests.fakes.storage import FakeDatabase
from tests.unit.messages.conftest import LI, ORG, said


def answer_without_engine(person: Person, incoming: Incoming, turn_key: str) -> list[Message]:
    return [Message(f"fallback for {person.id}")]


@pytest.fixture
def dialogue() -> FakeDialogue:
    return FakeDialogue()


@pytest.fixture
def turns() -> TurnBook:
    return TurnBook()


@pytest.fixture
def reception(database: FakeDatabase, clock: FakeClock) -> Reception:
    return Reception(database.unit_of_work, clock, FakeEncoder())


@pytest.fixture
def conversation(
    database: FakeDatabase, clock: FakeClock, dialogue: FakeDialogue, turns: TurnBook
) -> Conversation:
    return Conversation(
        database.unit_of_work,
        clock,
        clock,
        dialogue,
        answer_without_engine,
        FakeEncoder(),
        turns,
        YamlTexts(),
    )


def test_a_message_delivered_twice_is_stored_and_worked_once(
    reception: Reception, conversation: Conversation, dialogue: FakeDialogue
) -> None:
    first, again = reception.receive(said("你好")), reception.receive(said("你好"))

    conversation.work_next()

    assert first.id == again.id
    assert conversation.work_next() is None
    assert len(dialogue.said) == 1


def test_a_repeated_message_gets_the_reply_of_the_first(
    reception: Reception, conversation: Conversation
) -> None:
    reception.receive(said("你好"))
    conversation.work_next()

    again = reception.receive(said("你好"))

    assert again.state is InboxState.DONE
    assert again.reply == (Message("heard 你好"),)


def test_empty_text_is_refused(reception: Reception) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        reception.receive(said(" \n"))

    assert refusal.value.code == "text_empty"


def test_text_of_more_than_two_thousand_characters_is_refused(reception: Reception) -> None:
    reception.receive(said("问" * 2_000))

    with pytest.raises(TextTooLongError):
        reception.receive(said("问" * 2_001, "m2"))


def test_secret_text_is_refused_and_only_time_person_and_rule_are_noted(
    reception: Reception, database: FakeDatabase, conversation: Conversation
) -> None:
    with pytest.raises(SecretTextError):
        reception.receive(said("机密★1年 某某事项"))

    [row] = database.unit_of_work().audit.listing(ORG)
    assert (row.actor, row.action, row.subject) == (LI.id, "text.refused_secret", "starred")
    assert not row.details
    assert conversation.work_next() is None


def test_an_engine_that_fails_is_replaced_by_the_fallback(
    reception: Reception, conversation: Conversation, dialogue: FakeDialogue
) -> None:
    dialogue.is_down = True
    reception.receive(said("谁签发"))

    entry = conversation.work_next()

    assert entry is not None
    assert entry.reply == (Message(f"fallback for {LI.id}"),)


def test_messages_of_a_thread_are_worked_in_the_order_they_came(
    reception: Reception, conversation: Conversation, dialogue: FakeDialogue
) -> None:
    for number in range(5):
        reception.receive(said(f"{number}", f"m{number}"))

    while conversation.work_next():
        pass

    assert [text for _, text in dialogue.said] == ["0", "1", "2", "3", "4"]


def test_an_action_finds_its_turn_only_while_it_is_open(
    reception: Reception, conversation: Conversation, dialogue: FakeDialogue, turns: TurnBook
) -> None:
    tokens: list[str] = []

    def look(thread: str, text: str, metadata: Mapping[str, str]) -> list[Message]:
        tokens.append(metadata["turn"])
        return [Message(turns.get(metadata["turn"]).person.name)]

    dialogue.reply = look
    reception.receive(said("我是谁"))

    entry = conversation.work_next()

    assert entry is not None
    assert entry.reply == (Message("李明"),)
    with pytest.raises(UnknownTurnError):
        turns.get(tokens[0])


def test_a_turn_that_raises_is_tried_again_later_and_given_up_visibly(
    reception: Reception, conversation: Conversation, dialogue: FakeDialogue, clock: FakeClock
) -> None:
    def crash(thread: str, text: str, metadata: Mapping[str, str]) -> list[Message]:
        raise ZeroDivisionError

    dialogue.reply = crash
    stored = reception.receive(said("你好"))

    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            conversation.work_next()
        assert conversation.work_next() is None  # not at once
        clock.advance(minutes=1)

    with conversation.unit_of_work() as uow:
        entry = uow.inbox.get(stored.id)
        pushed = uow.outbox.listing(ORG, [OutboxState.PENDING])
    assert entry.state is InboxState.FAILED
    assert len(pushed) == 1


def test_a_turn_cut_off_by_a_crash_is_worked_again_and_its_reply_pushed(
    reception: Reception, conversation: Conversation, clock: FakeClock
) -> None:
    reception.receive(said("你好"))
    with conversation.unit_of_work() as uow:  # a process that claimed it and died
        uow.inbox.claim(clock.now(), LEASE_S)
        uow.commit()

    assert conversation.work_next() is None
    clock.advance(seconds=LEASE_S + 1)
    conversation.work_next()

    with conversation.unit_of_work() as uow:
        [pushed] = uow.outbox.listing(ORG, [OutboxState.PENDING])
    assert pushed.key.startswith("reply:")


def test_replies_of_other_channels_go_out_through_the_outbox(
    reception: Reception, conversation: Conversation
) -> None:
    reception.receive(said("你好", channel="dingtalk"))

    conversation.work_next()

    with conversation.unit_of_work() as uow:
        [pushed] = uow.outbox.listing(ORG, [OutboxState.PENDING])
    assert pushed.payload.key.startswith("reply:")
