"""What DingTalk's answers mean: two shapes of error, and the page of its firewall."""

from __future__ import annotations

import json
from typing import Any

import httpx

from bot.adapters.channels.calling import BannedError
from bot.adapters.channels.tokens import TokenRefusedError
from bot.core.errors import NotYetError, OutcomeUnknownError, OutsideServiceError

TOKEN = "dingtalk_token"  # noqa: S105 (an error code)
# Per IP, after too many calls; the page is no answer of any API.
BANNED, BAN_S = "dingtalk_banned", 300.0
BUSY_S, ROBOT_REST_S = 1.0, 600.0
_TOKEN = frozenset({40001, 40014, 42001, 33001})
_BUSY = frozenset({90002, 90005, 90018, 90019})
_ROBOT_BUSY = frozenset({130101, 410100})
_QUOTA = 90020
_PERMISSION = frozenset({60011, 50002})
_WRAPPED = 88  # the real code stands in sub_code


def read_new(response: httpx.Response, *, repeatable: bool) -> dict[str, Any]:
    """The answer of `/v1.0`, where an error is HTTP 4xx or 5xx with a code.

    Raises:
        OutsideServiceError: not done; its code tells why. OutcomeUnknownError: perhaps done.
    """
    body = _body(response, repeatable=repeatable)
    if response.is_success:
        return body
    reason = str(body.get("code", response.status_code))
    if response.status_code >= 500:
        raise _unclear(reason, repeatable=repeatable)
    raise _refusal(reason, body)


def read_old(response: httpx.Response, *, repeatable: bool) -> dict[str, Any]:
    """The answer of oapi, where an error is HTTP 200 with an errcode.

    Raises:
        OutsideServiceError, OutcomeUnknownError: as `read_new`.
    """
    body = _body(response, repeatable=repeatable)
    if response.status_code >= 500:
        raise _unclear(str(response.status_code), repeatable=repeatable)
    code = _number(body.get("errcode", response.status_code))
    if code == _WRAPPED:
        code = _number(body.get("sub_code"), code)
    if code == 0:
        return body
    if code in _TOKEN:
        raise TokenRefusedError(TOKEN)
    if code in _BUSY or code in _ROBOT_BUSY:
        raise NotYetError(ROBOT_REST_S if code in _ROBOT_BUSY else BUSY_S, "dingtalk_busy")
    if code == _QUOTA:
        raise OutsideServiceError("dingtalk_quota")
    if code in _PERMISSION:
        raise OutsideServiceError("dingtalk_permission", reason=code)
    raise OutsideServiceError("dingtalk_refused", reason=code)


def _refusal(reason: str, body: dict[str, Any]) -> OutsideServiceError:
    if reason == "InvalidAuthentication":
        return TokenRefusedError(TOKEN)
    if "QpsLimit" in reason or reason in {"429", "Throttling"}:
        return NotYetError(BUSY_S, "dingtalk_busy")
    if "ApiCountLimit" in reason:
        return OutsideServiceError("dingtalk_quota")
    if "PermissionDenied" in reason:
        scopes = body.get("accessdenieddetail", {}).get("requiredScopes", [])
        return OutsideServiceError("dingtalk_permission", scopes=", ".join(scopes))
    return OutsideServiceError("dingtalk_refused", reason=reason)


def _body(response: httpx.Response, *, repeatable: bool) -> dict[str, Any]:
    try:
        body = response.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        body = None
    if _is_ban(body, response.text):
        raise BannedError(BAN_S, BANNED)
    if isinstance(body, dict):
        return body
    raise _unclear(f"garbled {response.status_code}", repeatable=repeatable)


def _is_ban(body: object, text: str) -> bool:
    if isinstance(body, dict):
        return "punish" in body and body.get("status") == 1111
    return body is None and "punish" in text and "1111" in text


def _unclear(reason: str, *, repeatable: bool) -> OutsideServiceError:
    kind = OutsideServiceError if repeatable else OutcomeUnknownError
    return kind("dingtalk_down", reason=reason)


def _number(code: object, otherwise: int = -1) -> int:
    try:
        return int(str(code))
    except ValueError:
        return otherwise
