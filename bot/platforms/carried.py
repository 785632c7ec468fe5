"""What is set up alike for every real platform: approvals, people, events, cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bot.core.people import OrgId
from bot.core.platform_events import EventKind, PlatformEvent
from bot.platforms.opening import Ground
from bot.services.approval_filer import CERTAIN_AFTER, ApprovalApi, ApprovalFiler
from bot.services.calls import CallCounter
from bot.services.cards import CardBoard, CardDesk, CardLog, installation_id
from bot.services.carried_approvals import CarriedApprovals
from bot.services.channel_messages import ChannelDesk
from bot.services.feedback import FeedbackDesk, ShowJudgement
from bot.services.people_sync import Contacts, PeopleSync
from bot.services.platform_events import LEASE_S, Handler, PlatformEventDesk
from bot.services.supervision_groups import name_groups

OUTBOX_THREADS = 6  # one that waits for an answer in vain must not hold up the others


@dataclass(frozen=True)
class Own:
    """What a platform has of its own: its approvals, its address book, the ids of its cards."""

    api: ApprovalApi
    contacts: Contacts
    take_people: Callable[[PeopleSync, PlatformEvent], None]
    key_of_card: Callable[[str, str], str | None]  # by our prefix and the card's id
    show_judgement: ShowJudgement | None = None  # where a card does not show a press by itself


@dataclass(frozen=True)
class Carried:
    """What stands between the desks and a platform."""

    ground: Ground
    counter: CallCounter
    carrier: ApprovalFiler
    approvals: CarriedApprovals
    people: PeopleSync
    events: PlatformEventDesk
    messages: ChannelDesk
    cards: CardLog
    prefix: str  # of this installation's cards

    def beats(
        self, board: CardBoard, *own: Callable[[], object]
    ) -> tuple[Callable[[], object], ...]:
        """What is looked at with every tick."""
        ground = self.ground
        cards = CardDesk(ground.unit_of_work, ground.clock, board, ground.texts)
        first = (self.people.tick, self.approvals.reconcile)
        return (*first, *own, cards.tick, self.counter.tick)


def begin(ground: Ground, groups: Mapping[OrgId, str | None]) -> CallCounter:
    """What a platform's line needs; `groups` are those that the supervision offices have set."""
    name_groups(ground.unit_of_work, groups)
    return CallCounter(ground.unit_of_work, ground.clock)


def carry(ground: Ground, counter: CallCounter, own: Own) -> Carried:
    """Set up everything that does not depend on how a platform talks."""
    unit_of_work, clock, texts = ground.unit_of_work, ground.clock, ground.texts
    speed, prefix = ground.settings.platform_speed, installation_id(unit_of_work)
    carrier = ApprovalFiler(own.api, unit_of_work, clock, texts, CERTAIN_AFTER / speed)
    approvals = CarriedApprovals(unit_of_work, clock, ground.leave_desk, texts, carrier)
    people = PeopleSync(unit_of_work, clock, own.contacts)
    feedback = FeedbackDesk(
        unit_of_work, clock, partial(own.key_of_card, prefix), own.show_judgement
    )
    handlers: dict[EventKind, Handler] = {
        EventKind.APPROVAL: approvals.take,
        EventKind.FEEDBACK: feedback.take,
        EventKind.PEOPLE: partial(own.take_people, people),
    }
    return Carried(
        ground=ground,
        counter=counter,
        carrier=carrier,
        approvals=approvals,
        people=people,
        events=PlatformEventDesk(unit_of_work, clock, handlers, LEASE_S / speed),
        messages=ChannelDesk(unit_of_work, clock, ground.reception, texts),
        cards=CardLog(unit_of_work, clock, texts),
        prefix=prefix,
    )
