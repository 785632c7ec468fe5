"""`python -m tests.fakes.dingtalk.demo`: the stand-in with its page, and the service behind it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import click
import uvicorn

from bot.adapters.people import load_directory
from bot.settings import ROOT, Settings
from tests.fakes.dingtalk.app import create_app
from tests.fakes.dingtalk.process import StandIn
from tests.fakes.dingtalk.state import World
from tests.integration.dingtalk.offices import FORM, PROCESS, publish_the_form

ORG, CORP, KEY, SECRET = "changle", "corp-demo", "key-demo", "demo"
GROUP = "cid-demo"
CARDS = ("cited_answer", "leave", "approval", "item")


def fill(stand_in: StandIn, people: Path) -> None:
    """The demo office on the platform: its people, one group, the app, the form."""
    directory = load_directory(people / f"{ORG}.yml")
    members = [
        {
            "userid": person.id.removeprefix(f"{ORG}/"),
            "corp_id": CORP,
            "name": f"{person.name} {person.post}",
        }
        for person in directory.people
    ]
    app = {"app_key": KEY, "app_secret": SECRET, "corp_id": CORP, "robot_code": KEY}
    group = {"id": GROUP, "title": f"{directory.office.name}工作群", "corp_id": CORP}
    stand_in.load(apps=[app], members=members, groups=[group | {"robots": [KEY]}])
    publish_the_form(stand_in)


def environment(var: Path, url: str, pages: str) -> Mapping[str, str]:
    """What the service is started with."""
    cards = ", ".join(f"{kind}: {kind}.schema" for kind in CARDS)
    form = ", ".join(f"{ours}: {theirs}" for ours, theirs in FORM.components.items())
    (var / "channels.yml").write_text(
        f"dingtalk:\n  {ORG}: {{corp_id: {CORP}, app_key: {KEY}, robot_code: {KEY},\n"
        f"    app_secret: {{env: DEMO_SECRET}}, api_url: {url}, oapi_url: {url},\n"
        f"    public_url: {pages}, process_code: {PROCESS}, card_templates: {{{cards}}},\n"
        f"    form: {{key: {FORM.key}, rest: {FORM.rest}, components: {{{form}}}}}}}\n",
        encoding="utf-8",
    )
    return os.environ | {
        "PLATFORM": "dingtalk",
        "CHANNELS": str(var / "channels.yml"),
        "DEMO_SECRET": SECRET,
        "GUIJU_VAR": str(var),
        "GUIJU_INDEX": os.environ.get("GUIJU_INDEX", str(ROOT / "var" / "index")),
        "GUIJU_PEOPLE": str(var / "people"),
        "DATABASE_URL": "",
        "TICK_S": "2",
    }


@click.command()
@click.option("--port", default=18080, help="Of the page.")
def main(port: int) -> None:
    """Serve the page and run the service until stopped."""
    var, url = ROOT / "var" / "dingtalk-demo", f"http://127.0.0.1:{port}"
    people = var / "people"
    people.mkdir(parents=True, exist_ok=True)
    shutil.copy(Settings.people / f"{ORG}.yml", people)
    pages = f"http://127.0.0.1:{os.environ.get('PORT', Settings.port)}"
    app = create_app(World(address=url))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    fill(StandIn(url), people)
    service = subprocess.Popen(["scripts/up.sh"], cwd=ROOT, env=environment(var, url, pages))
    click.echo(f"talk as a member of the group:  {url}/demo")
    signal.signal(signal.SIGTERM, lambda *_: service.terminate())
    try:
        code = service.wait()
    except KeyboardInterrupt:  # the service hears it too
        code = service.wait()
    server.should_exit = True
    thread.join()
    sys.exit(code)


if __name__ == "__main__":
    main()
