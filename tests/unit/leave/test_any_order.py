"""Whatever happens in whatever order, a state never goes back and nothing is filed twice."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.approvals import ApprovalRequest
from bot.core.clock import today
from bot.core.errors import RefusedError
from bot.core.leave import NEXT_STATES, LeaveState
from bot.core.messages import Push
from bot.services.leave_cases import approval_key
from tests.unit.leave.stage import Stage, person, thread

USER, APPROVER = "changle/staff1", "changle/section_chief"
EVENTS = (
    "say",
    "confirm",
    "confirm again",
    "filed",
    "agreed",
    "refused",
    "withdraw",
    "return",
    "tick",
    "day passes",
)


def _happen(stage: Stage, event: str) -> None:
    leaves = stage.desk.listing(person(USER).org)
    key = approval_key(leaves[0].id) if leaves else "leave:1"
    with suppress(RefusedError):
        match event:
            case "say":
                stage.say(USER, "明天起请两天病假")
            case "confirm":
                stage.desk.confirm(person(USER), thread(USER), stage.turn())
            case "confirm again":
                stage.desk.confirm(person(USER), thread(USER), "the same turn")
            case "filed":
                stage.desk.filed(key, "approval")
            case "agreed" | "refused":
                stage.desk.settle(key, event == "agreed", person(APPROVER).id)
            case "withdraw":
                stage.desk.withdraw(person(USER), None, stage.turn())
            case "return":
                stage.desk.return_from(person(USER), None, stage.turn())
            case "tick":
                stage.desk.tick()
            case "day passes":
                stage.go_to(today(stage.clock) + timedelta(days=1))


def _reachable(state: LeaveState) -> set[LeaveState]:
    """A state and all that can follow it; the ways never come back."""
    found = {state}
    for following in NEXT_STATES[state]:
        found |= _reachable(following)
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(EVENTS), max_size=25))
def test_no_order_of_events_leads_back_or_files_twice(events: list[str]) -> None:
    stage = Stage(orgs=["changle"])
    before: dict[int, LeaveState] = {}

    for event in ("say", "confirm", *events):
        _happen(stage, event)
        leaves = stage.desk.listing(person(USER).org)
        for leave in leaves:
            assert leave.state in _reachable(before.get(leave.id, LeaveState.CONFIRMED))
        before = {leave.id: leave.state for leave in leaves}

    payloads = stage.payloads()
    requests = Counter(p.key for p in payloads if isinstance(p, ApprovalRequest))
    assert set(requests) == {approval_key(leave.id) for leave in leaves}
    assert all(count == 1 for count in requests.values())
    pushes = Counter(p.key for p in payloads if isinstance(p, Push))
    assert all(count == 1 for count in pushes.values())


def test_the_ways_between_states_never_come_back() -> None:
    for state, following in NEXT_STATES.items():
        assert all(state not in _reachable(later) for later in following)
