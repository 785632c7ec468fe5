"""Questions about leaders in the field and at ceremonies: research, escorts, ribbons, greetings."""

from __future__ import annotations

from functools import partial

from knowledge.answer.facts import ranks_in
from knowledge.answer.readers import NOTHING, FactReader, Facts, Reader, Vocabulary, first_said

RESEARCH = r"调研|调查研究|下基层|到基层|去基层|蹲点"
SAID = (
    rf"{RESEARCH}|基层|[县区市]?(?:里|政府)?的?领导(?:同志)?|组成人员|班子成员|干部|每人|每年|一年|全年|年度"
    r"|最少|至少|要|得|待|够|去|下去|时间|开展|完成|写|交|提交|一个人|一人|副?[县区市]长|比例|多大|占|有|人"
    r"|吗|呢|啊|不|少于|四不两直|报告|规定|要求|下来|镇里|镇上|镇街"
)
LONG = (
    r"(?:多少|几)(?:个)?(?:天|日|月|周)|多久|多长时间|多少时间"
    r"|(?:时间|天数)(?:有)?(?:什么|啥)?(?:要求|规定)"
)
ESCORTS = (
    r"(?:谁|哪些人|哪个|什么人|哪级(?:领导|干部)?|谁来|几个人?|多少人)"
    r"(?:能|可以|来|去|负责|应该|要)*(?:陪同?|跟着)"
    r"|陪同(?:人员|的)?(?:是|有|由)*(?:谁|哪些|几个|多少|要求)|怎么陪"
)
COURTESIES: Vocabulary = (
    ("题词", r"题[词字]|题个?字|作序|写.{0,3}序|题写"),
    ("贺信", r"贺信|贺电"),
    ("剪彩", r"剪[彩采]|奠基|揭幕|典礼|首映|首发式|颁奖|庆祝会|纪念会|表彰会"),
)
ASKED = r"能|可以|行|允许|让|要不要|请|是否|许|好不好|合不合|吗"


def _of(fact: str, value: str, plain: str, level: str) -> Facts | None:
    return {fact: value}


def _escorted(plain: str, level: str) -> Facts | None:
    ranks = ranks_in(plain, level)
    return {"rank": ranks[0]} if len(ranks) == 1 else {} if not ranks else None


def _courtesy(plain: str, level: str) -> Facts | None:
    act = first_said(COURTESIES, plain, level)
    return {"courtesy": act} if act else None


def _of_research(table: str, fact: str | FactReader, *says: str, leaves: str = NOTHING) -> Reader:
    return Reader(
        table,
        says=says,
        leaves=rf"会议|议题|请[假价架]|报销|补助|费|方案|{leaves}",
        facts=partial(_of, "research", fact) if isinstance(fact, str) else fact,
        bare=SAID,
        is_strict=True,
    )


UNANNOUNCED = Reader(
    "research_unannounced",
    says=(r"四不两直|不打招呼", r"多少|多大|几成|比例|占比"),
    leaves=r"什么是|指什么|督查",
    facts=partial(_of, "research", "四不两直"),
)
REPORTS = _of_research("research_reports", "报告", r"调研报告", r"几篇|多少篇|几个|多少")
ESCORT = _of_research("research_escort", _escorted, RESEARCH, ESCORTS)
TIME = _of_research(
    "research_time",
    "天数",
    RESEARCH,
    LONG,
    r"年|至少|最少|不少于|规定|要求|够",
    leaves=r"住|报告|四不两直|计划|陪|几次|每月|每周|每季|[局科股镇乡]长|主任",
)
WELCOME = Reader(
    "research_welcome",
    says=(
        r"领导|[县区市]长|调研|下来|检查",
        r"迎送|迎接|接(?=$|[一下吗啊呢?？])|去接|上接|送行",
        r"路口|地界|分界|车站|码头|高速口|交界|边界",
    ),
    leaves=r"接待|用餐|上访",
    facts=partial(_of, "research", "迎送"),
)
COURTESY = Reader(
    "leaders_courtesy",
    says=(r"领导|[县区市]长|政府", ASKED),
    leaves=r"谁(?:批|签|定)|公开发表|发表|登报|新闻",
    facts=_courtesy,
)
READERS = (UNANNOUNCED, REPORTS, ESCORT, TIME, WELCOME, COURTESY)
