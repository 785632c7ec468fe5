from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import NotFoundError
from bot.core.leave import Leave, LeaveId, LeaveState, Span
from bot.services.ledgers import LeaveEvent
from bot.services.storage import UnitOfWorkFactory
from tests.contract.samples import (
    CLERK,
    DAY,
    DRAFT,
    HEAD,
    LEAVE,
    MINUTE,
    MONDAY,
    NOW,
    ORG,
    OTHER_ORG,
)


def add(new: UnitOfWorkFactory, *leaves: Leave) -> None:
    with new() as uow:
        for leave in leaves:
            uow.leaves.add(leave, leave.user, NOW)
        uow.commit()


def test_a_leave_is_read_back_as_it_was_stored(new: UnitOfWorkFactory) -> None:
    bare = replace(
        LEAVE,
        id=LeaveId(2),
        stand_in=None,
        working_days=None,
        approval=None,
        route=(),
        warnings=(),
    )
    add(new, LEAVE, bare)

    with new() as uow:
        assert uow.leaves.get(LEAVE.id) == LEAVE
        assert uow.leaves.get(bare.id) == bare


def test_an_unknown_leave_is_not_found(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        with pytest.raises(NotFoundError) as refusal:
            uow.leaves.get(LeaveId(404))
        with pytest.raises(NotFoundError):
            uow.leaves.update(LEAVE, None, NOW)

    assert refusal.value.code == "leave_unknown"


def test_no_two_leaves_get_the_same_id(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        first = uow.leaves.next_id()
    with new() as uow:
        second = uow.leaves.next_id()

    assert first != second


def test_a_changed_leave_replaces_the_stored_one(new: UnitOfWorkFactory) -> None:
    add(new, LEAVE)
    filed = replace(LEAVE.to(LeaveState.FILED), approval="a7")

    with new() as uow:
        uow.leaves.update(filed, None, NOW)
        uow.commit()

    with new() as uow:
        assert uow.leaves.get(LEAVE.id) == filed


def test_what_happened_to_a_leave_is_told_in_order(new: UnitOfWorkFactory) -> None:
    other = replace(LEAVE, id=LeaveId(2))
    add(new, LEAVE, other)
    filed = LEAVE.to(LeaveState.FILED)

    with new() as uow:
        uow.leaves.update(filed, None, NOW)
        uow.leaves.update(filed.to(LeaveState.REFUSED), HEAD, NOW + MINUTE, "人手不够")
        events = uow.leaves.events([LEAVE.id, LeaveId(404)])

    assert events == {
        LEAVE.id: [
            LeaveEvent(LEAVE.state, NOW, LEAVE.user),
            LeaveEvent(LeaveState.FILED, NOW),
            LeaveEvent(LeaveState.REFUSED, NOW + MINUTE, HEAD, "人手不够"),
        ],
        LeaveId(404): [],
    }


def test_leaves_are_listed_latest_first_day_first(new: UnitOfWorkFactory) -> None:
    later = replace(LEAVE, id=LeaveId(2), span=Span(MONDAY + DAY, MONDAY + DAY))
    twin = replace(later, id=LeaveId(3), user=HEAD)
    add(new, LEAVE, twin, later)

    with new() as uow:
        listed = [leave.id for leave in uow.leaves.listing(ORG)]
        own = [leave.id for leave in uow.leaves.listing(ORG, CLERK)]
        elsewhere = uow.leaves.listing(OTHER_ORG)

    assert (listed, own, elsewhere) == ([3, 2, 1], [2, 1], [])


def test_leaves_that_ended_before_a_day_are_left_out(new: UnitOfWorkFactory) -> None:
    add(new, LEAVE)

    with new() as uow:
        assert uow.leaves.listing(ORG, since=LEAVE.span.last_day) == [LEAVE]
        assert uow.leaves.listing(ORG, since=LEAVE.span.last_day + DAY) == []


def test_a_leave_is_read_without_its_lock_and_knows_what_it_goes_on_from(
    new: UnitOfWorkFactory,
) -> None:
    extension = replace(LEAVE, id=LeaveId(2), extends=LEAVE.id)
    add(new, LEAVE, extension, replace(LEAVE, id=LeaveId(3), replaces=LEAVE.id))

    with new() as uow:
        assert uow.leaves.read(extension.id) == extension
        assert uow.leaves.read(LeaveId(3)).replaces == LEAVE.id
        with pytest.raises(NotFoundError, match="leave_unknown"):
            uow.leaves.read(LeaveId(404))


def test_leaves_are_narrowed_to_days_and_states(new: UnitOfWorkFactory) -> None:
    later = replace(LEAVE, id=LeaveId(2), span=Span(MONDAY + 9 * DAY, MONDAY + 9 * DAY))
    away = replace(LEAVE, id=LeaveId(3), state=LeaveState.AWAY, user=HEAD)
    add(new, LEAVE, later, away)

    with new() as uow:
        early = [leave.id for leave in uow.leaves.listing(ORG, until=MONDAY)]
        waiting = [leave.id for leave in uow.leaves.listing(ORG, states=[LeaveState.CONFIRMED])]
        begun = uow.leaves.begun(MONDAY, [LeaveState.AWAY, LeaveState.CONFIRMED])
        undecided = [leave.id for leave in uow.leaves.waiting()]

    assert (early, waiting, begun, undecided) == ([3, 1], [2, 1], [1, 3], [1, 2])


def test_approvals_that_run_though_withdrawn_are_named_until_they_are_cancelled(
    new: UnitOfWorkFactory,
) -> None:
    withdrawn = replace(LEAVE, state=LeaveState.WITHDRAWN)
    never_filed = replace(withdrawn, id=LeaveId(2), approval=None)
    add(new, withdrawn, never_filed, replace(LEAVE, id=LeaveId(3)))
    with new() as uow:
        before = uow.leaves.running_though_withdrawn()
        uow.effects.record("leave:1:cancelled", "leave:1")
        uow.commit()

    with new() as uow:
        after = uow.leaves.running_though_withdrawn()

    assert (before, after) == ([withdrawn], [])


def test_a_thread_has_one_draft_until_it_is_dropped(new: UnitOfWorkFactory) -> None:
    changed = replace(DRAFT, no_stand_in=False, parts=replace(DRAFT.parts, span=None))

    with new() as uow:
        uow.leaves.put_draft(DRAFT)
        first = uow.leaves.draft(DRAFT.thread)
        uow.leaves.put_draft(changed)
        second = uow.leaves.draft(DRAFT.thread)
        uow.leaves.drop_draft(DRAFT.thread)
        uow.leaves.drop_draft(DRAFT.thread)
        third = uow.leaves.draft(DRAFT.thread)

    assert (first, second, third) == (DRAFT, changed, None)
