"""HTTP mode: messages that DingTalk signs, events that it encrypts, at one address.

Source: platforms' pages on receiving messages and on HTTP push: a robot's message bears the time
and its signature in headers; an event bears them in the query, and wants `success`, encrypted,
within 1.5 seconds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.adapters.channels.crypto import SALT, CallbackCipher
from bot.adapters.channels.signatures import (
    callback_signature,
    check_age,
    check_callback,
    check_robot,
    read_stamp,
)
from bot.adapters.dingtalk.config import CHANNEL, DingTalkConfig
from bot.adapters.dingtalk.receiver import DingTalkReceiver
from bot.core.errors import BadSignatureError, ConfigurationError, InvalidInputError
from bot.services.channel_messages import refuse
from bot.services.doors import Knock, Reply

PER_SECOND = 1000  # DingTalk's timestamps count milliseconds
SUCCESS = "success"


@dataclass(frozen=True)
class DingTalkDoor:
    """The callback address of one office's app.

    Raises:
        ConfigurationError: the office has no token or key for callbacks.
    """

    receiver: DingTalkReceiver

    def __post_init__(self) -> None:
        self._token()
        self._ciphers()

    def answer(self, knock: Knock) -> Reply:
        """Take a message or an event.

        Raises:
            BadSignatureError, InvalidInputError, OutsideServiceError: see `Door`.
        """
        try:
            if "sign" in knock.headers:
                return self._message(knock)
            return self._event(knock)
        except (BadSignatureError, InvalidInputError) as error:
            refuse(CHANNEL, self._config.org, error.code)
            raise

    @property
    def _config(self) -> DingTalkConfig:
        return self.receiver.config

    def _message(self, knock: Knock) -> Reply:
        stamp = knock.headers.get("timestamp", "")
        check_robot(self._config.app_secret, stamp, knock.headers["sign"])
        self._check_age(stamp)
        self.receiver.message(_object(knock.body))
        return Reply("{}")

    def _event(self, knock: Knock) -> Reply:
        query, body = knock.query, knock.body
        stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        signature = query.get("msg_signature") or query.get("signature") or ""
        if not signature:
            raise BadSignatureError("signature_missing")
        sealed = _object(body).get("encrypt")
        if not isinstance(sealed, str):
            raise InvalidInputError("message_malformed")
        check_callback(self._token(), stamp, nonce, sealed, signature)
        self._check_age(stamp)
        text, cipher = self._opened(sealed)
        event = _object(text.encode())
        name = event.get("EventType")
        if name != "check_url":  # the console's question whether somebody is here
            self.receiver.event(str(name or ""), _event_id(event, text), event)
        return self._success(cipher, stamp, nonce)

    def _success(self, cipher: CallbackCipher, stamp: str, nonce: str) -> Reply:
        sealed = cipher.encrypt(SUCCESS, secrets.token_bytes(SALT))
        answer = {
            "msg_signature": callback_signature(self._token(), stamp, nonce, sealed),
            "timeStamp": stamp,
            "nonce": nonce,
            "encrypt": sealed,
        }
        return Reply(json.dumps(answer))

    def _opened(self, sealed: str) -> tuple[str, CallbackCipher]:
        """The text, and the cipher of its owner: the app, or the company as of old."""
        app, company = self._ciphers()
        try:
            return app.decrypt(sealed), app
        except BadSignatureError:
            return company.decrypt(sealed), company

    def _check_age(self, stamp: str) -> None:
        check_age(read_stamp(stamp, PER_SECOND), self.receiver.clock.now())

    def _token(self) -> str:
        if not self._config.callback_token:
            raise ConfigurationError("channels_invalid", where=f"{self._config.org}.callback_token")
        return self._config.callback_token

    def _ciphers(self) -> tuple[CallbackCipher, CallbackCipher]:
        key, config = self._config.aes_key or "", self._config
        return CallbackCipher(key, config.app_key), CallbackCipher(key, config.corp_id)


def _object(body: bytes) -> Mapping[str, Any]:
    """A JSON object.

    Raises:
        InvalidInputError: it is none ("message_malformed").
    """
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise InvalidInputError("message_malformed")
    return read


def _event_id(event: Mapping[str, Any], text: str) -> str:
    """The id of an event; of old ones, which have none, a digest of what they say."""
    given = event.get("eventId") or event.get("EventId")
    return given if isinstance(given, str) else hashlib.sha256(text.encode()).hexdigest()
