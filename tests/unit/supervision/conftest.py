from __future__ import annotations

import pytest

from bot.adapters.calendars import OfficeCalendars
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.chinese.ledger_questions import ChineseLedgerReader
from bot.adapters.xlsx import XlsxWriter
from bot.services.bulletins import BulletinDesk
from bot.services.ledger_talk import LedgerTalk
from bot.services.reminder_plans import ReminderPlans
from tests.unit.supervision.stage import Stage


@pytest.fixture
def stage() -> Stage:
    """Monday, 23 November 2026, 09:00, nothing registered."""
    return Stage()


@pytest.fixture
def talk(stage: Stage) -> LedgerTalk:
    desk = BulletinDesk(
        stage.database.unit_of_work,
        stage.clock,
        OfficeCalendars(PublishedCalendar(), {}),
        ReminderPlans(stage.desk.procedures, stage.rules),
        XlsxWriter(),
        stage.texts,
    )
    return LedgerTalk(desk, ChineseLedgerReader())
