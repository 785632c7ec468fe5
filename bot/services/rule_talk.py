"""A conversation about the rules: several questions, follow-ups, other offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Protocol

from bot.core.messages import Button, Message
from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Citation
from bot.core.talk import Heard, Place, Topic, Wish
from bot.services.ask import RuleDesk
from bot.services.comparing import OfficeAnswer, compared, compared_message
from bot.services.outside import RuleBook, Texts
from bot.services.rule_words import answer_message
from bot.services.storage import UnitOfWorkFactory

MOST_QUESTIONS = 5  # of one message
MAX_KEPT = 300  # characters of a question that the next one may lean on


class Reader(Protocol):
    """Understands sentences of a conversation about the rules."""

    def questions(self, text: str) -> list[str]:
        """The parts of a message that want an answer each, at least one."""
        ...

    def read(self, text: str, own: OrgId, topic: Topic, may_lean: bool = False) -> Heard:
        """What one sentence wants.

        Args:
            own: The office of whoever says it.
            topic: What was talked about; its question is empty at the beginning.
            may_lean: Whether the sentence was taken for one that leans on the last question.
        """
        ...

    def name_of(self, article: int, item: str | None = None, step: int = 0) -> str:
        """The name of an article or item so many items onward, as a question for it."""
        ...

    def orgs(self) -> Sequence[OrgId]:
        """Every office that has rules."""
        ...

    def area(self, org: OrgId) -> str:
        """The short name of an office."""
        ...

    def in_words_of(self, question: str, asked_in: OrgId, org: OrgId) -> str:
        """A question that was put to one office, in the words of another."""
        ...


@dataclass(frozen=True)
class Said:
    """An answer, what is said of it, and what the conversation then stands at."""

    answer: Answer
    message: Message
    topic: Topic


@dataclass(frozen=True)
class RuleTalk:
    """Answers what is said about the rules, in a conversation or alone."""

    desk: RuleDesk
    rules: RuleBook
    reader: Reader
    unit_of_work: UnitOfWorkFactory
    texts: Texts

    def say(
        self, own: OrgId, text: str, topic: Topic, may_lean: bool = False
    ) -> tuple[list[Message], Topic]:
        """Answer a message, question by question; the next may lean on the last of them."""
        said, left = self._all(own, text, topic, may_lean, None)
        messages = [one.message for one in said]
        if len(said) > 1:
            questions = self.reader.questions(text)
            messages = list(map(self._headed, count(1), questions, messages))
        if left:
            messages.append(Message(self._say("too_many", most=MOST_QUESTIONS)))
        return messages, said[-1].topic

    def answer(self, own: OrgId, text: str, as_of: date | None = None) -> Answer:
        """Answer a message by itself; several questions are answered in one text.

        Raises:
            NotFoundError: the office is unknown ("org_unknown").
        """
        said, left = self._all(own, text, Topic(own), False, as_of)
        if len(said) == 1:
            return said[0].answer
        return self._together(self.reader.questions(text), [one.answer for one in said], left)

    def _all(
        self, own: OrgId, text: str, topic: Topic, may_lean: bool, as_of: date | None
    ) -> tuple[list[Said], int]:
        questions = self.reader.questions(text)
        said: list[Said] = []
        for question in questions[:MOST_QUESTIONS]:
            heard = self.reader.read(question, own, topic, may_lean and len(questions) == 1)
            said.append(self._one(own, heard, topic, as_of))
            topic = said[-1].topic
        return said, len(questions) - len(said)

    def _one(self, own: OrgId, heard: Heard, topic: Topic, as_of: date | None) -> Said:
        match heard.wish:
            case Wish.ASK:
                answer = self.desk.ask(heard.org, heard.question, as_of)
                return self._said(own, heard.org, heard.previous or heard.question, answer)
            case Wish.LOOK_UP:
                return self._looked_up(own, heard.org, heard.question, as_of)
            case Wish.FOLLOW:
                found = self.desk.follow_up(heard.org, heard.previous, heard.question)
                return self._said(own, heard.org, found.question, found.answer)
            case Wish.COMPARE:
                return self._compared(own, heard.question)
            case Wish.REPEAT | Wish.SOURCE | Wish.ORIGINAL | Wish.TURN | Wish.TURN_ITEM | Wish.ITEM:
                return self._of_last(own, heard, topic)
            case _:
                return self._aside(heard, topic)

    def _of_last(self, own: OrgId, heard: Heard, topic: Topic) -> Said:
        """What is wanted of the last answer."""
        if heard.wish is Wish.REPEAT and topic.text:
            again = Answer(AnswerStatus.ANSWERED, "", topic.text, 1.0, self._cited(topic))
            return Said(again, Message(topic.text, (), again.citations), topic)
        if topic.options and heard.wish in (Wish.SOURCE, Wish.ORIGINAL):
            return self._open_still(topic)
        if not topic.places:
            key = "nothing_cited" if topic.question else "name_question"
            return self._aside(heard, topic, key)
        if heard.wish in (Wish.SOURCE, Wish.REPEAT):
            return self._source(own, topic)
        if heard.wish is Wish.ORIGINAL:
            return self._original(own, topic)
        return self._looked_up(own, topic.org, self._name_meant(heard, topic), None)

    def _name_meant(self, heard: Heard, topic: Topic) -> str:
        place = topic.places[0]
        if heard.wish is Wish.TURN:
            return self.reader.name_of(place.article + heard.step)
        if heard.wish is Wish.TURN_ITEM and place.item:
            return self.reader.name_of(place.article, place.item, heard.step)
        return self.reader.name_of(place.article, heard.item or None)

    def _open_still(self, topic: Topic) -> Said:
        """Nothing was cited yet, for the case has still to be named."""
        options = topic.options
        answer = Answer(AnswerStatus.CLARIFY, "", self._say("open_still"), 1.0, options=options)
        return Said(answer, answer_message(answer, self.texts), topic)

    def _source(self, own: OrgId, topic: Topic) -> Said:
        citations = self._cited(topic)
        label = "、".join(dict.fromkeys(citation.label for citation in citations))
        if topic.places[0].is_nearest:
            text = self._say("only_nearest", label=label)
            return Said(Answer(AnswerStatus.SILENT, "", text, 1.0), Message(text), topic)
        text = self.texts.say("rules.said_by", label=label)
        answer = Answer(AnswerStatus.ANSWERED, "", text, 1.0, citations)
        message = self._of_office(own, topic.org, answer_message(answer, self.texts))
        return Said(answer, message, topic)

    def _original(self, own: OrgId, topic: Topic) -> Said:
        names = dict.fromkeys((p.org, self.reader.name_of(p.article)) for p in topic.places)
        found = [self.rules.answer(org, name) for org, name in names]
        citations = tuple(citation for answer in found for citation in answer.citations)
        key = "original_nearest" if topic.places[0].is_nearest else "original"
        answer = Answer(AnswerStatus.ANSWERED, "", self._say(key), 1.0, citations)
        message = self._of_office(own, topic.org, answer_message(answer, self.texts))
        return Said(answer, message, topic)

    def _looked_up(self, own: OrgId, org: OrgId, name: str, as_of: date | None) -> Said:
        """Read an article out; that there is none is nothing for the office to answer."""
        answer = self.rules.answer(org, name, as_of)
        message = self._of_office(own, org, answer_message(answer, self.texts, is_kept=False))
        return Said(answer, message, self._topic(org, name, answer, message))

    def _said(self, own: OrgId, org: OrgId, question: str, answer: Answer) -> Said:
        message = self._of_office(own, org, answer_message(answer, self.texts))
        return Said(answer, message, self._topic(org, question, answer, message))

    def _compared(self, own: OrgId, question: str) -> Said:
        reader = self.reader
        orgs = [own, *(org for org in reader.orgs() if org != own)]
        put = ((org, reader.in_words_of(question, own, org)) for org in orgs)
        found = [OfficeAnswer(reader.area(o), self.rules.answer(o, q)) for o, q in put]
        answer = compared(found, self.texts)
        message = compared_message(answer, [self._say_of(org) for org in orgs[1:]])
        return Said(answer, message, self._topic(own, question, answer, message))

    def _say_of(self, org: OrgId) -> str:
        return self.texts.say("chat.say_other_office", area=self.reader.area(org))

    def _aside(self, heard: Heard, topic: Topic, key: str = "") -> Said:
        """What is answered without any rule; the topic stays."""
        text = self._say(key or heard.wish)
        options: tuple[str, ...] = ()
        if heard.wish is Wish.NAME_OFFICE:
            options = tuple(self._say_of(org) for org in self.reader.orgs())
        if heard.wish is Wish.NAME_QUESTION:
            topic = Topic(heard.org)
        status = AnswerStatus.CLARIFY if options else AnswerStatus.NOT_FOUND
        answer = Answer(status, "", text, 1.0, options=options)
        return Said(answer, Message(text, tuple(Button(o, o) for o in options)), topic)

    def _cited(self, topic: Topic) -> tuple[Citation, ...]:
        return tuple(self.rules.cite(p.org, p.article, p.quote, p.item) for p in topic.places)

    def _of_office(self, own: OrgId, org: OrgId, message: Message) -> Message:
        if org == own:
            return message
        with self.unit_of_work() as uow:
            office = uow.people.directory(org).office.name
        return replace(message, text=self._say("other_office", office=office, text=message.text))

    def _headed(self, number: int, question: str, message: Message) -> Message:
        heading = self._say("heading", number=number, question=question)
        return replace(message, text=f"{heading}\n{message.text}")

    def _together(self, questions: Sequence[str], answers: Sequence[Answer], left: int) -> Answer:
        """Several answers as one: the first that is answered, with the words of all."""
        parts = [
            "\n".join(
                (
                    self._say("heading", number=n, question=q),
                    a.text,
                    *map(self._source_of, a.citations[:1]),
                )
            )
            for n, q, a in zip(count(1), questions, answers, strict=False)
        ]
        if left:
            parts.append(self._say("too_many", most=MOST_QUESTIONS))
        first = next((a for a in answers if a.status is AnswerStatus.ANSWERED), answers[0])
        citations = [*first.citations, *(c for a in answers for c in a.citations)]
        options = dict.fromkeys(option for a in answers for option in a.options)
        return replace(
            first,
            text="\n".join(parts),
            citations=tuple(dict.fromkeys(citations)),
            options=tuple(options),
        )

    def _source_of(self, cited: Citation) -> str:
        return self._say("stands_in", document=cited.document, label=cited.label)

    def _topic(self, org: OrgId, question: str, answer: Answer, message: Message) -> Topic:
        # A refusal that tells what is written besides (只写明…) does quote it.
        bare = {self.texts.say(f"rules.{key}") for key in ("silent", "unwritten")}
        is_nearest = answer.status is AnswerStatus.SILENT and answer.text in bare
        cited = answer.citations
        places = tuple(Place(c.org, c.article, c.item, c.quote, is_nearest) for c in cited)
        options = answer.options if answer.status is AnswerStatus.CLARIFY else ()
        return Topic(org, question[-MAX_KEPT:], options, message.text, places)

    def _say(self, key: str, **fields: object) -> str:
        return self.texts.say(f"talk.{key}", **fields)
