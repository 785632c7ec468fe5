"""Serves a stand-in with its page, and runs the service behind it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import uvicorn
from starlette.types import ASGIApp

from bot.adapters.people import load_directory
from bot.core.people import Directory
from bot.settings import ROOT, Settings
from tests.fakes.channels.process import StandIn

ORG = "changle"


@dataclass(frozen=True)
class Demo:
    """One platform's demo. `channels` is what stands in `channels.yml`, `pages` where pages are."""

    platform: str
    app: Callable[[str], ASGIApp]  # of the stand-in's own address
    fill: Callable[[StandIn, Directory, str], None]
    channels: Callable[[str, str], str]
    secrets: Mapping[str, str]


def run(demo: Demo, port: int) -> None:
    """Serve the page and run the service until stopped."""
    url = f"http://127.0.0.1:{port}"
    var = Path(os.environ.get("GUIJU_VAR", ROOT / "var" / f"{demo.platform}-demo"))
    people = var / "people"
    people.mkdir(parents=True, exist_ok=True)
    shutil.copy(Settings.people / f"{ORG}.yml", people)
    pages = f"http://127.0.0.1:{os.environ.get('PORT', Settings.port)}"
    config = uvicorn.Config(demo.app(url), host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    demo.fill(StandIn(url), load_directory(people / f"{ORG}.yml"), pages)
    (var / "channels.yml").write_text(demo.channels(url, pages), encoding="utf-8")
    service = subprocess.Popen(["scripts/up.sh"], cwd=ROOT, env=_environment(demo, var))
    click.echo(f"talk as a member of the office:  {url}/demo")
    signal.signal(signal.SIGTERM, lambda *_: service.terminate())
    try:
        code = service.wait()
    except KeyboardInterrupt:  # the service hears it too
        code = service.wait()
    server.should_exit = True
    thread.join()
    sys.exit(code)


def _environment(demo: Demo, var: Path) -> Mapping[str, str]:
    """What the service is started with."""
    return (
        os.environ
        | demo.secrets
        | {
            "PLATFORM": demo.platform,
            "CHANNELS": str(var / "channels.yml"),
            "GUIJU_VAR": str(var),
            "GUIJU_INDEX": os.environ.get("GUIJU_INDEX", str(ROOT / "var" / "index")),
            "GUIJU_PEOPLE": str(var / "people"),
            "DATABASE_URL": "",
            "TICK_S": "2",
        }
    )
