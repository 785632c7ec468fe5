"""Messages in: checked, stored, acknowledged, then worked in the order of their thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.clock import Clock
from bot.core.errors import (
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    OutsideServiceError,
    RefusedError,
)
from bot.core.messages import MAX_TEXT_LENGTH, Incoming, Message, Push
from bot.core.people import OrgId, Person
from bot.core.secrecy import secrecy_mark
from bot.services.outside import Dialogue, QuestionEncoder, Texts
from bot.services.storage import REPLY, InboxEntry, InboxState, UnitOfWork, UnitOfWorkFactory
from bot.services.turns import TurnBook

logger = logging.getLogger(__name__)

LEASE_S = 20.0  # longer than the slowest turn; after a crash the entry is due again then
MAX_ATTEMPTS = 3
FIRST_RETRY_S = 1.0  # doubled each time
ANSWERED_ON_THE_SPOT = frozenset({"web"})  # channels whose caller waits for the reply


class SecretTextError(RefusedError):
    """The text bears a secrecy mark: it is not stored and goes nowhere."""

    code = "text_secret"


class TextTooLongError(RefusedError):
    """The text is longer than MAX_TEXT_LENGTH characters."""

    code = "text_too_long"


@dataclass(frozen=True)
class Reception:
    """Takes messages in; what it returned is never lost."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    encoder: QuestionEncoder

    def receive(self, incoming: Incoming, *, of_anybody: bool = False) -> InboxEntry:
        """Store a message under its unique key; a repeated one is returned as it stands.

        Args:
            of_anybody: Whether the directory lists the sender is still to be seen.

        Raises:
            InvalidInputError: the text is empty ("text_empty").
            TextTooLongError, SecretTextError: refused before anything is stored.
            NotAllowedError: the directory does not list the sender ("sender_unknown").
        """
        if not incoming.text.strip():
            raise InvalidInputError("text_empty")
        if len(incoming.text) > MAX_TEXT_LENGTH:
            raise TextTooLongError(most=MAX_TEXT_LENGTH)
        refuse_secrets(incoming.text, incoming.org, incoming.person, self.unit_of_work, self.clock)
        if incoming.channel in ANSWERED_ON_THE_SPOT:  # a platform waits for no more than a yes
            self.encoder.prepare(incoming.heard)  # while the disk is written to
        with self.unit_of_work() as uow:
            if of_anybody:
                check_sender(incoming, uow)
            entry = uow.inbox.add(incoming)
            uow.commit()
        return entry


def check_sender(incoming: Incoming, uow: UnitOfWork) -> None:
    """Refuse what somebody says whom the directory does not list.

    Raises:
        NotAllowedError: it does not ("sender_unknown").
    """
    try:
        uow.people.person(incoming.person)
    except NotFoundError as error:
        raise NotAllowedError("sender_unknown") from error


def refuse_secrets(
    text: str, org: OrgId, asker: str, unit_of_work: UnitOfWorkFactory, clock: Clock
) -> None:
    """Refuse text that bears a secrecy mark; only time, asker and rule are noted.

    Raises:
        SecretTextError: it bears one.
    """
    rule = secrecy_mark(text)
    if rule is None:
        return
    with unit_of_work() as uow:
        uow.audit.append(org, asker, "text.refused_secret", rule, clock.now())
        uow.commit()
    raise SecretTextError()


@dataclass(frozen=True)
class Conversation:
    """Works stored messages: one turn of one thread at a time, whatever fails.

    `machine_clock` times leases and retries: it must not jump when the office's clock is set.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    machine_clock: Clock
    dialogue: Dialogue
    fallback: Callable[[Person, Incoming, str], list[Message]]
    encoder: QuestionEncoder
    turns: TurnBook
    texts: Texts

    def work_next(self) -> InboxEntry | None:
        """Work the next due message; None if there is none.

        Raises:
            Exception: whatever the turn raised; the entry is postponed, or given up, before.
        """
        with self.unit_of_work() as uow:
            entry = uow.inbox.claim(self.machine_clock.now(), LEASE_S)
            uow.commit(durable=False)  # undone, the entry is claimed again
        if entry is None:
            return None
        if entry.attempts > MAX_ATTEMPTS:  # each try so far took the whole process down
            return self._give_up(entry)
        try:
            reply = self._reply(entry)
        except Exception:
            self._retry_or_give_up(entry)
            raise
        self._finish(entry, reply)
        return replace(entry, state=InboxState.DONE, reply=tuple(reply))

    def _reply(self, entry: InboxEntry) -> list[Message]:
        incoming = entry.incoming
        person = self._person(incoming)
        key = entry.turn_key
        with self.turns.opened(key, person, incoming) as turn:
            metadata = {"turn": turn.token, "vector": self.encoder.encode(incoming.heard)}
            try:
                return self.dialogue.turn(incoming.thread, incoming.heard, metadata)
            except OutsideServiceError as error:
                logger.warning(
                    "turn %s answered without the dialogue engine",
                    entry.id,
                    extra={"event": "turn.fallback", "entry_id": entry.id, "code": error.code},
                )
                return self.fallback(person, incoming, key)

    def _person(self, incoming: Incoming) -> Person:
        with self.unit_of_work() as uow:
            return uow.people.person(incoming.person)

    def _finish(self, entry: InboxEntry, reply: list[Message]) -> None:
        with self.unit_of_work() as uow:
            uow.inbox.finish(entry.id, reply)
            if entry.attempts > 1 or entry.incoming.channel not in ANSWERED_ON_THE_SPOT:
                for push in _pushes(entry, reply):
                    uow.outbox.add(push, self.clock.now())
            # Undone, the turn is worked again: its effects are known by its key, and the reply
            # goes with the entry.
            uow.commit(durable=False)

    def _retry_or_give_up(self, entry: InboxEntry) -> None:
        if entry.attempts >= MAX_ATTEMPTS:
            self._give_up(entry)
            return
        wait = timedelta(seconds=FIRST_RETRY_S * 2 ** (entry.attempts - 1))
        with self.unit_of_work() as uow:
            uow.inbox.postpone(entry.id, self.machine_clock.now() + wait)
            uow.commit()

    def _give_up(self, entry: InboxEntry) -> InboxEntry:
        sorry = (Message(self.texts.say("service.gave_up")),)
        with self.unit_of_work() as uow:
            uow.inbox.fail(entry.id, sorry)
            for push in _pushes(entry, sorry):
                uow.outbox.add(push, self.clock.now())
            uow.commit()
        return replace(entry, state=InboxState.FAILED, reply=sorry)


def is_settled(entry: InboxEntry) -> bool:
    """Whether nothing more will happen to an entry."""
    return entry.state is not InboxState.PENDING


def pushes(incoming: Incoming, key: str, messages: Sequence[Message]) -> list[Push]:
    """Messages that answer an incoming one where it was said; their keys begin with `key`."""
    to = incoming.conversation if incoming.is_group else incoming.person
    return [
        Push(
            key=f"{key}:{n}",
            org=incoming.org,
            to=to,
            message=message,
            mention=incoming.person if incoming.is_group and n == 0 else None,
            reply_to=incoming.reply_to,
        )
        for n, message in enumerate(messages)
    ]


def _pushes(entry: InboxEntry, reply: Sequence[Message]) -> list[Push]:
    return pushes(entry.incoming, f"{REPLY}{entry.id}", reply)
