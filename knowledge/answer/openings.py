"""What a sentence of a conversation opens with: a change of subject, or a correction."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 120  # characters; what is longer tells a story
MARKS = r"[\s,，。.;；:：、!！~…]"
COURTESY = (
    r"@?小规|好着呢?|妥了?|中嘞?|得嘞|你好|您好|喂|嗯|哦|噢|啊|呃|额|好的?|好[嘛吧啊嘞]|行[吧嘛]?|要得|收到|明白了?|懂了|知道了|谢谢|谢了|ok"
    r"|对了|话说|哎|诶"
)
PRELUDE = re.compile(rf"^(?:(?:{COURTESY})+{MARKS}+)*")
POLITE = r"(?:再|麻烦|请|帮我|我想|想|那么?|就|先|我们?|咱们?)*"
AWAY = re.compile(
    rf"^{POLITE}"
    r"(?:换一?(?:个|下)?(?:别的|其他的?)?(?:问题|事情?|话题|题目?|内容)?(?!说法|句话|种说法|方式|成)(?:吧|问|说|聊)*"
    r"|(?:问|说|聊|讲|打听)(?:一?个|一?下|点|件)*(?:别的|其他的?|另外的?|题外话|不相干的)(?:事情?|问题)?"
    r"|(?:还有|另外有?|还要问|再问)(?:一?(?:个|件))(?:别的)?(?:事情?|问题)(?:想问|要问|问问?)?"
    r"|不(?:说|问|聊|管)(?:这个|那个)了|(?:这个)?先不(?:说|问|管|聊)(?:这个)?了?|先放(?:一放|下)"
    rf"|算了(?={MARKS}+[^\s]))"
    rf"(?:{MARKS}|$)+"
)
WRONGLY = (
    r"(?:你|您)?(?:好像|可能)?(?:不是|不对|错了?|搞错|弄错|理解错|听错|答错|看错|答非所问|搞反|弄反|跑题)(?:了|吧|哦|哈|的)*"
    r"|我(?:不是|没有?)(?:想|要)?问(?:的|这个|那个)*|(?:不是|没有?)问(?:的)?(?:这个|那个|你这个)?|不是(?:这|那)(?:个|条|种)?(?:意思)?|不是这样"
)
MEANING = (
    r"(?:我(?:们)?(?:其实|实际|刚才|现在|是|就|想|要|的)*(?:意思是?|说的?是|问的?是|问的|指的?是|是(?:想)?[问说指]|想[问知]道?的?是?))"
    r"|(?:其实|实际上?)?(?:应该|要|想)?(?:问的?是|说的?是|指的?是|是(?:问|指|说))"
    r"|换(?:一?个|一?种|一?句)?(?:说法|问法|话|方式)(?:来?[说问讲]|是|就是)?(?:一?下)?|(?:准确|具体|确切)(?:点|地|一点)?[说讲问]|说清楚点|我(?:再)?重新(?:说|问)"
)
CORRECTED = re.compile(
    rf"^(?:(?P<wrong>{WRONGLY})|(?P<means>{MEANING}))(?:{MARKS})*"
    rf"(?:(?:{WRONGLY}|{MEANING}|是|就是)(?:{MARKS})*)*"
)
NOT_THIS = re.compile(
    rf"^(?:我)?(?:说的|问的|指的)?(?:可)?不是(?P<wrong>[^,，。是]{{1,12}}?){MARKS}*(?:而)?(?:我问的|我说的|说的|问的)?是(?P<right>.+)$"
)


@dataclass(frozen=True)
class Opening:
    """A sentence without what it opens with.

    `turns_away`: it is about something new. `corrects`: the last question was understood wrongly.
    """

    rest: str
    turns_away: bool = False
    corrects: bool = False


def is_courtesy(text: str) -> bool:
    """Whether a sentence is nothing but a courtesy: 好嘞."""
    return len(text) <= LONGEST and not PRELUDE.sub("", f"{text}。")


def opening_of(text: str) -> Opening:
    """A sentence, and what its opening says of how it stands to the last one."""
    if len(text) > LONGEST:
        return Opening(text)
    left = PRELUDE.sub("", text) or text
    away = AWAY.match(left)
    if away:
        rest = opening_of(left[away.end() :]).rest  # 算了,问别的
        return Opening(rest, turns_away=True)
    other = NOT_THIS.match(left)
    if other:
        return Opening(other["right"], corrects=True)
    corrected = CORRECTED.match(left)
    if corrected:
        return Opening(left[corrected.end() :], corrects=True)
    return Opening(left)
