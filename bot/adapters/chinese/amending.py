"""What a sentence changes of an item: 把4号的责任单位换成住建局, 4号责任人改成张三."""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import normalize

from bot.adapters.chinese.item_numbers import find_number
from bot.adapters.chinese.unit_names import ends_as_unit, find_units
from bot.core.errors import InvalidInputError
from bot.core.people import Directory
from bot.core.supervision_amending import AmendWish

SHORTEST_UNIT = 3  # characters of a unit that the directory does not know
_CONFIRMS = re.compile(r"^\W*(?:@\S+\s+|小规[\s,]*)?确认(?:变更)?\s*[:,]\s*")
_ADDRESS = re.compile(r"^\s*(?:@\S+\s+|小规[\s,]*)")
_CHANGES = r"(?:改|换|变更|调整|调|更正|修改|更换|变)(?:一下)?(?:成|为|到|给|由|作)?(?:是|为|了)?"
# 写错了,应该; 由水利局; but 内容里的5号楼 is a part of what it has
_BETWEEN = r"(?!里|中|的|上|之)[^;。:]{0,14}?"
_AGAIN = re.compile(rf"^(?:一下|了)?[,\s]+(?:应[该当]?|就|要)?{_CHANGES}(?P<new>.+)")
_FIELDS = {
    "lead_unit": r"(?:责任|承办|牵头|主办|主责|办理)(?:单位|部门)|(?<!配合)(?<!协办)(?<!协助)单位",
    "person": r"责任人|负责人|经办人|承办人",
    "content": r"(?:督办|事项|具体|工作)?内容|事项(?=改|换|变|调|更|修)",
}
_ANY = "|".join(_FIELDS.values())
_SET = {
    field: re.compile(rf"的?(?:{words})\s*{_BETWEEN}{_CHANGES}\s*:?\s*(?P<new>.*)")
    for field, words in _FIELDS.items()
}
_NAMED_FIRST = re.compile(  # 修改督办4号内容:…, 换一下4号的责任人
    rf"(?:改|换|变更|调整|更正|修改|更换)(?:一?[下个])?.{{0,24}}?的?(?P<field>{_ANY})"
    rf"\s*(?:[:,]|为|成)?\s*(?P<new>.*)"
)
_PERSON_TOO = re.compile(rf"[,;、]\s*(?:责任人|负责人)(?:{_CHANGES}|是|为|:)?\s*(?P<new>[^,。;]*)")
_GIVES = re.compile(
    r"(?:转由|转交给?|转给|移交给?|改派给?|改给|改由|交由|交给|改交给?|换由|换给|换成?|改成?)(?=(?P<new>[^,。;:]{2,16}))"
)
_SHIFTS_TIME = re.compile(r"(?:时限|期限|日期|截止)[^,。;]{0,4}(?:改|延|调|换|推|到)|延期")
_HELPERS = re.compile(rf"(?:配合|协办|协助)(?:单位|部门)?[^,。;]{{0,4}}{_CHANGES}")
_ENDS = re.compile(r"[\s。!;,]*(?:吧|了|啊|呢|谢谢|同志)?[\s。!;,]*$")
_QUOTES = re.compile(r"^[\"“”「『']+|[\"“”」』']+$")
_BARE_NUMBER = re.compile(r"(?:^|[\s:,]|把|将|给|第)\s*(?P<serial>\d{1,5})\s*号")
_NAME = re.compile(r"(?P<name>[\u4e00-\u9fff·]{2,16})")
_FULL_WIDTH = str.maketrans("()", "（）")
_UNIT_WORDS = re.compile(r"(?:来|去)?(?:承办|牵头|负责|办理?|处理|落实)?$")


def confirms_amending(text: str) -> bool:
    """Whether a sentence confirms the change that it states."""
    return _CONFIRMS.match(normalize("NFKC", text)) is not None


def read_amending(text: str, directory: Directory) -> AmendWish:
    """What a sentence changes of which item; a wish without anything says no new value.

    Raises:
        InvalidInputError: it also moves the deadline ("amend_deadline") or changes the assisting
            units ("amend_assisting"); it names several units ("amend_units").
    """
    plain = _ADDRESS.sub("", _CONFIRMS.sub("", normalize("NFKC", text))).strip()
    if _HELPERS.search(plain):
        raise InvalidInputError("amend_assisting")
    worded = _SET["content"].search(plain) or _named_first(plain, "content")
    content = _content(_new(worded)) if worded else None
    before = plain[: worded.start()] if worded else plain  # a content may hold any words
    if _SHIFTS_TIME.search(before):
        raise InvalidInputError("amend_deadline")
    for field in ("lead_unit", "person"):
        found = _SET[field].search(before) or _named_first(before, field)
        if found is not None:
            return replace(_wish(field, before, found, directory), content=content)
    if worded is not None:
        return AmendWish(_item(plain, worded), content=content)
    given = None if re.search(_ANY, plain) else _GIVES.search(plain)
    return _wish("lead_unit", plain, given, directory) if given else AmendWish(_numbered(plain))


def _named_first(text: str, field: str) -> re.Match[str] | None:
    match = _NAMED_FIRST.search(text)
    return match if match and re.fullmatch(_FIELDS[field], match["field"]) else None


def _wish(field: str, text: str, found: re.Match[str], directory: Directory) -> AmendWish:
    said, item = _new(found), _item(text, found)
    if field == "person":
        return AmendWish(item, person=_name(said, directory))
    too = _PERSON_TOO.search(said)
    unit = _unit(said[: too.start()] if too else said, directory)
    return AmendWish(item, lead_unit=unit, person=_name(too["new"], directory) if too else None)


def _new(found: re.Match[str]) -> str:
    """The new value; 换一下,换成周涛 says it after a second word of change."""
    again = _AGAIN.match(found["new"])
    return again["new"] if again else found["new"]


def _item(text: str, found: re.Match[str]) -> str:
    """The words that name the item: those before the new value, without what is changed."""
    return _numbered(text[: found.start("new")])


def _numbered(said: str) -> str:
    """The same with 督办 before a bare number: among changes nothing else has one."""
    bare = _bare(said) if find_number(said) is None else None
    return f"督办{bare['serial']}号" if bare else said


def _bare(said: str) -> re.Match[str] | None:
    return _BARE_NUMBER.search(said)


def _unit(said: str, directory: Directory) -> str | None:
    """The one unit that is named; one that is not listed as it was spoken."""
    units = [
        unit
        for unit in find_units(said, directory)
        if directory.unit(unit.name) or len(unit.name) >= SHORTEST_UNIT
    ]
    if len({unit.name for unit in units}) > 1 or any(unit.is_kind for unit in units):
        raise InvalidInputError("amend_units")
    if units:
        return units[0].name
    spoken = _QUOTES.sub("", _UNIT_WORDS.sub("", _ENDS.sub("", said)))
    return spoken if len(spoken) >= SHORTEST_UNIT and ends_as_unit(spoken) else None


def _name(said: str, directory: Directory) -> str | None:
    """The name of a person, without the unit before it."""
    match = _NAME.match(_ENDS.sub("", said.strip()))
    if match is None:
        return None
    units = [unit for unit in find_units(match["name"], directory) if unit.start == 0]
    name = match["name"][units[0].end :] if units else match["name"]
    return name.removesuffix("同志") or None


def _content(said: str) -> str | None:
    content = _QUOTES.sub("", said.strip()).rstrip("。;, ").translate(_FULL_WIDTH)
    return content if len(content) > 1 else None
