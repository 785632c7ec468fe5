from __future__ import annotations

from dataclasses import replace

from bot.services.storage import UnitOfWorkFactory
from tests.contract.samples import DAY, MONDAY, ORG, OTHER_ORG, edition


def test_an_edition_is_read_back_as_it_was_stored(new: UnitOfWorkFactory) -> None:
    bare = replace(
        edition("b", effective_day=None), adopted_day=None, repeals=None, repealed_day=None
    )
    with new() as uow:
        saved = [uow.rules.save(edition("a")), uow.rules.save(bare)]
        uow.commit()

    with new() as uow:
        assert uow.rules.editions(ORG) == [bare, edition("a")]
    assert saved == [True, True]


def test_an_edition_with_known_content_is_not_stored_again(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        saved = [uow.rules.save(edition("a")), uow.rules.save(edition("a"))]

    assert saved == [True, False]


def test_an_edition_with_new_content_replaces_the_old(new: UnitOfWorkFactory) -> None:
    changed = replace(edition("a"), content_hash="b" * 64, articles=edition("a").articles[1:])
    with new() as uow:
        uow.rules.save(edition("a"))
        assert uow.rules.save(changed)
        uow.commit()

    with new() as uow:
        assert uow.rules.editions() == [changed]


def test_editions_are_listed_by_office_and_effective_day(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.rules.save(edition("y", org=OTHER_ORG))
        uow.rules.save(edition("c2", effective_day=MONDAY + DAY))
        uow.rules.save(edition("c1"))

        assert [e.id for e in uow.rules.editions()] == ["c1", "c2", "y"]
        assert [e.id for e in uow.rules.editions(OTHER_ORG)] == ["y"]
