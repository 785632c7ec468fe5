from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.errors import NotFoundError
from bot.core.people import OrgId
from bot.core.rules import AnswerStatus
from bot.services.ask import RuleDesk
from bot.services.unanswered import UnansweredDesk
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.meaning.questions import QuestionMeanings
from tests.contract.samples import DIRECTORY
from tests.fakes.clock import FakeClock
from tests.fakes.desks import WeekdayCalendar
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.rules import ORG, small_edition
from tests.fakes.storage import FakeDatabase


@pytest.fixture
def database() -> FakeDatabase:
    """Where unanswered questions are kept."""
    return FakeDatabase()


@pytest.fixture
def desk(database: FakeDatabase, tmp_path: Path) -> RuleDesk:
    """A desk over the made-up edition."""
    clock = FakeClock()
    book = SearchingRuleBook([small_edition()], FakeEmbedder(), tmp_path, clock, YamlTexts())
    meanings = QuestionMeanings(FakeEmbedder())
    unanswered = UnansweredDesk(
        database.unit_of_work, clock, WeekdayCalendar(), book, meanings, YamlTexts()
    )
    with database.unit_of_work() as uow:
        uow.people.save(replace(DIRECTORY, office=replace(DIRECTORY.office, id=ORG)))
        uow.commit()
    return RuleDesk(clock, book, unanswered)


def test_what_the_rules_do_not_say_goes_to_the_unanswered_desk(
    desk: RuleDesk, database: FakeDatabase
) -> None:
    answer = desk.ask(ORG, "食堂几点开饭")

    with database.unit_of_work() as uow:
        [kept] = uow.unanswered.listing(ORG)
    assert (kept.question, kept.status) == ("食堂几点开饭", answer.status)


def test_what_they_do_say_does_not(desk: RuleDesk, database: FakeDatabase) -> None:
    answer = desk.ask(ORG, "县政府常务会议多久召开一次")

    with database.unit_of_work() as uow:
        assert uow.unanswered.listing(ORG) == []
    assert answer.status is AnswerStatus.ANSWERED


def test_a_follow_up_that_is_not_answered_is_kept_too(
    desk: RuleDesk, database: FakeDatabase
) -> None:
    desk.follow_up(ORG, "食堂几点开饭", "食堂的停车证在哪里办理")

    with database.unit_of_work() as uow:
        assert len(uow.unanswered.listing(ORG)) == 1


def test_an_unknown_office_is_refused(desk: RuleDesk) -> None:
    with pytest.raises(NotFoundError, match="org_unknown"):
        desk.ask(OrgId("nowhere"), "谁签发")
