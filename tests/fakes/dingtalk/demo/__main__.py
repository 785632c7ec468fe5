"""`python -m tests.fakes.dingtalk.demo`: the stand-in with its page, and the service behind it."""

from __future__ import annotations

import click
from starlette.types import ASGIApp

from bot.core.people import Directory
from tests.fakes.channels.demo.running import ORG, Demo, run
from tests.fakes.channels.process import StandIn
from tests.fakes.dingtalk.app import create_app
from tests.fakes.dingtalk.state import World
from tests.integration.dingtalk.offices import FORM, PROCESS, publish_the_form

CORP, KEY, SECRET = "corp-demo", "key-demo", "demo"
GROUP = "cid-demo"
CARDS = ("cited_answer", "leave", "approval", "item")


def app(url: str) -> ASGIApp:
    """The stand-in."""
    return create_app(World(address=url))


def fill(stand_in: StandIn, directory: Directory, pages: str) -> None:
    """The demo office on the platform: its people, one group, the app, the form."""
    members = [
        {
            "userid": person.id.removeprefix(f"{ORG}/"),
            "corp_id": CORP,
            "name": f"{person.name} {person.post}",
        }
        for person in directory.people
    ]
    its = {"app_key": KEY, "app_secret": SECRET, "corp_id": CORP, "robot_code": KEY}
    group = {"id": GROUP, "title": f"{directory.office.name}工作群", "corp_id": CORP}
    stand_in.load(apps=[its], members=members, groups=[group | {"robots": [KEY]}])
    publish_the_form(stand_in)


def channels(url: str, pages: str) -> str:
    """The service's configuration."""
    cards = ", ".join(f"{kind}: {kind}.schema" for kind in CARDS)
    form = ", ".join(f"{ours}: {theirs}" for ours, theirs in FORM.components.items())
    return (
        f"dingtalk:\n  {ORG}: {{corp_id: {CORP}, app_key: {KEY}, robot_code: {KEY},\n"
        f"    app_secret: {{env: DEMO_SECRET}}, api_url: {url}, oapi_url: {url},\n"
        f"    public_url: {pages}, login_url: {url}/oauth2/auth,\n"
        f"    process_code: {PROCESS}, card_templates: {{{cards}}},\n"
        f"    form: {{key: {FORM.key}, rest: {FORM.rest}, components: {{{form}}}}}}}\n"
    )


@click.command()
@click.option("--port", default=18080, help="Of the page.")
def main(port: int) -> None:
    """Serve the page and run the service until stopped."""
    run(Demo("dingtalk", app, fill, channels, {"DEMO_SECRET": SECRET}), port)


if __name__ == "__main__":
    main()
