"""`people`: the directory of an office, and what the platform's list makes of it."""

from __future__ import annotations

import click

from bot.bootstrap import wire
from bot.core.errors import ConfigurationError
from bot.core.people import OrgId, Person
from bot.core.staff_table import Mapped
from bot.services.people_sync import PeopleSync
from bot.settings import Settings
from bot.wiring import Wiring


@click.command()
@click.argument("org")
@click.option("--sync", is_flag=True, help="First take the platform's list over.")
@click.option("--unmapped", is_flag=True, help="Only list what the table of posts leaves open.")
@click.make_pass_decorator(Settings)
def people(settings: Settings, org: str, sync: bool, unmapped: bool) -> None:
    """Print the directory of an office."""
    wiring = wire(settings)
    try:
        if sync:
            _print_open(_sync_of(wiring, settings).sync(OrgId(org)))
        elif unmapped:
            _print_open(_sync_of(wiring, settings).unmapped(OrgId(org)))
        if not unmapped:
            with wiring.unit_of_work() as uow:
                _print_people(uow.people.directory(OrgId(org)).people)
    finally:
        wiring.close()


def _sync_of(wiring: Wiring, settings: Settings) -> PeopleSync:
    if wiring.people_sync is None:
        raise ConfigurationError("people_not_listed", platform=settings.platform)
    return wiring.people_sync


def _print_people(people: tuple[Person, ...]) -> None:
    for person in people:
        click.echo(f"{person.id}\t{person.name}\t{person.unit}\t{person.post}")


def _print_open(mapped: Mapped) -> None:
    for each in mapped.unmapped:
        click.echo(f"{each.code}\t{each.who}\t{each.about}", err=True)
    total = len(mapped.directory.people)
    click.echo(f"{total} people, {len(mapped.unmapped)} left open", err=True)
