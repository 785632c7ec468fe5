"""Where WeCom calls us: the app in XML, the smart bot in JSON, both encrypted, at one address.

Source: WeCom's pages 90930, 90238 and 101033: an address is first asked (GET) to decrypt a text
within a second; calls want HTTP 200 within five and come three times. Nothing is answered in them:
answers follow by the API.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.channels.crypto import CallbackCipher
from bot.adapters.channels.signatures import check_age, check_callback, read_stamp
from bot.adapters.wecom.config import CHANNEL, WeComConfig
from bot.adapters.wecom.events import digest
from bot.adapters.wecom.receiver import WeComReceiver
from bot.adapters.wecom.xml import read_xml
from bot.core.errors import BadSignatureError, InvalidInputError
from bot.services.channel_messages import refuse
from bot.services.doors import Knock, Reply

PER_SECOND = 1  # WeCom's timestamps count seconds
RECEIVED = Reply("", "text/plain")


@dataclass(frozen=True)
class _Lock:
    """One token with its key: the app's, or the smart bot's."""

    token: str = field(repr=False)
    cipher: CallbackCipher

    def opened(self, query: Mapping[str, str], sealed: str) -> str:
        """The text of a call that is signed with our token and meant for us."""
        signature = query.get("msg_signature", "")
        if not signature:
            raise BadSignatureError("signature_missing")
        stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        check_callback(self.token, stamp, nonce, sealed, signature)
        return self.cipher.decrypt(sealed)


class WeComDoor:
    """The callback address of one office.

    Raises:
        ConfigurationError: a key of the office's is none.
    """

    def __init__(self, receiver: WeComReceiver) -> None:
        self._receiver = receiver
        self._app, self._bot = _app_lock(receiver.config), _bot_lock(receiver.config)

    def answer(self, knock: Knock) -> Reply:
        """Take a message or an event, or prove to be here; see `Door`."""
        try:
            if "echostr" in knock.query:
                return self._echo(knock)
            self._check_age(knock)
            if knock.body.lstrip()[:1] == b"{":
                self._take_bot_call(knock)
            else:
                self._take_app_call(knock)
        except (BadSignatureError, InvalidInputError) as error:
            refuse(CHANNEL, self._receiver.config.org, error.code)
            raise
        return RECEIVED

    def _echo(self, knock: Knock) -> Reply:
        """The console's question: the decrypted text itself, without quotes or a line's end."""
        self._check_age(knock)
        sealed = knock.query["echostr"]
        try:
            text = _needed(self._app).opened(knock.query, sealed)
        except BadSignatureError:
            if self._bot is None:
                raise
            text = self._bot.opened(knock.query, sealed)
        return Reply(text, "text/plain")

    def _take_app_call(self, knock: Knock) -> None:
        sealed = read_xml(_text(knock.body)).text("Encrypt")
        text = _needed(self._app).opened(knock.query, sealed)
        fields = read_xml(text)
        if fields.text("ToUserName") != self._receiver.config.corp_id:
            raise BadSignatureError("callback_owner")
        self._receiver.call(fields, digest(text))

    def _take_bot_call(self, knock: Knock) -> None:
        sealed = _object(_text(knock.body)).get("encrypt")
        if not isinstance(sealed, str):
            raise InvalidInputError("message_malformed")
        body = _object(_needed(self._bot).opened(knock.query, sealed))
        if body.get("msgtype") == "event":
            self._receiver.bot_event(body)
        elif body.get("msgtype") != "stream":  # a look at an answer in pieces: ours come whole
            self._receiver.bot_message(body)

    def _check_age(self, knock: Knock) -> None:
        stamp = knock.query.get("timestamp", "")
        check_age(read_stamp(stamp, PER_SECOND), self._receiver.clock.now())


def _app_lock(config: WeComConfig) -> _Lock | None:
    if not (config.callback_token and config.aes_key):
        return None
    return _Lock(config.callback_token, CallbackCipher(config.aes_key, config.corp_id))


def _bot_lock(config: WeComConfig) -> _Lock | None:
    bot = config.bot
    if bot is None or not (bot.callback_token and bot.aes_key):
        return None
    return _Lock(bot.callback_token, CallbackCipher(bot.aes_key, ""))  # WeCom names no owner


def _needed(lock: _Lock | None) -> _Lock:
    if lock is None:
        raise BadSignatureError("signature_unexpected")
    return lock


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise InvalidInputError("message_malformed") from error


def _object(text: str) -> Mapping[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise InvalidInputError("message_malformed")
    return read
