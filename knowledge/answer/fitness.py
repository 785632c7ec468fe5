"""How well an answer fits a question that leans on the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.rules import Article
from knowledge.answer.asked import ask
from knowledge.answer.beside import SHORTEST, said_beside
from knowledge.answer.kinds import Kind, kind_of
from knowledge.search.words import Words, normalise

# Weights, found on some 80 such questions of five offices, each office judged by the other four.
STAYS, SAID, FITS, REPEATS, SURE = 0.6, 2.0, 0.6, 0.6, 0.9
NEVER = -9.0  # the answer cannot be meant
OTHER_KIND = -3.0  # no time where one was asked for
UNKNOWN = 0.5  # of a question that names nothing: half of it counts as said
ORDER = re.compile("最后|首先|最先|先|到底|究竟|平时|最终|一般|另外|又|还|再|那|然后|接着")
WHO = re.compile("谁|哪[个位](?=[批签审管定开主拍保起写同]|$)")
# What people ask of everything, and rules seldom say.
REWARDS = re.compile("处分|处罚|罚|扣|补助|补贴|津贴|奖金|加班费|报酬|工资|费用|多少钱|好多钱")
ACTING = re.compile(
    "长|领导|主任|负责|秘书|书记|办公室|部门|司法局|会议|政府|单位|督查|人员|[办室科局]|同志|乡镇|街道"
)
NUMERAL = re.compile(
    r"[\d一二两三四五六七八九十百千半]|不定期|根据需要|随时|临时|即时|每[周月年季]"
)
TIME = re.compile(
    r"[天日周月年次]|小时|分钟|星期|季度|定期|随时|临时|根据需要|即时|当[日天]|会前|事[前先]"
)
TIMES = frozenset({Kind.WHEN_AHEAD, Kind.TIME_LIMIT, Kind.FREQUENCY})


@dataclass(frozen=True)
class Fit:
    """A question as it was said, and the place of an answer."""

    asked: str
    article: Article
    quote: str
    answer: str
    words: Words

    def score(self, *, stays: bool, repeats: bool, sure: float) -> float:
        """How well they fit.

        Args:
            stays: Whether it stands in the article of the last answer.
            repeats: Whether it is the last answer once more.
            sure: The confidence of the answer, 0..1.
        """
        if not self._speaks_of_matters():
            return NEVER
        said = SAID * self._said() + FITS * self._of_kind()
        return STAYS * stays + said - REPEATS * repeats + SURE * sure

    def _speaks_of_matters(self) -> bool:
        """Whether the article speaks of each matter that is named (扣钱, 补贴)."""
        whole = normalise(self.article.text + "".join(_spoken(self.article, "")))
        named = [*self.words.matters(self.asked), *REWARDS.findall(self.asked)]
        return all(self.words.supports(word, whole) for word in named)

    def _said(self) -> float:
        """How much of what is named and asked to be done the quoted words say."""
        quoted = normalise(self.quote + "".join(_spoken(self.article, self.quote)))
        plain = ORDER.sub("", self.asked)
        named = [word for word in self.words.content(plain) if len(word) >= SHORTEST]
        said = [self.words.supports(word, quoted) for word in named]
        acts = [act for act in ask(kind_of(plain), plain, self.words).acts if act]
        if acts:
            said.append(any(re.search(act, quoted) for act in acts))
        return sum(said) / len(said) if said else UNKNOWN

    def _of_kind(self) -> float:
        """Whether the answer is one to such a question, 1 or -1; 0: any may be."""
        kind = kind_of(self.asked)
        if kind is Kind.WHO or WHO.search(self.asked):
            return 1.0 if ACTING.search(self.answer) else -1.0
        if kind in TIMES:
            return 1.0 if TIME.search(self.answer) else OTHER_KIND
        if kind is Kind.QUANTITY:
            return 1.0 if NUMERAL.search(self.answer) else -1.0
        return 0.0


def _spoken(article: Article, quote: str) -> list[str]:
    """What people say of the quoted clauses; of all, if nothing is quoted."""
    clauses = (clause.text for clause in article.clauses)
    return [said_beside(text) for text in clauses if text in quote or quote in text]
