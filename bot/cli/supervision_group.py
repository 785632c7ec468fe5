"""`supervision group`: which group chat gets an office's digest, on every platform."""

from __future__ import annotations

import click

from bot.bootstrap import wire
from bot.core.people import PersonId
from bot.services.supervision_groups import SupervisionGroup, read_group, write_group
from bot.settings import Settings


@click.command("group")
@click.option("--by", required=True, help="Who names it, of the supervision office.")
@click.option("--group", help="The platform's id of the group; empty ends the digest.")
@click.option("--member", "members", multiple=True, help="Who reads along: changle/head. Repeat.")
@click.pass_obj
def name_group(settings: Settings, by: str, group: str | None, members: tuple[str, ...]) -> None:
    """Print the group of an office, or name it; nobody known in it: counts alone are sent."""
    wiring = wire(settings)
    with wiring.unit_of_work() as uow:
        person = uow.people.person(PersonId(by))
        if group is not None:
            known = tuple(PersonId(member) for member in members)
            write_group(uow, person, SupervisionGroup(group, known), wiring.clock.now())
            uow.commit()
        found = read_group(uow, person.org)
    click.echo(" ".join((found.group, *found.members)) if found else "none")
