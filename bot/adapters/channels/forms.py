"""What we file put into the components of an office's approval form, and held against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from pydantic import ConfigDict, with_config

from bot.core.approvals import ApprovalRequest

COLON = "\uff1a"
BETWEEN = "\u201d\u201c"  # options that are named stand in quotation marks


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True)
class FormNames:
    """How the approval form on the platform calls what we file.

    `components` maps our names of an approval's fields to those of the form's components.
    """

    key: str  # the component that carries our key
    rest: str  # the one for every field without a component of its own
    components: Mapping[str, str] = field(default_factory=dict)


class Holds(Enum):
    """What a component takes."""

    TEXT = auto()
    CHOICE = auto()  # one of its options
    SPAN = auto()  # the days of a leave
    LEAVE = auto()  # its kind, which is one of the options, and its days
    OTHER = auto()  # what we have not


@dataclass(frozen=True)
class Component:
    """One component of a form; `kind` as the platform calls it."""

    name: str
    kind: str
    holds: Holds = Holds.OTHER
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Misfit:
    """Why the form does not take what we file: `fault` names the words for it."""

    fault: str  # "missing", "kind", "option", "required"
    component: str
    detail: str = ""


@dataclass(frozen=True)
class Known:
    """What is known of our fields: the values that each can take, and which one is the days."""

    choices: Mapping[str, Sequence[str]]
    span: str = ""


def filled_in(
    request: ApprovalRequest, key_value: str, form: FormNames, nothing: str
) -> dict[str, str]:
    """The text for each of the form's components, by name.

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
    shown = {name: "\n".join(lines) or nothing for name, lines in values.items()}
    return {form.key: key_value} | shown


def misfits(components: Sequence[Component], form: FormNames, known: Known) -> list[Misfit]:
    """What keeps our fields from being filed by this form."""
    by_name = {component.name: component for component in components}
    used = list(dict.fromkeys((form.key, form.rest, *form.components.values())))
    found: list[Misfit] = []
    for name in used:
        component = by_name.get(name)
        if component is None:
            found.append(Misfit("missing", name))
        else:
            fields = [ours for ours, theirs in form.components.items() if theirs == name]
            own = [] if name in (form.key, form.rest) else fields
            found += _unfit(component, own, known)
    unfilled = [each.name for each in components if each.required and each.name not in used]
    return found + [Misfit("required", name) for name in unfilled]


def _unfit(component: Component, fields: Sequence[str], known: Known) -> list[Misfit]:
    """What is wrong with a component; empty: it takes these fields."""
    chosen = [name for name in fields if name in known.choices]
    spans = [name for name in fields if name == known.span]
    fitting = {
        Holds.TEXT: True,
        Holds.CHOICE: len(fields) == len(chosen) == 1,
        Holds.SPAN: len(fields) == len(spans) == 1,
        Holds.LEAVE: len(fields) == 2 and bool(chosen and spans),
        Holds.OTHER: False,
    }
    if not fitting[component.holds]:
        return [Misfit("kind", component.name, component.kind)]
    if component.holds not in (Holds.CHOICE, Holds.LEAVE):
        return []
    left = [value for value in known.choices[chosen[0]] if value not in component.options]
    return [Misfit("option", component.name, BETWEEN.join(left))] if left else []
