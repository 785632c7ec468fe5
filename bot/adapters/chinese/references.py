"""Papers, meetings and addresses that a sentence names, to be kept as references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from bot.core.supervision import Reference

_ISSUER = r"(?<!督)(?!督|[\u4e00-\u9fff]*?(?:批示|会议|建议|提案))[\u4e00-\u9fff]{1,12}?"
_NUMBER = (
    rf"{_ISSUER}[〔\[(【]\s*20\d\d\s*[〕\])】]\s*第?\s*\d{{1,4}}\s*号"
    rf"|{_ISSUER}20\d\d年?第\s*\d{{1,4}}\s*[号期]"
)
_NOT_ISSUER = re.compile(
    r"^(?:已经?|现|我们?|按照?|根据|依据?|据|详?见|印发了?|下发了?|落实|贯彻|以|报送?了?|出台了?|制定了?|形成了?)+"
)
_TO_COME = re.compile(
    r"(?:明天|下周|下月|月底|年底|拟|将|计划|预计|准备|争取|待|还要|尚需|抓紧)[^,。;]*$"
)
_URL = r"https?://[^\s,;、。()<>\"'《》\u4e00-\u9fff]+"
_TITLE = r"《(?P<title>[^《》]{2,60})》"
_PAPER = re.compile(
    rf"{_TITLE}\s*[(,]?\s*(?:文号[:]?)?\s*(?P<number>{_NUMBER})?\s*[),]?\s*(?P<url>{_URL})?"
    rf"|(?:附件?|佐证|材料|链接|详见|见)\s*[:]?\s*(?P<name>[^\s,;。:《》()]{{2,40}}?)\s*[:,]?\s*"
    rf"(?P<address>{_URL})|(?P<lone>{_URL})|(?P<bare>{_NUMBER})"
    rf"|附件?\s*[:]\s*(?P<attached>[^,;。\s《》()]{{2,40}})"
)
_DAY = re.compile(r"(?P<year>20\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日")
# What a matter comes from, not what it is to bring about: 报送《实施方案》 is the latter.
_BASIS = re.compile(r"(?:根据|按照?|依据|依|据|落实|贯彻|见|详见|来源[:]?)\s*$")
_BASIS_TITLE = re.compile(r"纪要|批示|会议|交办|督查通知|督办单")


@dataclass(frozen=True)
class Named:
    """A reference and where in the sentence it stands."""

    start: int
    end: int
    reference: Reference


def find_references(text: str) -> list[Named]:
    """All references of a text in half-width signs, in order."""
    return [Named(*match.span(), _reference(match)) for match in _PAPER.finditer(text)]


def find_basis(text: str) -> list[Named]:
    """Those references that say where a matter comes from."""
    return [
        named
        for named in find_references(text)
        if named.reference.number
        or _BASIS.search(text[: named.start])
        or _BASIS_TITLE.search(named.reference.title)
    ]


def read_references(text: str) -> tuple[Reference, ...]:
    """What a report names as its evidence: 《验收报告》(乐政办〔2026〕12号), 附件:清单 https://..."""
    plain = normalize("NFKC", text)
    found = (
        named.reference
        for named in find_references(plain)
        if not _TO_COME.search(plain[: named.start])
    )
    return tuple(dict.fromkeys(found))


def read_full_day(text: str) -> date | None:
    """The first date with its year, as the head of a minute has it."""
    match = _DAY.search(text)
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _reference(match: re.Match[str]) -> Reference:
    number = _NOT_ISSUER.sub("", "".join((match["number"] or match["bare"] or "").split()))
    url = match["url"] or match["address"] or match["lone"] or ""
    title = match["title"] or match["name"] or match["attached"] or number or url
    return Reference(title, _brackets(number), None, url.rstrip("."))


def _brackets(number: str) -> str:
    """The number with the brackets that documents use."""
    return re.sub(r"[\[(【]\s*(20\d\d)\s*[\])】]", r"〔\1〕", number)
