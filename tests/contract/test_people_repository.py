from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import NotFoundError
from bot.core.people import Directory, Office, PersonId
from bot.services.storage import UnitOfWorkFactory
from tests.contract.samples import CLERK, DIRECTORY, ORG, OTHER_ORG

OTHER = Directory(Office(OTHER_ORG, "云阳县人民政府", "云阳县", "云阳县城"), (), ())


def save(new: UnitOfWorkFactory, *directories: Directory) -> None:
    with new() as uow:
        for directory in directories:
            uow.people.save(directory)
        uow.commit()


def test_a_directory_is_read_back_in_its_order(new: UnitOfWorkFactory) -> None:
    save(new, OTHER, DIRECTORY)

    with new() as uow:
        assert uow.people.directory(ORG) == DIRECTORY
        assert uow.people.directory(OTHER_ORG) == OTHER
        assert uow.people.orgs() == [ORG, OTHER_ORG]


def test_a_directory_saved_again_replaces_the_old_one(new: UnitOfWorkFactory) -> None:
    save(new, OTHER, DIRECTORY)
    smaller = Directory(
        replace(DIRECTORY.office, name="昌乐县政府"), DIRECTORY.people[::-1][:1], ()
    )

    save(new, smaller)

    with new() as uow:
        assert uow.people.directory(ORG) == smaller
        assert uow.people.orgs() == [ORG, OTHER_ORG]


def test_a_person_is_found_by_id(new: UnitOfWorkFactory) -> None:
    save(new, DIRECTORY)

    with new() as uow:
        assert uow.people.person(CLERK) == DIRECTORY.people[1]


def test_unknown_offices_and_people_are_not_found(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        with pytest.raises(NotFoundError) as no_office:
            uow.people.directory(ORG)
        with pytest.raises(NotFoundError) as nobody:
            uow.people.person(PersonId("changle/nobody"))

    assert (no_office.value.code, nobody.value.code) == ("org_unknown", "person_unknown")
