"""Questions about spending: who approves a sum."""

from __future__ import annotations

import re

from knowledge.answer.amounts import amount_in
from knowledge.answer.readers import WHO, Facts, Reader

SPENDING = (
    r"开支|支出|花|买|采购|报账|报销|报(?=\d|[一二两三四五六七八九十])|钱|费用|块|元|用款|付款"
)
NOT_SPENDING = (
    r"发票|票据|专项|接待|用餐|招标|政府采购|固定资产|预算(?!上)|补助|工资|差旅|谁用|谁花"
)
SPENT_APPROVAL = r"批|同意|审核|审批|签|点头|拍板|说了算|审|研究"
SETTLED = r"报账|报销"


def _spent(plain: str, level: str) -> Facts | None:
    amount = amount_in(plain)
    if amount is None and not re.search("开支|花|买", plain):
        return None
    facts: Facts = {"act": "报账" if re.search(SETTLED, plain) else "开支"}
    return facts if amount is None else facts | {"amount": amount}


def _of_amount(plain: str, level: str) -> Facts | None:
    amount = amount_in(plain)
    return None if amount is None else {"amount": amount}


READERS = (
    Reader(
        "spending_form",
        says=("专项资金", "表(?!决)|填|手续"),
        leaves="谁|批准|审批(?!表)|几天|多久",
        facts=_of_amount,
        tells_gaps=True,
    ),
    Reader(
        "spending_approval",
        says=(WHO, SPENDING, SPENT_APPROVAL),
        leaves=NOT_SPENDING,
        facts=_spent,
        enough=frozenset({"amount"}),
        tells_gaps=True,
    ),
)
