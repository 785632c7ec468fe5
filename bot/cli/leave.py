"""`leave`: the leaves of an office and their register from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.api import shapes
from bot.bootstrap import wire
from bot.cli.groups import LedgerGroup
from bot.core.people import OrgId, PersonId
from bot.settings import Settings

pass_settings = click.make_pass_decorator(Settings)


@click.group(cls=LedgerGroup)
def leave() -> None:
    """The leaves of an office: `leave changle` prints them."""


@leave.command("list")
@click.argument("org")
@click.option("--user", help="Only this person's.")
@pass_settings
def show(settings: Settings, org: str, user: str | None) -> None:
    """Print the leaves of an office."""
    found = wire(settings).leave_desk.listing(OrgId(org), PersonId(user) if user else None)
    for one in found:
        shown = shapes.leave(one).model_dump(mode="json", exclude={"citations", "warnings"})
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))


@leave.command()
@click.option("--org", required=True, help="The office: changle")
@click.option("--month", help="2026-11; the running month if none is named.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The workbook (.xlsx) to write.",
)
@pass_settings
def ledger(settings: Settings, org: str, month: str | None, out: Path) -> None:
    """Write the register of a month (准假条登记) to a workbook."""
    wiring = wire(settings)
    with wiring.unit_of_work() as uow:
        office = uow.people.directory(OrgId(org)).office.id
    register = wiring.leave_ledger
    out.write_bytes(register.workbook(office, register.month(month)))
