"""What is said of the last answer once more: its source, its words, or it all in brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Citation
from bot.core.talk import Heard, Topic, Wish
from bot.services.outside import RuleBook, Texts

MOST_EARLIER = 4  # subjects that a conversation can come back to


class Namer(Protocol):
    """Names articles and offices."""

    def name_of(self, article: int, item: str | None = None, step: int = 0) -> str:
        """The name of an article or item, as a question for it."""
        ...

    def area(self, org: OrgId) -> str:
        """The short name of an office."""
        ...


@dataclass(frozen=True)
class LastAnswer:
    """Speaks of an answer that quoted something."""

    rules: RuleBook
    namer: Namer
    texts: Texts

    def say(self, wish: Wish, topic: Topic) -> Answer:
        """What is wanted of the answer: to hear it again, in brief, or where it stands."""
        match wish:
            case Wish.ORIGINAL:
                return self._original(topic)
            case Wish.PLAIN:
                return self._plain(topic)
            case Wish.REPEAT if topic.text:
                return Answer(AnswerStatus.ANSWERED, "", topic.text, 1.0, self._cited(topic))
            case _:
                return self._source(topic)

    def itself(self, topic: Topic) -> Answer:
        """The answer as it was given."""
        is_nearest = topic.places[0].is_nearest
        status = AnswerStatus.SILENT if is_nearest else AnswerStatus.ANSWERED
        return Answer(status, topic.places[0].brief, topic.text, 1.0, self._cited(topic))

    def name_meant(self, heard: Heard, topic: Topic) -> str:
        """The name of the article or item before, after or beside the one that was quoted."""
        place = topic.places[0]
        if heard.wish is Wish.TURN:
            return self.namer.name_of(place.article + heard.step)
        if heard.wish is Wish.TURN_ITEM and place.item:
            return self.namer.name_of(place.article, place.item, heard.step)
        return self.namer.name_of(place.article, heard.item or None)

    def _source(self, topic: Topic) -> Answer:
        citations = self._cited(topic)
        label = "、".join(dict.fromkeys(self._labels(citations)))
        if topic.places[0].is_nearest:
            text = self.texts.say("talk.only_nearest", label=label)
            return Answer(AnswerStatus.SILENT, "", text, 1.0)
        text = self.texts.say("rules.said_by", label=label)
        return Answer(AnswerStatus.ANSWERED, "", text, 1.0, citations)

    def _labels(self, citations: Sequence[Citation]) -> Iterator[str]:
        """The articles, each with its office where there are several."""
        is_of_several = len({citation.org for citation in citations}) > 1
        for cited in citations:
            yield f"{self.namer.area(cited.org)}{cited.label}" if is_of_several else cited.label

    def _original(self, topic: Topic) -> Answer:
        names = dict.fromkeys((p.org, self.namer.name_of(p.article)) for p in topic.places)
        found = [self.rules.answer(org, name) for org, name in names]
        citations = tuple(citation for answer in found for citation in answer.citations)
        key = "original_nearest" if topic.places[0].is_nearest else "original"
        return Answer(AnswerStatus.ANSWERED, "", self.texts.say(f"talk.{key}"), 1.0, citations)

    def _plain(self, topic: Topic) -> Answer:
        """The question as it was understood, and the short answer alone."""
        citations = self._cited(topic)
        key = "plain_unwritten" if topic.places[0].is_nearest else "plain"
        text = self.texts.say(
            f"talk.{key}",
            question=topic.question.strip("?？。"),
            answer=topic.places[0].brief or citations[0].quote,
            label="、".join(dict.fromkeys(self._labels(citations))),
        )
        return Answer(AnswerStatus.ANSWERED, "", text, 1.0, citations)

    def _cited(self, topic: Topic) -> tuple[Citation, ...]:
        return tuple(self.rules.cite(p.org, p.article, p.quote, p.item) for p in topic.places)


def remembered(before: Topic, said: Sequence[Topic]) -> Topic:
    """What the conversation stands at, after the questions of one message."""
    last = said[-1]
    parts = tuple(_bare(topic) for topic in (said if len(said) > 1 else last.parts))
    earlier = (before, *before.earlier) if _differ(before, last) else before.earlier
    others = {t.question: _bare(t) for t in earlier if t.question and _differ(t, last)}
    return replace(last, parts=parts, earlier=tuple(others.values())[:MOST_EARLIER])


def _differ(one: Topic, other: Topic) -> bool:
    return (one.org, one.question) != (other.org, other.question)


def _bare(topic: Topic) -> Topic:
    """A topic by itself; its words can be had from the rules again."""
    return replace(topic, text="", parts=(), earlier=())
