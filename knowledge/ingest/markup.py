"""The text that a reader sees of a web page or a Markdown file."""

from __future__ import annotations

import re
from html.parser import HTMLParser

UNSEEN = frozenset({"script", "style", "head", "noscript", "template", "select", "button"})
CHROME = frozenset({"nav", "footer", "header", "aside"})
INLINE = frozenset({"a", "abbr", "b", "big", "em", "font", "i", "img", "ins", "label", "mark"})
INLINE_MORE = frozenset({"s", "small", "span", "strong", "sub", "sup", "u", "wbr", "o:p", "st1"})
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
HEADING_MARK = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE)
EMPHASIS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


def visible_text(page: str) -> str:
    """The text of an HTML page, one line a block, its menus and footers left out."""
    reader = _PageReader(UNSEEN | CHROME)
    reader.feed(page)
    reader.close()
    if reader.is_inside_unseen:  # a menu that never ends: better the menu than no text
        reader = _PageReader(UNSEEN - {"head"})
        reader.feed(page)
        reader.close()
    return reader.text()


def plain_markdown(source: str) -> str:
    """Markdown without comments, heading marks and bold marks."""
    return EMPHASIS.sub(r"\1", HEADING_MARK.sub("", COMMENT.sub("", source)))


class _PageReader(HTMLParser):
    def __init__(self, unseen: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._unseen = unseen
        self._open: list[str] = []
        self._parts: list[str] = []

    @property
    def is_inside_unseen(self) -> bool:
        return bool(self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._unseen:
            self._open.append(tag)
        elif tag == "body":
            self._open.clear()
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._open:
            self._parts.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        lines = (line.strip() for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line) + "\n"

    def _break(self, tag: str) -> None:
        if tag not in INLINE and tag not in INLINE_MORE:
            self._parts.append("\n")
