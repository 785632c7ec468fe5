"""What is said about the group that reads the supervision digest: 督办日报发这个群."""

from __future__ import annotations

import re
from unicodedata import normalize

from bot.core.supervision_wishes import GroupWish

_DIGEST = (
    r"(?:(?:督办|督查)[^,。]{0,4}(?:日报|汇总|每日汇总|提醒汇总|情况汇总|摘要|简报)|日报|汇总)"
)
_HERE = r"(?:这个?|本|咱们?|我们这个?|这边|该)(?:工作|督办|督查)?群|群里|这儿|这里"
_NAMES = re.compile(
    rf"{_DIGEST}[^,。]{{0,8}}(?:发|推|送|报)[^,。]{{0,4}}(?:{_HERE})"
    rf"|(?:发|推|送)[^,。]{{0,4}}(?:{_HERE})[^,。]{{0,4}}{_DIGEST}|(?:在|往|给)(?:{_HERE})[^,。]{{0,4}}(?:发|推|送){_DIGEST}"
    rf"|(?:{_HERE})(?:就是|作为|设为|设成|定为|当|是)(?:督办|督查)(?:工作)?(?:群|日报群)?"
    r"|(?:设|设置|指定|换|改)(?:为|成|到)?(?:这个?|本)群?(?:为|成)?(?:督办|督查)(?:工作|日报)?群"
)
_ENDS = re.compile(
    rf"(?:不要|别|不用|不再|停止?|取消|关闭?|关掉|终止)[^,。]{{0,8}}(?:{_DIGEST}|(?:{_HERE}))"
    rf"|{_DIGEST}[^,。]{{0,6}}(?:不要|别|不用|不再|停|取消|关)"
)
_ASKS = re.compile(
    rf"{_DIGEST}[^,。]{{0,8}}(?:哪个?群|哪里|哪儿|什么群)|(?:哪个?群)[^,。]{{0,8}}{_DIGEST}|{_DIGEST}.{{0,10}}吗"
)


def read_group_wish(text: str) -> GroupWish | None:
    """What a sentence wants of the digest's group; None if it speaks of none."""
    plain = normalize("NFKC", text)
    if _ASKS.search(plain):
        return GroupWish.ASK
    if _ENDS.search(plain):
        return GroupWish.END
    return GroupWish.NAME if _NAMES.search(plain) else None
