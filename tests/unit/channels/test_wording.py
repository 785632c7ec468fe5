"""Parts of messages that every platform shows."""

from __future__ import annotations

from bot.adapters.channels.wording import MOST_LINKS, sources, title
from bot.adapters.texts import YamlTexts
from bot.core.messages import Message
from tests.contract.samples import CITATION, MESSAGE

TEXTS = YamlTexts()


def test_the_first_line_is_the_title() -> None:
    assert title("\n县长签发。\n《规则》") == "县长签发。"
    assert len(title("县" * 100)) == 40
    assert title("县" * 100, 5) == "县县县县…"


def test_each_article_is_linked_once() -> None:
    twice = Message("…", citations=(*MESSAGE.citations, CITATION))

    [(words, address)] = sources(twice, TEXTS, "https://guiju.example/")

    assert CITATION.label in words
    assert address == "https://guiju.example/rules/changle/60"
    assert len(MESSAGE.citations) <= MOST_LINKS


def test_without_an_address_there_are_no_links() -> None:
    assert sources(MESSAGE, TEXTS, "") == []
