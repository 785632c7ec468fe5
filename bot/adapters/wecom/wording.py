"""A message as WeCom shows it: plain text with links in the app, markdown in groups."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from bot.adapters.channels.calling import Json
from bot.adapters.channels.cutting import cut, utf8
from bot.adapters.channels.wording import sources
from bot.core.messages import Button, Message
from bot.services.outside import Texts

TEXT_BYTES = 2048  # of the app's text; what is longer WeCom cuts off itself, links first
MARKDOWN_BYTES = 4096  # of a group robot's markdown
HEAD_BYTES, BELOW_BYTES = 128, 512  # of a text card
MARK_LENGTH = 20  # characters that nobody sees, three bytes each
_UNSEEN = ("\u200b", "\u200c", "\u200d", "\u2060")  # two bits each
_TAG = re.compile(r"<(?=[a-zA-Z/@!])")


def as_text(message: Message, key: str, texts: Texts, public_url: str, lead: str = "") -> str:
    """The whole message as text for the app, cut to what WeCom takes.

    Args:
        key: Of the push: a mark of it that nobody sees stands at the end, see `mark`.
        lead: What stands before the text; never cut.
    """
    links = [f'<a href="{url}">{words}</a>' for words, url in sources(message, texts, public_url)]
    tail = [*links, *choices(message.buttons, texts)]
    ending = "".join(f"\n\n{line}" for line in tail) + mark(key)
    return _fitted(plain(message.text), lead, ending, TEXT_BYTES, texts)


def as_notice(message: Message, key: str, texts: Texts, public_url: str) -> Json | None:
    """The message as a card that opens the one article it cites; None: it does not fit one.

    Args:
        key: see `as_text`.
    """
    found = sources(message, texts, public_url)
    first, _, rest = message.text.strip().partition("\n")
    below = plain(rest).replace("\n", "<br>") + mark(key)
    if len(found) != 1 or not rest or utf8(first) > HEAD_BYTES or utf8(below) > BELOW_BYTES:
        return None
    card = {
        "title": plain(first),
        "description": below,
        "url": found[0][1],
        "btntxt": texts.say("channels.original"),
    }
    return {"msgtype": "textcard", "textcard": card}


def as_markdown(
    message: Message, texts: Texts, public_url: str, lead: str = "", most: int = MARKDOWN_BYTES
) -> str:
    """The whole message as markdown for a group, its buttons as things to say."""
    links = [f"[{words}]({url})" for words, url in sources(message, texts, public_url)]
    tail = [*links, *choices(message.buttons, texts)]
    ending = "".join(f"\n\n{line}" for line in tail)
    text = plain(message.text).replace("](", "]\u200b(")
    return _fitted(text, lead, ending, most, texts)


def choices(buttons: Sequence[Button], texts: Texts) -> list[str]:
    """Where there is nothing to press: what may be said, as one paragraph."""
    if not buttons:
        return []
    lines = (f"- {plain(button.say)}" for button in buttons)
    return [texts.say("channels.choose") + "\n" + "\n".join(lines)]


def plain(text: str) -> str:
    """Text in which nobody hides a link or calls a person."""
    return _TAG.sub("<\u200b", text)


def mark(key: str) -> str:
    """What tells this push's text from another's that says the same, seen by nobody.

    WeCom drops a text that repeats another; so a push repeated is dropped, and nothing else.
    """
    bits = int.from_bytes(hashlib.sha256(key.encode()).digest())
    return "".join(_UNSEEN[bits >> 2 * n & 3] for n in range(MARK_LENGTH))


def _fitted(text: str, lead: str, ending: str, most: int, texts: Texts) -> str:
    room = most - utf8(lead) - utf8(ending)
    return lead + cut(text, room, texts.say("channels.more")) + ending
