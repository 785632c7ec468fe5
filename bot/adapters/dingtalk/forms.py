"""DingTalk's description of an approval form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.adapters.channels.forms import Component, Holds

KINDS = {"TextField": Holds.TEXT, "TextareaField": Holds.TEXT, "DDSelectField": Holds.CHOICE}


def components_of(schema: Mapping[str, Any]) -> list[Component]:
    """The components of a form's schema."""
    content = schema.get("result", schema).get("schemaContent") or {}
    content = json.loads(content) if isinstance(content, str) else content
    return [_component(item) for item in content.get("items") or ()]


def _component(item: Mapping[str, Any]) -> Component:
    props, kind = item.get("props") or {}, item.get("componentName") or ""
    options = tuple(_option(option) for option in props.get("options") or ())
    holds, required = KINDS.get(kind, Holds.OTHER), bool(props.get("required"))
    return Component(props.get("label") or "", kind, holds, required, options)


def _option(option: object) -> str:
    """An option is its text, or JSON with it."""
    try:
        read = json.loads(option) if isinstance(option, str) else option
    except ValueError:
        return str(option)
    return str(read.get("value", "")) if isinstance(read, dict) else str(option)
