"""What every storage does with cards, judgements and calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.services.card_store import CallCount, Card, Judgement
from bot.services.storage import UnitOfWorkFactory
from tests.contract.samples import CLERK, HEAD, MINUTE, NOW, ORG, OTHER_ORG

CARD = Card("reply:1:0", ORG, "leave:1", NOW, "待审批", handle="code-1")
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def test_open_cards_come_back_latest_first_until_they_are_settled(new: UnitOfWorkFactory) -> None:
    later = replace(CARD, key="reply:2:0", sent_at=NOW + MINUTE)
    with new() as uow:
        uow.cards.add(CARD)
        uow.cards.add(later)
        uow.commit()

    with new() as uow:
        assert uow.cards.open(10) == [later, CARD]
        assert uow.cards.open(1) == [later]
        uow.cards.update(replace(later, state="已同意", settled=True))
        assert uow.cards.open(10) == [CARD]


def test_a_card_that_is_known_stays_as_it_stands(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.cards.add(CARD)
        uow.cards.add(replace(CARD, state="", sent_at=NOW + MINUTE))

        assert uow.cards.open(10) == [CARD]


def test_the_last_judgement_of_a_person_counts(new: UnitOfWorkFactory) -> None:
    first = Judgement("reply:1:0", ORG, CLERK, useful=True, at=NOW)
    changed = replace(first, useful=False, at=NOW + MINUTE)
    other = replace(first, person=HEAD, at=NOW + 2 * MINUTE)
    with new() as uow:
        for each in (first, changed, other):
            uow.feedback.put(each)
        uow.commit()

    with new() as uow:
        assert uow.feedback.listing(NOW) == [other, changed]
        assert uow.feedback.listing(NOW + 2 * MINUTE) == [other]


def test_calls_add_up_by_office_api_and_month(new: UnitOfWorkFactory) -> None:
    sending, token = (ORG, "dingtalk", "robot.group"), (ORG, "dingtalk", "token")
    with new() as uow:
        uow.calls.add(NOVEMBER, {token: 1, sending: 5})
        uow.calls.add(NOVEMBER, {sending: 2, (OTHER_ORG, "dingtalk", "token"): 1})
        uow.calls.add(DECEMBER, {sending: 1})
        uow.commit()

    with new() as uow:
        assert uow.calls.of_month(NOVEMBER) == [
            CallCount(*sending, NOVEMBER, 7),
            CallCount(*token, NOVEMBER, 1),
            CallCount(OTHER_ORG, "dingtalk", "token", NOVEMBER, 1),
        ]
