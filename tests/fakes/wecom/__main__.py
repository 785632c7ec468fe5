"""`python -m tests.fakes.wecom --port N`: the stand-in as a process of its own."""

from __future__ import annotations

import click

from tests.fakes.channels.serving import serve
from tests.fakes.wecom.app import create_app
from tests.fakes.wecom.state import World


@click.command()
@click.option("--port", default=18081)
@click.option("--speed", default=1.0, help="WeCom's seconds in one of ours.")
def main(port: int, speed: float) -> None:
    """Serve until stopped."""
    world = World(speed=speed, address=f"http://127.0.0.1:{port}")
    serve(create_app(world), port)


if __name__ == "__main__":
    main()
