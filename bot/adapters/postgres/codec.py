"""Between the core's dataclasses and what columns hold: the one place that knows both."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python
from sqlalchemy import RowMapping

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
_COLUMN_TYPES = (str, int, float, date, datetime, type(None))


def to_json(value: object) -> Any:
    """The value as plain JSON: dataclasses as objects, times in ISO 8601."""
    return to_jsonable_python(value)


def to_row(record: DataclassInstance) -> dict[str, Any]:
    """A dataclass as column values by field name; what no column type holds becomes JSON."""
    return {field.name: _cell(getattr(record, field.name)) for field in fields(record)}


def load(kind: type[T], stored: Mapping[str, Any] | RowMapping, **more: object) -> T:
    """The dataclass that a row or a JSON object holds; columns that it does not know are left."""
    adapter: TypeAdapter[T] = _adapter(cast("Hashable", kind))
    return adapter.validate_python({**stored, **more})


def load_each(kind: type[T], stored: list[Any]) -> tuple[T, ...]:
    """The dataclasses of a JSON array."""
    return tuple(load(kind, each) for each in stored)


def _cell(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, _COLUMN_TYPES) else to_json(value)


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
