"""`supervision`: the ledger and its bulletins from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.api import shapes
from bot.bootstrap import wire
from bot.cli.groups import LedgerGroup
from bot.cli.supervision_group import name_group
from bot.cli.supervision_import import import_items
from bot.core.people import OrgId
from bot.services.bulletin_words import BulletinWords
from bot.settings import Settings

pass_settings = click.make_pass_decorator(Settings)


@click.group(cls=LedgerGroup)
def supervision() -> None:
    """The supervision ledger: `supervision changle` prints it."""


@supervision.command("list")
@click.argument("org")
@click.option("--state", help="Only items in this state.")
@pass_settings
def show(settings: Settings, org: str, state: str | None) -> None:
    """Print the supervision ledger of an office."""
    for item in wire(settings).supervision_desk.listing(OrgId(org), state):
        shown = shapes.item(item, []).model_dump(mode="json", exclude={"reminders"})
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))


@supervision.command()
@click.option("--org", required=True, help="The office: changle")
@click.option("--month", help="2026-11; the running month if none is named.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a workbook (.xlsx) or the text (any other name) to this file.",
)
@pass_settings
def report(settings: Settings, org: str, month: str | None, out: Path | None) -> None:
    """Print the bulletin of a month, or write it to a file."""
    wiring = wire(settings)
    desk = wiring.bulletin_desk
    bulletin = desk.draw_up(OrgId(org), desk.month(month))
    text = BulletinWords(bulletin, wiring.texts).text()
    if out is None:
        click.echo(text)
    elif out.suffix == ".xlsx":
        out.write_bytes(desk.workbook(bulletin))
    else:
        out.write_text(f"{text}\n", encoding="utf-8")


supervision.add_command(import_items)
supervision.add_command(name_group)
