"""The sums of money that people name: 8000块, 3万, 一千五, 1.5万元."""

from __future__ import annotations

import re

SCALES = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000}
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
MYRIAD = 10_000
PENNY = 0.01  # how far 以内 and 以上 lie from the limit that they name
MONEY = re.compile(
    r"(?P<below>不到|不足|低于)?(?P<above>超过|高于)?"
    r"(?P<sum>[\d零一二两三四五六七八九十百千万][\d.零一二两三四五六七八九十百千万kw]*)"
    r"(?P<unit>元|块钱?|多块)?(?P<bound>以[上内下]|之内)?"
)
COUNTED = re.compile(r"[天日个次人份年月号条项周件篇点楼位名]")  # 一千人 is no money
PAID = re.compile(r"(?:报销?|花|买|付|开支|支出|报账)了?$")
FEWEST_DIGITS = 3  # of a sum without a unit: 报8000
RANGE = frozenset({"至", "到", "-", "~"})


def amount_in(plain: str) -> float | None:
    """The yuan that a text names; None if it names none, or several.

    3000元以内 is a little below, 3000元以上 a little above, a range its middle.
    """
    text = plain.replace(",", "")
    found = [match for match in MONEY.finditer(text) if _is_money(match)]
    sums = [_bounded(match) for match in found]
    if len(found) == 2 and text[found[0].end() : found[1].start()] in RANGE:
        return sum(sums) / 2
    return sums[0] if len(sums) == 1 else None


def _is_money(match: re.Match[str]) -> bool:
    if match["unit"]:
        return True
    is_paid = match["sum"].isdigit() and PAID.search(match.string[: match.start()])
    if is_paid and len(match["sum"]) >= FEWEST_DIGITS:
        return not COUNTED.match(match.string, match.end())
    is_large = bool(re.search("[千万kw]", match["sum"])) and len(match["sum"]) > 1
    return is_large and not COUNTED.match(match.string, match.end())


def _bounded(match: re.Match[str]) -> float:
    bound = match["bound"] or ""
    below = bool(match["below"]) or bound in ("以内", "以下", "之内")
    above = bool(match["above"]) or bound == "以上" or match["unit"] == "多块"
    return yuan(match["sum"]) + PENNY * (above - below)


def yuan(spoken: str) -> float:
    """The value of a sum without its unit; a last digit counts tenths of the scale before it.

    一万二 is 12,000, 一千零五 is 1,005.
    """
    whole = part = 0.0
    number, scale = "", 1
    for char in spoken:
        if char not in SCALES:
            number, scale = (number + str(DIGITS.get(char, char))), 1 if char == "零" else scale
            continue
        scale = SCALES[char]
        part += float(number or (0 if part else 1)) * (scale if scale < MYRIAD else 1)
        number = ""
        if scale == MYRIAD:
            whole, part = whole + part * MYRIAD, 0.0
    rest = float(number or 0) * (scale / 10 if scale > 10 and len(number) == 1 else 1)
    return whole + part + rest
