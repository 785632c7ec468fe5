"""Who stands in, as spoken; nobody is looked up here."""

from __future__ import annotations

import re

_WHO = r"(?P<who>[\u4e00-\u9fff·]{2,16}?)"
_COMRADE = r"(?:同志|老师)?"
_DOES = (
    r"(?:来|暂时|临时|全权)?(?:主持|代理|代管|代为|代班|代办|顶替|顶岗|顶班|顶一下|负责|牵头|接手|接替|处理|承担|分管|照看"
    r"|盯着|协调|统筹|替我|代我|帮我|帮忙|值守|管|代|替|顶)"
)
_TITLE = (
    r"(?:[局科县市区镇乡股处部院组队所站校]长|主任|书记|主席|秘书长|调研员|科员|专员|负责人|副职|同志"
    r"|同事|领导|秘书|干部|委员|助理|经理|政委|教导员|指导员|总工(?:程师)?|总(?:会计|经济|规划)师)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:代理人|代理负责人|主持工作的(?:负责人|人|同志)?|AB角|A角|B角|顶岗人|接替人)(?:是|为|:|由|叫)?{_WHO}"
        rf"{_COMRADE}(?:$|[,。;!]|{_DOES})",
        rf"工作(?:暂时?|临时|都|全部|先|就)?(?:交|委托|托付|移交|拜托)(?:给|由|了)?{_WHO}{_COMRADE}(?:$|[,。;!]|{_DOES})",
        rf"(?:由|请|让|委托|授权|安排){_WHO}{_COMRADE}{_DOES}",
        rf"(?:^|[,。;]){_WHO}{_COMRADE}(?:来)?(?:代理|代管|主持|代我|替我|顶我|帮我顶|顶岗|代班)",
        rf"工作由{_WHO}{_COMRADE}(?:$|[,。;!])",
    )
)
_CLAUSE = re.compile(
    r"[^,。;]*(?:代理人|主持|代管|顶岗|代我|替我|代班|顶替|AB角|工作(?:暂时?|临时|都|先)?(?:由|交|委托)"
    r"|由[^,。;]{2,12}(?:代|负责|牵头|处理|顶|接))[^,。;]*"
)
_NOBODY = re.compile(
    r"(?:没有?|无|不用|不需要?|暂无|不设|免).{0,3}(?:代理|代班|顶岗|主持|代管|人代|AB角|替)"
)
_NOBODY_BARE = re.compile(
    r"^(?:没有?人?|无|不用了?|不需要?|暂无|没人|没谁|不必了?|无人|没有合适的人)[了的吧。!]*$"
)
_LEADING = re.compile(r"^(?:就|是|由|请|让|找|叫|给|暂时|改成|改为|换成|换|,)+")
_TRAILING = re.compile(
    r"(?:来|暂时)?(?:主持工作|主持|代理|代管|负责|代班|顶岗|顶|代|替|牵头)?(?:工作|一下)?(?:同志)?[吧了的呢啊。!,]*$"
)
# 副局长, 王副局长, or a post with its holder's name: 副局长王明
_POST = re.compile(
    rf"{_TITLE}$|^[^,]{{0,8}}副?[局科县市区镇乡股处部院]长[\u4e00-\u9fff]{{2,4}}$|^副?主任[\u4e00-\u9fff]{{2,4}}$"
)


def read_stand_in(text: str, is_answer: bool) -> str | None:
    """A name or a post as spoken; "" when the sentence says that nobody stands in."""
    if _NOBODY.search(text):
        return ""
    for pattern in _PATTERNS:
        if match := pattern.search(text):
            return _LEADING.sub("", match["who"]) or None
    if not is_answer:
        return None
    bare = text.strip(",。 ")
    if _NOBODY_BARE.match(bare):
        return ""
    who = _TRAILING.sub("", _LEADING.sub("", bare))
    return who if 2 <= len(who) <= 16 else None


def without_stand_in(text: str) -> str:
    """The sentence without what it says of the stand-in."""
    return _CLAUSE.sub("", text)


def names_post(spoken: str) -> bool:
    """Whether a post was named and not a person."""
    return _POST.search(spoken) is not None
