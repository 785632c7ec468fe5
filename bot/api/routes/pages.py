"""The pages: web chat, rule library and article, with the quoted words marked."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.api.deps import PublishedOrgDep, WiringDep
from bot.api.web import templates
from bot.core.clock import today
from bot.core.rules import Edition

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def show_chat(request: Request, wiring: WiringDep) -> Response:
    """The web chat; with a real platform people talk there, and read here."""
    if not wiring.is_embedded:
        return RedirectResponse("/rules", 303)
    return templates.TemplateResponse(request, "chat.html")


@router.get("/rules")
def show_library(request: Request, wiring: WiringDep) -> HTMLResponse:
    """All offices with their documents."""
    with wiring.unit_of_work() as uow:
        offices = [uow.people.directory(org).office for org in uow.people.orgs()]
        editions = {
            org: list(found) for org, found in groupby(uow.rules.editions(), lambda e: e.org)
        }
    return templates.TemplateResponse(
        request,
        "library.html",
        {"offices": offices, "editions": editions, "today": today(wiring.clock)},
    )


@router.get("/rules/{org}")
def show_rules(
    request: Request, org: PublishedOrgDep, wiring: WiringDep, edition: str | None = None
) -> HTMLResponse:
    """All articles of the document in force of an office, or of the edition named."""
    shown = wiring.rules.edition(org, edition)
    labels = {article.ordinal: wiring.label(article.ordinal) for article in shown.articles}
    chapters = [
        (name, list(articles)) for name, articles in groupby(shown.articles, lambda a: a.chapter)
    ]
    return templates.TemplateResponse(
        request,
        "rules.html",
        {
            "edition": shown,
            "chapters": chapters,
            "labels": labels,
            "org": org,
            "today": today(wiring.clock),
        },
    )


@router.get("/rules/{org}/articles/{n}")
def show_article(
    request: Request,
    org: PublishedOrgDep,
    n: int,
    wiring: WiringDep,
    edition: str | None = None,
    quote: str = "",
) -> HTMLResponse:
    """One article; `quote` is marked if it stands there word for word, else that is said."""
    shown = wiring.rules.edition(org, edition)
    article = wiring.rules.article(org, n, edition)
    before, found, after = article.text.partition(quote) if quote else (article.text, "", "")
    return templates.TemplateResponse(
        request,
        "article.html",
        {
            "edition": shown,
            "article": article,
            "label": wiring.label(n),
            "neighbours": _neighbours(shown, n),
            "parts": (before, found, after),
            "quote_gone": bool(quote) and not found,
            "org": org,
            "today": today(wiring.clock),
        },
    )


def _neighbours(edition: Edition, n: int) -> tuple[int | None, int | None]:
    there = {article.ordinal for article in edition.articles}
    return (n - 1 if n - 1 in there else None, n + 1 if n + 1 in there else None)
