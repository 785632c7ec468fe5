"""Everything that entry points need, put together once by `bot.bootstrap`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.core.clock import Clock
from bot.core.people import OrgId
from bot.services.approval_talk import ApprovalTalk
from bot.services.approvals import ApprovalDesk
from bot.services.ask import RuleDesk
from bot.services.bulletins import BulletinDesk
from bot.services.deliver import Delivery
from bot.services.doors import Door
from bot.services.duties import DutyDesk
from bot.services.inbox import Conversation, Reception
from bot.services.leave import LeaveDesk
from bot.services.leave_ledger import LeaveLedger
from bot.services.leave_words import LeaveWords
from bot.services.ledger_talk import LedgerTalk
from bot.services.outside import Dialogue, RuleBook, SettableClock, Texts
from bot.services.people_sync import PeopleSync
from bot.services.rule_talk import RuleTalk
from bot.services.sign_in import Identity
from bot.services.storage import UnitOfWorkFactory
from bot.services.supervision import SupervisionDesk
from bot.services.tick import Ticker
from bot.services.turns import TurnBook
from bot.services.unanswered import UnansweredDesk
from bot.services.workers import Workers


@dataclass(frozen=True)
class Wiring:
    """The desks and the ports behind them."""

    clock: Clock
    unit_of_work: UnitOfWorkFactory
    texts: Texts
    turns: TurnBook
    rules: RuleBook
    dialogue: Dialogue
    rule_desk: RuleDesk
    rule_talk: RuleTalk
    leave_desk: LeaveDesk
    leave_words: LeaveWords
    leave_ledger: LeaveLedger
    supervision_desk: SupervisionDesk
    duty_desk: DutyDesk
    bulletin_desk: BulletinDesk
    ledger_talk: LedgerTalk
    unanswered_desk: UnansweredDesk
    reception: Reception
    conversation: Conversation
    delivery: Delivery
    ticker: Ticker
    workers: Workers
    approval_desk: ApprovalDesk | None
    approval_talk: ApprovalTalk | None
    settable_clock: SettableClock | None  # on the embedded platform only
    label: Callable[[int], str]  # 60 -> 第六十条
    people_sync: PeopleSync | None = None  # where a platform lists the people
    doors: Mapping[tuple[str, str], Door] = field(default_factory=dict)  # by channel and office
    calls_allowed: Mapping[OrgId, int] = field(default_factory=dict)  # on a platform, in a month
    identities: Mapping[OrgId, Identity] = field(default_factory=dict)  # for signing in
    close: Callable[[], None] = lambda: None  # ends the platform's connections

    @property
    def is_embedded(self) -> bool:
        """Whether the platform is the embedded one, which takes everybody at his word."""
        return self.settable_clock is not None
