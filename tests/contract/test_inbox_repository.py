from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import NotFoundError
from bot.core.messages import ReplyAddress
from bot.services.storage import (
    EntryId,
    InboxEntry,
    InboxState,
    UnitOfWorkFactory,
)
from tests.contract.samples import MESSAGE, MINUTE, NOW, in_utc, incoming


def stored(new: UnitOfWorkFactory, *names: str, conversation: str = "direct") -> list[InboxEntry]:
    with new() as uow:
        entries = [uow.inbox.add(incoming(name, conversation)) for name in names]
        uow.commit()
    return entries


def claimed(new: UnitOfWorkFactory, minutes: int = 0) -> InboxEntry | None:
    with new() as uow:
        entry = uow.inbox.claim(NOW + minutes * MINUTE, lease_s=20)
        uow.commit()
    return entry


def test_a_stored_message_is_read_back_as_it_came(new: UnitOfWorkFactory) -> None:
    [entry] = stored(new, "m1")

    with new() as uow:
        again = uow.inbox.get(entry.id)

    assert again == entry == InboxEntry(entry.id, incoming("m1"), InboxState.PENDING)
    assert again.incoming.received_at.utcoffset() == NOW.utcoffset()


def test_messages_wait_until_they_are_settled(new: UnitOfWorkFactory) -> None:
    done, _ = stored(new, "m1", "m2")

    with new() as uow:
        uow.inbox.finish(done.id, [MESSAGE])

        assert uow.inbox.waiting() == 1


def test_where_a_message_may_be_answered_is_kept(new: UnitOfWorkFactory) -> None:
    address = ReplyAddress("https://oapi.dingtalk.com/robot/sendBySession?session=1", NOW + MINUTE)
    said = replace(incoming("m1"), reply_to=address)

    with new() as uow:
        entry = uow.inbox.add(said)
        kept = uow.inbox.get(entry.id)

    assert kept.incoming == said
    assert "session=1" not in repr(kept)


def test_a_message_stored_again_is_returned_as_it_stands(new: UnitOfWorkFactory) -> None:
    [first] = stored(new, "m1")
    with new() as uow:
        uow.inbox.finish(first.id, [MESSAGE])
        uow.commit()

    with new() as uow:
        again = uow.inbox.add(replace(incoming("m1"), text="另一句"))

    assert (again.id, again.state, again.incoming.text) == (first.id, InboxState.DONE, "纪要谁签发")


def test_the_same_message_id_of_another_channel_is_another_message(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        web, ding = uow.inbox.add(incoming("m1")), uow.inbox.add(incoming("m1", channel="dingtalk"))

    assert web.id != ding.id


def test_an_unknown_entry_is_not_found(new: UnitOfWorkFactory) -> None:
    with new() as uow, pytest.raises(NotFoundError) as refusal:
        uow.inbox.get(EntryId(404))

    assert refusal.value.code == "entry_unknown"


def test_only_the_first_of_a_thread_is_claimed(new: UnitOfWorkFactory) -> None:
    first, _ = stored(new, "m1", "m2")
    [other] = stored(new, "m3", conversation="group1")

    entries = [claimed(new), claimed(new), claimed(new)]

    assert [entry and entry.id for entry in entries] == [first.id, other.id, None]
    assert [entry and entry.attempts for entry in entries] == [1, 1, None]


def test_the_next_of_a_thread_follows_when_the_first_is_done(new: UnitOfWorkFactory) -> None:
    first, second = stored(new, "m1", "m2")
    claimed(new)

    with new() as uow:
        uow.inbox.finish(first.id, [MESSAGE, MESSAGE])
        uow.commit()

    done = read(new, first.id)
    assert (done.state, done.reply) == (InboxState.DONE, (MESSAGE, MESSAGE))
    assert claimed(new) == replace(second, attempts=1)


def test_a_lease_ends_by_itself(new: UnitOfWorkFactory) -> None:
    [entry] = stored(new, "m1")
    claimed(new)

    assert claimed(new) is None
    assert claimed(new, minutes=1) == replace(entry, attempts=2)


def test_times_of_other_zones_are_the_same_times(new: UnitOfWorkFactory) -> None:
    stored(new, "m1")
    claimed(new)

    with new() as uow:
        early = uow.inbox.claim(in_utc(NOW), lease_s=20)
        late = uow.inbox.claim(in_utc(NOW + MINUTE), lease_s=20)

    assert early is None
    assert late is not None


def test_a_postponed_entry_waits_and_holds_up_its_thread_alone(new: UnitOfWorkFactory) -> None:
    first, _ = stored(new, "m1", "m2")
    [other] = stored(new, "m3", conversation="group1")
    claimed(new)

    with new() as uow:
        uow.inbox.postpone(first.id, NOW + 5 * MINUTE)
        uow.commit()

    assert claimed(new) == replace(other, attempts=1)
    assert claimed(new, minutes=4) == replace(other, attempts=2)
    assert claimed(new, minutes=5) == replace(first, attempts=2)


def test_a_failed_entry_stays_visible_and_holds_up_nothing(new: UnitOfWorkFactory) -> None:
    first, second = stored(new, "m1", "m2")

    with new() as uow:
        uow.inbox.fail(first.id, [MESSAGE])
        uow.commit()

    failed = read(new, first.id)
    assert (failed.state, failed.reply) == (InboxState.FAILED, (MESSAGE,))
    assert claimed(new) == replace(second, attempts=1)


def test_a_worker_that_comes_too_late_changes_nothing(new: UnitOfWorkFactory) -> None:
    [entry] = stored(new, "m1")
    with new() as uow:
        uow.inbox.finish(entry.id, [MESSAGE])
        uow.commit()

    with new() as uow:
        uow.inbox.postpone(entry.id, NOW)
        uow.inbox.fail(entry.id, [])
        uow.commit()

    done = read(new, entry.id)
    assert (done.state, done.reply) == (InboxState.DONE, (MESSAGE,))
    assert claimed(new) is None


def test_a_claim_that_is_not_committed_is_no_claim(new: UnitOfWorkFactory) -> None:
    [entry] = stored(new, "m1")

    with new() as uow:
        uow.inbox.claim(NOW, lease_s=20)

    assert claimed(new) == replace(entry, attempts=1)


def read(new: UnitOfWorkFactory, entry_id: EntryId) -> InboxEntry:
    with new() as uow:
        return uow.inbox.get(entry_id)


def test_what_was_said_before_is_of_the_same_thread(new: UnitOfWorkFactory) -> None:
    first, elsewhere, second = incoming("m1"), incoming("m2", "group1"), incoming("m3")
    second = replace(second, received_at=NOW + MINUTE)
    with new() as uow:
        for each in (first, elsewhere, second):
            uow.inbox.add(each)

        assert uow.inbox.before(first) is None
        assert uow.inbox.before(elsewhere) is None
        assert uow.inbox.before(second) == uow.inbox.add(first)
