"""Who may do what with a matter under supervision: one table."""

from __future__ import annotations

from enum import StrEnum

from bot.core.errors import NotAllowedError
from bot.core.people import Person, Role
from bot.core.supervision import Item


class Standing(StrEnum):
    """What a person is to an item; one may be several."""

    SUPERVISION = "supervision"  # of the supervision office
    CLERK = "clerk"
    LEADER = "leader"
    LEAD_UNIT = "lead_unit"
    ASSIST_UNIT = "assist_unit"


class Act(StrEnum):
    """What can be done with an item."""

    SEE = "see"
    REGISTER = "register"
    SIGN = "sign"
    REPORT = "report"
    FINISH = "finish"  # apply for closing (办结申请)
    EXTEND = "extend"  # either of the next two
    ASK_EXTENSION = "ask_extension"
    DECIDE_EXTENSION = "decide_extension"
    CLOSE = "close"
    SEND_BACK = "send_back"
    CANCEL = "cancel"
    AMEND = "amend"  # another unit, person or content
    MERGE = "merge"  # 并案: into another item
    UNMERGE = "unmerge"
    NAME_GROUP = "name_group"  # of the ledger as a whole: which group chat reads the digest


_OFFICE = frozenset({Standing.SUPERVISION, Standing.CLERK, Standing.LEADER})
_SUPERVISION = frozenset({Standing.SUPERVISION})
_LEAD_UNIT = frozenset({Standing.LEAD_UNIT})
_UNITS = frozenset({Standing.LEAD_UNIT, Standing.ASSIST_UNIT})

RIGHTS: dict[Act, frozenset[Standing]] = {
    Act.SEE: _OFFICE | _UNITS,
    Act.REGISTER: _OFFICE,
    Act.SIGN: _LEAD_UNIT,
    Act.REPORT: _UNITS | _SUPERVISION,  # the supervision office notes what it learns by telephone
    Act.FINISH: _LEAD_UNIT,
    Act.EXTEND: _LEAD_UNIT | _SUPERVISION,
    Act.ASK_EXTENSION: _LEAD_UNIT,
    Act.DECIDE_EXTENSION: _SUPERVISION,
    Act.CLOSE: _SUPERVISION,
    Act.SEND_BACK: _SUPERVISION,
    Act.CANCEL: _SUPERVISION,
    Act.AMEND: _SUPERVISION,
    Act.MERGE: _SUPERVISION,
    Act.UNMERGE: _SUPERVISION,
    Act.NAME_GROUP: _SUPERVISION,
}

_ROLES = {
    Role.SUPERVISOR: Standing.SUPERVISION,
    Role.CLERK: Standing.CLERK,
    Role.LEADER: Standing.LEADER,
}


def standings(person: Person, item: Item | None) -> frozenset[Standing]:
    """What a person is to an item, or to the ledger as a whole (`item` None).

    For a unit that is not in the directory, and so has nobody here, the supervision office acts.
    """
    if item is not None and item.org != person.org:
        return frozenset()
    held = {standing for role, standing in _ROLES.items() if person.has(role)}
    if item is not None:
        if person.id == item.person or person.unit == item.lead_unit:
            held.add(Standing.LEAD_UNIT)
        if person.unit in item.assist_units:
            held.add(Standing.ASSIST_UNIT)
        if not item.registered_unit and Standing.SUPERVISION in held:
            held.add(Standing.LEAD_UNIT)
    return frozenset(held)


def may(person: Person, act: Act, item: Item | None = None) -> bool:
    """Whether a person may do something; an item of another office nobody here may touch."""
    return not RIGHTS[act].isdisjoint(standings(person, item))


def require(person: Person, act: Act, item: Item | None = None) -> None:
    """Let a person pass who may do something.

    Raises:
        NotAllowedError: not this person ("supervision_<act>_not_allowed").
    """
    if not may(person, act, item):
        raise NotAllowedError(f"supervision_{act}_not_allowed", number=item and item.number)
