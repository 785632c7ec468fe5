"""Words of the trade that were typed with another character of the same sound: 常物会, 请价."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

SOUNDS = Path(__file__).parent / "sounds.txt"  # a line a sound, tones left out
SHORTEST = 2
ANY = "_"


class TypoCorrector:
    """Puts right one character of a word; what is a word already is left alone.

    `cut` parts a text into words that are known, unknown ones into characters: a window that
    parts a known word is no typing error. `is_word` says whether a window is itself a word.
    """

    def __init__(
        self,
        words: Iterable[str],
        cut: Callable[[str], list[str]],
        is_word: Callable[[str], bool],
        sounds: Path = SOUNDS,
    ) -> None:
        self._cut, self._is_word = cut, is_word
        self._alike = {
            character: frozenset(line)
            for line in reversed(sounds.read_text(encoding="utf-8").split())
            for character in line
        }
        self._words: dict[str, list[str]] = {}
        for word in sorted(words):
            for masked in _masked(word):
                self._words.setdefault(masked, []).append(word)
        self._lengths = sorted(set(map(len, self._words)), reverse=True)

    def corrected(self, text: str) -> str:
        """The text with its typing errors put right, the longest word first."""
        edges = _edges(self._cut(text))
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                if start in edges and start + length in edges:
                    word = self._meant(text[start : start + length])
                    if word:
                        return self.corrected(text[:start] + word + text[start + length :])
        return text

    def _meant(self, window: str) -> str | None:
        if self._is_word(window):
            return None
        return next(
            (word for word, at in self._near(window) if self._sounds_alike(window, word, at)), None
        )

    def _near(self, window: str) -> Iterator[tuple[str, int]]:
        for at, masked in enumerate(_masked(window)):
            yield from ((word, at) for word in self._words.get(masked, ()) if word != window)

    def _sounds_alike(self, window: str, word: str, at: int) -> bool:
        return window[at] in self._alike.get(word[at], ())


def _masked(word: str) -> Iterator[str]:
    """The word with each of its characters left open in turn."""
    if len(word) >= SHORTEST:
        yield from (word[:i] + ANY + word[i + 1 :] for i in range(len(word)))


def _edges(words: Iterable[str]) -> frozenset[int]:
    """Where words begin and end."""
    edges, at = {0}, 0
    for word in words:
        at += len(word)
        edges.add(at)
    return frozenset(edges)
