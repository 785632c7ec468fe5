"""On a real platform nothing is read by anybody who has not signed in."""

from __future__ import annotations

from urllib.parse import quote

from anyio import to_thread
from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.sessions import COOKIE, Sessions
from bot.api.web import is_page
from bot.core.people import Person
from bot.services.outside import Texts
from bot.services.sign_in import SignIn

# What platforms and machines call, and what people need in order to sign in.
FREE = ("/healthz", "/readyz", "/metrics", "/channels", "/assets", "/sign-in")
READER = "reader"  # in the state of a request: who has signed in


class SignedInOnly:
    """ASGI middleware: lets signed-in people through, and sends others to the sign-in."""

    def __init__(self, app: ASGIApp, sign_in: SignIn, sessions: Sessions, texts: Texts) -> None:
        self._app, self._sign_in = app, sign_in
        self._sessions, self._texts = sessions, texts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its reader, or answer it."""
        if scope["type"] != "http" or _is_free(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        cookie = request.cookies.get(COOKIE, "")
        reader = await to_thread.run_sync(self._reader, cookie)
        if reader is None:
            await self._turned_away(request)(scope, receive, send)
            return
        scope.setdefault("state", {})[READER] = reader

        async def send_unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Cache-Control"] = "private, no-store"
            await send(message)

        await self._app(scope, receive, send_unkept)

    def _reader(self, cookie: str) -> Person | None:
        """Who has signed in and is still in the directory."""
        person = self._sessions.person(cookie)
        return None if person is None else self._sign_in.known(person)

    def _turned_away(self, request: Request) -> Response:
        if is_page(request) and request.method in ("GET", "HEAD"):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/sign-in?to={quote(request.url.path + query, safe='')}", 303)
        message = self._texts.say("errors.sign_in_needed")
        return JSONResponse({"code": "sign_in_needed", "message": message}, 401)


def _is_free(path: str) -> bool:
    return any(path == free or path.startswith(f"{free}/") for free in FREE)
