"""The editions of every office: which one is in force, and quotes from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote as url_quote

from bot.core.errors import NotFoundError
from bot.core.people import OrgId
from bot.core.procedures import Place, Row
from bot.core.rules import Article, Citation, Edition
from knowledge.ingest.references import label

LONG_AGO = date.min


class Shelf:
    """Editions by office, the latest in force first."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        latest_first = sorted(editions, key=lambda e: e.effective_day or LONG_AGO, reverse=True)
        self._editions: dict[OrgId, list[Edition]] = {}
        for edition in latest_first:
            self._editions.setdefault(edition.org, []).append(edition)

    def in_force(self, org: OrgId, day: date) -> list[Edition]:
        """What applied in an office on a day.

        Raises:
            NotFoundError: the office is unknown ("org_unknown").
        """
        return [edition for edition in self._of(org) if edition.in_force(day)]

    def repealed(self, org: OrgId, day: date) -> list[Edition]:
        """What no longer applied in an office on a day."""
        return [e for e in self._of(org) if e.repealed_day is not None and e.repealed_day <= day]

    def edition(self, org: OrgId, day: date, name: str | None = None) -> Edition:
        """The edition of a name, else the latest that applied on a day.

        Raises:
            NotFoundError: as `in_force`, or "edition_unknown".
        """
        if name is not None:
            found = [edition for edition in self._of(org) if edition.id == name]
        else:
            found = self.in_force(org, day)
        if not found:
            raise NotFoundError("edition_unknown", org=org, edition=name)
        return found[0]

    def _of(self, org: OrgId) -> list[Edition]:
        if org not in self._editions:
            raise NotFoundError("org_unknown", org=org)
        return self._editions[org]


def find_article(edition: Edition, ordinal: int) -> Article:
    """One article.

    Raises:
        NotFoundError: the edition has no such article ("article_unknown").
    """
    article = edition.article(ordinal)
    if article is None:
        raise NotFoundError("article_unknown", article=ordinal, edition=edition.id)
    return article


def cite(edition: Edition, article: Article, quote: str, item: str | None = None) -> Citation:
    """A citation of words that stand in an article.

    Raises:
        NotFoundError: they do not stand there ("quote_gone").
    """
    if quote not in article.text:
        raise NotFoundError("quote_gone", article=article.ordinal, edition=edition.id)
    place = f"/rules/{edition.org}/articles/{article.ordinal}"
    return Citation(
        org=edition.org,
        document=edition.title,
        number=edition.number,
        edition=edition.id,
        article=article.ordinal,
        item=item,
        label=label(article.ordinal, item),
        quote=quote,
        url=f"{place}?edition={url_quote(edition.id)}&quote={url_quote(quote, safe='')}",
    )


def cite_row(edition: Edition, row: Row) -> Citation:
    """The words of the rules that a row of a decision table stands on."""
    assert row.article is not None  # noqa: S101 - the loader refuses a rule without
    return cite(edition, find_article(edition, row.article), row.quote, row.item)


def cite_at(edition: Edition, places: Iterable[Place]) -> tuple[Citation, ...]:
    """Words of the rules, each where it stands."""
    return tuple(
        cite(edition, find_article(edition, place.article), place.quote, place.item)
        for place in places
    )
