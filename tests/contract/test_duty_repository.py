from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.duties import (
    Duty,
    DutyId,
    DutyKind,
    DutyOccasion,
    DutyReminder,
    DutyState,
    Lapse,
)
from bot.core.errors import NotFoundError
from bot.services.storage import UnitOfWorkFactory
from tests.contract.samples import CITATION, CLERK, DAY, HEAD, MONDAY, NOW, ORG, OTHER_ORG

DUTY = Duty(
    id=DutyId(1),
    org=ORG,
    kind=DutyKind.COUNTERSIGN,
    title="关于规范公文的通知",
    unit="发展和改革局",
    person=HEAD,
    by=CLERK,
    opened_at=NOW,
    due_at=NOW + 3 * DAY,
    rule=CITATION,
    lapse=Lapse.NO_OBJECTION,
    lapse_rule=CITATION,
    state=DutyState.OPEN,
    closed_at=None,
)
SOONER = replace(DUTY, id=DutyId(2), due_at=NOW + DAY, rule=None, lapse_rule=None)
ELSEWHERE = replace(DUTY, id=DutyId(3), org=OTHER_ORG)


def add(new: UnitOfWorkFactory, *duties: Duty) -> None:
    with new() as uow:
        for duty in duties:
            uow.duties.add(duty)
        uow.commit()


def test_duties_are_read_back_the_first_due_first(new: UnitOfWorkFactory) -> None:
    add(new, DUTY, SOONER, ELSEWHERE)

    with new() as uow:
        assert uow.duties.get(ORG, DUTY.id) == DUTY
        assert uow.duties.listing(ORG) == [SOONER, DUTY]
        assert uow.duties.listing(None, DutyState.OPEN) == [SOONER, DUTY, ELSEWHERE]
        assert uow.duties.open_duties() == [DUTY, SOONER, ELSEWHERE]


def test_a_duty_of_another_office_is_not_found(new: UnitOfWorkFactory) -> None:
    add(new, ELSEWHERE)

    with new() as uow:
        with pytest.raises(NotFoundError) as refusal:
            uow.duties.get(ORG, ELSEWHERE.id)
        with pytest.raises(NotFoundError):
            uow.duties.update(DUTY)

    assert refusal.value.code == "duty_unknown"


def test_a_closed_duty_is_open_no_more(new: UnitOfWorkFactory) -> None:
    add(new, DUTY)
    done = DUTY.closed(DutyState.DONE, NOW + timedelta(hours=1))

    with new() as uow:
        uow.duties.update(done)
        uow.commit()

    with new() as uow:
        assert uow.duties.get(ORG, DUTY.id) == done
        assert uow.duties.open_duties() == uow.duties.listing(ORG, DutyState.OPEN) == []


def test_reminders_of_duties_are_noted_once(new: UnitOfWorkFactory) -> None:
    add(new, DUTY, SOONER)
    first = DutyReminder(DUTY.id, DutyOccasion.DUE_SOON, MONDAY, HEAD)

    with new() as uow:
        uow.duties.add_reminders([first], "p1", NOW)
        uow.duties.add_reminders([first, replace(first, to=CLERK)], "p2", NOW)
        uow.duties.add_reminders([], "p3", NOW)
        found = uow.duties.sent([DUTY.id, SOONER.id])

    assert found == {
        DUTY.id: [(DutyOccasion.DUE_SOON, MONDAY, to) for to in (HEAD, CLERK)],
        SOONER.id: [],
    }


def test_no_two_duties_get_the_same_id(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        first = uow.duties.next_id()
    with new() as uow:
        assert uow.duties.next_id() != first
