from __future__ import annotations

import pytest

from bot.adapters.channels.spoken import with_quote, without_calls


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("@规矩 纪要谁签发", "纪要谁签发"),
        ("@规矩\u2005@小李 纪要谁签发", "纪要谁签发"),
        ("\u200b 纪要谁签发 ", "纪要谁签发"),
        ("@规矩", ""),
        ("发到 a@b.cn 行吗", "发到 a@b.cn 行吗"),
    ],
)
def test_names_before_what_is_said_in_a_group_are_cut(said: str, heard: str) -> None:
    assert without_calls(said, in_group=True) == heard


def test_in_a_direct_chat_nobody_is_called() -> None:
    assert without_calls(" @规矩 纪要谁签发", in_group=False) == "@规矩 纪要谁签发"


def test_as_many_names_behind_are_cut_as_were_called() -> None:
    assert without_calls("纪要谁签发 @规矩 @小李", in_group=True, behind=1) == "纪要谁签发 @规矩"


@pytest.mark.parametrize(
    ("text", "quoted", "heard"),
    [
        ("", "关于召开常务会的请示", "关于召开常务会的请示"),
        ("这个谁签发", "关于召开常务会的请示", "关于召开常务会的请示\n这个谁签发"),
        ("纪要谁签发", "关于召开常务会的请示", "纪要谁签发"),
        ("这个谁签发", "字" * 201, "这个谁签发"),
    ],
)
def test_a_quote_is_heard_where_the_text_means_nothing_without(
    text: str, quoted: str, heard: str
) -> None:
    assert with_quote(text, quoted) == heard
