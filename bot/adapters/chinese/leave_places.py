"""Where somebody is going, and whether that is out of the office's area."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.people import Directory, Rank

_STOPS = (
    r"出差|公出|开[^,。;]{0,12}会|参会|参加|出席|学习|培训|进修|考察|调研|看|办|旅游|旅行|游玩|玩|探亲|休假|休息|度假|处理|对接|汇报|招商"
    r"|住院|手术|就医|就诊|检查|督查|复查|体检|走亲|过年|过节|参观|洽谈|陪|接|送|结婚|跑|出访|访问|领|拿|取|协调|报到|述职"
    r"|因私|因公|挂职|疗休?养|锻炼|下乡|驻村|请个?假|请|工作|,|。|;|!|的|了|吧|呢|一趟|$"
)
_NOT_PLACES = (
    r"(?!参加|开会|参会|出差|学习|培训|进修|看|办|旅游|旅行|玩|探亲|考察|调研|体检|做|处理|一趟|哪|那|这儿|这里|上班|岗|时候|时|期"
    r"|领|接|送|陪|拿|取|休|请|年休|事假|病假|国$|会议|外出|外(?![地省县市国])|不|世|年|来|去|现在|岗)"
)
_PLACE = re.compile(
    rf"(?:前往|去往|出访|去|到|赴|飞|回)(?:了|一?趟)?{_NOT_PLACES}(?P<place>[\u4e00-\u9fffA-Za-z、]{{2,16}}?)(?={_STOPS})"
)
_AT = re.compile(rf"在{_NOT_PLACES}(?P<place>[\u4e00-\u9fff、]{{1,12}}?)(?={_STOPS})")
_NAMED = re.compile(
    r"(?:地点|地方|目的地|去的)(?:应该)?(?:改成|改为|改到|换成|是|为|:)+(?P<place>[^,。;]{2,16})"
)
_LOCAL_WORDS = re.compile(
    r"本地|当地|不外出|不出去|不离开|就在这|哪也不去|哪儿也不去|哪都不去|本县|本区|县城|城区|城里|县里|区里"
    r"|辖区|镇上|乡下|村里|家里|在家|^家$|单位|办公室|附近|就近|小区|^县.{0,4}医院$"
    r"|^(?:本?县|本?区)?(?:人民|中)?(?:医院|卫生院|诊所|银行|邮局|法院|民政局|学校|幼儿园|派出所"
    r"|房管所|车管所|政务大厅|政务服务中心|政务中心)$"
)
_HIGHER = re.compile(
    r"^(?:省|州|国家|部|北京|中央)|省城|省会|省里|省厅|省政府|省委|国外|境外|外地|外省|外市|外县|老家"
)
_CITY = re.compile(r"^市(?!场)|市里|市区|市委|市政府|市局|州里|州府")
_ANSWER_LEAD = re.compile(r"^(?:我)?(?:是|就|要|想)*(?:前往|去往|去|到|赴|在|回)?")
_ANSWER_TAIL = re.compile(r"(?:出差|开会|旅游|探亲|休假|培训|学习|那边|这边|吧|了|的|。|!|,)+$")
_SUFFIX = re.compile(r"(?:特别行政区|自治县|自治州|街道办事处|街道|[县市区镇乡省])$")
_STAYS = re.compile(
    r"不(?:出|离开?)(?:本)?[县区镇]|(?<!不)在(?:本地|当地|本县|本区|县里|县城|区里|家)|[县区](?:域|境)?内(?:$|[,。;活办])"
    r"|哪[里儿都]?也?不去|不外出|不出去|不出门"
)
_STAYS_IN_CITY = re.compile(r"不(?:出|离开?)(?:本)?市")
_NO_PLACE = re.compile(
    r"有(?:点|些|个)?(?:急|私|要紧|要)?事|^(?:搬家|装修|结婚|休息|办事|看病)[。吧]?$"
    r"|住院|陪护|生病|照顾|家长会|手术"
)
LOCAL, CITY = "本地", "市内"


def read_place(text: str, is_answer: bool) -> str | None:
    """The place that a sentence names."""
    if match := _NAMED.search(text) or _PLACE.search(text):
        return match["place"].strip("、")
    if _STAYS.search(text):
        return LOCAL
    if _STAYS_IN_CITY.search(text):
        return CITY
    if match := _AT.search(text):
        return match["place"].strip("、")
    if not is_answer or _NO_PLACE.search(text):
        return None
    if _LOCAL_WORDS.search(text):
        return LOCAL
    bare = _ANSWER_TAIL.sub("", _ANSWER_LEAD.sub("", text.strip(",。 ")))
    return bare if 1 < len(bare) <= 20 else None


def is_out_of_area(place: str, directory: Directory) -> bool:
    """Whether a place lies outside: it is neither the area nor a town or unit of it."""
    if _LOCAL_WORDS.search(place):
        return False
    if _HIGHER.search(place):
        return True
    if _CITY.search(place):
        return not directory.office.area.endswith("市")
    return not any(name in place or _stem(name) in place for name in _inside(directory))


def _inside(directory: Directory) -> Iterator[str]:
    yield directory.office.area
    yield directory.office.seat
    towns = {person.id for person in directory.people if person.rank is Rank.TOWN_HEAD}
    for unit in directory.units:
        yield unit.name
        if unit.head in towns:
            yield from unit.aliases


def _stem(name: str) -> str:
    """昌乐 of 昌乐县; a name of one character keeps its suffix."""
    stem = _SUFFIX.sub("", name)
    return stem if len(stem) > 1 else name
