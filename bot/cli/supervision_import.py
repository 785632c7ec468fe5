"""`supervision import`: a workbook into the ledger, with a report row by row."""

from __future__ import annotations

from pathlib import Path

import click

from bot.bootstrap import wire
from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.people import OrgId, PersonId
from bot.services.error_words import error_words
from bot.services.outside import Texts
from bot.services.supervision_import import ImportReport
from bot.settings import Settings

MOST_BYTES = 20_000_000


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--org", required=True, help="The office: changle")
@click.option("--by", required=True, help="Who registers them: changle/supervisor1")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--accept-unlisted", is_flag=True, help="Keep rows of units not in the directory.")
@click.pass_obj
def import_items(
    settings: Settings, file: Path, org: str, by: str, dry_run: bool, accept_unlisted: bool
) -> None:
    """Import a workbook (.xlsx): good rows are kept, bad ones named, none is taken twice."""
    if file.stat().st_size > MOST_BYTES:
        raise InvalidInputError("sheet_broken")
    wiring = wire(settings)
    with wiring.unit_of_work() as uow:
        person = uow.people.person(PersonId(by))
    if person.org != OrgId(org):
        raise NotAllowedError("supervision_register_not_allowed")
    importer = wiring.supervision_desk.importer
    report = importer.run(person, file.read_bytes(), dry_run, accept_unlisted)
    for line in _lines(report, wiring.texts):
        click.echo(line)


def _lines(report: ImportReport, texts: Texts) -> list[str]:
    lines = [f"row {row.row}: {row.number or 'new'}" for row in report.created]
    lines += [f"row {row.row}: known {row.number}".rstrip() for row in report.known]
    for bad in report.refused:
        place = f"row {bad.row}" + (f", {bad.column}" if bad.column else "")
        lines.append(f"{place}: {bad.error.code}: {error_words(bad.error, texts)}")
    lines += [
        f"row {late.row}: later than {late.day} ({late.citation.label})" for late in report.late
    ]
    counts = f"created {len(report.created)}, known {len(report.known)}"
    refused = len({bad.row for bad in report.refused})
    lines.append(f"{counts}, refused {refused}{', dry run' if report.dry_run else ''}")
    return lines
