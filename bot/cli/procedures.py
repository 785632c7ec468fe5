"""`procedures check`: do the decision tables stand on the published rules?"""

from __future__ import annotations

import click

from bot.settings import Settings
from knowledge.ingest.documents import read_folder
from knowledge.procedures.checker import check
from knowledge.procedures.loader import load_procedures


def check_all(settings: Settings, org: str | None = None) -> bool:
    """Print every finding; False if one is an error. Needs no database."""
    book = load_procedures(settings.procedures)
    good = True
    for edition in read_folder(settings.documents).editions:
        if org not in (None, edition.org):
            continue
        findings = check(book.of(edition.org), edition)
        for finding in findings:
            click.echo(f"{edition.org}: {finding}")
        good = good and not any(finding.is_error for finding in findings)
    click.echo("procedures: all quotes stand" if good else "procedures: errors found")
    return good


def show(settings: Settings, org: str | None = None) -> bool:
    """Print the tables with their rows."""
    book = load_procedures(settings.procedures)
    for edition in read_folder(settings.documents).editions:
        if org not in (None, edition.org):
            continue
        for table in book.of(edition.org).tables.values():
            click.echo(f"{edition.org} {table.name} {table.title}")
            for row in table.rows:
                source = f"article {row.article}" if row.article else row.basis
                click.echo(f"  {source}: {dict(row.outcome)}")
    return True
