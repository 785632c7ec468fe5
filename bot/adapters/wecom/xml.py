"""The XML that WeCom sends, read without anything that XML can do beyond fields and texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.core.errors import InvalidInputError

ROOT = "xml"
MOST_ELEMENTS = 2_000  # an approval with all its records has some hundred
DEEPEST = 12


@dataclass(frozen=True)
class Fields:
    """One element's fields: what stands there once, as text."""

    element: Element

    def text(self, path: str) -> str:
        """The text of the field; empty if there is none, or one with fields of its own."""
        found = self.element.find(path)
        if found is None or len(found):
            return ""
        return (found.text or "").strip()


def read_xml(text: str) -> Fields:
    """The fields of a call or a message.

    Raises:
        InvalidInputError: this is no such XML: broken, with a document type, with entities, in
            another root, with a field twice, too many or too deep ("message_malformed").
    """
    try:
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise InvalidInputError("message_malformed") from error
    if root.tag != ROOT or _is_overgrown(root) or _has_twice(root):
        raise InvalidInputError("message_malformed")
    return Fields(root)


def _is_overgrown(root: Element) -> bool:
    for number, depth in enumerate(_depths(root)):
        if number >= MOST_ELEMENTS or depth > DEEPEST:
            return True
    return False


def _depths(root: Element) -> Iterator[int]:
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        yield depth
        waiting += [(child, depth + 1) for child in element]


def _has_twice(root: Element) -> bool:
    """Whether a field stands there twice: one reader would take the first, another the last."""
    names = [child.tag for child in root]
    return len(names) != len(set(names))
