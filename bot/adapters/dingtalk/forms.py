"""What we file put into the components of the office's approval form, and held against it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.adapters.dingtalk.config import FormNames
from bot.core.approvals import ApprovalRequest

TEXTS = frozenset({"TextField", "TextareaField"})
CHOICE = "DDSelectField"
COLON = "\uff1a"


@dataclass(frozen=True)
class Component:
    """One component of a form as DingTalk describes it."""

    name: str
    kind: str
    required: bool = False
    options: tuple[str, ...] = ()


def filled_in(
    request: ApprovalRequest, key_value: str, form: FormNames, nothing: str
) -> list[dict[str, str]]:
    """The values of the form's components.

    What has no component of its own stands line by line in the one for everything else: nothing
    that approvers must see is left out. A component without a value says `nothing`, as the form
    may insist on it.
    """
    values: dict[str, list[str]] = {name: [] for name in (*form.components.values(), form.rest)}
    for name, value in request.fields:
        component = form.components.get(name, form.rest)
        values[component].append(
            value if component != form.rest or name in form.components else f"{name}{COLON}{value}"
        )
    shown = [{"name": name, "value": "\n".join(lines) or nothing} for name, lines in values.items()]
    return [{"name": form.key, "value": key_value}, *shown]


def components_of(schema: Mapping[str, Any]) -> list[Component]:
    """The components of a form's schema."""
    content = schema.get("result", schema).get("schemaContent") or {}
    content = json.loads(content) if isinstance(content, str) else content
    return [_component(item) for item in content.get("items") or ()]


@dataclass(frozen=True)
class Misfit:
    """Why the form does not take what we file: `fault` names the words for it."""

    fault: str  # "missing", "kind", "option", "required"
    component: str
    detail: str = ""


def misfits(
    components: Sequence[Component], form: FormNames, choices: Mapping[str, Sequence[str]]
) -> list[Misfit]:
    """What keeps our fields from being filed by this form.

    Args:
        choices: The values that a field of ours can take, by its name, where they are known: such
            a field may fill a component that offers a choice.
    """
    known = {component.name: component for component in components}
    fields = {component: name for name, component in form.components.items()}
    used = list(dict.fromkeys((form.key, form.rest, *form.components.values())))
    found = []
    for name in used:
        component = known.get(name)
        if component is None:
            found.append(Misfit("missing", name))
        elif component.kind == CHOICE and fields.get(name) in choices:
            values = choices[fields[name]]
            left = [value for value in values if value not in component.options]
            found += [Misfit("option", name, value) for value in left]
        elif component.kind not in TEXTS:
            found.append(Misfit("kind", name, component.kind))
    unfilled = [each.name for each in components if each.required and each.name not in used]
    return found + [Misfit("required", name) for name in unfilled]


def _component(item: Mapping[str, Any]) -> Component:
    props = item.get("props") or {}
    options = tuple(_option(option) for option in props.get("options") or ())
    required = bool(props.get("required"))
    return Component(props.get("label") or "", item.get("componentName") or "", required, options)


def _option(option: object) -> str:
    """An option is its text, or JSON with it."""
    try:
        read = json.loads(option) if isinstance(option, str) else option
    except ValueError:
        return str(option)
    return str(read.get("value", "")) if isinstance(read, dict) else str(option)
