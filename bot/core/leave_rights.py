"""Who may read whose leaves: one's own, what one has to approve, and all of them by duty."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.leave import Leave
from bot.core.people import OrgId, Person, PersonId, Rank, Role

HEADS = frozenset({Rank.OFFICE_DIRECTOR, Rank.OFFICE_DEPUTY})


def keeps_register(person: Person, org: OrgId) -> bool:
    """Whether a person sees every leave of an office: its clerks, leaders and office heads."""
    is_keeper = person.has(Role.CLERK) or person.has(Role.LEADER) or person.rank in HEADS
    return person.org == org and is_keeper


def approves(person: Person, leave: Leave) -> bool:
    """Whether a person is on the route of a leave."""
    return any(step.user == person.id for step in leave.route)


def may_read(reader: Person, leave: Leave) -> bool:
    """Whether a person may see a leave with its reason and its approvals."""
    is_concerned = leave.user == reader.id or approves(reader, leave)
    return is_concerned or keeps_register(reader, leave.org)


def may_read_all(reader: Person, owner: PersonId, leaves: Iterable[Leave]) -> bool:
    """Whether a person may see what another has had: who approves a leave sees those before it."""
    by_duty = reader.id == owner or any(approves(reader, leave) for leave in leaves)
    return by_duty or keeps_register(reader, OrgId(owner.split("/")[0]))
