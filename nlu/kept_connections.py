"""Keeps the connection to the custom actions open between turns.

Rasa opens a session for every call, and with it a connection.
"""

from __future__ import annotations

import aiohttp
from rasa.utils.endpoints import EndpointConfig

# Idle; the service (bot/cli/serve.py) keeps it longer, or a call could meet its end.
KEPT_S = 60.0

_new_session = EndpointConfig.session


class _Kept:
    """Stands where Rasa closes a session when its call is done."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(self, *_: object) -> None:
        """Leave it open."""


def _kept_session(endpoint: EndpointConfig) -> _Kept:
    session: aiohttp.ClientSession | None = getattr(endpoint, "kept_session", None)
    if session is None or session.closed:
        session = endpoint.kept_session = _new_session(endpoint)
        session.connector._keepalive_timeout = KEPT_S
    return _Kept(session)


def keep_connections() -> None:
    """Let Rasa use one session for each endpoint."""
    EndpointConfig.session = _kept_session
