"""Messages as markdown."""

from __future__ import annotations

from bot.adapters.dingtalk.markdown import MOST_BYTES, lines, markdown, on_the_wire
from bot.adapters.texts import YamlTexts
from bot.core.messages import Button, Message
from tests.contract.samples import CITATION, MESSAGE

TEXTS = YamlTexts()
PAGES = "https://guiju.example/"


def test_an_answer_carries_text_link_and_choices() -> None:
    shown = markdown(MESSAGE, TEXTS, PAGES)

    assert shown.startswith("县长签发")
    assert "(https://guiju.example/rules/changle/60)" in shown
    assert "[那副县长呢](dtmd://dingtalkclient/sendMessage?content=%E9%82%A3" in shown


def test_without_an_address_of_our_pages_there_are_no_links() -> None:
    assert "http" not in markdown(MESSAGE, TEXTS, "")


def test_an_article_cited_twice_is_linked_once() -> None:
    message = Message("县长签发", citations=(CITATION, CITATION))

    assert markdown(message, TEXTS, PAGES).count("/rules/changle/60") == 1


def test_line_breaks_stay_line_breaks() -> None:
    assert lines("一\n二") == "一  \n二"


def test_words_that_somebody_wrote_hide_no_link() -> None:
    assert "](" not in lines("[这里](https://evil.example)")


def test_a_long_text_is_cut_and_keeps_its_links_and_choices() -> None:
    message = Message("第一条规定。\n" * 5000, (Button("同意", "同意"),), (CITATION,))

    shown = markdown(message, TEXTS, PAGES, lead="@li ")

    assert on_the_wire(shown) <= MOST_BYTES
    assert shown.startswith("@li 第一条")
    assert "后面没有显示" in shown
    assert "/rules/changle/60" in shown
    assert "[同意](dtmd://" in shown
