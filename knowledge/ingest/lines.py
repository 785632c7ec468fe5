"""A text as lines with offsets, and what each line is."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADING = re.compile(
    r"\s*(?P<mark>第\s*[零〇一二三四五六七八九十百\d]+\s*(?P<level>[编章节]))\s*(?P<name>.*?)\s*$"
)
LONGEST_HEADING = 40  # characters; a longer line that starts with 第一章 is a sentence
AFTER_THE_END = re.compile(
    r"\s*(?:附件|附[::]|抄送|主办|承办单位?[::]|【[^】]*解读】|相关(?:文档|阅读|链接|解读|稿件|附件)"
    r"|上一[篇条]|下一[篇条]|责任编辑|打印|关闭|分享|扫一扫|来源[::]|附表|备案号"
    r"|[((]此件.{0,8}[))]\s*$|\S+\.(?:png|jpe?g|gif|docx?|pdf|xlsx?|zip)\s*$"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*(?:印发)?\s*$)"
    r"|.*(?:网站标识码|版权所有|ICP备|公网安备|网站地图|\d日印发\s*$)"
)


@dataclass(frozen=True)
class Line:
    """One line without its end. `start` counts characters from the text's beginning."""

    number: int  # from 1
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Heading:
    """A chapter, part or section. `name` is empty when the page lost it."""

    line: Line
    level: str  # 编, 章 or 节
    mark: str  # 第一章
    name: str

    @property
    def title(self) -> str:
        """Mark and name, without the blanks that print sets into short names (总 则)."""
        return f"{self.mark} {self.name}".rstrip()


def split_lines(text: str) -> list[Line]:
    """The lines of a text; ended by any of the usual line ends."""
    lines: list[Line] = []
    start = 0
    for number, whole in enumerate(re.split(r"(?<=\n)", text), 1):
        lines.append(Line(number, start, whole.rstrip("\r\n")))
        start += len(whole)
    return lines


def read_heading(line: Line) -> Heading | None:
    """The heading that a line is, if it is one."""
    match = HEADING.match(line.text)
    if not match or len(line.text.strip()) > LONGEST_HEADING or match["name"].endswith("。"):
        return None
    name = re.sub(r"\s+", "", match["name"])
    return Heading(line, match["level"], re.sub(r"\s+", "", match["mark"]), name)


def is_after_the_end(line: Line) -> bool:
    """Whether a line behind the last article belongs to it no more: attachments, page footer."""
    return AFTER_THE_END.match(line.text) is not None
