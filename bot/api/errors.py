"""Errors to HTTP, once: a stable code for machines, a sentence for people."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

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


def install_error_handlers(app: FastAPI, texts: Texts) -> None:
    """Make the app answer our errors, and bad requests, in one shape."""

    def refuse(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, GuijuError)  # noqa: S101 - registered for this class only
        status = next(code for kind, code in _STATUS if isinstance(error, kind))
        return _answer(status, error.code, error_words(error, texts))

    def invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        places = [".".join(str(part) for part in e["loc"][1:]) for e in error.errors()]
        return _answer(
            422, "request_invalid", texts.say("api.request_invalid", fields="、".join(places))
        )

    def crashed(request: Request, error: Exception) -> JSONResponse:
        logger.error("request failed", exc_info=error, extra={"event": "request.failed"})
        return _answer(500, "internal", texts.say("api.internal"))

    app.add_exception_handler(GuijuError, refuse)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, crashed)


def _answer(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"code": code, "message": message}, status_code=status)
