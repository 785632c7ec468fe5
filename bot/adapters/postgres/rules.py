"""The rule documents in PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.tables import article, clause, document, edition
from bot.core.people import OrgId
from bot.core.rules import Article, Clause, Edition


class SqlRuleRepository:
    """Editions with their articles and clauses."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, new: Edition) -> bool:
        document_id = self._hold_document(new)
        known = select(edition.c.content_hash).where(edition.c.id == new.id)
        if self._connection.execute(known).scalar_one_or_none() == new.content_hash:
            return False
        self._connection.execute(delete(edition).where(edition.c.id == new.id))
        row = to_row(new) | {"document_id": document_id}
        for name in ("org", "title", "articles"):
            del row[name]
        self._insert(edition, [row])
        self._insert(article, [_article_row(new, each) for each in new.articles])
        self._insert(clause, [row for each in new.articles for row in _clause_rows(new, each)])
        return True

    def _hold_document(self, new: Edition) -> int:
        """The document's id, its row locked: processes that start at once save one by one."""
        named = {"org": new.org, "title": new.title}
        known = upsert(document).values(named)
        stored = known.on_conflict_do_update(index_elements=["org", "title"], set_=named)
        found: int = self._connection.execute(stored.returning(document.c.id)).scalar_one()
        return found

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)

    def editions(self, org: OrgId | None = None) -> list[Edition]:
        wanted = select(edition, document.c.org, document.c.title).join(document)
        if org is not None:
            wanted = wanted.where(document.c.org == org)
        ordered = wanted.order_by(
            document.c.org, edition.c.effective_day.nulls_first(), edition.c.id
        )
        rows = self._connection.execute(ordered).mappings().all()
        articles = self._articles([row["id"] for row in rows])
        return [load(Edition, row, articles=articles[row["id"]]) for row in rows]

    def _articles(self, ids: list[str]) -> dict[str, list[Article]]:
        clauses: dict[tuple[str, int], list[Clause]] = defaultdict(list)
        for row in self._of(clause, ids, "ordinal", "position"):
            clauses[row["edition_id"], row["ordinal"]].append(load(Clause, row))
        found: dict[str, list[Article]] = {edition_id: [] for edition_id in ids}
        for row in self._of(article, ids, "ordinal"):
            edition_id, ordinal = row["edition_id"], row["ordinal"]
            found[edition_id].append(load(Article, row, clauses=clauses[edition_id, ordinal]))
        return found

    def _of(self, table: Table, ids: list[str], *order: str) -> list[RowMapping]:
        rows = select(table).where(table.c.edition_id.in_(ids))
        ordered = rows.order_by(*(table.c[name] for name in order))
        return list(self._connection.execute(ordered).mappings())


def _article_row(new: Edition, each: Article) -> dict[str, Any]:
    row = to_row(each) | {"edition_id": new.id}
    del row["clauses"]
    return row


def _clause_rows(new: Edition, each: Article) -> list[dict[str, Any]]:
    place = {"edition_id": new.id, "ordinal": each.ordinal}
    return [to_row(part) | place | {"position": n} for n, part in enumerate(each.clauses)]
