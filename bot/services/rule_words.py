"""The words for answers from the rules."""

from __future__ import annotations

import re

from bot.core.messages import Button, Message
from bot.core.rules import Answer, AnswerStatus, Citation
from bot.services.outside import Texts

DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")  # editions are named by the day they took effect
TITLE_LENGTH = 20  # characters that fit on a button


def answer_message(answer: Answer, texts: Texts, *, is_kept: bool = True) -> Message:
    """What the assistant says: the answer, the words of the rule, and where they stand.

    Args:
        is_kept: Whether the unanswered desk keeps the question if there is no answer.
    """
    buttons = _buttons(answer.options)
    if answer.status is AnswerStatus.CLARIFY:
        return Message(answer.text, buttons, answer.citations)
    key = "rules.source" if answer.status is AnswerStatus.ANSWERED else "rules.nearest"
    lines = [answer.text, *(_source(key, citation, texts) for citation in _unshown(answer))]
    if answer.steps:
        lines.append(_document(answer.steps[0], texts))
    if answer.status is not AnswerStatus.ANSWERED and is_kept:
        lines.append(texts.say("rules.passed_on"))
    return Message("\n".join(lines), buttons, answer.citations)


def _unshown(answer: Answer) -> list[Citation]:
    """The citations whose words the text does not show: a procedure's steps stand in it."""
    shown = "".join(step.quote for step in answer.steps)
    return [citation for citation in answer.citations[bool(shown) :] if citation.quote not in shown]


def _source(key: str, citation: Citation, texts: Texts) -> str:
    return texts.say(
        key, quote=citation.quote, label=citation.label, **_document_fields(citation, texts)
    )


def _document(citation: Citation, texts: Texts) -> str:
    return texts.say("rules.document", **_document_fields(citation, texts))


def _document_fields(citation: Citation, texts: Texts) -> dict[str, str]:
    number = texts.say("rules.number", number=citation.number) if citation.number else ""
    day = DAY.search(citation.edition)
    edition = texts.say("rules.edition", day=day[0]) if day else ""
    return {"document": citation.document, "number": number, "day": edition}


def _buttons(options: tuple[str, ...]) -> tuple[Button, ...]:
    return tuple(Button(_short(option), option) for option in options)


def _short(option: str) -> str:
    return option if len(option) <= TITLE_LENGTH else option[: TITLE_LENGTH - 1] + "…"
