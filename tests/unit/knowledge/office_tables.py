"""The tables of the five offices on their published documents, for tests of what they answer."""

from __future__ import annotations

from functools import cache

from bot.adapters.texts import YamlTexts
from bot.core.people import OrgId
from bot.core.rules import Answer, Edition
from bot.settings import ROOT
from knowledge.answer.table_answers import TableAnswers
from knowledge.ingest.documents import read_document
from knowledge.procedures.loader import load_procedures

CHANGLE, SHUANGTAIZI, FENGHUANG = "changle", "shuangtaizi", "fenghuang"
XIANYANG, YUNYANG = "xianyang", "yunyang"
ORGS = (CHANGLE, SHUANGTAIZI, FENGHUANG, XIANYANG, YUNYANG)


@cache
def tables() -> TableAnswers:
    return TableAnswers(load_procedures(ROOT / "knowledge" / "procedures"), YamlTexts())


@cache
def edition(org: str) -> Edition:
    return read_document(ROOT / "knowledge" / "documents" / org / "rules.txt", OrgId(org))


def ask(org: str, question: str) -> Answer | None:
    return tables().answer(edition(org), question)
