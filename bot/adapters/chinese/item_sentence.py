"""One sentence that registers an item, taken apart: what is left over is its content."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from bot.adapters.chinese.deadline_words import find_deadline
from bot.adapters.chinese.item_details import take_details
from bot.adapters.chinese.unit_names import EDGE, GAP, Mention, find_units
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

_HEAD_SOURCE = re.compile(rf"(?P<source>{_MEETING})")  # wherever it stands: a minute's title

_KIND = re.compile(
    rf"(?:{_START}|按照?|作为|立一个|新增一个|登记一个)(?P<kind>速办|一般|长期|复杂)"
    rf"(?:件|事项|任务|督办|推进|办理)?(?:办理|督办)?{_STOP}|(?P<named>速办|长期|复杂|一般)(?:件|督办|事项)"
)
_SEVEN_TEN = re.compile(r"(?<!\d)710(?!\d)")  # 双台子 55: 7 days, 1 month, 0 left at the year's end
_LASTING = re.compile(r"长期(?:推进|坚持|抓好|落实)")  # stays in the content
_URGENT = re.compile(
    rf"(?:{_START})(?:十万火急|紧急|急件|特急|加急|很急|比较急|急|马上办|立即办理|urgent){_STOP}"
    r"|特急件?|加急件?|十万火急|急件|紧急(?:事项|督办|件)"
)

_ASSISTS_BEFORE = re.compile(r"(?:会同|配合单位|协办单位|配合|协办|协同|联合|会商)[:/\s]*$")
_ASSISTS_AFTER = re.compile(r"(?:等)?(?:单位|部门|局)?(?:配合|协办|协助|参与|参加)")
_LEADS_BEFORE = re.compile(
    r"(?:牵头单位|责任单位|承办单位|主办单位|主责单位|牵头|承办|主办|责任|交由|责成|由|请|让"
    r"|(?:转?交办?|安排|分派|派|转)?给|交|要求|督办|督促)"
    r"(?:是|为)?[:\s]*$"
)
_LEADS_AFTER = re.compile(
    rf"\s*(?:为)?(?:(?:牵头|负责|承办|主办|办理|主责)(?!人)|[来去]?(?:办|抓|落实){_STOP})"
)
_HANDS_OVER = re.compile(rf"{_START}[把将](?=[^,。;:]*$)")  # 把河道清淤交给水利局
_JOINS = re.compile(r"\s*(?:、|和|与|及|以及|,?会同|,?联合)?\s*")
_LISTS = re.compile(r"\s*(?:、|和|与|及|以及)\s*")

_LEFT_OVER = re.compile(
    r"^(?:请|由|让|给(?![我出予个])|要求?|须|需要?|应|负责|承办|主办|牵头|办理|会同|于|在|并|且|按照?|根据|前|内|之前|务必|和|与|及|的"
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
        InvalidInputError: it states several items ("item_several").
    """
    text = _normal(text)
    if _SEVERAL.search(text):
        parts = [_Sentence(part, today, directory).read() for part in _SEVERAL.split(text)]
        if sum(bool(part.lead_unit and part.deadline and part.content) for part in parts) > 1:
            raise InvalidInputError("item_several")
    return read_clause(text, today, directory)


def read_clause(text: str, today: date, directory: Directory) -> ItemParts:
    """The parts of one item, however many marks the text has in it."""
    return _Sentence(_normal(text), today, directory).read()


def read_source(text: str) -> str | None:
    """Where a matter comes from, as the sentence calls it: 常务会议, 县长批示."""
    match = _SOURCE.search(text) or _HEAD_SOURCE.search(text)
    return _source_name(match["source"]) if match else None


def _source_name(spoken: str) -> str:
    for pattern, name in _SOURCE_NAMES:
        if pattern.search(spoken):
            return name or spoken + "议"
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

    def read(self) -> ItemParts:
        self._take_all(_ADDRESS)
        details = take_details(self.rest, self.today, self._cut)
        source, kind, urgent = self._source(), self._kind(), self._take(_URGENT) is not None
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

    def _units(self) -> None:
        runs = self._runs()
        roles = [self._role(run) for run in runs]
        chosen = next((i for i, role in enumerate(roles) if role == "lead"), None)
        if chosen is None:
            chosen = next((i for i, role in enumerate(roles) if role == "first"), None)
        for number, (run, role) in enumerate(zip(runs, roles, strict=True)):
            names = [mention.name for mention in run]
            if number == chosen:
                self.lead = names.pop(0)
            elif role != "assist":
                continue
            self.assisting += [name for name in names if name not in (self.lead, *self.assisting)]
        for number, (run, role) in enumerate(zip(runs, roles, strict=True)):
            if number == chosen or role == "assist":
                self._cut_run(run)

    def _runs(self) -> list[list[Mention]]:
        """Units that are named in one breath: 教育局、财政局和人社局."""
        runs: list[list[Mention]] = []
        for mention in find_units(self.rest, self.directory):
            between = self.rest[runs[-1][-1].end : mention.start] if runs else ""
            if runs and _LISTS.fullmatch(between):
                runs[-1].append(mention)
            else:
                runs.append([mention])
        return runs

    def _role(self, run: list[Mention]) -> str:
        """lead, assist, first (may lead, for it stands where a unit does) or other."""
        before, after = self.rest[: run[0].start], self.rest[run[-1].end :]
        helped = re.search(r"(?:局|委|办|镇|街道|中心)配合\s*$", before)  # 甲局配合乙局: 乙 leads
        if _ASSISTS_AFTER.match(after) or (_ASSISTS_BEFORE.search(before) and not helped):
            return "assist"
        if _LEADS_AFTER.match(after) or _LEADS_BEFORE.search(before) or helped:
            return "lead"
        stands = re.search(rf"(?:^|{EDGE})$", before) or re.match(rf"{GAP}|[:]", after)
        return "first" if stands else "other"

    def _cut_run(self, run: list[Mention]) -> None:
        before, after = self.rest[: run[0].start], self.rest[run[-1].end :]
        marks = [_ASSISTS_BEFORE.search(before), _LEADS_BEFORE.search(before)]
        starts = [mark.start() for mark in marks if mark]
        ends = [p.match(after) for p in (_ASSISTS_AFTER, _LEADS_AFTER)]
        end = run[-1].end + max((mark.end() for mark in ends if mark), default=0)
        start = min(starts, default=run[0].start)
        if marks[1] and (handed := _HANDS_OVER.search(self.rest[:start])):
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
