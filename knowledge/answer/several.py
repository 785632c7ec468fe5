"""Messages that ask several questions, or paste a page before the one they ask."""

from __future__ import annotations

import re

from bot.core.messages import PAGE_LENGTH
from knowledge.answer.following import leans
from knowledge.answer.kinds import kind_of
from knowledge.answer.replacing import ASKING, MEETING, RANK
from knowledge.search.words import Words, normalise

SENTENCE = re.compile(r"[^。！!？?；;\n]+[。！!？?；;\n]*")
NUMBERED = re.compile(
    r"(?:^|(?<=[\s。；;？?！!，,：:]))(?:[(（]?\d{1,2}[、.．)）](?!\d)|[(（]?[一二三四五六七八九][、)）是])\s*"
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
COMMA = re.compile(r"[，,]")
COURTESY = re.compile(
    r"(?:你好|您好|请问|麻烦|问下|问一下|想问|请教|谢谢|多谢|辛苦|帮我|看看|看一下|知道|吗|能不能|可以)+"
)


def questions_in(text: str, words: Words) -> list[str]:
    """The questions of a message, each with the story before it; a single one is left as it is."""
    if len(text) > PAGE_LENGTH:
        return [_asked_of_page(text, words)]
    parts = _joined(_parts(text, words), words)
    return parts if len(parts) > 1 else [text]


def asks(text: str, words: Words) -> bool:
    """Whether a part of a message asks something, beyond courtesy."""
    left = COURTESY.sub("", text)
    return kind_of(text) is not None and bool(words.content(left)) and kind_of(left) is not None


def _parts(text: str, words: Words) -> list[str]:
    found: list[str] = []
    for line in NUMBERED.split(text):
        for sentence in SENTENCE.findall(line):
            found += _by_words(sentence, words)
    return [part for part in (p.strip() for p in found) if part]


def _by_words(sentence: str, words: Words) -> list[str]:
    """A sentence cut at 另外, 还有 and commas where both sides ask, or put of each of two posts."""
    parts = [part for part in NEXT_ONE.split(sentence) if part.strip()]
    if len(parts) > 1 and all(asks(part, words) for part in parts):
        return parts
    parts = COMMA.split(sentence)
    if len(parts) > 1 and all(_is_whole(part, words) for part in parts):
        return parts
    first, *cases = parts
    if cases and ASKING.search(first) and all(_is_case(part) for part in cases):
        return parts
    return _of_each(sentence) or [sentence]


def _is_whole(part: str, words: Words) -> bool:
    """Whether a part names a person or a meeting of its own besides what it asks."""
    return asks(part, words) and bool(NAMED.search(normalise(part)))


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


def _joined(parts: list[str], words: Words) -> list[str]:
    """Each question with what was told before it; what is told after the last belongs to none."""
    questions: list[str] = []
    story = ""
    for part in parts:
        if not (asks(part, words) or (questions and leans(part))):
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
