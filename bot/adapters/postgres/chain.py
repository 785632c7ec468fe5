"""The chain that binds every audit row to the one before it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC

from cryptography.hazmat.primitives.hashes import SM3, Hash

from bot.services.storage import AuditRecord


def chained(previous: str, record: AuditRecord) -> str:
    """The chain value of a row: SM3 over the previous one and the row's content, in hex.

    Source: GB/T 32905-2016 defines SM3. The content is JSON with sorted keys, the time in UTC.
    """
    content = {
        "id": record.id,
        "at": record.at.astimezone(UTC).isoformat(),
        "org": record.org,
        "actor": record.actor,
        "action": record.action,
        "subject": record.subject,
        "details": dict(record.details),
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = Hash(SM3())
    digest.update(previous.encode() + canonical.encode())
    return digest.finalize().hex()


def first_break(records: Iterable[AuditRecord]) -> int | None:
    """The id of the first row, in the order given, that does not follow from the one before."""
    previous = ""
    for record in records:
        if record.chain != chained(previous, record):
            return record.id
        previous = record.chain
    return None
