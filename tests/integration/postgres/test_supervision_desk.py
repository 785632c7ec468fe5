from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.supervision import ItemState, Occasion
from bot.services.storage import UnitOfWorkFactory
from tests.unit.supervision.stage import CHANGLE, Stage


def test_an_item_lives_on_a_real_database_from_sentence_to_closing(
    unit_of_work_factory: UnitOfWorkFactory,
) -> None:
    stage = Stage()
    desk = replace(stage.desk, unit_of_work=unit_of_work_factory)
    with unit_of_work_factory() as uow:
        uow.people.save(stage.database.unit_of_work().people.directory(CHANGLE))
        uow.commit()
    unit, office = stage.person("bureau_head"), stage.person("supervisor1")

    registered = desk.register(office, "立项:发改局11月底前报送重点项目进展,速办", "turn-1")
    again = desk.register(office, "立项:发改局11月底前报送重点项目进展,速办", "turn-1")
    desk.report(unit, "督办1号已完成80%", "turn-2")
    stage.at(2026, 11, 25, 9)
    for _ in range(3):
        desk.tick()
    desk.report(unit, "督办1号已办结", "turn-3")
    closed = desk.close(office, "督办1号销号", "turn-4")

    assert again == registered
    assert desk.listing(CHANGLE) == [closed]
    assert (closed.state, [p.percent for p in closed.progress]) == (ItemState.CLOSED, [80, None])
    with unit_of_work_factory() as uow:
        [sent] = uow.items.reminders([closed.id]).values()
    assert [(r.occasion, r.day, r.status) for r in sent] == [
        (Occasion.ASSIGNED, date(2026, 11, 23), "pending"),
        (Occasion.DUE_SOON, date(2026, 11, 25), "pending"),
    ]
