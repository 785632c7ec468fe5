"""A stand-in served as a process of its own."""

from __future__ import annotations

import logging

import uvicorn
from starlette.types import ASGIApp

CUT_SHORT = "without completing response"  # a planned fault, and no news


def serve(app: ASGIApp, port: int) -> None:
    """Serve until stopped; what fails as planned leaves no line."""
    logging.getLogger("uvicorn.error").addFilter(lambda line: CUT_SHORT not in line.getMessage())
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
