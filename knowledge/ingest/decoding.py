"""Bytes to characters, for the encodings that government pages come in."""

from __future__ import annotations

import codecs

MAX_DAMAGED_SHARE = 0.05  # of the non-ASCII characters: below, it is UTF-8 with damage, not GB18030
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UndecodableError(ValueError):
    """The bytes are no text; `line` is where the first bad byte stands, from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def decode(content: bytes) -> str:
    """Read UTF-8, UTF-8 or UTF-16 with a byte order mark, or GB18030 (and so GBK and GB 2312).

    UTF-8 with a damaged byte would often pass as GB18030 and come out as nonsense; it is refused.

    Raises:
        UndecodableError: reason "encoding" or "binary".
    """
    if content.startswith(UTF16_MARKS):
        return _checked(_strict(content, "utf-16"))
    try:
        return _checked(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(content):
            raise UndecodableError("encoding", _line_of(content, error.start)) from error
    return _checked(_strict(content, "gb18030"))


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError("encoding", _line_of(content, error.start)) from error


def _checked(text: str) -> str:
    nul = text.find("\0")
    if nul >= 0:
        raise UndecodableError("binary", text.count("\n", 0, nul) + 1)
    return text


def _is_damaged_utf8(content: bytes) -> bool:
    wide = [char for char in content.decode("utf-8", errors="replace") if not char.isascii()]
    return wide.count("\ufffd") <= MAX_DAMAGED_SHARE * len(wide)


def _line_of(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1
