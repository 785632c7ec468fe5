"""A small made-up edition of an office that does not exist."""

from __future__ import annotations

import hashlib
from datetime import date

from bot.core.people import OrgId
from bot.core.rules import Article, Edition
from knowledge.ingest.clauses import cut_clauses

ORG = OrgId("qingshan")
ARTICLES = (
    ("总则", "根据有关法律法规，结合我县实际，制定本规则。"),
    (
        "会议",
        "县政府常务会议一般每月召开2次，由县长召集和主持，出席人数须超过应到会人数的二分之一。",
    ),
    ("会议", "会议纪要由县政府办公室主任审核，分管副县长审签，县长签发。"),
    (
        "公文",
        "公文签发权限：\n（一）以县政府名义上报的请示、报告，由县长签发；\n"
        "（二）以县政府名义下发的公文，由分管副县长签发；\n"
        "（三）以县政府办公室名义制发的公文，由县政府办公室主任签发。",
    ),
    ("公文", "各部门会签文件，应在5个工作日内回复。不得直接向县政府领导个人报送公文。"),
    ("纪律", "副县长外出，应事前报县长同意。部门主要负责人离开本县外出，应提前3天向县长请假。"),
    ("附则", "本规则由县政府办公室负责解释。"),
)
TITLE = "青山县人民政府工作规则"


def small_edition(
    texts: tuple[tuple[str, str], ...] = ARTICLES,
    effective_day: date | None = date(2020, 1, 1),
    repealed_day: date | None = None,
) -> Edition:
    """The edition of the given (chapter, text) pairs."""
    whole = TITLE + "\n" + "\n".join(text for _, text in texts)
    articles = tuple(
        Article(ordinal, chapter, text, cut_clauses(text), whole.index(text))
        for ordinal, (chapter, text) in enumerate(texts, start=1)
    )
    return Edition(
        id=f"{ORG}-{effective_day}",
        org=ORG,
        title=TITLE,
        number="青政发〔2020〕1号",
        issuer="青山县人民政府",
        adopted_day=effective_day,
        effective_day=effective_day,
        repeals=None,
        content_hash=hashlib.sha256(whole.encode()).hexdigest(),
        text=whole,
        articles=articles,
        repealed_day=repealed_day,
    )
