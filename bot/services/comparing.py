"""The rules of several offices on one question, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.messages import Button, Message
from bot.core.rules import Answer, AnswerStatus, Citation
from bot.services.outside import Texts

SURE = 0.85  # a chance of being right: below it another office's rule is not told beside the others


@dataclass(frozen=True)
class OfficeAnswer:
    """What one office's rules say."""

    area: str
    answer: Answer


def compared(found: Sequence[OfficeAnswer], texts: Texts) -> Answer:
    """One answer that holds a row for each office: its answer and where it stands, or neither.

    The short answer is that of the first office whose rules answer.
    """
    rows = [texts.say("talk.compare_head"), *(_row(one, texts) for one in found)]
    answered = [one.answer for one in found if one.answer.status is AnswerStatus.ANSWERED]
    told = [one.answer for one in found if _tells(one.answer, texts)]
    text = "\n".join(rows)
    if not told:
        return Answer(AnswerStatus.NOT_FOUND, "", text, 1.0)
    citations = tuple(answer.citations[0] for answer in told)
    if not answered:
        return Answer(AnswerStatus.SILENT, "", text, 1.0, citations)
    first = answered[0]
    confidence = min(answer.confidence for answer in answered)
    return Answer(AnswerStatus.ANSWERED, first.answer, text, confidence, citations)


def only_if_sure(answer: Answer) -> Answer:
    """What another office's rules say, or silence without a quote where that is doubtful.

    Nobody asked that office: its rules may not treat the matter at all, and a row of the table
    is read as its word.
    """
    if answer.status is not AnswerStatus.ANSWERED or answer.confidence >= SURE:
        return answer
    return replace(answer, status=AnswerStatus.SILENT, answer="", citations=())


def compared_message(answer: Answer, says: Sequence[str]) -> Message:
    """The rows, and a button for each other office that shows its rule in full."""
    return Message(answer.text, tuple(Button(say, say) for say in says), answer.citations)


def _row(one: OfficeAnswer, texts: Texts) -> str:
    answer = one.answer
    if answer.status is AnswerStatus.CLARIFY:
        return texts.say("talk.compare_open", area=one.area)
    if not _tells(answer, texts):
        is_doubtful = answer.status is AnswerStatus.SILENT and not answer.citations
        key = "compare_doubtful" if is_doubtful else "compare_unwritten"
        return texts.say(f"talk.{key}", area=one.area)
    cited: Citation = answer.citations[0]
    is_answered = answer.status is AnswerStatus.ANSWERED
    said = (answer.answer or cited.quote) if is_answered else answer.text
    span = said.rstrip("。；;").replace("\n", "")
    return texts.say(
        "talk.compare_row", area=one.area, answer=span, document=cited.document, label=cited.label
    )


def _tells(answer: Answer, texts: Texts) -> bool:
    """Whether a rule is told: the answer, or what is written instead of it (只写明)."""
    if answer.status is AnswerStatus.SILENT:
        told = (
            texts.say("rules.unmeasured", answer="")[:-1],
            texts.say("rules.beforehand", answer="")[:-1],
        )
        return bool(answer.citations) and answer.text.startswith(told)
    return answer.status is AnswerStatus.ANSWERED and bool(answer.citations)
