"""Buttons as template cards (按钮交互型), which can be updated once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from bot.adapters.channels.wording import title
from bot.adapters.wecom.events import SAY
from bot.core.messages import Button, Message, Push
from bot.services.outside import Texts

MOST_BUTTONS = 6
BUTTON_LENGTH, TITLE_LENGTH, TEXT_LENGTH = 10, 36, 160  # characters
ASKING = ("?", "\uff1f")
KEY_BYTES, TASK_LENGTH = 1024, 128
_TASK = re.compile(r"[^A-Za-z0-9_-]")
_CODE = re.compile(r"@([0-9a-f]+)_")


def is_short(message: Message) -> bool:
    """Whether a card holds the whole text: a line in its title, and a short one below."""
    first, _, rest = message.text.strip().partition("\n")
    fits_in = len(first) <= TITLE_LENGTH and len(rest) <= TEXT_LENGTH
    return fits_in and "\n" not in rest and not message.citations


def numbered(buttons: Sequence[Button]) -> bool:
    """Whether the buttons' titles are too long for a card, so that it shows their numbers."""
    return any(len(button.title) > BUTTON_LENGTH for button in buttons)


def card_of(push: Push, prefix: str, texts: Texts, *, alone: bool) -> dict[str, Any]:
    """The message with a push's buttons.

    Args:
        alone: It says what the message says; otherwise the text went before it.
    """
    message, buttons = push.message, push.message.buttons[:MOST_BUTTONS]
    first, _, rest = message.text.strip().partition("\n")
    below = rest if alone else texts.say("channels.choose")
    last = rest.rpartition("\n")[2]
    if not alone and last.endswith(ASKING):
        first = last  # 确认提交吗？
    if numbered(buttons):
        lines = (f"{n}. {button.title}" for n, button in enumerate(buttons, start=1))
        below = "\n".join([below, *lines] if below else lines)
    names = [_name(n, b, buttons, texts) for n, b in enumerate(buttons, start=1)]
    card = {
        "card_type": "button_interaction",
        "main_title": {"title": title(first, TITLE_LENGTH)},
        "task_id": task_of(prefix, push.key),
        "button_list": [
            {"text": name, "style": 1 if n == 0 else 2, "key": SAY + button.say}
            for n, (name, button) in enumerate(zip(names, buttons, strict=True))
        ],
    }
    shown = card | ({"sub_title_text": below} if below else {})
    return {"msgtype": "template_card", "template_card": shown}


def fits(buttons: Sequence[Button]) -> bool:
    """Whether each button carries what it says, and none the same as another."""
    says = [button.say for button in buttons[:MOST_BUTTONS]]
    return len(set(says)) == len(says) and all(
        len((SAY + say).encode()) <= KEY_BYTES for say in says
    )


def task_of(prefix: str, key: str) -> str:
    """A card's id: the push's key in the few characters that WeCom takes there."""
    task = f"{prefix}@" + _TASK.sub(lambda found: f"@{ord(found[0]):x}_", key)
    if len(task) <= TASK_LENGTH:
        return task
    return f"{prefix}-{hashlib.sha256(key.encode()).hexdigest()}"


def own_key(prefix: str, task: str) -> str | None:
    """The key of the push that a card shows; None: not ours, or its key was too long."""
    own = f"{prefix}@"
    if not task.startswith(own):
        return None
    return _CODE.sub(lambda found: chr(int(found[1], 16)), task.removeprefix(own))


def _name(number: int, button: Button, buttons: Sequence[Button], texts: Texts) -> str:
    if numbered(buttons):
        return texts.say("channels.nth", number=number)
    return button.title
