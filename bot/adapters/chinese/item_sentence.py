"""One sentence that registers an item, taken apart: what is left over is its content."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from bot.adapters.chinese.deadline_words import find_deadline, set_days
from bot.adapters.chinese.item_details import take_details
from bot.adapters.chinese.unit_kinds import units_meant
from bot.adapters.chinese.unit_names import EDGE, GAP, Mention
from bot.adapters.chinese.unit_roles import (
    act_severally,
    find_runs,
    hands_over,
    role_of,
    span_with_words,
)
from bot.core.errors import InvalidInputError
from bot.core.people import Directory
from bot.core.supervision import WORK_REPORT, YEAR_PLAN, ItemKind, ItemParts

_SPELLINGS = (
    (re.compile(r"星期|礼拜"), "周"),
    (re.compile(r"(?<=[上下这本])个(?=周|月)"), ""),
    (re.compile(r"[“”\"「」]"), ""),
)
SHORTEST = 2  # characters of a content; 报 alone says nothing
_START = rf"(?:^|(?<={EDGE}))"
_STOP = rf"(?=$|{EDGE})"

_ADDRESS = re.compile(r"@\S+\s*|^\s*小规[,\s]*")
_COMMANDS = re.compile(
    r"(?:请|帮我|麻烦|我要|要|给我)?(?:督办|督查)?立(?:个|一个|一项)?[项像](?:督办|督查|一下)?(?:事项)?"
    r"|(?:请|帮我|麻烦|我要|要)?(?:登记|新增|新建|录入|建|立|发|下|列入|纳入|加入?|转)"
    r"(?:一?个|一件|一项|一条)?(?:专项|重点)?(?:督办|督查)(?:立项)?(?:事项|任务|台账|件|单)?"
    r"|列入台账|(?:请)?登记(?:一下)?(?=$|[:,。\s])|(?:这个|这件事|此事)?要?督办一下"
    rf"|{_START}把(?:这件事|这个|此事)|把(?=.{{2,40}}列入督办)|(?:办理)?类型(?:是|为)?(?=[:])|{_START}(?:请|710|重点)?(?:督办|督查)(?:事项|件)?(?=[:,\s]|[\u4e00-\u9fff])"
    rf"|{_START}交办(?:事项)?(?=[:,\s]|[\u4e00-\u9fff])|{_START}(?:事项|内容)(?:是|为)?(?=[:])|内容是"
)

_LEADER = (
    r"(?:(?:省|市|州|县|区)委书记|(?:常务)?副?(?:省|市|州|县|区)长|书记"
    r"|(?:主要|分管|县|市|区|州|省|上级|政府)*领导|上级)"
)
_MEETING = (
    r"(?:第?[\d一二三四五六七八九十]+次)?(?:县|市|区|州)?(?:政府|委)?第?[\d一二三四五六七八九十]*次?"
    r"(?:常务会|专题会|党组会|全体会|[县市区]长办公会|办公会|主任会|调度会|推进会|协调会)议?(?:纪要)?"
)
_SOURCE = re.compile(
    rf"(?:{_START}|(?:根据|按照|依据|落实|贯彻|来源[:]?(?:是|为)?|按|据)\s*)"
    r"(?:(?:今年|明年|去年|本年度?|20\d\d年)的?)?"
    rf"(?P<source>{_LEADER}(?:同志)?(?:的)?(?:批示|指示|交办|要求|安排)|{_MEETING}"
    r"|会议纪要|(?:县|市|区|州)?(?:政府)?工作报告|年初确定(?:的)?(?:重点)?|人大(?:代表)?(?:建议|议案)(?:第?\d+号)?"
    r"|政协(?:委员)?(?:提案|建议)(?:第?\d+号)?|议定事项|(?:省|州|市|上级)里?转办|12345热线|信访件)"
    r"(?:件|精神|上)?(?:议?定|明确|确定|要求|提出|部署|强调)?的?(?:事项|任务|事情|事)?"
)
_SOURCE_NAMES = (
    (re.compile(r"工作报告"), WORK_REPORT),
    (re.compile(r"^年初确定"), YEAR_PLAN),
    (re.compile(r"^人大"), "人大建议"),
    (re.compile(r"^政协"), "政协提案"),
    (re.compile(r"会$"), None),  # 常务会 is written out
)

_SOURCE_NUMBER = re.compile(r"第?\d+号$")
_HEAD_SOURCE = re.compile(rf"(?P<source>{_MEETING})")  # wherever it stands: a minute's title

_KIND = re.compile(
    rf"(?:{_START}|按照?|作为|立一个|新增一个|登记一个)(?P<kind>速办|一般|长期|复杂)"
    rf"(?:件|事项|任务|督办|推进|办理)?(?:办理|督办)?{_STOP}|(?P<named>速办|长期|复杂|一般)(?:件|督办|事项)"
)
_SEVEN_TEN = re.compile(r"(?<!\d)710(?!\d)")  # 双台子 55: 7 days, 1 month, 0 left at the year's end
_LASTING = re.compile(  # stays in the content
    r"长期(?:推进|坚持|抓好|落实)"
    r"|每(?P<every>[两半]?个?(?:周|月|季|旬))度?[^,。]{0,6}(?:报|反馈|调度|通报)"
)
_CYCLES = {"周": 7, "旬": 10, "两周": 14, "半月": 15, "月": 30, "两月": 60, "季": 91}  # days
_URGENT = re.compile(
    rf"(?:{_START})(?:十万火急|紧急|急件|特急|加急|很急|比较急|急|马上办|立即办理|urgent){_STOP}"
    r"|特急件?|加急件?|十万火急|急件|紧急(?:事项|督办|件)"
)

_HANDS_OVER = re.compile(rf"{_START}[把将](?=[^,。;:]*$)")  # 把河道清淤交给水利局
_LEFT_OVER = re.compile(
    r"^(?:请|由|让|给(?![我出予个])|要求?|须|需要?|应|负责|承办|主办|牵头|办理|会同(?!各)|分别|各自|于|在|并|且|按照?|根据|前|内(?!容)|之前|务必|和|与|及|的"
    r"|来源|内容是?|事项是?|期限|时限|限|下(?=$)|一下|这个|督办|交办|责任单位|承办单位|配合|协办)+"
)
_TRAILING = re.compile(r"(?:的|并|,|请|由|于|在|、|和|与|交|给|让|办理(?=$)|请办理)+$")
_PARTS = re.compile(r"(?:[。;\s]|(?<!\d)[,:]|[,:](?!\d))+")  # 1,000 stays whole
_FULL_WIDTH = str.maketrans("()", "（）")
_SEVERAL = re.compile(r"[;\n]")
_NOTHING = re.compile(
    r"^(?:负责|牵头|配合|办理|落实|件|一下|等单位|单位|部门|按|的|为|是|办结|完成)?$"
)


def read_sentence(text: str, today: date, directory: Directory) -> ItemParts:
    """The parts of a new item that a sentence states.

    Raises:
        InvalidInputError: it states several items, or names units by their kind: to be shown first
            ("item_several"); else as `read_clause`.
    """
    text = _normal(text)
    if _SEVERAL.search(text):
        several = [_Sentence(part, today, directory).read() for part in _SEVERAL.split(text)]
        if sum(bool(part.lead_unit and part.deadline and part.content) for part in several) > 1:
            raise InvalidInputError("item_several")
    sentence = _Sentence(text, today, directory)
    parts = sentence.read()
    if parts.each_of or sentence.names_kind:
        raise InvalidInputError("item_several")
    return parts


def read_clause(text: str, today: date, directory: Directory) -> ItemParts:
    """The parts of one item, however many marks the text has in it.

    Raises:
        InvalidInputError: it sets several days ("item_deadline_which", with the `days`), or names
            its units by a kind, and it is not known which they are ("item_units_unknown").
    """
    return _Sentence(_normal(text), today, directory).read()


def read_source(text: str) -> str | None:
    """Where a matter comes from, as the sentence calls it: 常务会议, 县长批示."""
    match = _SOURCE.search(text) or _HEAD_SOURCE.search(text)
    return _source_name(match["source"]) if match else None


def _source_name(spoken: str) -> str:
    for pattern, name in _SOURCE_NAMES:
        if pattern.search(spoken):
            number = _SOURCE_NUMBER.search(spoken)
            return (name or spoken + "议") + (number[0] if number else "")
    return spoken


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return text.strip()


@dataclass
class _Sentence:
    """A sentence being read: `rest` has a gap of the same length for everything understood."""

    rest: str
    today: date
    directory: Directory
    lead: str | None = None
    assisting: list[str] = field(default_factory=list)
    each_of: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    names_kind: bool = False

    def read(self) -> ItemParts:
        self._take_all(_ADDRESS)
        details = take_details(self.rest, self.today, self._cut)
        cycle = self._cycle()
        source, kind, urgent = self._source(), self._kind(), self._take(_URGENT) is not None
        days = set_days(self.rest, self.today)
        if len(days) > 1:
            raise InvalidInputError("item_deadline_which", days=days)
        deadline = find_deadline(self.rest, self.today)
        if deadline is not None:
            self._cut(deadline.start, deadline.end)
        self._take_all(_COMMANDS)
        self._units()
        return ItemParts(
            content=self._content(),
            lead_unit=self.lead,
            assist_units=tuple(self.assisting),
            kind=kind,
            deadline=deadline.day if deadline else None,
            source=source,
            urgent=urgent or None,
            person=details.person,
            supervisor=details.supervisor,
            assigned_day=details.assigned_day,
            links=details.links,
            each_of=self.each_of,
            left_out=self.left_out,
            cycle=cycle,
        )

    def _cut(self, start: int, end: int) -> None:
        self.rest = self.rest[:start] + GAP * (end - start) + self.rest[end:]

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self.rest)
        if match is not None:
            self._cut(*match.span())
        return match

    def _take_all(self, pattern: re.Pattern[str]) -> None:
        self.rest = pattern.sub(lambda match: GAP * len(match[0]), self.rest)

    def _source(self) -> str | None:
        match = self._take(_SOURCE)
        return _source_name(match["source"]) if match else None

    def _kind(self) -> ItemKind | None:
        match = self._take(_KIND)
        if match is not None:
            return ItemKind(match["kind"] or match["named"])
        if _LASTING.search(self.rest):
            return ItemKind.LONG
        return ItemKind.OTHER if _SEVEN_TEN.search(self.rest) else None

    def _cycle(self) -> int | None:
        """The days between the reports that are asked for; 两周 and 半个月 are cycles too."""
        match = _LASTING.search(self.rest)
        return _CYCLES.get((match["every"] or "").replace("个", "")) if match else None

    def _units(self) -> None:
        runs = find_runs(self.rest, self.directory)
        roles = [role_of(self.rest, run) for run in runs]
        roles = [self._certain(*pair) for pair in zip(runs, roles, strict=True)]
        chosen = next((i for i, role in enumerate(roles) if role == "lead"), None)
        if chosen is None:
            chosen = next((i for i, role in enumerate(roles) if role == "first"), None)
        for number, (run, role) in enumerate(zip(runs, roles, strict=True)):
            if number == chosen:
                self._lead(run)
            elif role == "assist":
                self._assist(run)
        for number, (run, role) in enumerate(zip(runs, roles, strict=True)):
            again = chosen is not None and run[0].name == runs[chosen][0].name and role == "first"
            if number == chosen or role == "assist" or again:
                self._cut_run(run)

    def _certain(self, run: list[Mention], role: str) -> str:
        """会同各有关部门 stays in the content: nobody knows who they are."""
        kinds = (mention.name for mention in run if mention.is_kind)
        unknown = any(units_meant(kind, self.directory) is None for kind in kinds)
        return "other" if role == "assist" and unknown else role

    def _lead(self, run: list[Mention]) -> None:
        """The first of the units leads; of a kind, or where it says so, each has its own item."""
        names = [name for mention in run for name in self._named(mention)]
        self.lead = names[0]
        if any(mention.is_kind for mention in run) or act_severally(self.rest, run):
            self.each_of = tuple(dict.fromkeys(names))
        else:
            self.assisting += names[1:]

    def _assist(self, run: list[Mention]) -> None:
        names = [name for mention in run for name in self._named(mention)]
        self.assisting += [name for name in names if name not in (self.lead, *self.assisting)]

    def _named(self, mention: Mention) -> tuple[str, ...]:
        if not mention.is_kind:
            return (mention.name,)
        meant = units_meant(mention.name, self.directory)
        if meant is None:
            raise InvalidInputError("item_units_unknown")
        self.names_kind = True
        self.left_out += meant.left_out
        return meant.units

    def _cut_run(self, run: list[Mention]) -> None:
        start, end = span_with_words(self.rest, run)
        if hands_over(self.rest, run) and (handed := _HANDS_OVER.search(self.rest[:start])):
            self._cut(*handed.span())
        self._cut(start, end)

    def _content(self) -> str | None:
        whole = re.sub(rf"{GAP}+", GAP, self.rest)
        parts = [_trimmed(part) for part in _PARTS.split(whole)]
        kept = [part for part in parts if not _NOTHING.match(part)]
        content = "，".join(kept).translate(_FULL_WIDTH)
        return content if len(content) >= SHORTEST else None


def _trimmed(part: str) -> str:
    """A part of the sentence without the connecting words that what was taken out leaves."""
    pieces = [_LEFT_OVER.sub("", piece) for piece in part.split(GAP)]
    text = "".join(piece for piece in pieces if piece)
    return _TRAILING.sub("", text.replace("()", "")).strip("·-—/")
