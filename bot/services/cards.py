"""Cards that follow their matter: what they show is derived from the ledgers at each beat."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from bot.core.approvals import ApprovalState
from bot.core.clock import Clock
from bot.core.errors import NotFoundError, OutsideServiceError
from bot.core.leave import Leave, LeaveId, LeaveState
from bot.core.messages import Push
from bot.core.people import PersonId
from bot.core.supervision import OPEN_STATES, ItemId
from bot.core.topics import Subject, read_topic, topic_of
from bot.services.card_store import Card
from bot.services.leave_cases import approval_key
from bot.services.outside import Texts
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 500  # open cards looked at in one beat, the latest first
FOLLOWED = timedelta(days=60)  # an older card is not looked at by anybody
_INSTALLATION = "installation"  # setting
_UNDECIDED = frozenset({LeaveState.CONFIRMED, LeaveState.FILED})


class CardBoard(Protocol):
    """The platform, where it has cards."""

    def update_card(self, card: Card) -> None:
        """Show a card's new state, without the buttons that were for the old one.

        Raises:
            OutsideServiceError: not now; the same again does no harm.
        """
        ...


def installation_id(unit_of_work: UnitOfWorkFactory) -> str:
    """What tells this installation's cards from those of any other on the same platform."""
    with unit_of_work() as uow:
        kept = uow.settings.keep(_INSTALLATION, secrets.token_hex(4))
        uow.commit()
    return str(kept)


@dataclass(frozen=True)
class CardLog:
    """Notes the cards that were sent, with what they show."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    texts: Texts

    def note(self, push: Push, handle: str = "") -> None:
        """Note a card; one without a topic is not followed. `handle`: see `Card`."""
        if read_topic(push.message.topic) is None:
            return
        card = Card(push.key, push.org, push.message.topic, self.clock.now(), handle=handle)
        with self.unit_of_work() as uow:
            uow.cards.add(_now_showing(card, uow, self.texts))
            uow.commit()


@dataclass(frozen=True)
class CardDesk:
    """Brings cards up to date; safe to run twice or at once."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    board: CardBoard
    texts: Texts

    def tick(self) -> None:
        """Update every card whose matter has moved."""
        with self.unit_of_work() as uow:
            cards = uow.cards.open(MOST_AT_ONCE)
            moved = [(card, _now_showing(card, uow, self.texts)) for card in cards]
        for card, now in moved:
            if self.clock.now() - card.sent_at > FOLLOWED:
                self._keep(replace(card, settled=True))
            elif now != card and self._shown(card, now):
                self._keep(now)

    def _shown(self, card: Card, now: Card) -> bool:
        if now.state == card.state:
            return True
        try:
            self.board.update_card(now)
        except OutsideServiceError as error:
            logger.warning(
                "a card was not updated: %s",
                error.code,
                extra={"event": "card.not_updated", "key": card.key, "code": error.code},
            )
            return False
        return True

    def _keep(self, card: Card) -> None:
        with self.unit_of_work() as uow:
            uow.cards.update(card)
            uow.commit()


def _now_showing(card: Card, uow: UnitOfWork, texts: Texts) -> Card:
    """The card as it ought to be now."""
    subject, key = read_topic(card.topic) or (None, "")
    try:
        if subject is Subject.DRAFT:
            return _draft(card, PersonId(key), uow, texts)
        if subject is Subject.APPROVAL:
            return _approval(card, uow.leaves.read(LeaveId(int(key))), texts)
        if subject is Subject.ANSWER:
            return _answer(card, key, uow, texts)
        if subject is Subject.ITEM:
            [item] = uow.items.locked([ItemId(int(key))])
            return replace(card, state=str(item.state), settled=item.state not in OPEN_STATES)
    except (NotFoundError, ValueError):
        pass
    return replace(card, settled=True)


def _draft(card: Card, asker: PersonId, uow: UnitOfWork, texts: Texts) -> Card:
    """A draft is settled by the leave that it became, or by being dropped."""
    filed = [
        leave for leave in uow.leaves.listing(card.org, asker) if leave.created_at >= card.sent_at
    ]
    if filed:
        leave = min(filed, key=lambda each: each.id)
        return _approval(replace(card, topic=topic_of(Subject.APPROVAL, leave.id)), leave, texts)
    if uow.leaves.draft(f"{asker}@direct") is not None:
        return replace(card, state=texts.say("leave.state_draft"))
    return replace(card, state=texts.say("channels.card_dropped"), settled=True)


def _answer(card: Card, key: str, uow: UnitOfWork, texts: Texts) -> Card:
    """An approver's card asks until he has answered, or nobody is asked any more."""
    number, _, step = key.partition(":")
    leave_id = LeaveId(int(number))
    approval = uow.approvals.by_key(approval_key(leave_id))
    if approval is None or (approval.state is ApprovalState.RUNNING and approval.step == int(step)):
        return card
    return replace(_approval(card, uow.leaves.read(leave_id), texts), settled=True)


def _approval(card: Card, leave: Leave, texts: Texts) -> Card:
    words = texts.say(f"leave.state_{leave.state.value}")
    return replace(card, state=words, settled=leave.state not in _UNDECIDED)
