from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.people import PersonId
from bot.core.reminders import Reminder
from bot.core.rules import Citation
from bot.core.supervision import ItemState, Occasion
from bot.services.reminder_words import MOST_IN_DIGEST, Due, gravest, push_message
from tests.unit.supervision.stage import CHANGLE, MONDAY, sample_item

TEXTS = YamlTexts()
CHIEF = PersonId("changle/bureau_head")
CITED = Citation(CHANGLE, "规则", "", "edition", 64, None, "第六十四条", "每两周反馈工作进展", "/")


def due(number: int, occasion: Occasion, *, late: bool = False, ends: int = 30) -> Due:
    item = sample_item(number, deadline=date(2026, 11, ends))
    return Due(item, [Reminder(item.id, occasion, MONDAY, CHIEF, late)])


@pytest.mark.parametrize("occasion", list(Occasion))
@pytest.mark.parametrize("state", [ItemState.UNSIGNED, ItemState.WORKING, ItemState.IN_REVIEW])
def test_every_occasion_has_words_with_number_content_and_deadline(
    occasion: Occasion, state: ItemState
) -> None:
    one = due(1, occasion)
    one = replace(one, item=replace(one.item, state=state))

    message = push_message([one], False, MONDAY, TEXTS)

    assert one.item.number in message.text
    assert one.item.content in message.text
    assert "2026年11月30日（还有7天）" in message.text
    assert message.buttons


@pytest.mark.parametrize("occasion", list(Occasion))
def test_every_occasion_has_a_line_and_a_count_in_a_digest(occasion: Occasion) -> None:
    text = push_message([due(1, occasion), due(2, occasion)], False, MONDAY, TEXTS).text

    head, *lines = text.split("\n")
    assert "2件督办事项" in head
    assert ["督〔2026〕1号" in lines[0], "督〔2026〕2号" in lines[1]] == [True, True]


def test_the_gravest_reminder_speaks_for_the_others() -> None:
    item = sample_item()
    reminders = [
        Reminder(item.id, occasion, MONDAY, CHIEF)
        for occasion in (Occasion.OVERDUE, Occasion.ESCALATED_UNIT)
    ]

    assert gravest(reminders).occasion is Occasion.ESCALATED_UNIT


def test_a_late_reminder_says_that_it_is_late() -> None:
    late, other = due(1, Occasion.DUE_SOON, late=True), due(2, Occasion.DUE_SOON)

    alone = push_message([late], False, MONDAY, TEXTS).text
    lines = push_message([late, other], False, MONDAY, TEXTS).text.split("\n")

    assert alone.startswith("（补发）")
    assert ["（补发）" in line for line in lines] == [False, True, False]


def test_a_digest_counts_and_lists_the_gravest_first() -> None:
    dues = [
        due(1, Occasion.DUE_SOON),
        due(2, Occasion.ESCALATED_UNIT, ends=20),
        due(3, Occasion.OVERDUE, ends=20),
        due(4, Occasion.OVERDUE, ends=19),
    ]

    head, *lines = push_message(dues, False, MONDAY, TEXTS).text.split("\n")

    assert head == "您有4件督办事项：超期3件、临近到期1件。"
    assert [line.split("号")[0][-1] for line in lines] == ["2", "4", "3", "1"]


def test_a_long_digest_is_cut_and_says_so() -> None:
    dues = [due(number, Occasion.OVERDUE) for number in range(1, MOST_IN_DIGEST + 4)]

    lines = push_message(dues, False, MONDAY, TEXTS).text.split("\n")

    assert len(lines) == 1 + MOST_IN_DIGEST + 1
    assert lines[-1].startswith("其余3件")


def test_a_leader_hears_the_counts_first_even_of_one_item() -> None:
    one = due(1, Occasion.ESCALATED_LEADER, ends=20)

    head, *_ = push_message([one], True, MONDAY, TEXTS).text.split("\n")

    assert head == "您分管的督办事项需要关注的有1件：超期1件。"


def test_a_reminder_cites_what_asks_for_it_and_a_digest_each_rule_once() -> None:
    cited = [replace(due(n, Occasion.PROGRESS_DUE), citation=CITED) for n in (1, 2)]

    assert push_message(cited[:1], False, MONDAY, TEXTS).citations == (CITED,)
    assert push_message(cited, False, MONDAY, TEXTS).citations == (CITED,)
