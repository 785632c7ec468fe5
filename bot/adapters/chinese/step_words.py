"""What a step says beside the step itself: the words of a report, the reason of a refusal."""

from __future__ import annotations

import re

from bot.adapters.chinese.item_numbers import without_number

_SIGNS = " \t\n,，:：。;；、!！"
_ADDRESS = re.compile(r"@\S+\s*|^小规[\s,，]+")
_LABEL = re.compile(
    r"^(?:我(?:来|要)?)?(?:汇报|报告|反馈|更新|报)?(?:的|一下)*(?:进展|进度)\s*[:：]"
)
_STEP = re.compile(
    r"(?:请|把|将|予以|现)*\s*(?:退回去?|打回去?|不予通过|不同意|不批准|不予批准|不批|驳回|撤销|取消|作废|终止)"
    r"(?:补办|重办|重做|重报|整改|处理|该项|此件|这件)*(?:的)?\s*(?:延期(?:申请)?)?[了吧]?"
)
_BARE = re.compile(r"(?:请|把|将|给|予以|督办|事项|的|件|延期|申请)*")


def report_words(text: str) -> str:
    """The words of a report without the number of its item and without 进展: before them."""
    said = " ".join(_ADDRESS.sub("", without_number(text)).split()).strip(_SIGNS)
    return _LABEL.sub("", said).strip(_SIGNS) or text.strip()


def step_reason(text: str) -> str:
    """What is left of a refusal when the refusing is taken out of it."""
    said = _STEP.sub("", _ADDRESS.sub("", without_number(text)), count=1).strip(_SIGNS)
    return "" if _BARE.fullmatch(said) else said
