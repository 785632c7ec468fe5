"""Messages that ask several questions, or paste a page before the one they ask."""

from __future__ import annotations

import re

from bot.core.messages import PAGE_LENGTH
from knowledge.answer.following import is_partial, leans
from knowledge.answer.kinds import kind_of
from knowledge.answer.replacing import ASKING, MEETING, RANK
from knowledge.search.words import Words, normalise

SENTENCE = re.compile(r"[^。！!？?；;\n]+[。！!？?；;\n]*")
COUNTED = r"(?:[两二三四五六几\d](?:个|件)?|[俩仨])"
PREAMBLE = re.compile(  # 一起问三个事: before what is asked
    rf"^[^:：,，。？?]{{0,10}}?(?:{COUNTED}(?:小|不同的?)?(?:事情?|问题|情况|问(?=[:：,，下]))|问{COUNTED}|[两二三四五六几]点"
    r"|请教|请问|问一?下|打听|问完|一[起并]问)[^:：,，。？?]{0,4}[:：,，]\s*(?=.{4})"
)
NUMBERED = re.compile(
    r"[①-⑩]\s*|(?:^|(?<=[\s。；;？?！!，,：:]))(?:[(（]?\d{1,2}[、.．)）](?!\d)|[(（]?[一二三四五六七八九][、)）是])\s*"
)
NEXT_ONE = re.compile(
    r"[，,、\s]*(?:另外|还有就?是?|以及|顺便|再就是|再者|其次|再问一?下|还想[问知]道?|第[二三四五])"
    r"(?:再?问(?:一?下)?|[，,、:：\s])*"
)
NAMED = re.compile(f"纪要|{MEETING}|{RANK}")
PAIRS = tuple(
    re.compile(
        rf"(?:@?小规|请问|问下|[,，\s])*(?P<one>{one})(?:和|与|跟|、|以及|还有)(?P<two>{one})(?P<rest>.+)"
    )
    for one in (MEETING, RANK)
)
TOGETHER = re.compile(
    r"都不|都没|都去|同时|一起|共同|之间|联合|互相|相互|区别|不同|一样|哪个(?:大|高|先)"
)
EACH = re.compile(r"分别(?:是)?|各自|各(?=[要由多])|都")
STRONGLY = re.compile(r"谁|多久|提前几|几[次个]|几天(?!假)|怎么|哪个")  # no story asks so
AGAIN = re.compile(
    r"又(?:是|该|得|要|归|由|让|找)?(?:谁|哪|咋|怎么|如何|几|多|什么|啥)"
)  # 又该怎么弄
COMMA = re.compile(r"[，,、]")
COURTESY = re.compile(
    r"(?:你好|您好|请问|麻烦|问下|问一下|想问|请教|谢谢|多谢|辛苦|帮我|看看|看一下|知道|吗|能不能|可以)+"
)


def questions_in(text: str, words: Words) -> list[str]:
    """The questions of a message, each with the story before it; a single one is left as it is."""
    if len(text) > PAGE_LENGTH:
        return [_asked_of_page(text, words)]
    counted = PREAMBLE.sub("", text)
    is_counted = counted != text
    parts = _joined(_parts(counted, words, is_counted), words, is_counted)
    return parts if len(parts) > 1 else [text]


def asks(text: str, words: Words) -> bool:
    """Whether a part of a message asks something, beyond courtesy."""
    left = COURTESY.sub("", text)
    return kind_of(text) is not None and bool(words.content(left)) and kind_of(left) is not None


def _parts(text: str, words: Words, is_counted: bool) -> list[str]:
    found: list[str] = []
    for line in NUMBERED.split(text):
        for sentence in SENTENCE.findall(line):
            found += _by_words(sentence, words, is_counted)
    return [part for part in (p.strip() for p in found) if part]


def _by_words(sentence: str, words: Words, is_counted: bool) -> list[str]:
    """A sentence cut at 另外, 还有 and commas where both sides ask, or put of each of two posts.

    Args:
        is_counted: Whether it was said that several questions follow.
    """
    parts = [part for part in NEXT_ONE.split(sentence) if part.strip()]
    if len(parts) > 1 and all(asks(part, words) for part in parts):
        return parts
    parts = COMMA.split(sentence)
    if len(parts) > 1 and is_counted and all(_asks_at_all(part, words) for part in parts):
        return parts
    if len(parts) > 1 and all(_is_whole(part, words) for part in parts):
        return parts
    first, *others = parts
    is_asking = bool(STRONGLY.search(first)) and _is_whole(first, words)
    if others and is_asking and all(_asks_too(part, words) for part in others):
        return parts
    if others and ASKING.search(first) and all(_is_case(part) for part in others):
        return parts
    if len(others) == 1 and asks(first, words) and AGAIN.search(others[0]):
        return parts if kind_of(others[0]) is not None else [sentence]
    return _of_each(sentence) or [sentence]


def _is_whole(part: str, words: Words) -> bool:
    """Whether a part names a person or a meeting of its own besides what it asks."""
    return asks(part, words) and bool(NAMED.search(normalise(part)))


def _asks_too(part: str, words: Words) -> bool:
    """Whether a part asks something more of the same, or of a matter of its own."""
    return _is_whole(part, words) or (asks(part, words) and is_partial(part, words))


def _asks_at_all(part: str, words: Words) -> bool:
    return kind_of(part) is not None and bool(words.content(part))


def _is_case(part: str) -> bool:
    """Whether a part asks of another case: 两天呢."""
    return kind_of(part) is None and part.rstrip("?？。！! ").endswith("呢")


def _of_each(sentence: str) -> list[str]:
    """What is asked of two posts or two meetings at once, asked of each."""
    both = next(filter(None, (pair.fullmatch(normalise(sentence)) for pair in PAIRS)), None)
    if both is None or kind_of(both["rest"]) is None or TOGETHER.search(both["rest"]):
        return []
    rest = EACH.sub("", both["rest"])
    return [both["one"] + rest, both["two"] + rest]


def _joined(parts: list[str], words: Words, is_counted: bool) -> list[str]:
    """Each question with what was told before it; what is told after the last belongs to none."""
    questions: list[str] = []
    story = ""
    for part in parts:
        is_asked = asks(part, words) or (is_counted and _asks_at_all(part, words))
        if not (is_asked or (questions and leans(part))):
            story += part if COURTESY.sub("", part).strip("，,。！!？? ") else ""
            continue
        questions.append(story + part)
        story = ""
    return questions


def _asked_of_page(text: str, words: Words) -> str:
    """The question at the end of a pasted page, or at its beginning; else the whole."""
    sentences = [s.strip() for s in SENTENCE.findall(text) if s.strip()]
    if len(sentences) == 1:
        return text
    ends = (sentences[-1], sentences[0], *reversed(sentences[1:-1]))
    asking = (s for n, s in enumerate(ends) if asks(s, words) and (n < 2 or s[-1] in "？?"))
    return next(asking, text[:PAGE_LENGTH])
