"""What a sentence said around the leave form is: an answer, a request, a question, a change."""

from __future__ import annotations

import re

from bot.core.leave import LeaveParts

ANSWERS = frozenset({"inform", "file_leave", "change", "change_leave", "affirm", "deny"})
RULE_QUESTIONS = frozenset({"ask_rule", "follow_up", "other_office", "nlu_fallback"})
# Short answers (南京, 看病) resemble anything: only a clear case interrupts the form.
SURE = 0.5
VERY_SURE = 0.85
ASKS = re.compile(
    r"[?？]|谁|多少|多久|几[天个次条点]|怎么|怎样|如何|咋|啥|什么|吗|呢|哪|是否|能不能|可不可以|行不行"
    r"|要不要|需不需要|用不用|有没有|第.{1,6}条|规定"
)
# 管不管, 准不准; 要得不, 行不; 可以吧
_ASKS_TOO = re.compile(r"(\w)不\1|不[?？]?$|(?:可以|行|能|得)吧[?？]?$")
_SPEAKS_OF_RULES = re.compile(
    r"以上|以下|必须|应当|应该|须[向经报]|审批|程序|手续|制度|材料|流程|条件|标准|待遇|权限|办法"
)
_ASKS_FOR_LEAVE = re.compile(r"我|请|休|申请|报备")
_NAMES_LEAVE = re.compile(r"假|出.?差|外出|培训|出国|因公|因私")
_STAYS_AWAY = re.compile(r"不来|不在|不到岗|不上班|来不了")
UNSURE = frozenset({"inform", "nlu_fallback"})
BARE = 8  # characters: 因私出国, 会议请假, 去南京出差
STOPS = re.compile(r"(?:不用|不提交|不要|不交|不办|不请|不报)了?[吧。!]*$|先不.{1,3}了?[吧。!]*$")
BARE_YES = re.compile(
    r"(?:确认(?:提交)?|提交|好的?|是的?|对的?|行|可以|嗯+|没问题|没错|ok)[了吧呀。!！,， ]*",
    re.IGNORECASE,
)
NEGATES = re.compile(r"(?<![没不])错|改|(?<!没)别|不(?!错)|没(?!问题|有问题|错|啥|什么|别)")
FOR_ANOTHER = re.compile(
    r"[帮替](?!我(?!们)|自己|本人|忙)[\u4e00-\u9fff]{1,6}?(?:请|报|申请)(?:个|一下)?[^,，。]{0,4}假"
)
# 去济南不是青岛, 不去青岛了,去济南, 地点错了: a part of something that was said before.
PUTS_RIGHT = re.compile(
    r"[^,，]不是[^,，]|^不是[^,，]+[,，]?是|^不[去到][^,，]{1,12}了?[,，]?改?[去到]"
    r"|(?:地点|地方|时间|日期|事由|理由|原因|类型).{0,4}(?:错|不对)"
)
_PART_WORDS = {
    "kind": re.compile(r"类型|种类|假别"),
    "span": re.compile(r"时间|日期|天数"),
    "place": re.compile(r"地点|地方|目的地"),
    "reason": re.compile(r"事由|原因|理由"),
    "stand_in": re.compile(r"主持|代管|代理|AB角|顶岗"),
}
_CHANGES_FORM = re.compile(
    r"(?:我?[想要]|再)?(?:修改|更改|改|换)?(?:一下|下)?"
    r"(?P<part>类型|种类|假别|时间|日期|天数|地点|地方|目的地|事由|原因|理由|代理人|主持人)?"
    r"(?:错了?|不对|要改|有误)?[吧。!]*"
)
_ASKS_RULES = re.compile(
    r"(?:什么|啥|哪些|哪种)(?:材料|证明|手续|条件|程序|流程|规定|要求)|提前(?:多久|几个?|多少)"
    r"|(?:谁|哪个?领导|哪位领导)(?:来)?(?:批|签|审|同意|管)|[向找跟](?:谁|哪)|能[休请](?:几|多少)天|怎么(?:批|规定|审批|走)"
    r"|(?:[要用]不[要用]|需不需要|是否需?要)[^,。]{0,8}(?:证明|报告|提前|报备|审批|请示|打招呼|批准|同意)"
    r"|规定是|第.{1,6}条|算不算|多少天|最多(?:几|多少)|还是(?:回来|事后|过后|以后)|[到往]哪[里儿]"
)

_OF_ANOTHER = re.compile(r"(?:局|[县区市镇乡])长|主任|领导|书记|一把手|[他她]")
_OF_ONESELF = re.compile(r"我(?!们)")


def is_question(text: str) -> bool:
    """Whether a sentence asks something, by its words; an order may do so, too."""
    return ASKS.search(text) is not None or _ASKS_TOO.search(text) is not None


def is_answer(intent: str, confidence: float, text: str) -> bool:
    """Whether a message said within the form answers it, or is about something else."""
    if intent in ANSWERS:
        return True
    if intent in RULE_QUESTIONS:
        return ASKS.search(text) is None and confidence < VERY_SURE
    return confidence < SURE


def is_leave_request(text: str, parts: LeaveParts, intent: str) -> bool:
    """Whether a sentence that was taken for something else asks for leave: nothing gets lost."""
    if ASKS.search(text) or _SPEAKS_OF_RULES.search(text):
        return False
    if parts.kind is None:
        is_away = parts.place is not None or _STAYS_AWAY.search(text) is not None
        return intent in UNSURE and parts.span is not None and is_away
    if parts.span or parts.first_day or parts.around:
        return True
    if intent in UNSURE and len(text) <= BARE and _NAMES_LEAVE.search(text):
        return True
    return parts.days is not None and _ASKS_FOR_LEAVE.search(text) is not None


def asks_rules(text: str) -> bool:
    """Whether a sentence asks what the rules say, whatever intent it was taken for."""
    return _ASKS_RULES.search(text) is not None


def speaks_of_another(text: str) -> bool:
    """Whether a sentence is about somebody else's absence, as a question to the rules is."""
    return _OF_ANOTHER.search(text) is not None and _OF_ONESELF.search(text) is None


def names_leave(text: str, parts: LeaveParts) -> bool:
    """Whether a sentence speaks of some leave, by its kind, its days or a word for it."""
    return parts.kind is not None or has_days(parts) or _NAMES_LEAVE.search(text) is not None


def has_days(parts: LeaveParts) -> bool:
    """Whether days are named: 明天请假找谁批 is rather a request, which shows who approves."""
    return parts.span is not None or parts.first_day is not None


def wants_to_change(text: str) -> bool:
    """Whether nothing is said but that something of the form is to be changed (修改, 改时间)."""
    return bool(text.strip()) and _CHANGES_FORM.fullmatch(text.strip()) is not None


def named_part(text: str) -> str | None:
    """The part that somebody wants to change (改时间)."""
    return next((part for part, words in _PART_WORDS.items() if words.search(text)), None)
