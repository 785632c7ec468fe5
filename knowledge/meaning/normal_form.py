"""A question brought to the form that it shares with all that ask the same in other words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from knowledge.answer.amounts import yuan
from knowledge.search.words import normalise

HERE = Path(__file__).parent
NUMBER = re.compile(r"[\d零一二两三四五六七八九十百千万][\d.零一二两三四五六七八九十百千万]*")
MONEY = re.compile(r"(?<=[\d百千万])(?:块钱?|元钱)")
# What a question asks for, as one letter; in this order, for 多少天 is no 多少.
ASKED: tuple[tuple[str, str], ...] = (
    (r"(?:能不能|可不可以|可以不可以|能否|可否|是否可以|让不让|允不允许)", "可"),
    (r"(?:能|可以|允许)(?=.*[吗么]\W*$)", "可"),
    (r"(?:有没有|给不给|发不发)", "有"),
    (r"(?:有|给|发)(?=.*[吗么]\W*$)", "有"),
    (r"(?:多少|几)个?工作日", "某工作日"),
    (r"(?:多少|几)个?(?:小时|钟头)", "某小时"),
    (r"(?:有|能休|休)?(?:多少|几)(?:天|日)假?", "某天"),
    (r"(?:多少|几)个?月", "某月"),
    (r"(?:多少|几)年", "某年"),
    (r"(?:星期|周)几", "某周日"),
    (r"几点钟?|多晚|什么时[候间]|啥时[候间]|何时", "何时"),
    (r"多久|多长时间|多长", "多久"),
    (r"(?:多少|几)(?:次|回|遍)", "某次"),
    (r"(?:多少|几)个?(?:人|名|位)", "某人"),
    (r"(?:多少|几)(?:块钱?|元钱?|钱)|多少金额", "某多"),
    (r"多少|几(?=[^\u4e00-\u9fff]|$)", "某多"),
    (r"(?:找|联系|由|归|是)?(?:哪(?:个|位|些|几个)?(?:领导|人)|何人|谁)来?", "谁"),
    (r"(?:在|到|去|往|上)?(?:哪里|哪儿|哪边|何处|什么地方|啥地方)", "何处"),
    (r"[在到去往上]哪(?![个家位种些级])", "何处"),
    (r"怎么样|怎么|怎样|如何|咋样?", "怎"),
    (r"什么|啥|哪种|哪个|哪家", "何"),
)
ASKED_COMPILED = tuple((re.compile(pattern), letter) for pattern, letter in ASKED)
ENDING = re.compile(r"[吗么]\W*$")
NOT_A_LETTER = re.compile(r"[\W_]+")


@lru_cache(4096)
def normal_form(question: str) -> str:
    """The question without what names nothing, its numbers in figures, one word for one thing."""
    plain = normalise(question)
    for pattern, letter in ASKED_COMPILED:
        plain = pattern.sub(letter, plain)
    plain = ENDING.sub("", plain)
    words, neutral = _words()
    plain = words.sub(lambda match: _first_of()[match[0]], plain)
    plain = MONEY.sub("元", plain)
    plain = NUMBER.sub(lambda match: _figures(match[0]), plain)
    return NOT_A_LETTER.sub("", neutral.sub("", plain))


def _figures(spoken: str) -> str:
    try:
        return f"{yuan(spoken):g}"
    except ValueError:  # 1.2.3 is no number
        return spoken


@lru_cache(1)
def _first_of() -> dict[str, str]:
    return {word: words[0] for words in _lines("equal_words.txt") for word in words}


@lru_cache(1)
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    neutral = (word for words in _lines("neutral_words.txt") for word in words)
    return _any_of(_first_of()), _any_of(neutral)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))


def _lines(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]
