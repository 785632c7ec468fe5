"""Text as the lexical search sees it: words, pairs of characters, and the rules' own words."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import jieba
import yaml

from knowledge.search.typos import TypoCorrector

HERE = Path(__file__).parent
DICTIONARY = HERE / "dictionary.txt"  # one line a word: word, weight, part of speech
SYNONYMS = HERE / "synonyms.yml"
# Words that ask or join and name nothing: they neither support an answer nor speak against it.
EMPTY_WORDS = HERE / "empty_words.txt"
# What people of an office ask about, whether the rules speak of it or not.
MATTERS = HERE / "matters.txt"
HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
MEMORY = 4096  # questions and words whose synonyms are remembered
NAMING = re.compile(r"[^\W\d]")  # amounts differ from question to question and name nothing
MONEY = re.compile(r"(?<=[\d百千万])块钱?")  # 8千块 is money, 这块工作 is not
WORD = re.compile(r"\w")
KNOWN = 10  # how often a word must stand in jieba's own corpus not to be a typing error


class Words:
    """Cuts text with the dictionary of the trade; built once, about a second."""

    def __init__(self, dictionary: Path = DICTIONARY, synonyms: Path = SYNONYMS) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._tokenizer = jieba.Tokenizer()
        with dictionary.open(encoding="utf-8") as lines:
            self._tokenizer.load_userdict(lines)
        spoken: Mapping[str, Sequence[str]] = yaml.safe_load(synonyms.read_text(encoding="utf-8"))
        self._synonyms = {word: tuple(map(normalise, said)) for word, said in spoken.items()}
        self._by_spoken = _inverted(self._synonyms)
        self.rule_words = lru_cache(MEMORY)(self._rule_words)
        listed = dictionary.read_text(encoding="utf-8").splitlines()
        self._trade = frozenset(line.split()[0] for line in listed) | frozenset(self._synonyms)
        self._matters = frozenset(MATTERS.read_text(encoding="utf-8").split())
        self._corrector = TypoCorrector(
            self._trade,
            lambda text: self._tokenizer.lcut(text, HMM=False),
            lambda text: (self._tokenizer.FREQ.get(text) or 0) >= KNOWN,
        )
        self.corrected = lru_cache(MEMORY)(self._corrector.corrected)
        self._empty = frozenset(EMPTY_WORDS.read_text(encoding="utf-8").split())

    def of_text(self, text: str) -> list[str]:
        """Tokens of rule text: words, shorter words within them, and pairs of characters.

        The pairs find what the dictionary cuts differently in a question and in the rules.
        """
        plain = normalise(text)
        return self.cut(plain) + pairs(plain)

    def of_question(self, question: str) -> list[str]:
        """Tokens of a question, and those of the rules' words for what it says."""
        added = (self.of_text(word) for word in self.rule_words(question))
        return self.of_text(question) + [token for tokens in added for token in tokens]

    def _rule_words(self, question: str) -> tuple[str, ...]:
        """The rules' words for what a question says in its own."""
        plain = MONEY.sub("元", normalise(question))
        return tuple(
            word
            for word, spoken in self._synonyms.items()
            if word not in plain and any(said in plain for said in spoken)
        )

    def content(self, question: str) -> list[str]:
        """The words of a question that name something, each once, in order."""
        words = self._tokenizer.cut(normalise(question))
        named = (w for w in words if NAMING.search(w) and w not in self._empty)
        return list(dict.fromkeys(named))

    def is_telling(self, word: str) -> bool:
        """Whether a word names a matter: of the trade, of office life, or said for either."""
        return word in self._trade or word in self._matters or bool(self._said_for(word))

    def matters(self, question: str) -> list[str]:
        """The words of a question for what offices settle, whether or not their rules do."""
        return [word for word in self.content(question) if word in self._matters]

    def supports(self, word: str, text: str) -> bool:
        """Whether a text says a spoken word, as it is or in the rules' words."""
        return any(said in text for said in self.said_as(word))

    def said_as(self, word: str) -> tuple[str, ...]:
        """A spoken word as it is and in the rules' words."""
        return (word, *self._said_for(word))

    def _said_for(self, word: str) -> tuple[str, ...]:
        """The rules' words for one whole word: 报销 is more than 报."""
        return self._by_spoken.get(word, ())

    def cut(self, plain: str) -> list[str]:
        """Words and the shorter words within them."""
        return [w for w in self._tokenizer.cut_for_search(plain) if WORD.search(w)]


def _inverted(synonyms: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    """The rules' words by the spoken ones."""
    inverted: dict[str, list[str]] = {}
    for word, spoken in synonyms.items():
        for said in spoken:
            inverted.setdefault(said, []).append(word)
    return {said: tuple(words) for said, words in inverted.items()}


def normalise(text: str) -> str:
    """One spelling of width and case."""
    return unicodedata.normalize("NFKC", text).lower()


def pairs(plain: str) -> list[str]:
    """Every two neighbouring Chinese characters."""
    return [run[i : i + 2] for run in HAN_RUN.findall(plain) for i in range(len(run) - 1)]


@lru_cache(maxsize=1)
def shared_words() -> Words:
    """The words of this installation, read on first use."""
    return Words()
