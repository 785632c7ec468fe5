"""The kinds of columns that the tables are made of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, Identity, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB

from bot.core.clock import OFFICE_TIME


class OfficeTime(TypeDecorator[datetime]):
    """A timestamptz that is read in the office's time; a naive time is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(OFFICE_TIME)


def text_column(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def time_column(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, OfficeTime, nullable=nullable)


def json_column(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, JSONB(none_as_null=True), nullable=nullable)


def number_column() -> Column[int]:
    return Column("id", BigInteger, Identity(), primary_key=True)


def said_column(name: str) -> Column[str]:
    """Words that somebody may have added; empty where nobody did."""
    return Column(name, Text, nullable=False, server_default="")
