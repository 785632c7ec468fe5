"""Parts of messages that every platform shows, each in its own way."""

from __future__ import annotations

from bot.core.messages import Message
from bot.services.outside import Texts

TITLE_LENGTH = 40  # characters shown in the list of chats
MOST_LINKS = 8


def title(text: str, most: int = TITLE_LENGTH) -> str:
    """The first line, as a list of chats or a card shows it."""
    first = text.strip().partition("\n")[0]
    return first if len(first) <= most else first[: most - 1] + "…"


def sources(message: Message, texts: Texts, public_url: str) -> list[tuple[str, str]]:
    """The articles that a message cites: what a link to each says, and its address.

    Args:
        public_url: Where the pages are; empty: no links.
    """
    if not public_url:
        return []
    by_url = {citation.url: citation for citation in message.citations}
    return [
        (
            texts.say("channels.source", document=each.document, label=each.label),
            f"{public_url.rstrip('/')}{url}",
        )
        for url, each in list(by_url.items())[:MOST_LINKS]
    ]
