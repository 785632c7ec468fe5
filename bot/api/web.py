"""What the pages are made of: templates, assets, and the page that tells of an error."""

from __future__ import annotations

from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

WEB = Path(__file__).parent.parent / "web"
ASSETS = WEB / "assets"
FOR_MACHINES = ("/api", "/channels", "/healthz", "/readyz", "/openapi.json", "/assets")

templates = Jinja2Templates(WEB / "templates")


def is_page(request: Request) -> bool:
    """Whether a person looks at the address; else a program reads it."""
    path = request.url.path
    return not any(path == start or path.startswith(f"{start}/") for start in FOR_MACHINES)


def error_page(request: Request, status: int, message: str) -> HTMLResponse:
    """A small page with the sentence of an error and ways to go on."""
    return templates.TemplateResponse(
        request, "error.html", {"message": message}, status_code=status
    )
