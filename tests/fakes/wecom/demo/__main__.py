"""`python -m tests.fakes.wecom.demo`: the stand-in with its page, and the service behind it."""

from __future__ import annotations

import click
from starlette.types import ASGIApp

from bot.core.people import Directory
from tests.fakes.channels.demo.running import ORG, Demo, run
from tests.fakes.channels.process import StandIn
from tests.fakes.wecom.app import create_app
from tests.fakes.wecom.state import World
from tests.integration.wecom.offices import FORM, TEMPLATE, publish_the_template

CORP, AGENT = "corp-demo", 1000002
SECRETS = {"DEMO_SECRET": "demo", "DEMO_TOKEN": "token", "DEMO_AES_KEY": "demo" * 10 + "abc"}


def app(url: str) -> ASGIApp:
    """The stand-in."""
    return create_app(World(address=url))


def fill(stand_in: StandIn, directory: Directory, pages: str) -> None:
    """The demo office on the platform: its people, the app with its address, the template."""
    members = [
        {
            "userid": person.id.removeprefix(f"{ORG}/"),
            "corp_id": CORP,
            "name": f"{person.name} {person.post}",
        }
        for person in directory.people
    ]
    its = {
        "corp_id": CORP,
        "agent_id": AGENT,
        "secret": SECRETS["DEMO_SECRET"],
        "callback_url": f"{pages}/channels/wecom/{ORG}",
        "callback_token": SECRETS["DEMO_TOKEN"],
        "aes_key": SECRETS["DEMO_AES_KEY"],
    }
    stand_in.load(apps=[its], members=members)
    publish_the_template(stand_in)


def channels(url: str, pages: str) -> str:
    """The service's configuration."""
    form = ", ".join(f"{ours}: {theirs}" for ours, theirs in FORM.components.items())
    return (
        f"wecom:\n  {ORG}: {{corp_id: {CORP}, agent_id: {AGENT},\n"
        f"    app_secret: {{env: DEMO_SECRET}},\n"
        f"    callback_token: {{env: DEMO_TOKEN}}, aes_key: {{env: DEMO_AES_KEY}},\n"
        f"    api_url: {url}, public_url: {pages}, template_id: {TEMPLATE},\n"
        f"    oauth_url: {url}/connect/oauth2/authorize, login_url: {url}/wwlogin/sso/login,\n"
        f"    vacations: {{年休假: 年假}},\n"
        f"    form: {{key: {FORM.key}, rest: {FORM.rest}, components: {{{form}}}}}}}\n"
    )


@click.command()
@click.option("--port", default=18081, help="Of the page.")
def main(port: int) -> None:
    """Serve the page and run the service until stopped."""
    run(Demo("wecom", app, fill, channels, SECRETS), port)


if __name__ == "__main__":
    main()
