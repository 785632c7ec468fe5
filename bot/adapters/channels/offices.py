"""`channels.yml`: which office has which bot; secrets stay in the environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.core.errors import ConfigurationError

T = TypeVar("T")
# Never in the file itself, wherever in an office's section they stand.
SECRETS = frozenset({"app_secret", "callback_token", "aes_key", "secret"})
SECRETS_BY_NAME = frozenset({"robot_keys"})


def read_offices(
    path: Path, channel: str, kind: type[T], environ: Mapping[str, str]
) -> tuple[T, ...]:
    """One configuration for each office that the file names under a channel, in its order.

    Args:
        kind: A dataclass with a field `org`; fields that it does not know are refused.

    Raises:
        ConfigurationError: the file is missing or broken ("channels_missing", "channels_invalid"),
            holds a secret ("channel_secret_in_file"), or names a variable that is not set
            ("channel_secret_missing"). Values are never shown.
    """
    return tuple(
        _office(kind, channel, org, _with_secrets(fields, environ, f"{channel}.{org}"))
        for org, fields in _sections(path, channel).items()
    )


def _sections(path: Path, channel: str) -> dict[str, dict[str, Any]]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError("channels_missing", file=str(path)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigurationError("channels_invalid", where=str(path)) from error
    sections = content.get(channel) if isinstance(content, dict) else None
    if not isinstance(sections, dict) or not sections:
        raise ConfigurationError("channels_invalid", where=channel)
    if wrong := [org for org, fields in sections.items() if not isinstance(fields, dict)]:
        raise ConfigurationError("channels_invalid", where=f"{channel}.{wrong[0]}")
    return {str(org): fields for org, fields in sections.items()}


def _with_secrets(
    fields: Mapping[str, Any], environ: Mapping[str, str], where: str
) -> dict[str, Any]:
    return {name: _read(name, value, environ, f"{where}.{name}") for name, value in fields.items()}


def _read(name: str, value: object, environ: Mapping[str, str], where: str) -> object:
    if name in SECRETS:
        return _secret(value, environ, where)
    if not isinstance(value, dict):
        return value
    if name in SECRETS_BY_NAME:
        return {each: _secret(held, environ, f"{where}.{each}") for each, held in value.items()}
    return _with_secrets(value, environ, where)


def _secret(value: object, environ: Mapping[str, str], where: str) -> str:
    if not isinstance(value, dict) or not isinstance(value.get("env"), str):
        raise ConfigurationError("channel_secret_in_file", where=where)
    found = environ.get(value["env"])
    if not found:
        raise ConfigurationError("channel_secret_missing", where=where, variable=value["env"])
    return found


def _office(kind: type[T], channel: str, org: str, fields: Mapping[str, Any]) -> T:
    try:
        return TypeAdapter(kind).validate_python({"org": org, **fields})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join((channel, org, *map(str, first["loc"])))
        # The message of a failed value may quote it, so only the kind of fault is told.
        raise ConfigurationError("channels_invalid", where=where, fault=first["type"]) from None
