"""What somebody says and takes back in the same breath."""

from __future__ import annotations

import re

_TAKEN_BACK = re.compile(
    r"[,。;!、….—-]*(?:哦|噢|喔|啊|哎呀?|唉|呃|额|嗯|等等|等下)?[,、]?"
    r"(?:不对不对|不对|不不+|说错了?|写错了?|打错了?|发错了?|记错了?|搞错了?|弄错了?|看错了?|错了|口误|更正(?:一下|为)?|抱歉|不好意思"
    r"|算了(?:吧)?[,、]?(?:还是)?(?:再?[请休])?(?=[一二两三四五半\d上下本这周明后大])"
    r"|纠正一下|应该是|应为|(?:(?<=[,。])|(?<=算了)|(?<=那))还是(?=从|[请休]|[上下这本]*周|\d|[明后大])|[把将]?(?:时间|日期)?(?:改成|改为|改到|改在|改(?=[上下这本]*周|\d|[明后大])|换成|换到|换为|推迟到|推到|提前到|调整?[到为至]|挪到|延长?(?=[到至]))"
    r"|(?<=[,哦噢啊哎—-])不(?=,)|(?<=[,哦噢啊哎])不是?(?=,?是?[^,]{0,4}[明后周\d一二两三四五半]))了?[,。:、!]*(?:我说的)?(?:应该)?是?"
)
_ALREADY_OVER = re.compile(r"^.*(?:加了?班|值了?班)[^,。;]{0,3}[,。;]?")


def without_work_done(text: str) -> str:
    """What follows the extra work for which time off is taken (周末加班,周一补休)."""
    return _ALREADY_OVER.sub("", text)


def taken_back(text: str) -> tuple[str, str] | None:
    """What was said first and what was put in its place; None if nothing was."""
    found = None
    for match in _TAKEN_BACK.finditer(text):
        found = match
    if found is None or not text[found.end() :]:
        return None
    return text[: found.start()], text[found.end() :]
