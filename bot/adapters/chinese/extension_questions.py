"""Whether a sentence asks which extensions wait for a decision, rather than for one of its own."""

from __future__ import annotations

import re

from bot.adapters.chinese.item_numbers import find_number

_EXTENSION = r"(?:延期|展期|宽限|顺延)"
_DECIDED = r"(?:处理|批|审|审核|审批|答复|回复|同意|定|办)"
_ASKS = re.compile(
    # 哪些延期申请没处理, 谁申请延期了, 我的延期申请
    rf"(?:哪些|哪[个几些]?(?:件|单位|局|家|个)|谁|有没有|有无|有几|还有|有人|几[件个项条]|多少|列|查|看看|看一?下|我的?)"
    rf"[^,。]{{0,6}}(?:申请(?:了|要)?{_EXTENSION}(?!过|到|至)|{_EXTENSION}的?(?:申请|请求))(?!到|至|过)"
    rf"|申请(?:了)?{_EXTENSION}的(?!原因|理由)"
    # 等我批的延期, 待审核的延期申请, 没处理的延期
    rf"|(?:没有?|未|待|等)(?:着|我|您|督查室|要)*{_DECIDED}的?[^,。]{{0,3}}{_EXTENSION}"
    # 延期申请还没批的, 延期待审核的
    rf"|{_EXTENSION}的?(?:申请|请求)?[^,。到至]{{0,4}}(?:没有?|未|待|等)(?:人|我|有)*{_DECIDED}"
    rf"|{_EXTENSION}的?(?:申请|请求)(?:都|现在)?(?:有哪些|有几|有多少|清单|名单|列表|情况|结果|呢)"
    rf"|(?:有人|谁|哪个?单位|哪些单位)[^,。]{{0,6}}(?:要|想|申请){_EXTENSION}"
)
_RESULT = re.compile(  # 延期批了没有
    rf"{_EXTENSION}的?(?:申请|请求)?(?:现在|都)?{_DECIDED}(?:下来|好|过)?了?(?:没有?|吗)"
)
_REQUESTS = re.compile(
    r"(?:能不能|可不可以|可否|能否|请求|想要?|我(?:局|单位|们)?(?:要|来)?)申请延期"
)
_THEN_ASKS = re.compile(r"批了|没批|同意了|结果|的延期|申请延期的")
_FOR_ME = re.compile(r"(?:待|等|要|需)着?我[^,。]{0,3}(?:处理|批|审|定|答复)")


def asks_for_extensions(text: str) -> bool:
    """Whether the extensions that wait are asked for; 申请延期到月底 asks for one itself."""
    if _RESULT.search(text):
        return True
    if find_number(text) or (_REQUESTS.search(text) and not _THEN_ASKS.search(text)):
        return False
    return bool(_ASKS.search(text))


def asks_of_own_desk(text: str) -> bool:
    """Whether those are asked for that the speaker has to decide on."""
    return bool(_FOR_ME.search(text))
