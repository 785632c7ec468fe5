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
from bot.core.leave import NEXT_STATES, Leave, LeaveId, LeaveState
from bot.core.leave_links import WAITING
from bot.core.leave_route import GRANTED_STATES
from bot.core.messages import Push
from bot.services.leave_cases import approval_key
from tests.unit.leave.stage import Stage, person, thread

USER, APPROVER = "changle/staff1", "changle/section_chief"
OTHER_DEVICE = f"{USER}@desk"
LATEST, FIRST = 0, -1  # of the leaves, latest first
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
    "change",
    "extend",
    "change on another device",
    "confirm on another device",
    "first agreed",
    "first refused",
    "first filed",
    "withdraw the first",
    "asker agrees",
    "stranger withdraws",
)


def _happen(stage: Stage, event: str) -> None:
    leaves = sorted(stage.desk.listing(person(USER).org), key=lambda leave: -leave.id)
    last = approval_key(leaves[LATEST].id if leaves else LeaveId(1))
    first = approval_key(leaves[FIRST].id if leaves else LeaveId(1))
    key = first if event.startswith("first") else last
    with suppress(RefusedError):
        match event:
            case "say":
                stage.say(USER, "明天起请两天病假")
            case "confirm":
                stage.desk.confirm(person(USER), thread(USER), stage.turn())
            case "confirm again":
                stage.desk.confirm(person(USER), thread(USER), "the same turn")
            case "filed" | "first filed":
                stage.desk.filed(key, f"approval of {key}")
            case "agreed" | "refused" | "first agreed" | "first refused":
                stage.desk.settle(key, event.endswith("agreed"), person(APPROVER).id)
            case "asker agrees":
                stage.desk.settle(key, True, person(USER).id)
            case "change":
                stage.desk.begin_change(person(USER), None, thread(USER), "推迟一天")
            case "change on another device":
                stage.desk.begin_change(person(USER), None, OTHER_DEVICE, "提前一天")
            case "extend":
                stage.desk.begin_extension(person(USER), None, thread(USER), "续假一天")
            case "confirm on another device":
                stage.desk.confirm(person(USER), OTHER_DEVICE, stage.turn())
            case "withdraw the first":
                stage.desk.withdraw(person(USER), LeaveId(1), stage.turn())
            case "stranger withdraws":
                stage.desk.withdraw(person("changle/staff2"), LeaveId(1), stage.turn())
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


@settings(max_examples=60)
@given(st.lists(st.sampled_from(EVENTS), max_size=40))
def test_no_order_of_events_leads_back_or_files_twice(events: list[str]) -> None:
    stage = Stage(orgs=["changle"])
    before: dict[int, LeaveState] = {}

    for event in ("say", "confirm", *events):
        _happen(stage, event)
        leaves = stage.desk.listing(person(USER).org)
        for leave in leaves:
            assert leave.state in _reachable(before.get(leave.id, LeaveState.CONFIRMED))
        before = {leave.id: leave.state for leave in leaves}
        _check_ties(leaves)

    payloads = stage.payloads()
    requests = Counter(p.key for p in payloads if isinstance(p, ApprovalRequest))
    assert set(requests) == {approval_key(leave.id) for leave in leaves}
    assert all(count == 1 for count in requests.values())
    pushes = Counter(p.key for p in payloads if isinstance(p, Push))
    assert all(count == 1 for count in pushes.values())


def _check_ties(leaves: list[Leave]) -> None:
    """Nothing is replaced by two, extended by two, or left standing beside what replaced it."""
    known = {leave.id: leave for leave in leaves}
    waiting = [le.replaces or le.extends for le in leaves if le.state in WAITING]
    tied = [old for old in waiting if old is not None]
    assert len(tied) == len(set(tied))
    for leave in leaves:
        if leave.state is LeaveState.APPROVED and leave.replaces is not None:
            assert known[leave.replaces].state in (LeaveState.WITHDRAWN, LeaveState.RETURNED)
    granted = [le for le in leaves if le.state in GRANTED_STATES and le.extends is not None]
    extended = Counter(leave.extends for leave in granted)
    assert all(count == 1 for count in extended.values())
    for extension in granted:
        old = known[extension.extends or LeaveId(0)]
        assert old.ends_on >= extension.span.last_day or old.state not in GRANTED_STATES


def test_the_ways_between_states_never_come_back() -> None:
    for state, following in NEXT_STATES.items():
        assert all(state not in _reachable(later) for later in following)
