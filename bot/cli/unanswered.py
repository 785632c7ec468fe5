"""`unanswered`: the unanswered desk from the command line."""

from __future__ import annotations

import json
from datetime import datetime

import click

from bot.api.unanswered import group_out
from bot.bootstrap import wire
from bot.core.clock import today
from bot.core.people import OrgId, PersonId
from bot.core.unanswered import GroupId, GroupState
from bot.services.office_answers import ReplyDraft
from bot.services.unanswered_words import GroupView
from bot.settings import Settings
from bot.wiring import Wiring

pass_settings = click.make_pass_decorator(Settings)
GROUP_ARGUMENT = click.argument("group", type=int)
BY_OPTION = click.option("--by", required=True, help="The clerk who does it: changle/clerk1")


@click.group()
def unanswered() -> None:
    """Questions that the rules left open."""


@unanswered.command("list")
@click.argument("org")
@click.option("--state", type=click.Choice(list(GroupState)), help="Only groups in this state.")
@pass_settings
def show(settings: Settings, org: str, state: str | None) -> None:
    """Print the groups of an office, the next due first."""
    wiring = wire(settings)
    states = [] if state is None else [GroupState(state)]
    for view in wiring.unanswered_desk.listing(OrgId(org), states):
        _print(view, wiring)


@unanswered.command()
@GROUP_ARGUMENT
@BY_OPTION
@click.option("--text", default="", help="The answer, or with an article a part of its quote.")
@click.option("--article", type=int, help="The article that says so.")
@click.option("--quote", default="", help="Its words, literally.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day it is given.")
@click.option("--covers", type=int, multiple=True, help="Another wording that it answers, by id.")
@pass_settings
def answer(
    settings: Settings,
    group: int,
    by: str,
    text: str,
    article: int | None,
    quote: str,
    until: datetime | None,
    covers: tuple[int, ...],
) -> None:
    """Approve an answer: answer 3 --by changle/clerk1 --text 中午十二点"""
    wiring = wire(settings)
    draft = ReplyDraft(text, article, quote, until.date() if until else None, covers)
    with wiring.unit_of_work() as uow:
        person = uow.people.person(PersonId(by))
    _print(wiring.unanswered_desk.answer(person, GroupId(group), draft), wiring)


@unanswered.command()
@GROUP_ARGUMENT
@BY_OPTION
@pass_settings
def dismiss(settings: Settings, group: int, by: str) -> None:
    """Lay a group aside that is nothing for the office."""
    wiring = wire(settings)
    with wiring.unit_of_work() as uow:
        person = uow.people.person(PersonId(by))
    _print(wiring.unanswered_desk.dismiss(person, GroupId(group)), wiring)


@unanswered.command("settings")
@click.argument("org")
@click.option("--due-days", type=int, help="Working days until a question is due.")
@click.option("--lifetime-days", type=int, help="Days for which an office's own reply is given.")
@click.option("--owner", help="The clerk who gets what lands.")
@pass_settings
def change(
    settings: Settings,
    org: str,
    due_days: int | None,
    lifetime_days: int | None,
    owner: str | None,
) -> None:
    """Print how an office keeps its desk, after changing what is named."""
    desk = wire(settings).unanswered_desk
    named = {"due_days": due_days, "lifetime_days": lifetime_days, "owner": owner}
    changes = {name: value for name, value in named.items() if value is not None}
    kept = desk.change_settings(OrgId(org), "command line", **changes) if changes else None
    found = kept or desk.settings(OrgId(org))
    click.echo(f"due_days {found.due_days}")
    click.echo(f"lifetime_days {found.lifetime_days}")
    click.echo(f"owner {found.owner or '-'}")


def _print(view: GroupView, wiring: Wiring) -> None:
    shown = group_out(view, today(wiring.clock), wiring.label).model_dump(mode="json")
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
