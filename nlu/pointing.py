"""What points back at an answer from the rules: 依据, 谁主持, 我问的是副局长."""

from __future__ import annotations

import re

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from nlu.untrained import Overruling

FOLLOW_UP = "follow_up"
ASK_RULE = "ask_rule"
LONGEST = 40  # characters
SHORT = 10  # characters: what so short a question is about was said before
# Work that nobody asks for in such words; whatever else was understood stands.
_MISTAKEN_FOR = frozenset(
    (
        "affirm",
        "answer_approval",
        "change",
        "change_leave",
        "chitchat",
        "complain",
        "deny",
        "file_leave",
        "help",
        "list_items",
        "list_unanswered",
        "who_am_i",
    )
)
_POINTING = re.compile(
    r"(?:@\S+\s*)?(?:"
    r"(?:有|给个?|的)?(?:什么|啥)?(?:依据|凭据|出处|来源|原文|原话|条款|文号)"
    r"(?:呢|是[什啥]么?|有吗|哪条|多少|发我|在哪)?"
    r"|(?:那|又|再)?由?(?:谁|哪[个位])来?"
    r"(?:主持|批|审批|签|签发|审|审核|定|管|负责|起草|写|保管|同意|陪|陪同|参加|召集)[的呢啊呀]?"
    r"|(?:都|全)(?:问|说说?|讲讲?|要|想知道)(?:一[下遍])?"
    r"|(?:文件|规则|规定)[里中上]?面?是?(?:怎么|咋)[写说讲]的?"
    r"|(?:要是|领导|那)?(?:不批|不同意|批不了|没批)(?:的话)?(?:咋办|怎么办|咋整|咋弄|呢)"
    r"|.{0,12}我(?:是?想?问的?|说的|指的)(?:不)?是.+"
    r"|(?:刚才|刚刚|前面|回到|说回).{0,8}(?:的事|那个|那条|问题).*(?:谁|几|多[少久长]|[什啥]么?|怎么|咋|吗|呢|哪).*"
    r")[\s?？。!！]*"
)


_ASKING = re.compile(
    r"谁|哪[个家位些里种边样条天级]|[什啥]么|啥|怎么|咋|如何|几[天次个篇份年月家道条]|多[久少长]|好[久多]|吗[?？]?$|([一-龥])[不没]\1|[呢嘞][?？]?$|[行成好]不[?？]?$|没有?[?？]?$"
)
# Who does what papers and meetings need: no order is given so, and no list wanted.
_ACTS = re.compile(
    r"(?:谁|哪[个家位些][\u4e00-\u9fff]{0,3}?)(?:来|去|能|可以|负责|该|人|室|领导|部门)*"
    r"(?:起草|签|审|定|写|编|建|报|保管|主持|召集|解释|牵头|组织|批|印|公布|整理|列席|参加|出席|陪|承办|跟踪|盖|同意|过目)"
)
_NUMBERED = re.compile(r"\d|督办(?!台账|事项|通知|[?？]?$)|超期|逾期|没|未|还|最|等|待")
_WHOM = re.compile(r"[跟向找给到](?:谁|哪[个位里])|先[送报给]哪|哪个?[办室科]")
_DAYS = re.compile(
    r"[今明后昨]天|[本这上下]个?[周月]|[周星][一二三四五六日期]|\d+[号日天.]|[上下]午"
)
# Without any of these it is nothing of the ledgers, the leaves and the approvals.
_OWN_WORDS = {
    "list_items": re.compile(
        r"督[办〔]|督查|超期|逾期|过期|到期|事项|件|签收|办结|没办|未办|销号|立项|催|进[展度]|台账|[待在]办|我|今天|明天|[本这上下][周月季]|清单|列|\d|红灯|落后|没报|没交|责任|黄牌|报送|办得|待审|批示|延期|退回|手上|交办|申请"
    ),
    "list_absent": re.compile(
        r"假|不在|出差|外出|今[天日]|明[天日]|昨天|[本这下]周|周[一二三四五]|在岗|在家|人呢|\d|出去|[回走]了|值班|外地|在外|回来|单位|哪些人出"
    ),
    "list_unanswered": re.compile(r"答|问题|没回|未回|提问|规则没|解决|处理|疑问"),
    "help": re.compile(
        r"你|小规|帮|能[做干问查办]|会[做干]|功能|用法|怎么[用玩问]|使用|说明|指南|操作|命令|菜单|例子|教|请假|督办|立项|登录|这个|系统|机器人|签收|进展|延期|可以问|用处"
    ),
    # of an office must it be, beside that
    "chitchat": re.compile(
        r"^(?!.*(?:补[贴助]?|报告|调研|文件|公文|会议|印章|纪要|签[发批字]|审[批核]|领导|单位|经费|专项|值班|夜班|督查))"
    ),
    "answer_approval": re.compile(
        r"同意|准|批了|批吧|可以|驳|退|不行|拒|通过|好|行|\d|他|她|的假|小|老"
    ),
    "change": re.compile(r"改|换|不是|错|调|[去到]|算了|[周日号月点]"),
    "change_leave": re.compile(r"改|换|延|推|提前|续|挪|我|多[请休]|晚|早|缩|顺|调|再[请休]"),
    "list_approvals": re.compile(r"待|等|我|今|几[个条份]|还有|假条|申请|列|没批|审批单"),
    "file_leave": _DAYS,
    "stop": re.compile(r"不[请办报交提要用问说]|算了|停|取消|退出|别|结束|放弃"),
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PointingClassifier(Overruling):
    """Takes for a question to the rules what cannot be an order."""

    def meant(self, text: str, understood: str) -> str | None:
        """A follow-up, or a question of its own, if it cannot be what was understood."""
        if understood in _MISTAKEN_FOR and points_back(text):
            return FOLLOW_UP
        if understood in _OWN_WORDS and asks_rules(text, understood):
            return FOLLOW_UP if len(text) <= SHORT else ASK_RULE
        return None


def points_back(text: str) -> bool:
    """Whether a text asks of what was answered before, and orders nothing."""
    return len(text) <= LONGEST and _POINTING.fullmatch(text.strip()) is not None


def asks_rules(text: str, understood: str) -> bool:
    """Whether a text asks something that has no word of the work that it was taken for."""
    if len(text) > LONGEST or not _ASKING.search(text):
        return False
    if understood in ("list_items", "answer_approval") and _ACTS.search(text):
        return not _NUMBERED.search(text)
    if understood == "file_leave":
        return bool(_WHOM.search(text)) and not _DAYS.search(text)
    return not _OWN_WORDS[understood].search(text)
