"""Signatures on what platforms send us, compared in constant time."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

from bot.core.errors import BadSignatureError

MAX_AGE_S = 3600.0  # what DingTalk advises; repeated messages are known by their id anyway


def callback_signature(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """What DingTalk and WeCom write beside an encrypted callback, and await beside the answer."""
    joined = "".join(sorted((token, timestamp, nonce, encrypted)))
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()


def check_callback(token: str, timestamp: str, nonce: str, encrypted: str, signature: str) -> None:
    """Refuse an encrypted callback that was not signed with our token.

    Raises:
        BadSignatureError: "signature_wrong".
    """
    _compare(callback_signature(token, timestamp, nonce, encrypted), signature)


def robot_signature(secret: str, timestamp: str) -> str:
    """What DingTalk writes beside a robot's message: it signs the time, not the message."""
    signed = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(signed.digest()).decode()


def check_robot(secret: str, timestamp: str, signature: str) -> None:
    """Refuse a robot's message that was not signed with its app's secret.

    Raises:
        BadSignatureError: "signature_wrong".
    """
    _compare(robot_signature(secret, timestamp), signature)


def check_age(seconds: float, now: datetime) -> None:
    """Refuse a call that was signed too long ago, or ahead of time; `seconds` since 1970.

    Raises:
        BadSignatureError: "signature_stale".
    """
    if not abs(now.timestamp() - seconds) <= MAX_AGE_S:
        raise BadSignatureError("signature_stale")


def read_stamp(stamp: str, per_second: int) -> float:
    """The seconds since 1970 of a timestamp as it was sent; `per_second` 1000: milliseconds.

    Raises:
        BadSignatureError: it is no number ("signature_stale").
    """
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 16):
        raise BadSignatureError("signature_stale")
    return int(stamp) / per_second


def _compare(right: str, given: str) -> None:
    if not hmac.compare_digest(right.encode(), given.encode()):
        raise BadSignatureError("signature_wrong")
