"""The leave desk on the real database: what the fakes promise holds there as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.adapters.postgres.unit_of_work import SqlUnitOfWork
from bot.core.leave import LeaveState
from bot.services.leave_cases import approval_key
from tests.unit.leave.stage import Stage, directory, person, thread

USER = "yunyang/bureau_head"


def test_a_leave_goes_from_sentence_to_return(
    unit_of_work_factory: Callable[[], SqlUnitOfWork],
) -> None:
    stage = Stage(orgs=())
    desk = replace(stage.desk, unit_of_work=unit_of_work_factory)
    with unit_of_work_factory() as uow:
        uow.people.save(directory("yunyang"))
        uow.commit()

    desk.draft(person(USER), thread(USER), "后天去重庆出差两天,工作由副局长主持")
    preview = desk.preview(person(USER), thread(USER))
    leave = desk.confirm(person(USER), thread(USER), "t1")
    again = desk.confirm(person(USER), thread(USER), "t1")
    desk.filed(approval_key(leave.id), "approval")
    desk.settle(approval_key(leave.id), True, person("yunyang/head").id)
    stage.go_to(date(2026, 11, 28))
    desk.tick()
    desk.tick()
    [overdue] = desk.listing(leave.org)
    returned = desk.return_from(person(USER), None, "t2")

    assert again == leave
    assert (leave.warnings, leave.stand_in_name) == (preview.warnings, "副局长")
    assert overdue.state is LeaveState.OVERDUE
    assert (returned.state, returned.approval) == (LeaveState.RETURNED, "approval")
    assert [step.name for step in returned.route] == [step.name for step in preview.route]
