"""What a sentence of a conversation about the rules wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.people import OrgId
from bot.core.talk import Heard, Topic, Wish
from knowledge.answer.following import (
    is_fact,
    is_partial,
    leans,
    merge,
    names_subject,
    points_back,
    stands_alone,
)
from knowledge.answer.kinds import Kind, kind_of
from knowledge.answer.offices import OfficeNames
from knowledge.answer.openings import is_courtesy, opening_of
from knowledge.answer.referring import Referring, wants_all
from knowledge.answer.several import questions_in
from knowledge.answer.wishes import wish_of
from knowledge.ingest.numerals import to_number, to_numeral
from knowledge.ingest.references import find_references, label
from knowledge.search.words import Words

TELLS_ENOUGH = 3  # words for matters, that a question needs nothing before it
SHORT_QUESTION = 20  # characters; a longer one tells what it is about
BARE = 12  # characters of what is named and nothing asked of
SAME = re.compile(r"也(?:是|要|得|一样|这样|这么|有).*[吗么?？]|一样[吗么不]|是不是一样|也这样")
OWN_WORDS = 2  # characters: what says less than this beside an office asks nothing itself
PLACES = r"(?:兄弟)?(?:县区|区县|市县|县市|县|区|市|地方|地区|地市|机关|家)"
EVERY = re.compile(
    rf"(?:别的|其[他它余]的?|另外的?|剩下的?)(?:那?[几两三四五]个?|各)?(?:家|地方|地区|机关)(?!的?人)(?:单位|政府)?"
    rf"|各(?:家|地)(?=.*(?:都|怎么|咋|如何|分别|规定))|别处(?:的|那边)?"
    rf"|(?:别的|其[他它余]的?|另外的?|兄弟|外|隔壁|周边|邻近?)(?:那?[几两三四五]个|各|所有)?的?{PLACES}(?:政府)?"
    r"(?=(?:都|又|分别)?(?:是)?(?:怎么|咋|如何|呢|有没有|有什么|规定|的?(?:规定|做法|情况)|的|什么|一样|比(?:一?[下比]|较|$)|常务会|全体会|专题会|会议纪要|规范性文件|对比|比较|[?？。]|$))"
    rf"|(?:这|那|我们)?(?:[两三四五六]|几|各|所有|全部|每)个?(?:不同的?)?{PLACES}(?:政府)?(?:之间)?的?"
    r"(?=(?:对比|比较|比一|比下|分别|各自|都是|都怎么|怎么规定|规定|做法|有什么不同|有什么区别|有啥区别|横向))"
    r"|横向(?:对比|比较)|(?:各地|各家)(?:都|分别|是)*(?=怎么|如何|规定)"
)
SEVERAL = re.compile(rf"(?:[两三四五六]|几|各|所有|全部|每)个?(?:不同的?)?{PLACES}(?:政府)?的?")
COMPARED = re.compile(
    r"对照|对比|比较|列个?表|列一?(?:块|起|下)|列出来|比一比|有什么不同|有什么区别|分别"
)
COMPARING = re.compile(
    r"[,，]?(?:也|都|分别|各自|横向|一起|做个?|列个?|列一?(?:块|起)|出个?|放在|给我)*(?:对照|对比|比较|列表|列(?=出来|一?下)|比)(?:出来|一?下|看看|一?遍)?|列个?表(?:格)?|分别|各自|的?(?:有什么|有啥)?(?:不同|区别)"
)
FILLERS = re.compile(
    r"@?小规|(?:县政府办|县府办)(?:公室)?|[县区市]?政府(?!办)|那边|那里|他们|同样的?(?:问题|事)|换[成到]|对比(?:一?下)?|参考(?:一?下)?|借鉴(?:一?下)?"
    r"|看看|我想看|和|跟|比|的?(?:是)?(?:怎么|怎样|咋|如何|什么|啥)(?:规定|要求|说|写|讲|弄|办|做|定)?的?(?:做法)?"
    r"|规定|要求|规则|做法|有没有|一样|这[条个]|那|呢|吗|的|是|呀|啊|嘛|都|也|[县区市]|[\s,，。?？!！]"
)
OWN = re.compile(
    r"(?:我们|咱们?|本|我)(?:县|区|市|单位|这[里边儿]?|自己)(?:政府)?|(?:咱们|我们)(?:的|(?=呢))"
)
ALL_OF = re.compile(  # 都是谁批, 都写了由谁解释没有
    r"都(?=[是由怎咋写有要在])[是写]?了?|没有(?=[\s?？。]*$)"
)
HOW_SETTLED = re.compile(
    r"(?:怎么|咋|如何|怎样)(?:规定|定|写|说|弄|办|安排|要求)?的?|有(?:什么|啥)(?:规定|要求)"
)
BACK_TO = re.compile(r"^(?:那?还?是?(?:说|问|看)?回到?(?:来)?)(?=[我咱本,，])")
THERE = re.compile(r"^那[边里儿](?=.{4})")
THEIRS = re.compile(r"他们|那边|人家|那里|该[县区市]")


@dataclass(frozen=True)
class TalkReader:
    """Implements the port `bot.services.rule_talk.Reader`."""

    offices: OfficeNames
    words: Words

    def questions(self, text: str, options: Sequence[str] = ()) -> list[str]:
        """The parts of a message that want an answer each, at least one."""
        return list(options) if options and wants_all(text) else questions_in(text, self.words)

    def goes_on(self, text: str, topic: Topic) -> bool:
        """Whether a sentence speaks of the last answer or the cases offered, of nothing else."""
        wished, opening = wish_of(text, bool(topic.options)), opening_of(text)
        is_of_options = bool(topic.options) and (
            wants_all(text) or self._referring.option(text, topic) is not None
        )
        if opening.turns_away or not topic.question:
            is_of_rules = bool(opening.rest) or re.search("问题|话题|别的", text) is not None
            return opening.turns_away and is_of_rules  # 换一下 alone may be of a leave
        is_wish = wished is not None and wished.wish not in (Wish.DECIDE, Wish.PERSON)
        return is_wish or opening.corrects or is_of_options

    def name_of(self, article: int, item: str | None = None, step: int = 0) -> str:
        """The name of an article, or of the item so many onward, as a question for it."""
        onward = (to_number(item) or 0) + step if item else 0
        return label(max(article, 0), to_numeral(max(onward, 0)) if item else None)

    def in_words_of(self, question: str, asked_in: OrgId, org: OrgId) -> str:
        """A question that was put to one office, in the words of another."""
        return self.offices.in_words_of(question, asked_in, org)

    def area(self, org: OrgId) -> str:
        """The short name of an office."""
        return self.offices.area(org)

    def orgs(self) -> tuple[OrgId, ...]:
        """Every office that has rules."""
        return self.offices.orgs()

    def read(self, text: str, own: OrgId, topic: Topic, may_lean: bool = False) -> Heard:
        """What one sentence wants.

        Args:
            own: The office of whoever says it.
            topic: What was talked about; its question is empty at the beginning.
            may_lean: Whether the sentence was taken for one that leans on the last question.
        """
        if text in topic.options:
            return Heard(Wish.ASK, topic.org, text)
        return self._of_wish(text, topic) or self._opened(text, own, topic, may_lean)

    def _of_wish(self, text: str, topic: Topic) -> Heard | None:
        """What is wanted of the last answer, or needs no rule at all."""
        wished = wish_of(text, bool(topic.options))
        others = next((o for o in topic.options if o.startswith(text.strip("的？?。 "))), None)
        if wished and wished.wish is Wish.MORE and others:
            return Heard(Wish.ASK, topic.org, others, topic.question)
        is_of_last = wished and wished.wish in (Wish.SOURCE, Wish.ORIGINAL)
        if wished and not (is_of_last and not topic.question and self._names_matter(text)):
            return Heard(wished.wish, topic.org, step=wished.step, item=wished.item)
        return None

    def _opened(self, text: str, own: OrgId, topic: Topic, may_lean: bool) -> Heard:
        """What a sentence wants without what it opens with, of whatever it refers to."""
        if is_courtesy(text):
            return Heard(Wish.COURTESY, own)
        opening = opening_of(text)
        if not opening.rest:
            return Heard(Wish.MISTAKEN if opening.corrects else Wish.NAME_QUESTION, own)
        if opening.turns_away:
            return self._plainly(opening.rest, own, Topic(own), False)
        picked = self._referring.option(opening.rest, topic)
        if picked:
            return Heard(Wish.ASK, topic.org, picked)
        if opening.corrects:
            return self._plainly(opening.rest, own, topic, True)
        referred = self._referring.find(text, topic)
        if referred is None:
            return self._plainly(opening.rest, own, topic, may_lean)
        about = referred.about
        if not referred.rest.strip("的呢吧呀啊嘛。?？!！"):
            return Heard(Wish.ASK, about.org, about.question, about=about)
        rest = referred.rest
        heard = self._of_wish(rest, about) or self._plainly(rest, own, about, True)
        return replace(heard, about=about)

    @property
    def _referring(self) -> Referring:
        return Referring(self.offices, self.words)

    def _plainly(self, text: str, own: OrgId, topic: Topic, may_lean: bool) -> Heard:
        """What a sentence wants that says no more than that."""
        if find_references(text):
            return Heard(Wish.LOOK_UP, self._office_of_title(text, own), text)
        return self._of_offices(text, own, topic) or self._question(text, own, topic, may_lean)

    def _office_of_title(self, text: str, own: OrgId) -> OrgId:
        return self.offices.named_in(text) or own

    def _of_offices(self, text: str, own: OrgId, topic: Topic) -> Heard | None:
        """A sentence that names another office, every office, or one's own."""
        everybody = EVERY.search(text)
        if everybody is None and COMPARED.search(text):
            everybody = SEVERAL.search(text)
        if everybody:
            rest = COMPARING.sub("", text.replace(everybody[0], ""))
            question = self._to_compare(rest, self._put_to(own, topic))
            wish = Wish.COMPARE if question else Wish.NAME_OFFICE
            return Heard(wish, own, question)
        named = self.offices.find(text)
        ours = OWN.search(text)
        if named is None and ours is None:
            return None
        if named is None:
            is_back = BACK_TO.match(text)
            text = BACK_TO.sub("", text)
            rest, org = OWN.sub("", text).lstrip(",，"), own
            text = rest if is_back else text
        else:
            rest, org = THERE.sub("", named.rest), named.org
        previous = self._put_to(org, topic)
        if self._asks_itself(rest) and not SAME.search(rest):
            is_open = leans(rest) and not stands_alone(rest, self.words)
            is_open = is_open or is_partial(rest, self.words)
            if is_open and previous:
                return Heard(Wish.FOLLOW, org, rest, previous)
            return Heard(Wish.ASK, org, rest if named else text)
        if not previous:
            return Heard(Wish.NAME_QUESTION, org) if named else None
        return Heard(Wish.ASK, org, previous)

    def _to_compare(self, rest: str, previous: str) -> str:
        """The question that every office is asked: one said now, of the last one's subject."""
        asked = ALL_OF.sub("", rest).strip(" ,，")
        if not self._asks_itself(asked) or (previous and self._says_again(asked, previous)):
            return previous
        if previous and is_partial(asked, self.words):
            return merge(previous, asked, self.words).question
        return asked

    def _says_again(self, asked: str, previous: str) -> bool:
        """Whether a question names nothing that an earlier one of its kind does not."""
        is_alike = kind_of(asked) in (Kind.HOW, Kind.WHAT, None, kind_of(previous))
        named = self.words.content(HOW_SETTLED.sub("", asked))
        return is_alike and bool(named) and all(word in previous for word in named)

    def _question(self, text: str, own: OrgId, topic: Topic, may_lean: bool) -> Heard:
        org = self._office_meant(text, own, topic)
        previous = self._put_to(org, topic)
        is_asked = kind_of(text) is not None
        # the case asked for, or what an answer was not found of
        is_open = bool(topic.options) or (len(text) <= BARE and not _is_told(topic))
        is_bare = not is_asked and (is_open or is_fact(text))
        is_whole = stands_alone(text, self.words) and not leans(text)
        is_leaning = not is_whole and (may_lean or is_bare or leans(text))
        if kind_of(text) is not None and len(text) <= SHORT_QUESTION:
            is_vague = org == own and not names_subject(text, self.words)
            is_vague = is_vague and self._telling(text) < TELLS_ENOUGH
            is_leaning = is_leaning or is_vague or is_partial(text, self.words)
            is_leaning = is_leaning or points_back(text)
        if previous and is_leaning:
            return Heard(Wish.FOLLOW, org, text, previous)
        if leans(text) and kind_of(text) is None:
            return Heard(Wish.NAME_QUESTION, own)  # 那副县长呢, and nothing before it
        return Heard(Wish.ASK, org if THEIRS.search(text) else own, text)

    def _office_meant(self, text: str, own: OrgId, topic: Topic) -> OrgId:
        """Where a sentence that names no office stays: with the last one, unless it is of ours."""
        if topic.org == own or THEIRS.search(text):
            return topic.org
        ours, theirs = self.offices.level(own), self.offices.level(topic.org)
        is_ours = re.search(f"{ours}(?:长|政府)", text) and not re.search(
            f"{theirs}(?:长|政府)", text
        )
        return own if is_ours else topic.org

    def _names_matter(self, text: str) -> bool:
        return any(self.words.is_telling(word) for word in self.words.content(text))

    def _telling(self, text: str) -> int:
        return sum(map(self.words.is_telling, self.words.content(text)))

    def _put_to(self, org: OrgId, topic: Topic) -> str:
        asked = next((t for t in (topic, *topic.earlier) if not find_references(t.question)), topic)
        return self.offices.in_words_of(asked.question, asked.org, org) if topic.question else ""

    def _asks_itself(self, rest: str) -> bool:
        return len(FILLERS.sub("", rest)) >= OWN_WORDS


def _is_told(topic: Topic) -> bool:
    """Whether the last question was answered."""
    return bool(topic.places) and not topic.places[0].is_nearest
