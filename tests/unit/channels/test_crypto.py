from __future__ import annotations

import base64
import os

import pytest
from dingtalk.crypto import DingTalkCrypto
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.channels.crypto import CallbackCipher
from bot.adapters.channels.signatures import callback_signature, check_callback
from bot.core.errors import BadSignatureError, ConfigurationError

# The example of DingTalk's own documentation.
TOKEN, KEY = "123456", "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij"
OWNER, STAMP, NONCE = "suite4xxxxxxxxxxxxxxx", "1445827045067", "nEXhMP4r"
SIGNATURE = "5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0"
SEALED = (
    "1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxj"
    "Z8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+A"
    "GGanfwjXuQ9+0pZcy0w9lQ=="
)
CIPHER = CallbackCipher(KEY, OWNER)


def test_the_example_of_the_documentation_is_read() -> None:
    check_callback(TOKEN, STAMP, NONCE, SEALED, SIGNATURE)

    assert '"EventType":"check_create_suite_url"' in CIPHER.decrypt(SEALED)


@given(st.text(max_size=300), st.binary(min_size=16, max_size=16))
def test_what_is_encrypted_comes_back(text: str, salt: bytes) -> None:
    assert CIPHER.decrypt(CIPHER.encrypt(text, salt)) == text


def test_the_platforms_own_library_reads_what_we_encrypt() -> None:
    theirs = DingTalkCrypto(TOKEN, KEY, OWNER)
    sealed = CIPHER.encrypt("success", os.urandom(16))
    signature = callback_signature(TOKEN, STAMP, NONCE, sealed)

    assert theirs.decrypt_encrypt_str(signature, STAMP, NONCE, sealed) == "success"


def test_a_text_for_another_owner_is_refused() -> None:
    sealed = CallbackCipher(KEY, "dingother").encrypt("success", bytes(16))

    with pytest.raises(BadSignatureError, match="callback_owner"):
        CIPHER.decrypt(sealed)


@given(st.binary(max_size=200))
def test_garbage_is_refused_and_breaks_nothing(garbage: bytes) -> None:
    for sealed in (base64.b64encode(garbage).decode(), garbage.decode("latin-1")):
        with pytest.raises(BadSignatureError):
            CIPHER.decrypt(sealed)


@given(st.integers(0, len(base64.b64decode(SEALED)) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed_by_the_signature(place: int, change: int) -> None:
    changed = bytearray(base64.b64decode(SEALED))
    changed[place] ^= change
    sealed = base64.b64encode(changed).decode()

    with pytest.raises(BadSignatureError, match="signature_wrong"):
        check_callback(TOKEN, STAMP, NONCE, sealed, SIGNATURE)


def test_an_unusable_key_is_named_and_never_shown() -> None:
    with pytest.raises(ConfigurationError, match="callback_key_invalid") as refusal:
        CallbackCipher("too-short", OWNER)

    assert "too-short" not in str(refusal.value)
    assert KEY not in repr(CIPHER)
