from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import RefusedError
from bot.core.messages import Incoming
from bot.core.people import Person
from bot.core.supervision import Item
from bot.services.storage import OutboxState
from bot.services.supervision_finding import is_unsigned
from bot.services.supervision_replies import Replies
from tests.unit.supervision.stage import CHANGLE, Stage


def deliver(stage: Stage) -> None:
    """Send all that is to be sent."""
    stage.desk.tick()
    with stage.database.unit_of_work() as uow:
        while (entry := uow.outbox.claim(stage.clock.now(), lease_s=20)) is not None:
            uow.outbox.settle(entry.id, OutboxState.SENT)
        uow.commit()


def show_card(stage: Stage, item: Item) -> None:
    """Let the answer to what the person said last be the card of an item."""
    entry = list(stage.database.tables.inbox.values())[-1].entry
    Replies(stage.desk).show(entry.turn_key, item)


def said(stage: Stage, text: str, post: str = "bureau_head", where: str = "direct") -> str:
    """What a sentence means."""
    person, incoming = heard(stage, text, post, where)
    return Replies(stage.desk).completed(person, incoming)


def heard(
    stage: Stage, text: str, post: str = "bureau_head", where: str = "direct"
) -> tuple[Person, Incoming]:
    """A sentence stored in the inbox as a channel would, and who said it."""
    person = stage.person(post)
    incoming = Incoming("web", stage.turn(), CHANGLE, person.id, where, text, stage.clock.now())
    with stage.database.unit_of_work() as uow:
        uow.inbox.add(incoming)
        uow.commit()
    return person, incoming


@pytest.fixture
def reminded(stage: Stage) -> Item:
    """The second of two items of the same unit, of which its head was just reminded."""
    stage.register("立项:发改局12月10日前报送能耗数据")
    item = stage.register("立项:发改局11月27日前报送方案")
    deliver(stage)
    stage.desk.sign(stage.person("bureau_head"), "签收督办1号", stage.turn())
    stage.desk.sign(stage.person("bureau_head"), "签收督办2号", stage.turn())
    said(stage, "签收督办2号")
    stage.at(2026, 11, 24, 9)
    deliver(stage)
    stage.clock.advance(minutes=5)
    return item


def test_the_first_word_after_a_reminder_means_its_item(stage: Stage, reminded: Item) -> None:
    assert said(stage, "已完成80%,下周报送") == f"{reminded.number} 已完成80%,下周报送"


def test_only_the_first_word_does(stage: Stage, reminded: Item) -> None:
    said(stage, "常务会议纪要谁签发")

    assert said(stage, "已完成80%") == "已完成80%"


def test_a_second_report_asks_again(stage: Stage, reminded: Item) -> None:
    said(stage, "已完成80%,下周报送")
    stage.clock.advance(minutes=1)

    text = said(stage, "已完成85%")

    assert text == "已完成85%"
    with pytest.raises(RefusedError) as refusal:
        stage.desk.report(stage.person("bureau_head"), text, stage.turn())
    assert refusal.value.code == "item_which"
    assert all(item.progress == () for item in stage.desk.listing(CHANGLE))


def test_a_reminder_of_a_later_time_answers_nothing(stage: Stage, reminded: Item) -> None:
    # A clock that was set back: what was sent before is dated later than what is said now.
    stage.at(2026, 11, 23, 16)

    assert said(stage, "已完成85%") == "已完成85%"


def test_news_of_another_item_in_between_leaves_it_open(stage: Stage, reminded: Item) -> None:
    stage.desk.report(stage.person("bureau_head"), "督办1号已办结", stage.turn())
    stage.desk.send_back(stage.person("supervisor1"), "退回督办1号", stage.turn())
    deliver(stage)
    stage.clock.advance(minutes=5)

    assert said(stage, "已补办,完成90%") == "已补办,完成90%"


def test_news_that_waits_for_the_office_to_open_counts_when_it_comes(
    stage: Stage, reminded: Item
) -> None:
    stage.desk.report(stage.person("bureau_head"), "督办1号已办结", stage.turn())
    stage.at(2026, 11, 24, 20)
    stage.desk.send_back(stage.person("supervisor1"), "退回督办1号", stage.turn())
    stage.at(2026, 11, 25, 9)
    deliver(stage)

    assert said(stage, "已补办,完成90%") == "已补办,完成90%"


