"""The commands. Each one builds the wiring, calls a desk and prints what it says."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from bot.adapters.texts import YamlTexts
from bot.api import shapes
from bot.bootstrap import wire
from bot.cli import doctor as doctors
from bot.cli import procedures
from bot.cli.demo import demo
from bot.cli.leave import leave
from bot.cli.people import people
from bot.cli.supervision import supervision
from bot.cli.unanswered import unanswered
from bot.core.errors import ConfigurationError, GuijuError
from bot.core.people import OrgId
from bot.services.error_words import error_words
from bot.settings import Settings, read_settings, with_dotenv
from bot.wiring import Wiring
from knowledge.search.embed_documents import embed_documents

EX_CONFIG = 78  # sysexits.h: tells the process manager that starting again will not help

pass_settings = click.make_pass_decorator(Settings)


def main() -> int:
    """Run the command line; our errors become one clear line and an exit code that is not 0."""
    try:
        code = commands.main(standalone_mode=False, prog_name="python -m bot")
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except GuijuError as error:
        click.echo(_line(error), err=True)
        return EX_CONFIG if isinstance(error, ConfigurationError) else 1
    return code if isinstance(code, int) else 0  # that of an Exit


def _line(error: GuijuError) -> str:
    return f"{error.code}: {error_words(error, YamlTexts())}"


@click.group()
@click.pass_context
def commands(context: click.Context) -> None:
    """Guiju 规矩: the assistant that knows an office's own work rules."""
    context.obj = read_settings(with_dotenv(os.environ))


def _connected(settings: Settings) -> Wiring:
    return wire(settings)


@commands.command()
@pass_settings
def serve(settings: Settings) -> None:
    """Run the service until it is told to stop."""
    from bot.cli.serve import serve as run  # loads the actions, which no other command needs

    run(settings)


@commands.command()
@click.option("--vectors-only", is_flag=True, help="Only embed what is new; needs no database.")
@pass_settings
def ingest(settings: Settings, vectors_only: bool) -> None:
    """Read the rule documents into the library and say what is damaged in them."""
    embed_documents(settings)
    if vectors_only:
        return
    wiring = _connected(settings)
    with wiring.unit_of_work() as uow:
        editions = uow.rules.editions()
    for edition in editions:
        click.echo(f"{edition.org}: {edition.title} {edition.number} - {len(edition.articles)} 条")
        for defect in edition.defects:
            click.echo(f"  line {defect.line}: {defect.reason}: {defect.excerpt}")


@commands.command()
@click.argument("org")
@click.argument("question")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Answer as of this day.")
@pass_settings
def ask(settings: Settings, org: str, question: str, as_of: date | None) -> None:
    """Ask a rule question: ask changle 县政府会议纪要谁签发"""
    day = as_of and date(as_of.year, as_of.month, as_of.day)
    answer = _connected(settings).rule_talk.answer(OrgId(org), question, day)
    _print_json(shapes.answer(answer).model_dump(mode="json"))


@commands.command()
@click.argument("org")
@click.argument("article", type=int, required=False)
@pass_settings
def rules(settings: Settings, org: str, article: int | None) -> None:
    """List the rule documents of an office, or show one article."""
    wiring = _connected(settings)
    if article is not None:
        click.echo(wiring.label(article))
        click.echo(wiring.rules.article(OrgId(org), article).text)
        return
    with wiring.unit_of_work() as uow:
        for edition in uow.rules.editions(OrgId(org)):
            _print_json(shapes.document(edition).model_dump(mode="json", exclude={"defects"}))


@commands.command()
@pass_settings
def remind(settings: Settings) -> None:
    """Write down and send all reminders that are due now."""
    wiring = _connected(settings)
    wiring.ticker.tick()
    click.echo(f"delivered {wiring.delivery.deliver_all()}")


@commands.command()
@pass_settings
def doctor(settings: Settings) -> None:
    """Say what works and what is not yet configured; exit code 1 if something needed fails."""
    findings = doctors.examine(settings)
    for finding in findings:
        click.echo("\n".join(finding.lines))
    if not all(finding.ok for finding in findings if finding.needed):
        raise click.exceptions.Exit(1)


@commands.command("procedures")
@click.argument("action", type=click.Choice(["check", "show"]))
@click.argument("org", required=False)
@pass_settings
def check_procedures(settings: Settings, action: str, org: str | None) -> None:
    """Check the decision tables against the published rules, or show them."""
    report: Callable[[Settings, str | None], bool]
    report = procedures.check_all if action == "check" else procedures.show
    if not report(settings, org):
        raise click.exceptions.Exit(1)


@commands.command("eval")
@click.option("--questions", type=click.Path(path_type=Path), help="Folder of *.jsonl questions.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the report.")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(["answers", "dialogues", "intents", "opinions"]),
    help="Measure this part alone.",
)
@click.option("--dialogues", "service", help="Address of a running service to lead dialogues with.")
@click.option("--publish", is_flag=True, help="Also write the figures into docs/quality.md.")
@pass_settings
def measure(
    settings: Settings,
    questions: Path | None,
    out: Path | None,
    only: tuple[str, ...],
    service: str | None,
    publish: bool,
) -> None:
    """Measure the answers, the dialogues and the understanding of intents."""
    try:
        from bot.cli import evaluation  # its plots need libraries that the service does without
    except ModuleNotFoundError as error:
        raise ConfigurationError("library_missing", name=error.name, run="make envs-dev") from error
    asked = questions or settings.shared / "eval" / "dev"
    parts = frozenset(only) or evaluation.PARTS
    wish = evaluation.Wish(asked, out or settings.var / "eval", parts, service, publish)
    evaluation.evaluate(settings, wish)


commands.add_command(demo)
commands.add_command(supervision)
commands.add_command(leave)
commands.add_command(people)
commands.add_command(unanswered)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
