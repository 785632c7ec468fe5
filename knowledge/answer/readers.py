"""How questions for the decision tables are told from others; None when in doubt."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot.core.procedures import Fact

Facts = dict[str, Fact]
FactReader = Callable[[str, str], Facts | None]
Vocabulary = tuple[tuple[str, str], ...]  # a fact's value, what is said for it; the first counts
WHO = r"谁|哪(?:个|位|一位|些|级|几位)|[找跟向给归到]哪|(?:什么|啥)(?:人|领导)"
FILLERS = (
    r"其[他余]情形|[县区市]?(?:政府|府)(?:办公室|办)?|办公室|名义|制发|下发|发|以|用|出|请问|最后|最终|到底"
    r"|应该|应当|需要|一下|一份|一个|这个|那个|这份|那份|这种|会议|纪要|公文|文件|单位|领导|材料"
    r"|东西|事假|事情|怎么|提前|笔|单|我们?|想|要|得|须|需|由|来|是|该|了|的|能|文|字"
    r"|手[上头里]|个|这|有|在|县|区|啊|呀|嘛|吧"
)
HAN = re.compile(r"[\u4e00-\u9fff]")
LEFT_OVER = 2  # characters that say nothing of their own
NOTHING = r"(?!)"
WEIGHTY = r"(?<!不)(?<!不[算太是很够])(?<!不怎么)"  # before a word that 不算重要 denies
ABOVE = {"县": "[市州]", "区": "市", "市": "省"}  # the government that an office reports to


@dataclass(frozen=True)
class Reader:
    """The questions for one table, by patterns of what they say.

    Attributes:
        says: What is asked and of which act: a question says every one of these.
        leaves: Other subjects: a question that says one of them is not this table's.
        facts: Draws the facts from the question in one spelling and the office's level (县, 区,
            市); None when the question is not clearly this table's.
        bare: What may be said beside the facts without naming another subject.
        enough: Facts that make it this table's question whatever else is said.
        option: The key in texts/rules.yml of the question that offers a case; the table's name
            unless given.
        subject: What must be said beside 其他情形 for the question to be this table's again.
        tells_gaps: Whether a case that no row is for, of a subject that has rows, is said not to be
            written; else the search goes on.
        is_complete: Whether that holds for subjects without a row as well, because the table
            names all that the rules regulate.
        unmeasured: The key in texts/rules.yml of what is said when a number is asked for and the
            row has none (`amount` absent or 0); None when any answer will do.
        is_strict: Whether a question that names anything beside its facts is left to the search.
        presumes_meeting: Whether the one row that is left may be given when no meeting is named.
        nearest: Tables whose row on the meeting that was named is shown when this table has none;
            it is then said that the rules do not say.
        neighbour: A case of another table that is offered beside this one's when nothing is named.
    """

    table: str
    says: tuple[str, ...]
    facts: FactReader
    leaves: str = NOTHING
    bare: str = NOTHING
    enough: frozenset[str] = frozenset()
    option: str = ""
    subject: str = ""
    tells_gaps: bool = False
    is_complete: bool = False
    unmeasured: str | None = None
    is_strict: bool = False
    presumes_meeting: bool = True
    nearest: tuple[str, ...] = ()
    neighbour: str = ""

    def read(self, plain: str, level: str) -> TableQuestion | None:
        """The question to this table; None when it is not clearly one."""
        if not all(re.search(said, plain) for said in self.says) or re.search(self.leaves, plain):
            return None
        facts = self.facts(plain, level)
        asked = None if facts is None else TableQuestion(self, facts, plain)
        return None if asked and self.is_strict and not asked.is_bare else asked

    @cached_property
    def unnamed(self) -> re.Pattern[str]:
        """All that says nothing of its own in a question to this table."""
        return re.compile("|".join([*self.says, self.bare, FILLERS]))


@dataclass(frozen=True)
class TableQuestion:
    """What is asked of a table; `plain` is the question in one spelling."""

    reader: Reader
    facts: Facts
    plain: str

    @property
    def table(self) -> str:
        return self.reader.table

    @property
    def option(self) -> str:
        """The key of the words that offer a case."""
        return f"rules.option_{self.reader.option or self.table}"

    @property
    def is_bare(self) -> bool:
        """Whether nothing is named but what the table decides and facts that it knows."""
        if self.reader.enough & set(self.facts):
            return True
        left = HAN.findall(self.reader.unnamed.sub("", self.plain))
        return len(left) <= (LEFT_OVER if self.facts else 0)


def first_said(vocabulary: Vocabulary, plain: str, level: str) -> str | None:
    """The first value of a vocabulary whose words a question says.

    `{level}` in a pattern stands for the office's level, `{up}` for the level above it.
    """
    return next((value for value, said in vocabulary if says(plain, said, level)), None)


def says(plain: str, said: str, level: str) -> bool:
    """Whether a question says what a pattern of a vocabulary describes."""
    return bool(re.search(said.replace("{level}", level).replace("{up}", ABOVE[level]), plain))
