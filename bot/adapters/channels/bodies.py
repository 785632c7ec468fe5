"""Reading what a platform sends, which may hold anything in the place of anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def string_in(body: Mapping[str, Any], key: str) -> str:
    """The text of a field; empty if there is none, or something else."""
    value = body.get(key)
    return value if isinstance(value, str) else ""


def mapping_in(body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The fields of a field; empty if there are none, or something else."""
    value = body.get(key)
    return value if isinstance(value, dict) else {}
