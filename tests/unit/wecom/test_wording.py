"""Messages as WeCom shows them."""

from __future__ import annotations

from bot.adapters.texts import YamlTexts
from bot.adapters.wecom.wording import (
    MARKDOWN_BYTES,
    TEXT_BYTES,
    as_markdown,
    as_notice,
    as_text,
    mark,
)
from bot.core.messages import Message
from tests.contract.samples import CITATION, MESSAGE

TEXTS = YamlTexts()
PAGES = "https://guiju.example/"


def test_a_text_ends_with_a_mark_of_its_push_that_nobody_sees() -> None:
    shown = as_text(Message("您好"), "p1", TEXTS, "")

    assert shown == "您好" + mark("p1")
    assert set(mark("p1")) <= {"\u200b", "\u200c", "\u200d", "\u2060"}
    assert mark("p1") == mark("p1") != mark("p2")


def test_a_long_text_keeps_its_links_and_its_mark() -> None:
    shown = as_text(Message("规则如此。" * 500, citations=(CITATION,)), "p1", TEXTS, PAGES)

    assert len(shown.encode()) <= TEXT_BYTES
    assert shown.endswith("</a>" + mark("p1"))


def test_nobody_can_hide_a_link_or_call_people_in_what_is_shown() -> None:
    said = '<a href="http://evil">看</a> [看](http://evil) <@all>'

    text = as_text(Message(said), "p1", TEXTS, "")
    markdown = as_markdown(Message(said), TEXTS, "")

    assert "<a " not in text
    assert "](" not in markdown
    assert "<@" not in markdown


def test_markdown_lists_what_may_be_said_and_links_the_articles() -> None:
    shown = as_markdown(MESSAGE, TEXTS, PAGES, "<@staff1> ")

    assert shown.startswith("<@staff1> 县长签发")
    assert "](https://guiju.example/rules/changle/60)" in shown
    assert "- 那副县长呢" in shown
    assert len(as_markdown(Message("规" * 5000), TEXTS, "").encode()) <= MARKDOWN_BYTES


def test_a_notice_needs_one_article_and_little_text() -> None:
    notice = Message("督办提醒\n还有三天到期", citations=(CITATION,))
    long = Message("督办提醒\n" + "长" * 200, citations=(CITATION,))

    assert as_notice(notice, "p1", TEXTS, PAGES) is not None
    assert as_notice(notice, "p1", TEXTS, "") is None
    assert as_notice(long, "p1", TEXTS, PAGES) is None
    assert as_notice(Message("督办提醒\n到期"), "p1", TEXTS, PAGES) is None
