"""What short sentences want that ask nothing of the rules themselves: 再说一遍, 下一条, 第几条."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.talk import Wish
from knowledge.ingest.references import find_item
from knowledge.search.words import normalise

SHORT = 24  # characters; longer sentences ask more, and cost the patterns more than they are worth
LONGEST = 60
WORDS_AROUND = r"(?:@?小规|那么?|这个?|请问?|麻烦|帮我|给我|你|再|就|我?想?要?)*"
ENDS = (
    r"(?:一?下|看看?|我看看?|嘛|呢|吧|呀|啊|吗|一遍|一次|内容|[说讲写]的?是?(?:什么|啥)|是讲|是(?:什么|啥)"
    r"|怎么说的?)*[\s?？。!！~]*$"
)
REPEAT = re.compile(
    rf"{WORDS_AROUND}(?:再|重新|重复|又)(?:说|讲|发|念|复述)?(?:一?遍|一次|一下)?{ENDS}"
    rf"|{WORDS_AROUND}(?:没听清|没看清|刚才说(?:的)?(?:什么|啥)){ENDS}"
)
SOURCE = re.compile(
    r"(?:@?小规|那|这个?|请问|具体|你?这?是|刚才|的|在|由|,)*(?:(?:《?工作)?规则》?(?:里|中)?)?"
    r"(?:第几[条款项]|哪(?:一)?[条款项个](?:文件|规定|规则|制度)?|什么(?:文件|依据)|哪里|哪儿|有(?:什么)?依据|依据|根据|出处|出自)"
    r"(?:是|在|里|中|的|上|哪里|哪儿|哪|什么|啥|来|规定|文件|说|写|讲|定|明确|自|第几条|呢|吗|呀|啊|嘛|了)*[\s?？。!！]*"
)
ORIGINAL = re.compile(
    r"(?:@?小规|那|这个?|请|把|能不能|可以|帮我|给我|我想?|要|看看?|一下|发|贴|的|条|规定|完整|整条|具体)*"
    r"(?:原文|全文|原话|条文|原条款|整条)"
    r"(?:是|怎么|写|说|发|贴|给|来|看|念|我|你|一|下|出|哪|什么|啥|的|看看|呢|吗|吧|嘛|呀|啊)*[\s?？。!！]*"
)
TURN = re.compile(
    rf"{WORDS_AROUND}(?:看|说|念|往|翻|到)*(?P<way>上|前|下|后)(?:面|边)?的?(?:一)?(?P<what>[条项款]){ENDS}"
)
ITEM = re.compile(
    rf"{WORDS_AROUND}(?:第\s*[(（]?[\d一二三四五六七八九十]+[)）]?\s*[项款]|[(（][\d一二三四五六七八九十]+[)）]项?){ENDS}"
)
MORE = re.compile(
    r"(?:其[他它余]|更多|还有(?:别的|其他)?(?:吗|呢)?|都不是|别的)(?:的|情形|情况|选项)?[\s?？。!！]*"
)
POSTS = r"(?:副)?(?:县|区|市|镇|乡|局|科|处|部|省)长|(?:副)?(?:书记|主任|秘书长|主席|行长)"
WHOLE = ((Wish.REPEAT, REPEAT), (Wish.ORIGINAL, ORIGINAL), (Wish.SOURCE, SOURCE))
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹柏苏潘葛范"
    "彭鲁韦马袁柳唐罗薛雷贺倪汤邓郝邵毛傅康齐余顾孟黄萧尹姚汪石崔龚程陆丁徐邱高夏"
    "蔡田樊胡凌霍万卢莫房解应宗宣郭梁宋董林钟史江刘龙叶白贾乔侯曾欧廖武戴关向易阎"
)
WHOSE = r"(?:我们|咱们?|本|我|你们?|现任|现在的?|请问|[县区市]|[\u4e00-\u9fff]{0,2}局|政府)*"
PERSON = re.compile(
    rf"{WHOSE}(?:[{SURNAMES}][\u4e00-\u9fff]{{0,2}})?(?:{POSTS})(?:同志)?的?"
    r"(?:是谁|是哪[个位]|叫(?:什么|啥)|叫什么名字|姓(?:什么|啥)|名字|多大|几岁|哪里人|长什么样|人怎么样|结婚了吗)[呀啊呢]*[\s?？。!！]*$"
    rf"|(?:谁|哪[个位])是{WHOSE}(?:{POSTS})[\s?？。]*$"
    rf"|^[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:同志|先生|女士)?(?:是谁|是哪[个位]|是什么人)[呀啊呢]*[\s?？。!！]*$"
    r"|(?<!值班)(?<!值班室)(?<!热线)(?<!举报)(?<!投诉)(?<!公开)(?<!联系)(?:电话号码|手机号码?|手机|电话|微信号?|邮箱|联系方式|住址|家庭住址|身份证号?|工资|年龄|生日|籍贯|学历)"
    r"(?:是|号|码)*(?:多少|什么|几号|啥|给我|发我|告诉我)"
    rf"|(?:{POSTS}|领导|[{SURNAMES}][\u4e00-\u9fff]{{1,2}})的?(?:手机号?|电话号?码?|微信|联系方式|住址|家庭住址|身份证号?|工资|年龄|生日)"
)
DECIDE = re.compile(
    r"(?:你|小规|机器人|系统)(?:能不能|可不可以|能|可以|直接|就|来)*(?:帮我|替我|给我|帮忙|代)?(?:把.{1,12})?(?:批了?|批准|审批|同意|签(?:个?字|发|批|个名)?|盖个?章|通过|代签|代批|审核?)"
    r"(?:一?下|掉|了|一个|通过|这份.{0,8}|这个.{0,8}|我的.{0,8}|吧|吗|呗|行不行|可以吗)*[\s?？。!！]*$"
    r"|^(?:请|麻烦)?(?:帮我|替我|给我)(?:把.{1,12})?(?:批准?|签(?:个?字|批|个名)?|盖个?章|代签)(?:一?下|了|掉|一个|吧|呗)*[\s?？。!！]*$"
)


@dataclass(frozen=True)
class Wished:
    """A wish that needs no rule to be understood."""

    wish: Wish
    step: int = 0
    item: str = ""


def wish_of(text: str, has_options: bool) -> Wished | None:
    """What a short sentence wants; None if it has to be read as a question.

    Args:
        has_options: Whether cases were offered, so that 其他 means none of them.
    """
    plain = text.strip()
    if len(plain) > LONGEST:
        return None
    for wish, pattern in ((Wish.DECIDE, DECIDE), (Wish.PERSON, PERSON)):
        if pattern.search(plain):
            return Wished(wish)
    return _short_wish(plain, has_options) if len(plain) <= SHORT else None


def _short_wish(plain: str, has_options: bool) -> Wished | None:
    if has_options and MORE.fullmatch(plain):
        return Wished(Wish.MORE)
    for wish, pattern in WHOLE:
        if pattern.fullmatch(plain):
            return Wished(wish)
    turn = TURN.fullmatch(plain)
    if turn:
        wish = Wish.TURN if turn["what"] == "条" else Wish.TURN_ITEM
        return Wished(wish, step=1 if turn["way"] in "下后" else -1)
    item = find_item(normalise(plain)) if ITEM.fullmatch(plain) else None
    return Wished(Wish.ITEM, item=item) if item else None
