"""What people think of answers: 有用 or 没用, pressed on the answer itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.core.clock import Clock
from bot.core.people import OrgId, PersonId
from bot.core.platform_events import PlatformEvent
from bot.services.card_store import Judgement
from bot.services.queues import REPLY, EntryId
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

USEFUL, USELESS = "useful", "useless"
LOOKED_BACK = timedelta(days=90)

ShowJudgement = Callable[[str, Judgement], None]  # on a card by its id, to its judge alone


@dataclass(frozen=True)
class Told:
    """One office's judgements: counts, and the questions whose answers helped least, latest first.

    `useless_questions` are shown to those who keep the rules; never logged.
    """

    org: OrgId
    useful: int
    useless: int
    useless_questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class FeedbackDesk:
    """Keeps judgements, the last one of a person counts, and shows them where there are cards."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    push_key: Callable[[str], str | None]  # of a card's id on the platform; None: not ours
    show: ShowJudgement | None = None

    def take(self, event: PlatformEvent) -> None:
        """Keep what somebody has pressed on an answer; anything else is passed over.

        Raises:
            OutsideServiceError: it is kept and not shown yet; the same again does no harm.
        """
        card, person = event.subjects
        key = self.push_key(card)
        if key is None or event.name not in (USEFUL, USELESS):
            return
        given = Judgement(key, event.org, PersonId(person), event.name == USEFUL, event.received_at)
        with self.unit_of_work() as uow:
            uow.feedback.put(given)
            uow.commit()
        if self.show is not None:
            self.show(card, given)

    def told(self) -> list[Told]:
        """What was told of each office's answers in the last three months."""
        with self.unit_of_work() as uow:
            given = uow.feedback.listing(self.clock.now() - LOOKED_BACK)
            return [_told(uow, org, given) for org in sorted({each.org for each in given})]


def _told(uow: UnitOfWork, org: OrgId, given: list[Judgement]) -> Told:
    own = [each for each in given if each.org == org]
    useless = [each for each in own if not each.useful]
    questions = dict.fromkeys(filter(None, (_question(uow, each.key) for each in useless)))
    return Told(org, len(own) - len(useless), len(useless), tuple(questions))


def _question(uow: UnitOfWork, key: str) -> str | None:
    """The question that the push with this key answers; None: it answers none."""
    entry, _, _ = key.removeprefix(REPLY).partition(":")
    if not key.startswith(REPLY) or not entry.isdecimal():
        return None
    return uow.inbox.get(EntryId(int(entry))).incoming.text
