"""What WeCom's answers mean: HTTP 200 with an errcode, whatever has happened.

Source: WeCom's pages 90313 (codes) and 90312 (limits of calls).
"""

from __future__ import annotations

import json
import re
from typing import Any

import httpx

from bot.adapters.channels.tokens import TokenRefusedError
from bot.core.errors import (
    NotYetError,
    OutcomeUnknownError,
    OutsideServiceError,
    UnreachableError,
)

TOKEN, REFUSED = "wecom_token", "wecom_refused"
ADDRESS, PERMISSION, CLOSED = "wecom_address", "wecom_permission", "wecom_approval_closed"
BUSY = "wecom_busy"
MINUTE_S, MOMENT_S = 60.0, 1.0
_TOKEN = frozenset({40014, 42001, 41001})
_SECRET = frozenset({40001, 40013, 40091})
_PERMISSION = frozenset({48002, 60011, 301002, 50001})
_NOBODY = frozenset({81013, 93000, 93008})  # nobody left to send to; no such robot, or put out
_TOO_MANY, _TOO_MANY_AT_ONCE, _SYSTEM_BUSY = 45009, 45033, -1
_UNTRUSTED, _NOT_CALLABLE = 60020, 301055
_FROM = re.compile(r"from ip:\s*([0-9a-fA-F.:]+)")


def read(response: httpx.Response, *, repeatable: bool) -> dict[str, Any]:
    """What a call gave.

    Raises:
        OutsideServiceError: not done; its code tells why. OutcomeUnknownError: perhaps done.
    """
    body = _body(response)
    code = body.get("errcode", 0) if body is not None and response.is_success else None
    if body is None or not isinstance(code, int) or code == _SYSTEM_BUSY:
        kind = OutsideServiceError if repeatable else OutcomeUnknownError
        raise kind("wecom_down", reason=response.status_code if code is None else code)
    if code != 0:
        raise _refusal(code, str(body.get("errmsg", "")))
    return body


def _refusal(code: int, said: str) -> OutsideServiceError:
    if code in _TOKEN:
        return TokenRefusedError(TOKEN)
    if code in _NOBODY:
        return UnreachableError()
    if code in (_TOO_MANY, _TOO_MANY_AT_ONCE):
        return NotYetError(MINUTE_S if code == _TOO_MANY else MOMENT_S, BUSY)
    if code == _UNTRUSTED:
        address = _FROM.search(said)
        return OutsideServiceError(ADDRESS, address=address[1] if address else "")
    if code == _NOT_CALLABLE:
        return OutsideServiceError(CLOSED)
    if code in _PERMISSION:
        return OutsideServiceError(PERMISSION, reason=code)
    return OutsideServiceError("wecom_secret" if code in _SECRET else REFUSED, reason=code)


def _body(response: httpx.Response) -> dict[str, Any] | None:
    try:
        body = response.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None
    return body if isinstance(body, dict) else None
