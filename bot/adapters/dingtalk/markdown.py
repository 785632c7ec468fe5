"""A message as DingTalk shows it: markdown, quick replies, links to the articles."""

from __future__ import annotations

import json
from urllib.parse import quote

from bot.adapters.channels.cutting import cut, utf8
from bot.adapters.channels.wording import sources
from bot.core.messages import Button, Message
from bot.services.outside import Texts

MOST_BYTES = 18_000  # of the 20,000 that a message may have; the rest is for its frame
_SAYING = "dtmd://dingtalkclient/sendMessage?content="  # pressed, the person says it


def markdown(message: Message, texts: Texts, public_url: str, lead: str = "") -> str:
    """The whole message as markdown, cut to what DingTalk takes.

    Args:
        public_url: Where the pages are; empty: no links.
        lead: What stands before the text, such as the one who is meant; never cut.
    """
    links = [f"[{words}]({url})" for words, url in sources(message, texts, public_url)]
    tail = [*links, *_choices(message.buttons, texts)]
    ending = "".join(f"\n\n{line}" for line in tail)
    room = MOST_BYTES - on_the_wire(lead) - on_the_wire(ending)
    return lead + cut(lines(message.text), room, texts.say("channels.more"), on_the_wire) + ending


def lines(text: str) -> str:
    """Plain text whose line breaks markdown keeps, and in which nobody hides a link."""
    return text.replace("](", "]\u200b(").replace("\n", "  \n")


def on_the_wire(text: str) -> int:
    """Bytes of a text within a JSON string."""
    return utf8(json.dumps(text, ensure_ascii=False)) - 2


def _choices(buttons: tuple[Button, ...], texts: Texts) -> list[str]:
    if not buttons:
        return []
    choices = [f"- [{lines(b.title)}]({_SAYING}{quote(b.say, safe='')})" for b in buttons]
    return [texts.say("channels.choose") + "\n\n" + "\n".join(choices)]
