from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.approvals import ApprovalRequest
from bot.core.messages import Message, Push
from bot.services.storage import OutboxEntry, OutboxState, UnitOfWorkFactory
from tests.contract.samples import MINUTE, NOW, ORG, OTHER_ORG, REQUEST, push


def add(new: UnitOfWorkFactory, *payloads: Push | ApprovalRequest) -> list[bool]:
    with new() as uow:
        added = [uow.outbox.add(payload, NOW) for payload in payloads]
        uow.commit()
    return added


def claim(new: UnitOfWorkFactory, now: datetime = NOW) -> OutboxEntry | None:
    with new() as uow:
        entry = uow.outbox.claim(now, lease_s=20)
        uow.commit()
    return entry


def must_claim(new: UnitOfWorkFactory, now: datetime = NOW) -> OutboxEntry:
    entry = claim(new, now)
    assert entry is not None
    return entry


def test_payloads_come_out_as_they_went_in_oldest_first(new: UnitOfWorkFactory) -> None:
    payload = push("p1", not_before=NOW)
    add(new, payload, REQUEST)

    first, second = must_claim(new), must_claim(new)

    assert (first.key, first.org, first.payload, first.attempts) == ("p1", ORG, payload, 1)
    assert (second.key, second.payload) == ("leave:1", REQUEST)
    assert claim(new) is None


def test_a_key_is_stored_once(new: UnitOfWorkFactory) -> None:
    added = add(new, push("p1"), push("p1", to="changle/head"))

    assert added == [True, False]
    assert must_claim(new).payload == push("p1")


def test_a_push_waits_for_its_time(new: UnitOfWorkFactory) -> None:
    add(new, push("p1", not_before=NOW + 5 * MINUTE))

    assert claim(new, NOW + 4 * MINUTE) is None
    assert must_claim(new, NOW + 5 * MINUTE).key == "p1"


def test_what_is_for_now_goes_out_even_if_the_clock_is_set_back(new: UnitOfWorkFactory) -> None:
    add(new, push("p1"))

    assert must_claim(new, NOW - 60 * MINUTE).key == "p1"


def test_whose_lease_ended_by_itself_is_uncertain(new: UnitOfWorkFactory) -> None:
    add(new, push("p1"))
    assert must_claim(new).state is OutboxState.PENDING

    assert must_claim(new, NOW + MINUTE).state is OutboxState.UNCERTAIN


def test_a_try_that_did_not_count_leaves_everything_as_it_was(new: UnitOfWorkFactory) -> None:
    add(new, push("p1"))
    entry = must_claim(new)

    with new() as uow:
        uow.outbox.defer(entry.id, NOW + MINUTE, "limit")
        uow.commit()

    assert claim(new, NOW) is None
    again = must_claim(new, NOW + MINUTE)
    assert (again.state, again.attempts, again.error) == (OutboxState.PENDING, 1, "limit")


def test_what_follows_to_one_recipient_waits_while_the_first_is_on_its_way(
    new: UnitOfWorkFactory,
) -> None:
    add(new, push("p1"), push("p2"), push("p3", to="changle/head"))
    first = must_claim(new)

    assert must_claim(new).key == "p3"
    assert claim(new) is None
    with new() as uow:
        uow.outbox.postpone(first.id, OutboxState.PENDING, NOW + 60 * MINUTE, "down")
        uow.commit()
    assert must_claim(new).key == "p2"


def test_a_lease_ends_by_itself(new: UnitOfWorkFactory) -> None:
    add(new, push("p1"))
    claim(new)

    assert claim(new) is None
    assert must_claim(new, NOW + MINUTE).attempts == 2


def test_what_says_the_same_to_other_people_can_be_leased_together(
    new: UnitOfWorkFactory,
) -> None:
    other = replace(push("p5", to="changle/deputy2"), message=Message("另一件事"))
    add(new, *(push(f"p{n}", to=f"changle/{n}") for n in range(4)), other)
    add(new, push("group", to="cid-group"), push("later", to="changle/9", not_before=NOW + MINUTE))
    add(new, push("again", to="changle/2"), REQUEST)
    first = must_claim(new)

    with new() as uow:
        two = uow.outbox.claim_alike(first, NOW, lease_s=20, most=2)
        uow.commit()
    with new() as uow:
        rest = uow.outbox.claim_alike(first, NOW, lease_s=20, most=9)
        uow.commit()

    assert [(entry.key, entry.attempts) for entry in two] == [("p1", 1), ("p2", 1)]
    assert [entry.key for entry in rest] == ["p3"]