def test_a_sentence_after_a_card_means_its_item(stage: Stage, reminded: Item) -> None:
    said(stage, "督办1号进展")
    show_card(stage, stage.item("督〔2026〕1号"))
    stage.clock.advance(minutes=5)

    assert said(stage, "已完成80%") == "督〔2026〕1号 已完成80%"
    assert said(stage, "已完成85%") == "已完成85%"


def test_a_card_is_forgotten_after_a_while(stage: Stage, reminded: Item) -> None:
    said(stage, "督办1号进展")
    show_card(stage, stage.item("督〔2026〕1号"))
    stage.clock.advance(minutes=31)

    assert said(stage, "已完成80%") == "已完成80%"


def test_a_card_and_a_reminder_of_another_item_mean_neither(stage: Stage) -> None:
    first = stage.register("立项:发改局12月10日前报送能耗数据")
    said(stage, "督办1号进展")
    show_card(stage, first)
    stage.clock.advance(minutes=1)
    stage.register("立项:发改局11月27日前报送方案")
    deliver(stage)
    stage.clock.advance(minutes=1)

    assert said(stage, "已完成80%") == "已完成80%"


def test_only_an_item_that_the_step_fits_is_meant(stage: Stage, reminded: Item) -> None:
    person, incoming = heard(stage, "签收")

    assert Replies(stage.desk).completed(person, incoming, is_unsigned) == "签收"


def test_a_number_that_is_said_counts(stage: Stage, reminded: Item) -> None:
    assert said(stage, "督办1号已完成80%") == "督办1号已完成80%"


def test_another_unit_that_is_named_is_another_matter(stage: Stage, reminded: Item) -> None:
    assert said(stage, "财政局那件已完成80%") == "财政局那件已完成80%"
    stage.desk.tick()


def test_a_reminder_is_answered_where_it_came(stage: Stage, reminded: Item) -> None:
    assert said(stage, "已完成80%", where="group1") == "已完成80%"
    assert said(stage, "已完成80%", post="bureau_staff") == "已完成80%"


def test_two_reminders_that_nobody_answered_mean_neither(stage: Stage) -> None:
    for content in ("方案", "数据"):
        stage.register(f"立项:发改局12月10日前报送{content}")
        deliver(stage)
    stage.clock.advance(minutes=5)

    assert said(stage, "签收") == "签收"


def test_a_reminder_of_several_items_means_none_of_them(stage: Stage) -> None:
    for content in ("方案", "数据"):
        stage.register(f"立项:发改局11月27日前报送{content}")
    deliver(stage)
    stage.at(2026, 11, 24, 9)
    deliver(stage)

    assert said(stage, "已完成80%") == "已完成80%"


def test_an_old_reminder_and_a_closed_item_are_not_answered(stage: Stage, reminded: Item) -> None:
    stage.desk.close(stage.person("supervisor1"), "督办2号销号", stage.turn())
    assert said(stage, "已完成80%") == "已完成80%"


def test_after_days_nobody_knows_what_is_answered(stage: Stage, reminded: Item) -> None:
    stage.clock.advance(days=5)

    assert said(stage, "已完成80%") == "已完成80%"


def test_the_supervision_office_names_what_it_acts_on(stage: Stage, reminded: Item) -> None:
    stage.at(2026, 12, 2, 9)
    deliver(stage)
    stage.clock.advance(minutes=1)

    assert said(stage, "销号", post="supervisor1") == "销号"


def test_what_has_not_arrived_is_not_answered(stage: Stage) -> None:
    stage.register("立项:发改局12月10日前报送能耗数据")
    stage.register("立项:发改局11月27日前报送方案")
    stage.at(2026, 11, 24, 9)
    stage.desk.tick()

    assert said(stage, "已完成80%") == "已完成80%"


def test_a_report_that_answers_a_reminder_is_noted_on_its_item(
    stage: Stage, reminded: Item
) -> None:
    text = said(stage, "已完成80%")

    changed = stage.desk.report(stage.person("bureau_head"), text, stage.turn())

    assert replace(changed, progress=()).number == reminded.number
    assert changed.progress[-1].percent == 80
