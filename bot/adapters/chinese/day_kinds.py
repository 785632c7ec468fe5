"""Every way of naming days that is known, and how each is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.adapters.chinese.breaks import (
    AROUND_BREAK,
    BREAK,
    WORKING_DAY_BESIDE,
    around_break,
    break_days,
    working_day_beside,
)
from bot.adapters.chinese.lunar import AROUND_FEAST, FEAST, LUNAR_DAY
from bot.adapters.chinese.numerals import NUMBER
from bot.adapters.chinese.periods import (
    PICKED,
    month,
    month_end,
    month_part,
    picked,
    quarter_end,
    year_end,
)
from bot.adapters.chinese.resolving import (
    YEAR,
    Resolver,
    around,
    bare_day,
    dated,
    dotted,
    feast,
    iso,
    later,
    lunar,
    near,
    near_two,
    next_day,
    relative_month,
    week,
    week_later,
    weekday,
    weekend,
)


class Sort(Enum):
    """What a name of days is, where that matters."""

    DATE = auto()
    WEEKDAY = auto()
    FEAST = auto()
    BOUND = auto()  # 月底 ends a stretch; alone it says only when about
    VAGUE = auto()  # 上旬 is no day at all
    OTHER = auto()


@dataclass(frozen=True)
class DayKind:
    """One way of naming days."""

    pattern: re.Pattern[str]
    resolve: Resolver
    sort: Sort


def _kind(pattern: str | re.Pattern[str], resolve: Resolver, sort: Sort = Sort.OTHER) -> DayKind:
    return DayKind(re.compile(pattern), resolve, sort)


_NOT_A_DAY = (
    r"线|楼|院|文|件|桌|床|厅|馆|会议[室厅]|会场|公[路告]|地块|窗|车[厢间]|门(?!诊)|机(?!场)|令"
    r"|通知|码|单元|井|坝|仓|库"
)
_NOT_A_DATE = r"公里|千米|米|吨|亩|斤|度|分(?!别)|倍|小时|版|[GgKkMm]"
_MONTH = rf"(?:(?P<y>{YEAR})?(?P<m>{NUMBER})月份?|(?P<r>下下|下|上|这|本|当)?月)"

# Of patterns that match at one place the first wins.
KINDS: tuple[DayKind, ...] = (
    _kind(LUNAR_DAY, lunar, Sort.DATE),
    _kind(WORKING_DAY_BESIDE, working_day_beside),
    _kind(AROUND_BREAK, around_break),
    _kind(BREAK, break_days),
    _kind(AROUND_FEAST, around),
    _kind(FEAST, feast, Sort.FEAST),
    _kind(PICKED, picked),
    _kind(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?!\d)[日号]?", iso, Sort.DATE),
    _kind(r"(?<!\d)(?P<y>20[2-4]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)", iso, Sort.DATE),
    _kind(rf"{_MONTH}(?P<part>[底末])", month_part, Sort.BOUND),
    _kind(rf"{_MONTH}(?P<part>[上中下]旬)", month_part, Sort.VAGUE),
    _kind(
        rf"(?P<y>{YEAR})?(?P<m>{NUMBER})月份?(?P<d>{NUMBER})"
        r"(?:[日号](?!以?内|之内)|(?![个天日号]))",
        dated,
        Sort.DATE,
    ),
    _kind(
        rf"(?P<y>{YEAR})?(?P<m>{NUMBER})月份?(?:的?第.周的?(?:周[一二三四五六日天])?)?(?![个内])",
        month,
        Sort.VAGUE,
    ),
    _kind(rf"(?P<y>{YEAR})?第?(?P<q>[一二三四1-4])季度[末底]?", quarter_end, Sort.BOUND),
    _kind(rf"(?P<r>下下|下|上|这|本)月(?P<d>{NUMBER})[日号]", relative_month, Sort.DATE),
    _kind(r"(?P<r>本|这|当|下)?月内", month_end, Sort.BOUND),
    _kind(
        r"(?<![\d.A-Za-z])(?P<m>1[0-2]|0?[1-9])[./](?P<d>3[01]|[12]\d|0?[1-9])"
        rf"(?!年(?!休|假)|[\d个天日周小万亿元%折级.]|{_NOT_A_DATE})",
        dotted,
        Sort.DATE,
    ),
    _kind(rf"(?P<y>{YEAR})?(?:年底|年末|年内)", year_end, Sort.BOUND),
    _kind(rf"(?P<y>{YEAR})(?:底|末|内)", year_end, Sort.BOUND),
    _kind(
        r"(?:(?P<w>上上|上|这|本|下下|下)|(?<![一二两三四五六七八九十半个\d])|(?<=周[一二三四五六日天]))"
        r"周(?P<d>[一二三四五六日天1-7])(?!年(?!休|假)|[期个])",
        weekday,
        Sort.WEEKDAY,
    ),
    _kind(r"(?P<w>上|这|本|下下|下)?周末", weekend),
    _kind(
        r"(?P<w>上|这|本|下下|下)周(?:初|中(?![心午旬])|内|[前后上下]半周?|某|哪|剩|抽|找|看)",
        week,
        Sort.VAGUE,
    ),
    _kind(r"(?P<w>上|这|本|下下|下)(?:一整|整|一)?周(?![一二三四五六日天末1-7边围])", week),
    _kind(rf"(?P<c>{NUMBER})个?周(?:之后|以后|后)的?周(?P<d>[一二三四五六日天])", week_later),
    _kind(r"(?P<c>半)个(?P<u>月)(?:之后|以后|后)", later),
    _kind(r"(?:第二天|次日|翌日|隔天|转天)(?=[^,。]{0,4}(?:返|回|结束))", next_day),
    _kind(
        r"(?P<c>[一二两三四五六七八九])[一二两三四五六七八九](?P<u>天|日|周|个?月)(?:之后|以后|后)",
        later,
        Sort.VAGUE,
    ),
    _kind(rf"(?P<c>{NUMBER})(?P<u>天|日|个?周|个?月)(?:之后|以后|后)(?!天)", later),
    _kind(r"(?P<n>今|明)天?[、和]?(?P<o>明|后)(?:两天|两日|天)", near_two),
    _kind(r"(?P<n>大前|大后|前|昨|今|明|后)(?:天(?!津)|(?<=[昨今明后])日)", near, Sort.DATE),
    _kind(r"(?P<n>当)[天日]|(?:即日|即刻|现在)(?=起|开始|到|至)", near, Sort.DATE),
    _kind(r"(?P<n>今|明|(?<![之以然午天日号])后)(?=[上下中]午|早|晚)", near, Sort.DATE),
    _kind(
        rf"(?<!督办)(?<![月\d第〕\]】])(?P<d>{NUMBER})"
        rf"(?:号(?!{_NOT_A_DAY})|日(?!以?内|之内|假|事假|病假|年休|年假|[常程报志]))",
        bare_day,
        Sort.DATE,
    ),
)
