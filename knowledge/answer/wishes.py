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
    r"(?:一?下|看看?|我看看?|嘛|呢|吧|呀|啊|吗|一遍|一次|内容|[说讲写]了?的?是?(?:什么|啥子?|哪样|些啥|些什么)|(?:说的?|讲的?)?是讲?(?:什么|啥|哪些)的?|讲(?:的)?(?:是)?(?:什么|啥)的?|是讲|是(?:什么|啥)"
    r"|怎么说的?)*[\s?？。!！~]*$"
)
REPEAT = re.compile(
    rf"{WORDS_AROUND}(?:再|重新|重复|又)(?:说|讲|发|念|复述)?(?:一?遍|一次|一下)?{ENDS}"
    rf"|{WORDS_AROUND}(?:没听清|没看清|刚才说(?:的)?(?:什么|啥)){ENDS}"
)
ASIDE = (  # what may be said around a wish without asking anything more
    r"@?小规|麻烦|请问|请|能不能|能否|可不可以|可以|能|帮|给|让|我们|我|你|看看|看|告诉|来"
    r"|一下|一哈|下|刚才|上面|上述|回答|答案|对应|具体|明确|这样|这么|这个|这里|这句|这话|这"
    r"|那个|那里|那句|那|个|是|在|里|中|的|了|到底|究竟|到|有没有|有|没有|说法|说|讲|写|话|想"
    r"|怎么|咋|什么|啥|多少|哪里|哪儿|哪|自|从|由|一|知道|晓得|注明|标明|附上?|明文|白纸黑字"
    r"|着|搁|他们|她们|人家|那边|咱们?|嘛|呢|吧|呀|啊|吗|嗯|哦|哎|哈|噻|嘞|呗|不|,|，|、|\s|[?？。!！~]"
)
SENT = r"把|想|要|听|查|找|发|贴|念|读|复制|粘贴?|过来|出来|出|全|都|段|句"
PLACED = (
    r"第几[条款项章]定?|哪(?:一)?(?:个)?[条款项章](?:规定|写|说|定)?|条款号|条号|几条(?=$|[?？的啊呢呀])"
    r"|哪(?:个|份)(?:文件|规定|规则|制度|办法|文)|什么文件|文号|出处|出自|来源|依据|根据|明文"
    r"|规定在哪|(?:哪[里儿]|在哪)(?:写|规定|说|能看到|看|查)|哪来的|谁(?:规定|说|定)的?|凭(?:什么|啥)"
    r"|按(?:照)?(?:的)?(?:哪|什么|啥)|你?(?:确定|肯定)|真的(?=[吗么假?？]|$)|没(?:搞|弄)错|当真"
    r"|靠谱|准不准|准确(?=吗|么)|引用"
)
SOURCE = re.compile(
    rf"(?=.*(?:{PLACED}))(?:{PLACED}|《?(?:工作)?规则》?|规定|文件(?=[里中的上])|条款|{ASIDE})+"
)
WORDED = (
    r"原文|全文|原话|(?:他们|人家|那边)那?条(?=.*[说写讲念发])|原句|原条款|原版|原样|条文|整条|全条|整段|一字不(?:差|漏|落)"
    r"|完整(?:的)?(?:条款|条文|内容|规定)|(?:这|那)(?:一)?条(?:的)?(?:全部|完整)"
    r"|(?:发|贴|念|读)(?:给我|一下|我|出来)*(?:这|那)(?:一)?条|把(?:这|那)(?:一)?条|条款(?=发|贴|给|念)"
    r"|(?:文件|规则|规定|条款|里面|上面)(?:里|上|中)?面?(?:到底|具体|究竟|原话)?是?(?:怎么|咋|如何)(?:写|说|讲)"
)
ORIGINAL = re.compile(
    rf"(?=.*(?:{WORDED}))(?:{WORDED}|规定|条款|条|完整|全部|内容|{SENT}|{ASIDE})+"
)
TURN = re.compile(
    rf"{WORDS_AROUND}(?:接着|继续|看|说|念|讲|往|翻|到)*(?P<way>上|前|下|后)(?:面|边)?的?那?一?(?P<what>[条项款]){ENDS}"
)
ONWARD = re.compile(
    rf"{WORDS_AROUND}(?:接着|继续)?往?下(?:面)?(?:接着|继续)?(?:念|读|看|说)(?:下去)?{ENDS}"
)
ITEM = re.compile(
    rf"{WORDS_AROUND}(?:第\s*[(（]?[\d一二三四五六七八九十]+[)）]?\s*[项款]|[(（][\d一二三四五六七八九十]+[)）]项?){ENDS}"
)
PLAIN = re.compile(
    rf"{WORDS_AROUND}(?:我|还是|有点|好像|完全|真)*"
    r"(?:(?:没|不太|不|不大|看不|听不|没太|没有)(?:看|听|怎么|整|搞)*(?:懂|明白|清楚)|看糊涂了?|什么意思|啥意思|咋理解|怎么理解|如何理解"
    r"|(?:说|讲)(?:点)?(?:人话|大白话|白话|重点|简单点?|明白点?|通俗点?|清楚点?|直白点?|短点)|(?:用)?(?:大白话|通俗的话|人话)(?:再|来)?(?:说|讲)"
    r"|(?:换|变)一?(?:个|种|句)?(?:说法|话|讲法|方式)(?:再|来)?[说讲]?|(?:简单|通俗|直白|明白|简短)(?:地|点|一点|些)?(?:再|来)?(?:[说讲]|概括|总结)(?:说|讲)?|(?:解释|总结|概括|归纳|翻译)"
    r"|太长了?|太(?:绕|复杂|官方|专业)了?|一句话(?:说|讲|概括|总结)?)"
    r"(?:[一下遍点些句,，能你请再给帮我来是这那个的了就行说讲]|可以|麻烦|简单|通俗|人话|什么|啥|意思|换个?(?:说法|话)|解释)*[嘛呢吧呀啊吗哈]*[\s?？。!！~]*$"
)
ON = re.compile(  # the rest of what was quoted from
    rf"{WORDS_AROUND}(?:还有(?:呢|吗|没有|没|啥|什么|哪些|别的|其[他它]|其余|规定|要求|内容|说|写|讲|的)*|(?:就|只)(?:这些|这么多|这点|这一[点条])(?:了)?|别的(?:呢|要求)?(?:还有)?"
    r"|除了这(?:个|些|条|一条)(?:呢|之外|以外|还有(?:呢|什么|啥|别的)*)*|(?:还|另外)(?:说|写|规定|要求)了?(?:什么|啥|哪些)|然后呢?|后面呢|接下来呢?|说全|没说完)(?:[吗呢吧嘛啊])*[\s?？。!！]*$"
)
MORE = re.compile(
    r"(?:其[他它余]|更多|还有(?:别的|其他)?(?:吗|呢)?|都不是|别的)(?:的|情形|情况|选项)?[\s?？。!！]*"
)
POSTS = r"(?:副)?(?:县|区|市|镇|乡|局|科|处|部|省)长|(?:副)?(?:书记|主任|秘书长|主席|行长)"
WHOLE = (
    (Wish.REPEAT, REPEAT),
    (Wish.ORIGINAL, ORIGINAL),
    (Wish.ORIGINAL, ON),
    (Wish.SOURCE, SOURCE),
    (Wish.PLAIN, PLAIN),
)
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
    if ONWARD.fullmatch(plain):
        return Wished(Wish.TURN, step=1)
    item = find_item(normalise(plain)) if ITEM.fullmatch(plain) else None
    return Wished(Wish.ITEM, item=item) if item else None