def test_what_has_not_gone_out_is_counted_by_state(new: UnitOfWorkFactory) -> None:
    add(new, push("p1"), push("p2", to="changle/head"), REQUEST)
    sent, failed = must_claim(new), must_claim(new)

    with new() as uow:
        uow.outbox.settle(sent.id, OutboxState.SENT)
        uow.outbox.settle(failed.id, OutboxState.FAILED, "outside_service")

        assert uow.outbox.unsent() == {
            OutboxState.PENDING: 1,
            OutboxState.UNCERTAIN: 0,
            OutboxState.FAILED: 1,
        }


def test_a_settled_entry_is_not_claimed(new: UnitOfWorkFactory) -> None:
    add(new, push("p1"), push("p2", to="changle/head"))
    sent, failed = must_claim(new), must_claim(new)

    with new() as uow:
        uow.outbox.settle(sent.id, OutboxState.SENT)
        uow.outbox.settle(failed.id, OutboxState.FAILED, "outside_service")
        uow.commit()

    assert claim(new, NOW + MINUTE) is None
    with new() as uow:
        [entry] = uow.outbox.listing(ORG, [OutboxState.FAILED])
    assert (entry.key, entry.error) == ("p2", "outside_service")


def test_an_uncertain_entry_is_due_again_later_and_says_so(new: UnitOfWorkFactory) -> None:
    add(new, REQUEST)
    entry = must_claim(new)

    with new() as uow:
        uow.outbox.postpone(entry.id, OutboxState.UNCERTAIN, NOW + MINUTE, "outcome_unknown")
        uow.commit()

    assert claim(new) is None
    again = must_claim(new, NOW + MINUTE)
    assert (again.state, again.error, again.attempts) == (
        OutboxState.UNCERTAIN,
        "outcome_unknown",
        2,
    )


def test_one_entry_is_claimed_by_its_key(new: UnitOfWorkFactory) -> None:
    add(new, push("p1"), push("p2"), push("p3", not_before=NOW + MINUTE))

    with new() as uow:
        named = uow.outbox.claim_key("p2", NOW, lease_s=20)
        held = uow.outbox.claim_key("p2", NOW, lease_s=20)
        not_due = uow.outbox.claim_key("p3", NOW, lease_s=20)
        unknown = uow.outbox.claim_key("p4", NOW, lease_s=20)

    assert named is not None
    assert named.key == "p2"
    assert (held, not_due, unknown) == (None, None, None)


def test_entries_are_listed_by_office_and_state_oldest_first(new: UnitOfWorkFactory) -> None:
    add(new, push("p1"), push("p2"), Push("p3", OTHER_ORG, "g1", push("p3").message))
    first = must_claim(new)
    with new() as uow:
        uow.outbox.settle(first.id, OutboxState.SENT)
        uow.commit()

    with new() as uow:
        all_keys = [e.key for e in uow.outbox.listing(None, list(OutboxState))]
        own = [e.key for e in uow.outbox.listing(ORG, [OutboxState.PENDING])]
        none = uow.outbox.listing(ORG, [])

    assert (all_keys, own, none) == (["p1", "p2", "p3"], ["p2"], [])


def test_what_a_person_got_is_what_arrived_within_the_time(new: UnitOfWorkFactory) -> None:
    waiting = push("p2", not_before=NOW + 2 * MINUTE)
    add(new, push("p1"), waiting, replace(push("p3"), to="changle/x"), push("p4"))
    with new() as uow:
        for key, state in (("p1", OutboxState.SENT), ("p2", OutboxState.UNCERTAIN)):
            entry = uow.outbox.claim_key(key, NOW + 2 * MINUTE, lease_s=20)
            assert entry is not None
            uow.outbox.settle(entry.id, state)

        def arrived(after: int, until: int) -> list[str]:
            since, end = NOW + after * MINUTE, NOW + until * MINUTE
            return uow.outbox.arrived(push("p1").to, since, end)

        assert arrived(-1, 2) == ["p1", "p2"]
        assert arrived(-1, 1) == ["p1"]
        assert arrived(0, 2) == ["p2"]
        assert arrived(2, 9) == []
