"""What a sentence refers back to: 第二个, 双台子那条, 刚才请假的事."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.core.talk import Topic
from knowledge.answer.kinds import kind_of
from knowledge.answer.offices import OfficeNames
from knowledge.answer.replacing import LEAVE
from knowledge.ingest.numerals import to_number
from knowledge.search.words import Words, normalise

TOLD_COUNTS = 4  # as often has a word to be quoted to count as one that was asked
LONGEST = 60  # characters
T = TypeVar("T")
AROUND = r"(?:@?小规|那|么|就|是|我|选|要|麻烦|请|看|把|给我|帮我|再|说|讲|问|[\s,，])*"
THING = r"(?:问题|情况|情形|选项|问|事情?|答案|回答|地方|种|个)"
END = r"(?:的|呢|吧|呀|啊|嘛|[\s,，:：])*"
NUMBERED = re.compile(
    rf"^{AROUND}(?:第(?P<number>[一二三四五六\d])(?:(?:{THING})+|(?={END}$))|(?P<bare>[1-6])(?={END}$)"
    rf"|(?P<last>(?:最后|最末|末尾|倒数第?)(?:的)?那?一?(?:{THING})+|最后那?一?条(?=$|[的在是原]))"
    rf"|(?P<latter>(?:后|后面|后头|下面|后边)(?:的)?那?一?(?:{THING})+|后者)"
    rf"|(?P<first>头一?(?:{THING})+|最(?:先|前面|开始)问?的?那?一?(?:{THING})+|前者)"
    rf"|(?P<former>(?:前|前面|前头|前边)(?:的)?那?一?(?:{THING})+|上上一?个(?:问题)?)"
    rf"|(?P<this>上一?个(?:问题|答案)?|(?:这|刚才)(?:个|条)?(?:回答|答案|问题)))(?P<rest>.*)$"
)
ALL = re.compile(
    rf"^{AROUND}(?:这?(?:[两三四五六几]|每)(?:个|种)(?:情况|情形|问题)?|全部|所有的?|一起)?(?:都|全|分别|挨个)"
    r"(?:要|想|给我|帮我)*(?:问|说|讲|看|列|知道|了解|发|来|答)?(?:问|说|讲|一?下|一?遍|看|出来)*[\s吧呗嘛啊。!！]*$"
    rf"|^{AROUND}(?:也|都)*(?:不(?:太)?(?:知道|清楚|晓得|确定)|说不准|随便|哪[个种]都)[^?？]{{0,8}}$"
    rf"|^{AROUND}(?:全部|所有的?|每[个种](?:情况|情形)?)(?:说|讲|列|看)?[\s吧呗嘛啊。!！]*$"
)
BACK = re.compile(
    rf"^{AROUND}(?P<back>(?:还是|继续|接着)?(?:说|问|讲|绕|转|倒|退)?回(?:到|去|头)?来?(?:说|问|讲|看)?"
    r"|(?:还是|继续|接着)(?:说|问|讲)?)?"
    r"(?P<when>刚才|刚刚|刚(?=[说问讲])|前面|之前|上面|开头|一开始|早先|先前)?"
    r"(?:我们?|你|咱们?)?(?:说|问|讲|提|聊|答)?(?:到|过)?的?是?(?:那一?[个条件])?"
    r"(?P<subject>[^,，:：。?？]{0,12}?)"
    r"(?:的?(?:那个|这个)?(?:事情?|问题|话题|那[个条件份种])(?:上来?)?)?"
    r"(?:[\s,，:：]+|(?<=[事题个条件份种情上]))(?P<rest>.*)$"
)
PICKED = re.compile(
    r"[那这]一?[种个类条份]|就是|我?(?:说|问|指)的?是|应该是|选|是|的|呢|吧|呀|啊|[\s,，。.!！?？]"
)
OF_OFFICE = re.compile(r"(?:的|那边|那里|他们)*(?:那|这)?一?(?:条|个|项|份|边|里)?的?")


@dataclass(frozen=True)
class Reference:
    """What is referred to, and what is said of it."""

    about: Topic
    rest: str


@dataclass(frozen=True)
class Referring:
    """Finds the question or answer that a sentence points at."""

    offices: OfficeNames
    words: Words

    def find(self, text: str, topic: Topic) -> Reference | None:
        """What a sentence refers to; None if to nothing, or to the last answer alone."""
        if len(text) > LONGEST:
            return None
        return (
            self._numbered(text, topic) or self._of_office(text, topic) or self._back(text, topic)
        )

    def option(self, text: str, topic: Topic) -> str | None:
        """The one case offered that an answer picks: 第二个, 纪要那种; None if none or several."""
        if len(text) > LONGEST:
            return None
        counted = NUMBERED.match(text)
        if counted and not _left(counted["rest"]).strip("的呢吧呀啊嘛。!！"):
            return _counted(counted, topic.options)
        named = self.words.content(PICKED.sub("", text))
        if not named or kind_of(text) is not None:
            return None
        picked = [option for option in topic.options if all(word in option for word in named)]
        return picked[0] if len(picked) == 1 else None

    def _numbered(self, text: str, topic: Topic) -> Reference | None:
        counted = NUMBERED.match(text)
        if counted is None:
            return None
        pointed = text[: counted.start("rest")]
        is_of_history = bool(topic.question) and bool(re.search("问|那|上", pointed))
        history = (*reversed(topic.earlier), topic) if is_of_history else ()
        chosen = _counted(counted, topic.parts or history)
        return Reference(chosen, _left(counted["rest"])) if chosen else None

    def _of_office(self, text: str, topic: Topic) -> Reference | None:
        """One office of a table: 双台子那条原文."""
        named = self.offices.find(text) if topic.parts else None
        if named is None:
            return None
        chosen = next((part for part in topic.parts if part.org == named.org), None)
        if chosen is None or not chosen.places:
            return None
        pointed = OF_OFFICE.match(named.rest)
        return Reference(chosen, named.rest[pointed.end() if pointed else 0 :])

    def _back(self, text: str, topic: Topic) -> Reference | None:
        """Something that was talked about before, by what it was about."""
        said = BACK.match(text)
        if said is None or not (said["back"] or said["when"]) or not topic.question:
            return None
        known = (topic, *topic.parts, *topic.earlier)
        if not said["subject"]:
            about = topic.earlier[0] if said["back"] and topic.earlier else known[0]
            return Reference(about, _left(said["rest"]))
        chosen = self._named_by(said["subject"], known)
        return Reference(chosen, _left(said["rest"])) if chosen else None

    def _named_by(self, subject: str, known: Sequence[Topic]) -> Topic | None:
        named = self.words.content(subject)
        leaves = bool(re.search(LEAVE, subject))
        scored = [(self._shared(named, topic, leaves), -n) for n, topic in enumerate(known)]
        best, at = max(scored)
        return known[-at] if best else None

    def _shared(self, named: Sequence[str], topic: Topic, leaves: bool) -> float:
        """How much of what is named was asked, or at least quoted."""
        asked = normalise(topic.question)
        quoted = normalise("".join(place.quote for place in topic.places))
        said = [self.words.supports(word, asked) for word in named]
        told = [self.words.supports(word, quoted) for word in named]
        is_leave = leaves and bool(re.search(LEAVE, asked))
        return sum(said) + sum(told) / TOLD_COUNTS + is_leave


def wants_all(text: str) -> bool:
    """Whether an answer to a question back wants every case."""
    return len(text) <= LONGEST and bool(ALL.match(text))


def _counted(counted: re.Match[str], of: Sequence[T]) -> T | None:
    """The one of several that is counted off; None if there are not so many."""
    number = to_number(counted["number"] or counted["bare"] or "")
    if number is not None:
        return of[number - 1] if 0 < number <= len(of) else None
    at = 0 if counted["first"] else -2 if counted["former"] else -1
    return of[at] if of and len(of) >= -at else None


def _left(rest: str) -> str:
    return rest.strip(" ,，:：")
