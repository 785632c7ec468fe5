"""Plays dialogues through a dialogue engine and judges each turn by what is heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.core.people import OrgId
from bot.core.rules import AnswerStatus
from bot.services.outside import Texts
from knowledge.evaluation.dialogues import REFUSALS, Dialogue, Expected, Part
from knowledge.evaluation.shares import Share

REFUSING = ("silent", "not_found", "gap", "nearest")  # keys of rules.yml, up to their first field


@dataclass(frozen=True)
class Cited:
    """An article that was quoted. An edition's id begins with its office."""

    edition: str
    article: int
    quote: str

    def is_of(self, org: OrgId) -> bool:
        """Whether it is a rule of an office."""
        return self.edition.startswith(f"{org}-")


@dataclass(frozen=True)
class Said:
    """One message of the assistant."""

    text: str
    buttons: int = 0
    citations: tuple[Cited, ...] = ()


Reply = Sequence[Said]  # empty: the turn failed


class Assistant(Protocol):
    """Whoever answers; the real one is reached by HTTP."""

    def say(self, user: str, conversation: str, text: str) -> Reply:
        """Say something in a conversation, and hear the reply."""
        ...


class Sense(StrEnum):
    """What a message amounts to."""

    ANSWERED = "answered"
    ASKED_BACK = "asked back"
    REFUSED = "refused"
    OTHER = "other"


@dataclass(frozen=True)
class PlayedTurn:
    """One turn: what was expected, heard, and whether that is right."""

    expected: Expected
    heard: tuple[Sense, ...]
    articles: tuple[int, ...]  # that were quoted
    is_right: bool


@dataclass(frozen=True)
class Played:
    """One dialogue."""

    dialogue: Dialogue
    turns: tuple[PlayedTurn, ...]

    @property
    def is_right(self) -> bool:
        """Whether every turn is."""
        return all(turn.is_right for turn in self.turns)


@dataclass(frozen=True)
class DialogueFigures:
    """What became of some dialogues."""

    turns: Share
    whole: Share  # dialogues of which every turn is right
    kinds: dict[str, Share]  # turns, by kind


class Judge:
    """Tells what a reply amounts to by the words that the assistant has for it."""

    def __init__(self, texts: Texts) -> None:
        blank = dict.fromkeys(("quote", "document", "number", "label", "day"), "{")
        self._refusals = tuple(
            _opening(texts.say(f"rules.{key}", cases="{", **blank)) for key in REFUSING
        )
        self._asks_back = _opening(texts.say("rules.clarify"))

    def sense(self, said: Said) -> Sense:
        """What one message amounts to."""
        if any(words in said.text for words in self._refusals):
            return Sense.REFUSED
        if said.buttons and (self._asks_back in said.text or not said.citations):
            return Sense.ASKED_BACK
        return Sense.ANSWERED if said.citations else Sense.OTHER

    def turn(self, expected: Expected, reply: Reply) -> PlayedTurn:
        """Compare a reply with what was expected."""
        heard = tuple(self.sense(said) for said in reply)
        quoted = tuple(cited.article for said in reply for cited in said.citations)
        is_right = bool(reply) and self._is_right(expected, reply)
        return PlayedTurn(expected, heard, quoted, is_right)

    def _is_right(self, expected: Expected, reply: Reply) -> bool:
        answers = self._answers(reply, len(expected.parts) > 1)
        if answers:
            is_wanted = AnswerStatus.ANSWERED in expected.statuses
            return is_wanted and all(_is_answered(part, answers) for part in expected.parts)
        heard = {self.sense(said) for said in reply}
        if Sense.ASKED_BACK in heard:
            return AnswerStatus.CLARIFY in expected.statuses
        if Sense.REFUSED in heard:
            return bool(REFUSALS & expected.statuses)
        return not expected.statuses

    def _answers(self, reply: Reply, is_of_several: bool) -> list[Said]:
        """The messages that answer; a table of offices may say of one that it is silent."""
        return [
            said
            for said in reply
            if self.sense(said) is Sense.ANSWERED
            or (is_of_several and len({cited.edition for cited in said.citations}) > 1)
        ]


def play(
    dialogues: Iterable[Dialogue], assistant: Assistant, judge: Judge, run: str
) -> list[Played]:
    """Say every turn, each dialogue in a conversation of its own.

    Args:
        run: A name for this run, so that no conversation is one of an earlier run.
    """
    return [
        _play(dialogue, assistant, judge, f"eval-{run}-{dialogue.id}") for dialogue in dialogues
    ]


def _play(dialogue: Dialogue, assistant: Assistant, judge: Judge, conversation: str) -> Played:
    turns = (
        judge.turn(expected, assistant.say(dialogue.user, conversation, expected.say))
        for expected in dialogue.turns
    )
    return Played(dialogue, tuple(turns))


def dialogue_figures(played: Sequence[Played]) -> DialogueFigures:
    """Turns right, dialogues wholly right, and turns by kind."""
    turns = [turn for one in played for turn in one.turns]
    kinds = sorted({turn.expected.kind for turn in turns})
    return DialogueFigures(
        turns=Share.count(turn.is_right for turn in turns),
        whole=Share.count(one.is_right for one in played),
        kinds={k: Share.count(t.is_right for t in turns if t.expected.kind == k) for k in kinds},
    )


def _is_answered(part: Part, answers: Sequence[Said]) -> bool:
    """One of the articles is quoted and the true words are heard; or nothing, if none says."""
    quoted = [
        (said, cited) for said in answers for cited in said.citations if cited.is_of(part.org)
    ]
    if not part.articles:
        return not quoted
    return any(cited.article in part.articles and _holds(said, part) for said, cited in quoted)


def _holds(said: Said, part: Part) -> bool:
    return part.answer is None or part.answer in said.text or _quotes(said, part.answer)


def _quotes(said: Said, true: str) -> bool:
    return any(true in cited.quote for cited in said.citations)


def _opening(words: str) -> str:
    """The words before the first field."""
    return words.partition("{")[0].strip("“ \n")
