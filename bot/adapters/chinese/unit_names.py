"""Units named in a sentence: those of the directory, and others that look like one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.adapters.chinese.unit_kinds import find_kinds
from bot.core.people import Directory

GAP = "\0"  # stands for what was read already and taken out of a sentence
EDGE = rf"[,。;:、()()/\s{GAP}]"

_SUFFIX = (
    "委组织部|委宣传部|委统战部|委政法委|委编办|委办公室|委党校|武装部|纪委监委|领导小组|指挥部|管理委员会|委员会|管委会|居委会|村委会|办公室|办事处|检察院|人民法院|法院"
    "|开发区|高新区|园区|分公司|公司|集团|分局|支队|大队|总队|中心|医院|学校|大学|学院|中学|小学"
    "|银行|联社|街道办|街道|乡镇|专班|局|委|办|镇|乡|厅|院|所|站|科|室|处|队|社"
)
_ENDS_AS_UNIT = re.compile(rf"(?:{_SUFFIX}|政府|[县市区])$")
# Words that may stand before a unit to whom something is given, and after one that acts.
_GIVES = (
    "交由|责成|牵头单位|责任单位|承办单位|主办单位|协办单位|配合单位|承办|主办|协办|会同|联合|配合"
    "|由|请|让|给|交|要求"
)
_ACTS = (
    "牵头|负责|主办|承办|办理|督促|抓紧|会同|联合|配合|协办|协助|参与|立项|报|上报|完成|拿出|提出|制定|开展|落实"
    "|解决|回复|反馈|组织|整改|研究|起草|下|要|应|须|需|对|把|将|的|抓|做|拆|查|建|修|引进|清"
)
_NOT_A_NAME = (
    "报送|上报|完成|召开|组织|开展|推进|落实|制定|研究|起草|整改|排查|清查|督促|加快|做好|抓好|办理|解决"
    "|督办|立项|登记|新增|一般|长期|复杂|速办|内容|关于|把|将|对|请|由|给|交|让|的|报|查|这|那|我们"
)
_UNLISTED = re.compile(
    rf"(?:^|(?<={EDGE})|(?<=由)|(?<=请)|(?<=让)|(?<=给)|(?<=交)|(?<=会同)|(?<=联合)|(?<=配合)|(?<=单位)"
    rf"|(?<=主办)|(?<=承办)|(?<=协办)|(?<=和)|(?<=与)|(?<=要求))"
    rf"(?!{_NOT_A_NAME})(?P<unit>(?:(?!{_NOT_A_NAME})[\u4e00-\u9fff]){{1,9}}?(?:{_SUFFIX}))"
    rf"(?={EDGE}|$|和|与|及|等|{_ACTS})"
)


@dataclass(frozen=True)
class Mention:
    """A unit in a sentence: `name` as the directory has it, or as spoken if it has none.

    One that `is_kind` stands for several: 各镇街.
    """

    start: int
    end: int
    name: str
    is_kind: bool = False


def find_units(text: str, directory: Directory) -> list[Mention]:
    """The units that a sentence names, in order, the longest name counting."""
    listed = [Mention(kind.start, kind.end, kind.spoken, is_kind=True) for kind in find_kinds(text)]
    taken = {place for kind in listed for place in range(kind.start, kind.end)}
    listed += [unit for unit in _listed(text, directory) if unit.start not in taken]
    taken = {place for mention in listed for place in range(mention.start, mention.end)}
    unlisted = [
        Mention(*match.span("unit"), match["unit"])
        for match in _UNLISTED.finditer(text)
        if taken.isdisjoint(range(*match.span("unit")))
    ]
    return sorted([*listed, *unlisted], key=lambda mention: mention.start)


def first_unit(text: str, directory: Directory) -> str | None:
    """The unit of the directory that a sentence names first."""
    mentioned = (mention.name for mention in find_units(text, directory))
    return next((name for name in mentioned if directory.unit(name)), None)


def ends_as_unit(name: str) -> bool:
    """Whether a name ends as those of units do."""
    return _ENDS_AS_UNIT.search(name) is not None


def _listed(text: str, directory: Directory) -> list[Mention]:
    names = {name: unit.name for unit in directory.units for name in (unit.name, *unit.aliases)}
    if not names:
        return []
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    # 县发改局, 市教育局: the area before a bureau belongs to its name.
    pattern = re.compile(
        rf"(?:(?<![\u4e00-\u9fff])|(?<=[由请让给交同合]))[县市区州](?P<a>{longest_first})|(?P<b>{longest_first})"
    )
    found = []
    for match in pattern.finditer(text):
        spoken = match["a"] or match["b"]
        if _ENDS_AS_UNIT.search(spoken) or _stands_alone(text, *match.span()):
            found.append(Mention(*match.span(), names[spoken]))
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a short name (发改, 工信) is used as a unit's and not as a part of other words."""
    before = re.search(rf"(?:^|{EDGE}|{_GIVES}|和|与|及)$", text[:start])
    after = re.match(rf"{EDGE}|$|和|与|及|等|牵头|负责|主办|承办|配合|协办", text[end:])
    return bool(before and after)
