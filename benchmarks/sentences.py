"""Questions as people ask them, no two alike: the service remembers embeddings of repeated ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, cycle

_PATTERNS = (
    "请假{n}天要找谁批",
    "报销{n}元谁签字",
    "副县长外出{n}天提前几天报告",
    "第{n}次常务会议的纪要谁签发",
    "{n}号文件应该由谁审核",
    "部门负责人出差{n}天要办什么手续",
    "召开{n}人的全县性会议怎么报批",
    "收到{n}号督办件后几天内答复",
)


def sentences() -> Iterator[str]:
    """Questions without end, each said once, so that every call does its full work."""
    for pattern, number in zip(cycle(_PATTERNS), count(3), strict=False):
        yield pattern.format(n=number)
