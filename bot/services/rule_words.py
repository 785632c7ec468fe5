"""The words for answers from the rules."""

from __future__ import annotations

import re

from bot.core.messages import Button, Message
from bot.core.rules import Answer, AnswerStatus, Citation
from bot.services.outside import Texts

DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")  # editions are named by the day they took effect
TITLE_LENGTH = 20  # characters that fit on a button


def answer_message(answer: Answer, texts: Texts) -> Message:
    """What the assistant says: the answer, the words of the rule, and where they stand."""
    if answer.status is AnswerStatus.CLARIFY:
        return Message(answer.text, _buttons(answer.options), answer.citations)
    key = "rules.source" if answer.status is AnswerStatus.ANSWERED else "rules.nearest"
    lines = [answer.text, *(_source(key, citation, texts) for citation in answer.citations)]
    if answer.status is not AnswerStatus.ANSWERED:
        lines.append(texts.say("rules.passed_on"))
    return Message("\n".join(lines), _buttons(answer.options), answer.citations)


def _source(key: str, citation: Citation, texts: Texts) -> str:
    number = texts.say("rules.number", number=citation.number) if citation.number else ""
    day = DAY.search(citation.edition)
    return texts.say(
        key,
        quote=citation.quote,
        document=citation.document,
        number=number,
        label=citation.label,
        day=texts.say("rules.edition", day=day[0]) if day else "",
    )


def _buttons(options: tuple[str, ...]) -> tuple[Button, ...]:
    return tuple(Button(_short(option), option) for option in options)


def _short(option: str) -> str:
    return option if len(option) <= TITLE_LENGTH else option[: TITLE_LENGTH - 1] + "…"
