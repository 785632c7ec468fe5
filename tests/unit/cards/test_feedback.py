"""What people think of answers."""

from __future__ import annotations

import pytest

from bot.core.errors import OutsideServiceError
from bot.core.messages import Incoming
from bot.core.people import OrgId, PersonId
from bot.core.platform_events import EventKind, PlatformEvent
from bot.services.card_store import Judgement
from bot.services.feedback import FeedbackDesk, Told
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeDatabase

ORG = OrgId("changle")
LI, WANG = PersonId("changle/staff1"), PersonId("changle/head")


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


@pytest.fixture
def desk(database: FakeDatabase) -> FeedbackDesk:
    def own(card: str) -> str | None:
        return card.removeprefix("own.") if card.startswith("own.") else None

    return FeedbackDesk(database.unit_of_work, FakeClock(), own)


def asked(database: FakeDatabase, text: str) -> str:
    """The card of the answer to a question."""
    at = FakeClock().now()
    said = Incoming("dingtalk", text, ORG, LI, "direct", text, at)
    with database.unit_of_work() as uow:
        entry = uow.inbox.add(said)
        uow.commit()
    return f"own.reply:{entry.id}:0"


def press(desk: FeedbackDesk, card: str, what: str, person: PersonId = LI) -> None:
    at = desk.clock.now()
    event = PlatformEvent("dingtalk", "e", ORG, EventKind.FEEDBACK, what, (card, person), at)
    desk.take(event)


def test_judgements_are_counted_with_the_questions_that_were_answered_badly(
    desk: FeedbackDesk, database: FakeDatabase
) -> None:
    good, bad = asked(database, "纪要谁签发"), asked(database, "差旅费多少")

    press(desk, good, "useful")
    press(desk, bad, "useless")
    press(desk, bad, "useless", WANG)

    assert desk.told() == [Told(ORG, 1, 2, ("差旅费多少",))]


def test_who_thinks_again_is_counted_once(desk: FeedbackDesk, database: FakeDatabase) -> None:
    card = asked(database, "纪要谁签发")

    press(desk, card, "useless")
    press(desk, card, "useful")

    assert desk.told() == [Told(ORG, 1, 0)]


def test_a_card_of_another_installation_and_another_button_are_passed_over(
    desk: FeedbackDesk,
) -> None:
    press(desk, "other.reply:1:0", "useful")
    press(desk, "own.reply:1:0", "delete")

    assert desk.told() == []


def test_of_an_answer_to_nothing_no_question_is_told(desk: FeedbackDesk) -> None:
    press(desk, "own.item:1:due", "useless")

    assert desk.told() == [Told(ORG, 0, 1)]


def test_a_judgement_is_kept_before_it_is_shown_and_shown_again_when_that_failed(
    database: FakeDatabase,
) -> None:
    shown: list[tuple[str, bool]] = []

    def show(card: str, judgement: Judgement) -> None:
        shown.append((card, judgement.useful))
        if len(shown) == 1:
            raise OutsideServiceError("down")

    desk = FeedbackDesk(database.unit_of_work, FakeClock(), lambda card: card[4:], show)
    card = asked(database, "纪要谁签发")

    with pytest.raises(OutsideServiceError):
        press(desk, card, "useful")
    press(desk, card, "useful")

    assert shown == [(card, True)] * 2
    assert desk.told() == [Told(ORG, 1, 0)]
