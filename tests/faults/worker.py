"""The service that is killed: the real one, but for a dialogue engine that talks by a script.

Everything it needs stands in the environment, as for `python -m bot serve`. A line on the standard
output says that it works; SIGTERM ends it in good order.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import uvicorn
from fastapi import FastAPI

from actions.base import payload
from bot.adapters.postgres.server import open_database
from bot.adapters.postgres.unit_of_work import SqlUnitOfWork
from bot.api.app import create_app
from bot.bootstrap import assemble
from bot.core.errors import RefusedError
from bot.core.messages import Message
from bot.services.error_words import error_words
from bot.services.turns import Turn
from bot.settings import read_settings
from bot.wiring import Wiring
from tests.contract.samples import CITATION
from tests.fakes.embedder import FakeEmbedder
from tests.integration.rasa_process import free_port, served

ASK, YES = "问", "确认"


class Script:
    """Answers questions with their number, and takes leave from a sentence and a yes."""

    def __init__(self) -> None:
        self.wiring: Wiring | None = None

    def app(self) -> FastAPI:
        """The engine's REST channel."""
        app = FastAPI()
        app.add_api_route("/webhooks/rest/webhook", self.turn, methods=["POST"])
        return app

    def turn(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """One turn, as Rasa's channel answers it."""
        wiring = self.wiring
        if wiring is None:
            return []
        said, turn = body["message"], wiring.turns.get(body["metadata"]["turn"])
        try:
            message = self._reply(wiring, turn, said)
        except RefusedError as error:
            message = Message(error_words(error, wiring.texts))
        return [{"custom": payload(message)}]

    def _reply(self, wiring: Wiring, turn: Turn, said: str) -> Message:
        if said.startswith(ASK):
            return Message(f"答{said.removeprefix(ASK)}。", citations=(CITATION,))
        thread, desk = turn.incoming.thread, wiring.leave_desk
        if said == YES:
            return wiring.leave_words.filed(desk.confirm(turn.person, thread, turn.key))
        desk.draft(turn.person, thread, said)
        return wiring.leave_words.summary(desk.preview(turn.person, thread))


@contextmanager
def called(wiring: Wiring, port: int) -> Iterator[None]:
    """The addresses where a platform calls, where it does; all replicas stand at the same port."""
    if not wiring.doors:
        yield
        return
    with socket.socket() as shared:
        shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        shared.bind(("127.0.0.1", port))
        server = uvicorn.Server(
            uvicorn.Config(create_app(wiring), log_level="warning", lifespan="off")
        )
        thread = threading.Thread(target=server.run, args=([shared],))
        thread.start()
        while not server.started:
            threading.Event().wait(0.01)
        yield
        server.should_exit = True
        thread.join()


def main() -> None:
    """Work until told to end."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    port, script = free_port(), Script()
    settings = replace(read_settings(os.environ), rasa_url=f"http://127.0.0.1:{port}")
    engine = open_database(settings)
    unit_of_work = partial(SqlUnitOfWork, engine)
    with unit_of_work() as uow:
        editions = uow.rules.editions()
    script.wiring = wiring = assemble(settings, engine.url, unit_of_work, editions, FakeEmbedder())
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    with served(script.app(), port), called(wiring, settings.port):
        wiring.workers.start()
        print("working", flush=True)  # noqa: T201 - what the other process waits for
        ended.wait()
        wiring.workers.stop()
        wiring.close()


if __name__ == "__main__":
    main()
