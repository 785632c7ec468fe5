from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.core.rules import AnswerStatus
from bot.core.supervision import Occasion
from bot.services.storage import OutboxState, UnitOfWork, UnitOfWorkFactory
from tests.contract.samples import (
    APPROVAL,
    CLERK,
    DIRECTORY,
    DRAFT,
    ITEM,
    LEAVE,
    MESSAGE,
    MONDAY,
    NOW,
    ORG,
    edition,
    incoming,
    push,
)


class StoppedError(Exception):
    """Something went wrong halfway."""


def write_everywhere(uow: UnitOfWork) -> None:
    entry = uow.inbox.add(incoming("m1"))
    uow.inbox.finish(entry.id, [MESSAGE])
    uow.outbox.add(push("p1"), NOW)
    uow.leaves.add(LEAVE, CLERK, NOW)
    uow.leaves.put_draft(DRAFT)
    uow.items.add(ITEM, CLERK, NOW)
    uow.items.add_reminder(ITEM.id, Occasion.OVERDUE, MONDAY, CLERK, "p1", NOW)
    uow.people.save(DIRECTORY)
    uow.rules.save(edition("a"))
    uow.unanswered.add(ORG, "谁批", AnswerStatus.SILENT, 60, NOW)
    uow.audit.append(ORG, CLERK, "leave.filed", "leave:1", NOW)
    uow.effects.record("k", "s")
    uow.approvals.add(APPROVAL)
    uow.local_messages.add(push("p1"), NOW)
    uow.settings.put("s", 1)


def contents(new: UnitOfWorkFactory) -> dict[str, bool]:
    """Whether each store holds what `write_everywhere` wrote."""
    with new() as uow:
        return {
            "outbox": bool(uow.outbox.listing(None, list(OutboxState))),
            "leaves": bool(uow.leaves.listing(ORG)),
            "drafts": uow.leaves.draft(DRAFT.thread) is not None,
            "items": bool(uow.items.listing()),
            "reminders": bool(uow.items.reminders([ITEM.id])[ITEM.id]),
            "people": bool(uow.people.orgs()),
            "rules": bool(uow.rules.editions()),
            "unanswered": bool(uow.unanswered.listing(ORG)),
            "audit": bool(uow.audit.listing(ORG)),
            "effects": uow.effects.subject("k") is not None,
            "approvals": bool(uow.approvals.listing()),
            "local_messages": bool(uow.local_messages.listing(CLERK)),
            "settings": uow.settings.get("s") is not None,
            # Last, for it stores: a message that was kept would come back finished.
            "inbox": bool(uow.inbox.add(incoming("m1")).reply),
        }


def leave_without_commit(uow: UnitOfWork) -> None:
    write_everywhere(uow)


def raise_halfway(uow: UnitOfWork) -> None:
    write_everywhere(uow)
    raise StoppedError


def test_what_is_committed_stays(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        write_everywhere(uow)
        uow.commit()

    assert set(contents(new).values()) == {True}


@pytest.mark.parametrize("end", [leave_without_commit, raise_halfway])
def test_what_is_not_committed_is_gone(
    new: UnitOfWorkFactory, end: Callable[[UnitOfWork], None]
) -> None:
    try:
        with new() as uow:
            end(uow)
    except StoppedError:
        pass

    assert set(contents(new).values()) == {False}


def test_what_follows_a_commit_needs_another(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.settings.put("kept", 1)
        uow.commit()
        uow.settings.put("kept", 2)
        uow.settings.put("gone", 1)

    with new() as uow:
        assert (uow.settings.get("kept"), uow.settings.get("gone")) == (1, None)


def test_a_block_sees_its_own_changes_and_others_only_once_committed(
    new: UnitOfWorkFactory,
) -> None:
    with new() as uow:
        uow.settings.put("s", 1)
        with new() as other:
            before = other.settings.get("s")
        uow.commit()
        with new() as other:
            after = other.settings.get("s")
        own = uow.settings.get("s")

    assert (before, own, after) == (None, 1, 1)


def test_two_blocks_within_one_another_keep_what_each_committed(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.settings.put("outer", 1)
        with new() as other:
            other.settings.put("inner", 1)
            other.commit()
        uow.commit()

    with new() as uow:
        assert (uow.settings.get("outer"), uow.settings.get("inner")) == (1, 1)


def test_a_unit_of_work_can_be_used_again(new: UnitOfWorkFactory) -> None:
    uow = new()
    with uow:
        uow.settings.put("s", 1)
        uow.commit()

    with uow:
        assert uow.settings.get("s") == 1


def test_a_commit_outside_the_block_is_a_mistake(new: UnitOfWorkFactory) -> None:
    uow = new()

    with pytest.raises(RuntimeError, match="outside"):
        uow.commit()


def test_a_commit_that_does_not_wait_for_the_disk_is_seen_by_others(
    new: UnitOfWorkFactory,
) -> None:
    with new() as uow:
        uow.settings.put("colour", "red")
        uow.commit(durable=False)

    with new() as other:
        assert other.settings.get("colour") == "red"
