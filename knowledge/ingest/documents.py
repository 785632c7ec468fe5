"""Rule documents as files: bytes to editions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.core.people import OrgId
from bot.core.rules import Edition
from knowledge.ingest.damage import find_damage
from knowledge.ingest.decoding import UndecodableError, decode
from knowledge.ingest.errors import DocumentError
from knowledge.ingest.lines import split_lines
from knowledge.ingest.markup import plain_markdown, visible_text
from knowledge.ingest.particulars import read_particulars
from knowledge.ingest.structure import read_structure

READERS: dict[str, Callable[[str], str]] = {
    ".txt": str,
    ".md": plain_markdown,
    ".html": visible_text,
    ".htm": visible_text,
}
USUAL_NAME = "rules"  # the one document of most offices; not repeated in the edition's id


@dataclass(frozen=True)
class Ingested:
    """What a folder held: the editions, and an error for each document that was left out."""

    editions: tuple[Edition, ...]
    failures: tuple[DocumentError, ...]


def read_folder(folder: Path) -> Ingested:
    """Read `<folder>/<org>/<file>`, in alphabetical order; one broken document stops no other."""
    editions: dict[str, Edition] = {}
    failures: list[DocumentError] = []
    for path in sorted(folder.glob("*/*")):
        if path.name.startswith(".") or not path.is_file():
            continue
        try:
            edition = read_document(path, OrgId(path.parent.name))
            if edition.id in editions:
                raise DocumentError(file=str(path), line=1, reason="edition_twice")
            editions[edition.id] = edition
        except DocumentError as error:
            failures.append(error)
    return Ingested(tuple(editions.values()), tuple(failures))


def read_document(path: Path, org: OrgId) -> Edition:
    """Read one document.

    Raises:
        DocumentError: "document_format" for an unknown kind of file; "document_broken" with the
            line and a reason: "encoding", "binary", "unreadable", "no_articles".
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(READERS)
        raise DocumentError("document_format", file=str(path), suffix=path.suffix, known=known)
    try:
        content = path.read_bytes()
        text = reader(decode(content))
    except UndecodableError as error:
        raise DocumentError(file=str(path), line=error.line, reason=error.reason) from error
    except OSError as error:
        raise DocumentError(file=str(path), line=1, reason="unreadable") from error
    return _edition(text, hashlib.sha256(content).hexdigest(), path, org)


def _edition(text: str, content_hash: str, path: Path, org: OrgId) -> Edition:
    lines = split_lines(text)
    structure = read_structure(text, lines)
    if not structure.articles:
        raise DocumentError(file=str(path), line=len(lines), reason="no_articles")
    own = read_particulars(lines, structure)
    damage = find_damage(lines, structure.body_start, structure.body_end)
    defects = sorted({*structure.defects, *own.defects, *damage}, key=lambda d: (d.line, d.reason))
    return Edition(
        id=_edition_id(org, path.stem, own.effective_day or own.adopted_day, content_hash),
        org=org,
        title=own.title or path.stem,
        number=own.number,
        issuer=own.issuer,
        adopted_day=own.adopted_day,
        effective_day=own.effective_day,
        repeals=own.repeals,
        content_hash=content_hash,
        text=text,
        articles=structure.articles,
        defects=tuple(defects),
        repealed_day=own.repealed_day,
    )


def _edition_id(org: OrgId, stem: str, day: date | None, content_hash: str) -> str:
    """Named by its day, as people tell editions apart; by its content where the day is lost."""
    parts = [org, *([] if stem == USUAL_NAME else [stem])]
    return "-".join([*parts, day.isoformat() if day else content_hash[:8]])
