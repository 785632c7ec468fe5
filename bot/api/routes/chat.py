"""The web channel: one message in, the assistant's messages out."""

from __future__ import annotations

import uuid

from fastapi import APIRouter

from bot.api import shapes
from bot.api.deps import ApprovalDeskDep, WiringDep, find_person
from bot.api.schemas import ChatIn, ChatOut, MessageOut
from bot.core.errors import RefusedError
from bot.core.messages import Incoming
from bot.services.error_words import error_words
from bot.services.inbox import SecretTextError, TextTooLongError

router = APIRouter(prefix="/api", tags=["chat"])

WAIT_S = 20.0  # the browser waits; a later reply is pushed


@router.post("/chat")
def chat(body: ChatIn, wiring: WiringDep, desk: ApprovalDeskDep) -> ChatOut:
    """One turn through the dialogue engine, in the order of its conversation."""
    person = find_person(body.user, wiring)  # at its word: on the embedded platform only
    incoming = Incoming(
        channel="web",
        # The person is part of the id, so that nobody gets the reply to another's message.
        message_id=f"{person.id}:{body.message_id or uuid.uuid4().hex}",
        org=person.org,
        person=person.id,
        conversation=body.conversation,
        text=body.text,
        received_at=wiring.clock.now(),
    )
    try:
        entry = wiring.reception.receive(incoming)
    except (SecretTextError, TextTooLongError) as error:
        return _said(error, wiring)
    reply = wiring.workers.wait_for(entry, WAIT_S).reply
    return ChatOut(messages=[shapes.message(m) for m in reply])


def _said(error: RefusedError, wiring: WiringDep) -> ChatOut:
    text = error_words(error, wiring.texts)
    return ChatOut(messages=[MessageOut(text=text, buttons=[], citations=[])])
