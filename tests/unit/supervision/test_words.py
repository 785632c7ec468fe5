from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.clock import OFFICE_TIME
from bot.core.people import PersonId
from bot.core.rules import Citation
from bot.core.supervision import ItemState, Progress
from bot.services import supervision_words as words
from bot.services.supervision_deadlines import RuleDeadline
from bot.services.supervision_notice_words import Notice, notice_message
from tests.unit.supervision.stage import CHANGLE, MONDAY, Stage, sample_item

TEXTS = YamlTexts()
CHIEF = PersonId("changle/bureau_head")
CITED = Citation(
    CHANGLE, "规则", "", "edition", 55, None, "第五十五条", "一般事项应在7天之内办结", "/"
)


@pytest.mark.parametrize(
    "event",
    [
        "assisting",
        "reported",
        "finished",
        "extension_asked",
        "extended",
        "extension_refused",
        "closed",
        "sent_back",
        "cancelled",
    ],
)
def test_every_notice_has_words(event: str) -> None:
    item = replace(sample_item(), extension_to=date(2026, 12, 15))
    by = Stage().person("bureau_head")

    message = notice_message(Notice(event, item, by), MONDAY, TEXTS)

    assert item.number in message.text
    assert message.buttons


@pytest.mark.parametrize(
    "event",
    [
        "signed",
        "reported",
        "finished",
        "extension_asked",
        "extended",
        "extension_refused",
        "closed",
        "sent_back",
        "cancelled",
    ],
)
def test_every_step_is_answered(event: str) -> None:
    assert sample_item().number in words.done_message(event, sample_item(), MONDAY, TEXTS).text


def test_a_report_is_answered_with_the_share_that_was_understood() -> None:
    report = Progress(datetime(2026, 11, 23, 9, tzinfo=OFFICE_TIME), CHIEF, "已完成80%", 80)
    item = replace(sample_item(), progress=(report,))

    assert "80%" in words.done_message("reported", item, MONDAY, TEXTS).text


@pytest.mark.parametrize(
    ("post", "state", "asked", "titles"),
    [
        ("bureau_staff", ItemState.UNSIGNED, False, ["签收"]),
        ("supervisor1", ItemState.UNSIGNED, False, []),
        ("head", ItemState.UNSIGNED, False, []),
        ("bureau_head", ItemState.WORKING, False, ["已办结"]),
        ("supervisor1", ItemState.WORKING, False, []),
        ("supervisor1", ItemState.WORKING, True, ["同意延期", "不同意延期"]),
        ("bureau_head", ItemState.WORKING, True, ["已办结"]),
        ("supervisor1", ItemState.IN_REVIEW, False, ["销号", "退回"]),
        ("bureau_head", ItemState.IN_REVIEW, False, []),
        ("supervisor1", ItemState.CLOSED, True, []),
    ],
)
def test_a_card_offers_what_its_reader_may_do(
    post: str, state: ItemState, asked: bool, titles: list[str]
) -> None:
    item = replace(sample_item(state=state), extension_to=date(2026, 12, 15) if asked else None)

    message = words.item_message(item, Stage().person(post), MONDAY, TEXTS)

    assert [button.title for button in message.buttons] == titles


@pytest.mark.parametrize(("listed", "said"), [(True, "已通知发展和改革局"), (False, "电话转告")])
def test_after_registering_one_knows_whom_it_reached(listed: bool, said: str) -> None:
    item = replace(sample_item(), registered_unit=listed)

    assert said in words.registered_message(item, None, MONDAY, TEXTS).text


def test_the_ledger_shows_counts_lights_and_owners() -> None:
    items = [
        sample_item(1, deadline=date(2026, 11, 20)),
        sample_item(2, deadline=date(2026, 11, 25)),
        sample_item(3, deadline=date(2026, 12, 25)),
        sample_item(4, state=ItemState.CLOSED),
    ]

    lines = words.ledger_message(items, MONDAY, TEXTS).text.splitlines()

    assert lines[0] == "共4件，在办3件，其中超期1件，三天内到期1件。"
    assert lines[1].startswith("🔴 督〔2026〕1号")
    assert "已超期3天" in lines[1]
    assert lines[2].startswith("🟡 督〔2026〕2号")
    assert "发展和改革局" in lines[3]
    assert "年11月30日|" in lines[4]


def test_a_group_gets_counts_alone() -> None:
    text = words.counts_line([sample_item()], MONDAY, TEXTS)

    assert text == "共1件，在办1件，其中超期0件，三天内到期0件。"


def test_a_long_ledger_is_cut_and_says_so() -> None:
    items = [sample_item(number) for number in range(1, 26)]

    lines = words.ledger_message(items, MONDAY, TEXTS).text.splitlines()

    assert len(lines) == 22
    assert "其余5项" in lines[-1]


def test_a_deadline_beyond_the_rule_is_pointed_out_with_the_article() -> None:
    exceeded = RuleDeadline(date(2026, 11, 28), CITED)

    message = words.registered_message(sample_item(), exceeded, MONDAY, TEXTS)

    assert "晚于规则要求的2026年11月28日（第五十五条）" in message.text
    assert message.citations == (CITED,)


def test_the_card_shows_everything_and_cites_the_rule() -> None:
    item = replace(sample_item(), deadline_rule=CITED, registered_unit=False, urgent=True)

    message = words.item_message(item, Stage().person("supervisor1"), MONDAY, TEXTS)

    assert "发展和改革局（未登记单位）、教育和体育局" in message.text
    assert "紧急" in message.text
    assert message.citations == (CITED,)
