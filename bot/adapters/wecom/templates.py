"""WeCom's approval templates: what their controls are, and what is put into them.

Source: WeCom's pages 91982 (a template's controls) and 91853 (their values).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from bot.adapters.channels.forms import Component, Holds
from bot.core.clock import OFFICE_TIME
from bot.core.errors import OutsideServiceError
from bot.core.leave import Span

DAY_S = 86_400
LEAVE, SPAN_KINDS = "Vacation", ("Date-Range", "DateRange", "Attendance")
_HOLDS = {
    "Text": Holds.TEXT,
    "Textarea": Holds.TEXT,
    "Selector": Holds.CHOICE,
    LEAVE: Holds.LEAVE,
} | dict.fromkeys(SPAN_KINDS, Holds.SPAN)
NOON, MORNING, NIGHT = time(12), time(0), time(23, 59)
LEAVE_TYPE = 1  # the attendance type of a leave


@dataclass(frozen=True)
class Control:
    """One control of a template; `keys` are those of its options by their titles."""

    id: str
    kind: str
    title: str
    required: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    by_hour: bool = False  # it takes times; otherwise half days
    day_s: int = DAY_S  # how many seconds it counts for a day
    attendance_type: int = LEAVE_TYPE

    @property
    def component(self) -> Component:
        """The control as it is held against what we file."""
        holds = _HOLDS.get(self.kind, Holds.OTHER)
        return Component(self.title, self.kind, holds, self.required, tuple(self.keys))


@dataclass(frozen=True)
class Filled:
    """What one control is to hold: all our fields for it as text, and the days where it is one."""

    text: str
    choice: str = ""
    span: Span | None = None


def controls_of(template: Mapping[str, Any], kinds: Mapping[str, str]) -> list[Control]:
    """The controls of a template.

    Args:
        kinds: What WeCom calls our kinds of leave, where it is something else.

    Raises:
        OutsideServiceError: this describes no template ("wecom_garbled").
    """
    try:
        return [_control(each, kinds) for each in template["template_content"]["controls"]]
    except (KeyError, TypeError, ValueError) as error:
        raise OutsideServiceError("wecom_garbled", api="approval.template") from error


def content(control: Control, filled: Filled) -> dict[str, Any]:
    """A control with its value.

    Raises:
        OutsideServiceError: it has no such option, or takes nothing that we have
            ("wecom_template_unfit").
    """
    value: dict[str, Any]
    if control.kind in ("Text", "Textarea"):
        value = {"text": filled.text}
    elif control.kind == "Selector":
        value = {"selector": _selector(control, filled.choice)}
    elif control.kind == LEAVE and filled.span is not None:
        span = _attendance(control, filled.span)
        value = {"vacation": {"selector": _selector(control, filled.choice), "attendance": span}}
    elif control.kind == "Attendance" and filled.span is not None:
        value = {"attendance": _attendance(control, filled.span)}
    elif control.kind in SPAN_KINDS and filled.span is not None:
        value = {"date_range": _range(control, filled.span)}
    else:
        raise OutsideServiceError("wecom_template_unfit", control=control.title)
    return {"control": control.kind, "id": control.id, "value": value}


def value_of(told: Mapping[str, Any], title: str) -> str:
    """The text in a control of an approval; empty if there is none."""
    for each in (told.get("apply_data") or {}).get("contents") or ():
        if _text(each.get("title")) == title:
            return str((each.get("value") or {}).get("text") or "")
    return ""


def _control(said: Mapping[str, Any], kinds: Mapping[str, str]) -> Control:
    about, config = said["property"], said.get("config") or {}
    kind = about["control"]
    attendance = config.get("attendance") or {}
    days = attendance.get("date_range") or config.get("date_range") or {}
    return Control(
        id=about["id"],
        kind=kind,
        title=_text(about.get("title")),
        required=bool(about.get("require")),
        keys=_vacations(config, kinds) if kind == LEAVE else _options(config),
        by_hour=days.get("type") == "hour",
        day_s=int(days.get("perday_duration") or DAY_S),
        attendance_type=int(attendance.get("type") or LEAVE_TYPE),
    )


def _options(config: Mapping[str, Any]) -> dict[str, str]:
    options = (config.get("selector") or {}).get("options") or ()
    return {_text(each.get("value")): str(each["key"]) for each in options}


def _vacations(config: Mapping[str, Any], kinds: Mapping[str, str]) -> dict[str, str]:
    """The kinds of leave, as we call them too."""
    items = (config.get("vacation_list") or {}).get("item") or ()
    theirs = {_text(each.get("name")): str(each["id"]) for each in items}
    ours = {kind: theirs[name] for kind, name in kinds.items() if name in theirs}
    return theirs | ours


def _selector(control: Control, choice: str) -> dict[str, Any]:
    if choice not in control.keys:
        raise OutsideServiceError("wecom_template_unfit", control=control.title)
    return {"type": "single", "options": [{"key": control.keys[choice]}]}


def _attendance(control: Control, span: Span) -> dict[str, Any]:
    return {"date_range": _range(control, span), "type": control.attendance_type}


def _range(control: Control, span: Span) -> dict[str, Any]:
    """A span with its ends; in half days an end is told by when its half begins."""
    if control.by_hour:
        end = NOON if span.ends_am else NIGHT
    else:
        end = MORNING if span.ends_am else NOON
    begin = NOON if span.starts_pm else MORNING
    return {
        "type": "hour" if control.by_hour else "halfday",
        "new_begin": _stamp(span.first_day, begin),
        "new_end": _stamp(span.last_day, end),
        "new_duration": int(span.days * control.day_s),
    }


def _stamp(day: Any, at: time) -> int:
    return int(datetime.combine(day, at, OFFICE_TIME).timestamp())


def _text(words: Sequence[Mapping[str, Any]] | None) -> str:
    """A text in several languages: the Chinese one, or the first."""
    said = words or [{}]
    chinese = (each for each in said if each.get("lang") == "zh_CN")
    return str(next(chinese, said[0]).get("text") or "")
