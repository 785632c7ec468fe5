"""The encryption of callbacks, the same on DingTalk and WeCom.

Source: platforms' callback pages; AES-256-CBC, the key is the 43 characters of the console and "=",
the IV its first 16 bytes, PKCS#7 on blocks of 32; the text stands between 16 random bytes with its
length and the name of its owner.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from bot.core.errors import BadSignatureError, ConfigurationError

BLOCK = 32  # bytes
SALT = 16  # random bytes at the beginning
LENGTH = 4  # bytes, big-endian


@dataclass(frozen=True)
class CallbackCipher:
    """Reads and writes the encrypted texts of one callback address.

    `owner` is what the platform puts behind the text: the app's key, the corp's id, or nothing.

    Raises:
        ConfigurationError: `aes_key` is no key ("callback_key_invalid"); it is never shown.
    """

    aes_key: str = field(repr=False)
    owner: str

    def __post_init__(self) -> None:
        try:
            key = base64.b64decode(self.aes_key + "=", validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != 32:
            raise ConfigurationError("callback_key_invalid") from None

    def decrypt(self, encrypted: str) -> str:
        """The text that was encrypted for this owner.

        Raises:
            BadSignatureError: it was not ("callback_unreadable", "callback_owner").
        """
        try:
            plain = _unpadded(self._decrypted(base64.b64decode(encrypted, validate=True)))
            end = SALT + LENGTH + int.from_bytes(plain[SALT : SALT + LENGTH])
            text, owner = plain[SALT + LENGTH : end].decode(), plain[end:]
        except ValueError:
            raise BadSignatureError("callback_unreadable") from None
        if end > len(plain) or not hmac.compare_digest(owner, self.owner.encode()):
            raise BadSignatureError("callback_owner")
        return text

    def encrypt(self, text: str, salt: bytes) -> str:
        """The text, encrypted for this owner; `salt` is 16 random bytes."""
        said = text.encode()
        plain = salt + len(said).to_bytes(LENGTH) + said + self.owner.encode()
        padding = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher().encryptor()
        sealed = encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def _decrypted(self, sealed: bytes) -> bytes:
        decryptor = self._cipher().decryptor()
        return decryptor.update(sealed) + decryptor.finalize()

    def _cipher(self) -> Cipher[CBC]:
        key = base64.b64decode(self.aes_key + "=")
        return Cipher(AES(key), CBC(key[:16]))


def _unpadded(plain: bytes) -> bytes:
    padding = plain[-1] if plain else 0
    if not 1 <= padding <= BLOCK or len(plain) < SALT + LENGTH + padding:
        raise ValueError(padding)
    return plain[:-padding]
