"""Rule questions, answered without the dialogue engine."""

from __future__ import annotations

from fastapi import APIRouter

from bot.api import shapes
from bot.api.deps import WiringDep, known_org
from bot.api.schemas import AnswerOut, AskIn
from bot.core.messages import MAX_TEXT_LENGTH
from bot.services.inbox import TextTooLongError, refuse_secrets

router = APIRouter(prefix="/api", tags=["rules"])


@router.post("/ask")
def ask(body: AskIn, wiring: WiringDep) -> AnswerOut:
    """Answer from the office's own rules, word for word, or say that they do not say."""
    org = known_org(body.org, wiring)
    if len(body.question) > MAX_TEXT_LENGTH:
        raise TextTooLongError(most=MAX_TEXT_LENGTH)
    refuse_secrets(body.question, org, "api", wiring.unit_of_work, wiring.clock)
    return shapes.answer(wiring.rule_talk.answer(org, body.question, body.as_of))
