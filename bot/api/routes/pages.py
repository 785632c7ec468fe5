"""The pages: web chat, rule library and article, with the quoted words marked."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from bot.api.deps import OrgDep, WiringDep

WEB = Path(__file__).parents[2] / "web"
ASSETS = WEB / "assets"

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
templates = Jinja2Templates(WEB / "templates")


@router.get("/")
def show_chat(request: Request) -> HTMLResponse:
    """The web chat."""
    return templates.TemplateResponse(request, "chat.html")


@router.get("/rules/{org}")
def show_rules(request: Request, org: OrgDep, wiring: WiringDep) -> HTMLResponse:
    """The document in force of an office, all of its articles."""
    edition = wiring.rules.edition(org)
    labels = {article.ordinal: wiring.label(article.ordinal) for article in edition.articles}
    return templates.TemplateResponse(
        request, "rules.html", {"edition": edition, "labels": labels, "org": org}
    )


@router.get("/rules/{org}/articles/{n}")
def show_article(
    request: Request,
    org: OrgDep,
    n: int,
    wiring: WiringDep,
    edition: str | None = None,
    quote: str = "",
) -> HTMLResponse:
    """One article; `quote` is marked if it stands there word for word."""
    article = wiring.rules.article(org, n, edition)
    before, found, after = article.text.partition(quote) if quote else (article.text, "", "")
    return templates.TemplateResponse(
        request,
        "article.html",
        {
            "edition": wiring.rules.edition(org, edition),
            "article": article,
            "label": wiring.label(n),
            "parts": (before, found, after),
            "org": org,
        },
    )
