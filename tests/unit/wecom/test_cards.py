"""Buttons as template cards."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.adapters.texts import YamlTexts
from bot.adapters.wecom.cards import card_of, fits, is_short, own_key, task_of
from bot.core.messages import Button, Message, Push
from bot.core.people import OrgId

TEXTS = YamlTexts()
ASKED = Message("确认提交吗？\n事假一天", (Button("确认", "确认"), Button("取消", "取消")))
PUSH = Push("reply:1:0", OrgId("changle"), "changle/staff1", ASKED)


@pytest.mark.parametrize("key", ["reply:12:0", "approval:2026_1:0", "remind:督〔2026〕15号"])
def test_a_cards_id_leads_back_to_its_push_in_the_characters_that_wecom_takes(key: str) -> None:
    task = task_of("1a2b", key)

    assert re.fullmatch(r"[A-Za-z0-9_\-@]{1,128}", task)
    assert own_key("1a2b", task) == key


def test_another_installations_card_is_not_ours() -> None:
    assert own_key("1a2b", task_of("9f9f", "reply:1:0")) is None


def test_a_key_too_long_for_an_id_leads_nowhere_but_stays_unlike_others() -> None:
    first, second = task_of("1a2b", "x" * 200), task_of("1a2b", "x" * 201)

    assert first != second
    assert len(first) <= 128
    assert own_key("1a2b", first) is None


def test_a_short_message_stands_on_the_card_itself() -> None:
    assert is_short(ASKED)
    card = card_of(PUSH, "1a2b", TEXTS, alone=True)["template_card"]

    assert (card["main_title"]["title"], card["sub_title_text"]) == ("确认提交吗？", "事假一天")
    assert [each["text"] for each in card["button_list"]] == ["确认", "取消"]


def test_several_lines_go_before_the_card_which_then_asks_their_last_question() -> None:
    message = replace(ASKED, text="请核对：\n类型：事假\n确认提交吗？")

    assert not is_short(message)
    card = card_of(replace(PUSH, message=message), "1a2b", TEXTS, alone=False)["template_card"]
    assert card["main_title"]["title"] == "确认提交吗？"


def test_choices_too_long_for_a_button_are_numbered_and_listed() -> None:
    choices = tuple(Button(f"召开全县性会议的第{n}种情况", f"情况{n}") for n in (1, 2))
    push = replace(PUSH, message=Message("是哪一种？", choices))

    card = card_of(push, "1a2b", TEXTS, alone=True)["template_card"]

    assert [each["text"] for each in card["button_list"]] == ["第1项", "第2项"]
    assert "2. 召开全县性会议的第2种情况" in card["sub_title_text"]
    assert [each["key"] for each in card["button_list"]] == ["say:情况1", "say:情况2"]


def test_what_a_button_says_must_fit_its_key_and_differ_from_the_others() -> None:
    assert fits(ASKED.buttons)
    assert not fits((Button("长", "长" * 400),))
    assert not fits((Button("一", "同"), Button("二", "同")))
