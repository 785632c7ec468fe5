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
from bot.services.comparing import OfficeAnswer, compared, compared_message, only_if_sure
from bot.services.last_answer import LastAnswer, remembered
from bot.services.outside import RuleBook, Texts
from bot.services.rule_words import answer_message
from bot.services.storage import UnitOfWorkFactory

MOST_QUESTIONS = 5  # of one message
MAX_KEPT = 300  # characters of a question that the next one may lean on
QUOTING = frozenset({Wish.SOURCE, Wish.ORIGINAL})
OF_LAST = QUOTING | {Wish.REPEAT, Wish.PLAIN, Wish.TURN, Wish.TURN_ITEM, Wish.ITEM}


class Reader(Protocol):
    """Understands sentences of a conversation about the rules."""

    def questions(self, text: str, options: Sequence[str] = ()) -> list[str]:
        """The parts of a message that want an answer each, at least one.

        Args:
            options: The cases that were offered, which may all be wanted.
        """
        ...

    def read(self, text: str, own: OrgId, topic: Topic, may_lean: bool = False) -> Heard:
        """What one sentence wants.

        Args:
            own: The office of whoever says it.
            topic: What was talked about; its question is empty at the beginning.
            may_lean: Whether the sentence was taken for one that leans on the last question.
        """
        ...

    def goes_on(self, text: str, topic: Topic) -> bool:
        """Whether a sentence speaks of the last answer or the cases offered, of nothing else."""
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
        questions = self.reader.questions(text, topic.options)
        said = self._all(own, questions, topic, may_lean, None)
        messages = [one.message for one in said]
        if len(said) > 1:
            messages = list(map(self._headed, count(1), questions, messages))
        if len(questions) > len(said):
            messages.append(Message(self._say("too_many", most=MOST_QUESTIONS)))
        return messages, remembered(topic, [one.topic for one in said])

    def goes_on(self, text: str, topic: Topic) -> bool:
        """Whether a sentence speaks of the last answer or the cases offered, of nothing else."""
        return self.reader.goes_on(text, topic)

    def answer(self, own: OrgId, text: str, as_of: date | None = None) -> Answer:
        """Answer a message by itself; several questions are answered in one text.

        Raises:
            NotFoundError: the office is unknown ("org_unknown").
        """
        questions = self.reader.questions(text)
        said = self._all(own, questions, Topic(own), False, as_of)
        if len(said) == 1:
            return said[0].answer
        return self._together(questions, [one.answer for one in said])

    def _all(
        self,
        own: OrgId,
        questions: Sequence[str],
        topic: Topic,
        may_lean: bool,
        as_of: date | None,
    ) -> list[Said]:
        said: list[Said] = []
        for question in questions[:MOST_QUESTIONS]:
            if question in topic.options:  # all of which may be asked at once
                heard = Heard(Wish.ASK, topic.org, question)
            else:
                last = said[-1].topic if said else topic
                heard = self.reader.read(question, own, last, may_lean and len(questions) == 1)
            said.append(self._one(own, heard, said[-1].topic if said else topic, as_of))
        return said

    def _one(self, own: OrgId, heard: Heard, topic: Topic, as_of: date | None) -> Said:
        if heard.about is None:
            return self._done(own, heard, topic, as_of)
        about = replace(heard.about, parts=topic.parts, earlier=topic.earlier)
        said = self._done(own, heard, about, as_of)
        return replace(said, topic=replace(said.topic, parts=topic.parts))

    def _done(self, own: OrgId, heard: Heard, topic: Topic, as_of: date | None) -> Said:
        match heard.wish:
            case Wish.ASK:
                answer = self.desk.ask(heard.org, heard.question, as_of)
                return self._said(own, heard.org, heard.previous or heard.question, answer)
            case Wish.LOOK_UP:
                return self._looked_up(own, heard.org, heard.question, as_of)
            case Wish.FOLLOW:
                return self._followed(own, heard, topic)
            case Wish.COMPARE:
                return self._compared(own, heard.question)
            case Wish.TURN | Wish.TURN_ITEM | Wish.ITEM if topic.places:
                return self._looked_up(own, topic.org, self._last.name_meant(heard, topic), None)
            case Wish.REPEAT | Wish.PLAIN | Wish.SOURCE | Wish.ORIGINAL if topic.places:
                return self._of_last(own, heard.wish, topic)
            case wish if wish in OF_LAST:
                return self._of_nothing(heard, topic)
            case _:
                return self._aside(heard, topic)

    def _followed(self, own: OrgId, heard: Heard, topic: Topic) -> Said:
        """Answer what leans on the last question, and say what it was taken for."""
        is_last = (heard.org, heard.previous) == (topic.org, topic.question)
        last = self._last.itself(topic) if is_last and topic.places else None
        found = self.desk.follow_up(heard.org, heard.previous, heard.question, last)
        said = self._said(own, heard.org, found.question, found.answer)
        if found.question == heard.question:
            return said
        message = said.message
        understood = self._say("understood", question=found.question.strip("?？。"))
        message = replace(message, text=f"{understood}\n{message.text}")
        return replace(said, message=message, topic=replace(said.topic, text=message.text))

    def _of_last(self, own: OrgId, wish: Wish, topic: Topic) -> Said:
        """What is wanted of the last answer."""
        if topic.options and wish in (Wish.SOURCE, Wish.ORIGINAL):
            return self._open_still(topic)
        answer = self._last.say(wish, topic)
        message = answer_message(answer, self.texts) if wish in QUOTING else None
        if message is None:
            message = Message(answer.text, (), answer.citations)
        return Said(answer, self._of_office(own, topic.org, message), topic)

    def _of_nothing(self, heard: Heard, topic: Topic) -> Said:
        """What is wanted of an answer that cited nothing."""
        if heard.wish is Wish.REPEAT and topic.text:
            again = Answer(AnswerStatus.ANSWERED, "", topic.text, 1.0)
            return Said(again, Message(topic.text), topic)
        if topic.options:
            return self._open_still(topic)
        return self._aside(heard, topic, "nothing_cited" if topic.question else "name_question")

    def _open_still(self, topic: Topic) -> Said:
        """Nothing was cited yet, for the case has still to be named."""
        options = topic.options
        answer = Answer(AnswerStatus.CLARIFY, "", self._say("open_still"), 1.0, options=options)
        return Said(answer, answer_message(answer, self.texts), topic)

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
        put = [(org, reader.in_words_of(question, own, org)) for org in orgs]
        answers = [self.rules.answer(org, asked) for org, asked in put]
        answers[1:] = map(only_if_sure, answers[1:])
        found = [OfficeAnswer(reader.area(org), a) for org, a in zip(orgs, answers, strict=True)]
        answer = compared(found, self.texts)
        message = compared_message(answer, [self._say_of(org) for org in orgs[1:]])
        topic = self._topic(own, question, answer, message)
        parts = (
            self._topic(o, q, one.answer, Message(""))
            for (o, q), one in zip(put, found, strict=True)
        )
        return Said(answer, message, replace(topic, parts=tuple(parts)))

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

    @property
    def _last(self) -> LastAnswer:
        return LastAnswer(self.rules, self.reader, self.texts)

    def _of_office(self, own: OrgId, org: OrgId, message: Message) -> Message:
        if org == own:
            return message
        with self.unit_of_work() as uow:
            office = uow.people.directory(org).office.name
        return replace(message, text=self._say("other_office", office=office, text=message.text))

    def _headed(self, number: int, question: str, message: Message) -> Message:
        heading = self._say("heading", number=number, question=question)
        return replace(message, text=f"{heading}\n{message.text}")

    def _together(self, questions: Sequence[str], answers: Sequence[Answer]) -> Answer:
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
        if len(questions) > len(answers):
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
        briefs = (answer.answer, *[""] * len(cited))
        places = tuple(
            Place(c.org, c.article, c.item, c.quote, is_nearest, brief)
            for c, brief in zip(cited, briefs, strict=False)
        )
        options = answer.options if answer.status is AnswerStatus.CLARIFY else ()
        return Topic(org, question[-MAX_KEPT:], options, message.text, places)

    def _say(self, key: str, **fields: object) -> str:
        return self.texts.say(f"talk.{key}", **fields)
