"""What a conversation about the rules stands at, and what the next sentence of it wants."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.people import OrgId
from bot.core.rules import Answer


@dataclass(frozen=True)
class Place:
    """Words that were quoted, as much as it takes to quote them again.

    `is_nearest`: they came nearest to a question that the rules do not answer. `brief`: the short
    answer in them.
    """

    org: OrgId
    article: int
    item: str | None
    quote: str
    is_nearest: bool = False
    brief: str = ""


@dataclass(frozen=True)
class Topic:
    """The last question, whole and in the words of the office it was put to, and its answer."""

    org: OrgId
    question: str = ""
    options: tuple[str, ...] = ()  # the cases that it left open
    text: str = ""  # what was answered
    places: tuple[Place, ...] = ()
    parts: tuple[Topic, ...] = ()  # the questions of one message, or the offices of one table
    earlier: tuple[Topic, ...] = ()  # what was talked about before, the latest first


class Wish(StrEnum):
    """What a sentence wants."""

    ASK = "ask"  # an answer to a question that stands alone
    LOOK_UP = "look_up"  # an article that it names
    FOLLOW = "follow"  # an answer to one that leans on the last question
    REPEAT = "repeat"
    PLAIN = "plain"  # the last answer in fewer words
    SOURCE = "source"  # where the last answer stands
    ORIGINAL = "original"  # the articles that it stands in, in full
    TURN = "turn"  # the article before or after
    TURN_ITEM = "turn_item"  # the item before or after
    ITEM = "item"  # another item of the same article
    COMPARE = "compare"  # the rules of every office
    MORE = "more"  # a case that was not offered
    NAME_OFFICE = "name_office"  # to know whose rules; no question was named either
    NAME_QUESTION = "name_question"
    MISTAKEN = "mistaken"  # to say that something else was asked, and not what
    COURTESY = "courtesy"  # nothing
    DECIDE = "decide"  # that the assistant itself approves or signs something
    PERSON = "person"  # who somebody is, how to reach them


@dataclass(frozen=True)
class Heard:
    """One sentence of a conversation, understood."""

    wish: Wish
    org: OrgId
    question: str = ""
    previous: str = ""  # what `question` leans on or belongs to, in the words of `org`
    step: int = 0  # articles, or items, onward
    item: str = ""
    about: Topic | None = None  # what it is about, if not the last answer


@dataclass(frozen=True)
class FollowUp:
    """The whole question that a follow-up meant, and its answer."""

    question: str
    answer: Answer
