"""What kind of thing a question asks for."""

from __future__ import annotations

import re
from enum import StrEnum

from knowledge.search.words import normalise


class Kind(StrEnum):
    """The kinds of question; each has its own way of cutting the short answer."""

    WHO = "who"
    WHEN_AHEAD = "when_ahead"  # how long before
    TIME_LIMIT = "time_limit"  # within what time
    FREQUENCY = "frequency"
    QUANTITY = "quantity"
    WHETHER = "whether"
    WHERE = "where"
    LIST = "list"
    HOW = "how"
    WHAT = "what"


NUMBER_ASKED = r"(?<![好这那的头])(?:几|多少|(?<!个)多)"
TIME_ASKED = (
    r"(?:(?<![好这那的头])几(?:个)?(?:工作日|小时|钟头|分钟|天|日|周|星期|月|年)"
    r"|(?<![好这那头])多(?:少)?(?:久|长时间|长|天|个?工作日|时间)"
    r"|多少(?:个)?(?:小时|分钟|天|日)|好久|哪一?[天年月]|何时|什么时[候间]|啥时[候间]|(?:期限|时限)(?:是|有|为|多|[?？。]?$)|截止"
    r"|(?<!哪)几点(?!要求|意见|建议|内容|规定))"
)
# In this order: a question that asks for a time asks for nothing else, a yes or no is asked by
# particles that many other questions end in.
PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.WHEN_AHEAD,
        rf"提前{TIME_ASKED}|提[前早]好多|提[前早].{{0,4}}{TIME_ASKED}|早{NUMBER_ASKED}天|{TIME_ASKED}之?前",
    ),
    (
        Kind.FREQUENCY,
        rf"(?:{TIME_ASKED}|周几).{{0,8}}?[一1][次回趟轮场]"
        rf"|[开报办搞]{NUMBER_ASKED}[次回趟场]",
    ),
    (
        Kind.FREQUENCY,
        rf"[隔每]{TIME_ASKED}|频率|(?:多长时间|多久|多少天)(?:召?开|报|碰)|周几|星期几",
    ),
    (Kind.FREQUENCY, r"(?:一?年|每年|每?个?月|一周|每周|半年).{0,6}几[次回趟场]"),
    (
        Kind.QUANTITY,
        r"几分钟|好多(?:钱|元|人|字)|多少(?:钱|元|人|字|个|份|次|岁|米|页|块)|字数"
        r"|(?<![好这那哪的头数])几(?:个|份|名|人|篇|成)(?!工作|小时|月)",
    ),
    (Kind.QUANTITY, r"多[大少高]|上限|人数|比例|额度|标准是"),
    (Kind.TIME_LIMIT, TIME_ASKED),
    (
        Kind.WHO,
        r"谁|哪(?:几|些)?位|哪边|哪两?家|哪一方"
        r"|哪(?:些|几|[两二三四五])个?(?:科?室|局|委|机构|负责人|干部)(?!.*(?:组成|包括|邀请|列席|参加))"
        r"|哪个(?=请|去|来|在|给|作|做|定|写|办|牵头|签|批|管|点头|处理|提|起草|召集|负责|说|同意|报|打理|确定|指定|代表|替|审|主持|出面|拍板|统筹|承办|保管|接)",
    ),
    (
        Kind.LIST,
        r"哪些(?!领导|部门|单位|人[能可要]|地方)|都(?:是|有)?哪[些几]|哪[几两三四五六七八]|是那[几两三四五六]|几[种道类步项方]"
        r"|分哪|包括(?:什么|啥)|都有(?:什么|啥)|(?:什么|啥)内容",
    ),
    (Kind.WHO, r"[哪那]个?(?:级|些)?(?:领导|部门|单位|科室|室|办|局|人|机构|家|位)|[找跟向给]哪"),
    (Kind.WHO, r"哪(?:个|一个)(?:批|签|审|管|负责|来|领导|室|分管)|归哪"),
    (Kind.WHERE, r"哪里|哪儿|[到往报送去交]哪|(?:什么|啥|哪些)地方|(?<!如)何处"),
    (Kind.HOW, r"怎么|咋(?!回事)|如何|怎样|程序|流程|手续|口子|步骤"),
    (
        Kind.WHAT,
        r"(?<!没)什么|(?<!没)啥|咋回事|(?<!没有)哪(?:种|句|个|一|份|类|项|部|本|样|条|方面)|叫做|指的",
    ),
    (
        Kind.WHETHER,
        r"([一-龥])[不没]\1|还是|吗|能不能|可不可以|可以不|行不行|[行好成]不|要不要|用不用|是否|有没有|是不是|得不得",
    ),
    (
        Kind.WHETHER,
        r"(?:不|没|嘛|么|吧)[?？。]?$|没得|让不让|还用|还要|允许|可否|能否|需不需要|收不收|算不算",
    ),
    (Kind.QUANTITY, NUMBER_ASKED),
)
# 涉及几个部门的, 是谁牵头: some, not how many.
QUOTES = re.compile(r"[“”\"'‘’「」《》]")
SOME = re.compile(r"(?<![哪有])几(?:个|份|位|家)(?!工作|小时|月|星期)|几天(?=假)")
ASKED_BESIDE = re.compile(
    r"谁|哪[个位家]|什么(?!时)|啥(?!时)|([一-龥])[不没]\1|[吗吧][?？。]?$|的不[?？。]?$|还是|能不能|要不要|可不可以|怎么"
)
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)


def kind_of(question: str) -> Kind | None:
    """The kind of a question; None when it does not ask (a topic, a keyword)."""
    plain = QUOTES.sub("", normalise(question))
    if ASKED_BESIDE.search(plain):
        plain = SOME.sub("一些", plain)
    return next((kind for kind, pattern in COMPILED if pattern.search(plain)), None)
