"""Errors to HTTP, once: a stable code for machines, a sentence for people."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from bot.api.web import error_page, is_page
from bot.core.errors import (
    BadSignatureError,
    GuijuError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    OutsideServiceError,
    RefusedError,
)
from bot.services.error_words import error_words
from bot.services.outside import Texts

logger = logging.getLogger(__name__)

# The first class that fits counts, so the narrow ones come first.
_STATUS: tuple[tuple[type[GuijuError], int], ...] = (
    (NotFoundError, 404),
    (NotAllowedError, 403),
    (InvalidInputError, 422),
    (RefusedError, 409),
    (BadSignatureError, 401),
    (OutsideServiceError, 503),
    (GuijuError, 500),
)
# What the framework itself refuses: no route, or one that does not know the method.
_ASTRAY = {404: "not_found", 405: "method_unknown"}


def install_error_handlers(app: FastAPI, texts: Texts) -> None:
    """Make the app answer our errors, and bad requests, in one shape; pages get a page."""

    def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, GuijuError)  # noqa: S101 - registered for this class only
        status = next(code for kind, code in _STATUS if isinstance(error, kind))
        return _answer(request, status, error.code, error_words(error, texts))

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        if is_page(request):  # an address with a word where a number belongs leads nowhere
            return error_page(request, 404, texts.say("errors.not_found"))
        places = [".".join(str(part) for part in e["loc"][1:]) for e in error.errors()]
        message = texts.say("api.request_invalid", fields="、".join(places))
        return _answer(request, 422, "request_invalid", message)

    def astray(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - as above
        code = _ASTRAY.get(error.status_code, "refused")
        answer = _answer(request, error.status_code, code, texts.say(f"errors.{code}"))
        answer.headers.update(error.headers or {})
        return answer

    def crashed(request: Request, error: Exception) -> Response:
        logger.error("request failed", exc_info=error, extra={"event": "request.failed"})
        return _answer(request, 500, "internal", texts.say("api.internal"))

    app.add_exception_handler(GuijuError, refuse)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, astray)
    app.add_exception_handler(Exception, crashed)


def _answer(request: Request, status: int, code: str, message: str) -> Response:
    if is_page(request):
        return error_page(request, status, message)
    return JSONResponse({"code": code, "message": message}, status_code=status)
