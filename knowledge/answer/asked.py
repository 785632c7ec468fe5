"""A question made ready for cutting answers, and places in a clause measured against it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.answer.kinds import Kind
from knowledge.search.words import Words, normalise, pairs

HEADS = "主要负责人"
UNIT_HEAD = r"一把手|主要负责|[局镇乡]长|部门负责"
ROLE = re.compile(
    rf"副[县区市]长|副主任|副秘书长|[县区市]长(?!办公会)|{UNIT_HEAD}|办公室主任|秘书长"
)
SPOKEN_ACTS: frozenset[str] = frozenset(
    ("签字", "同意", "决定")
)  # said in speech for any act of their row
DEPUTY = re.compile(r"(?:分管|常务|管这块的?|联系)[县区市]长$")
CLAUSES_KEPT = 16_384  # rule text is read again and again: about 10 MB
ACTS: tuple[tuple[str, tuple[str, ...]], ...] = (  # acts of the rules, and what people call them
    (r"签发|审签|签批|会签|签字|签署|批印", ("签",)),
    (
        r"审批|批准|同意|审定|审核同意|签批|决定|研究决定",
        ("批", "同意", "点头", "拍板", "说了算", "准"),
    ),
    (r"确定|审定|决定|核定", ("拍板", "说了算", "谁定", "定下", "听谁")),
    (r"起草|草拟|拟定|撰拟|编辑", ("谁写", "写稿", "拟稿", "弄稿")),
    (r"审核|审查|把关|审定|审阅|会核", ("审", "把关", "过目")),
    (r"召集|主持|代为|代行", ("主持", "召集", "顶", "谁开", "谁来开", "来开", "接手", "代班")),
    (r"请假|报告|请示|报备|(?=，|,|。|；|;|$)", ("请假", "请价", "告假", "打招呼", "请示")),
    (r"解释", ("解释",)),
    (
        r"负责|承办|组织|牵头|协调|管理|保管|登记|承担|统筹|办理",
        ("负责", "管", "牵头", "承办", "登记"),
    ),
)


@dataclass(frozen=True)
class Asked:
    """A question: its kind, its text, the pairs that name things, the acts it asks about."""

    kind: Kind | None
    plain: str
    tokens: frozenset[str]
    acts: tuple[str, ...]
    roles: frozenset[str]
    content: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]  # each word of the content, as it may be said


def ask(kind: Kind | None, question: str, words: Words) -> Asked:
    """Prepare a question once for all the clauses it is tried on."""
    plain = normalise(question)
    named = [plain, *map(normalise, words.rule_words(question))]
    tokens = frozenset(pair for name in named for pair in pairs(name))
    content = tuple(words.content(question))
    ways = tuple(map(words.said_as, content))
    return Asked(kind, plain, tokens, _acts(plain), roles_in(plain), content, ways)


def subject_in(plain: str) -> frozenset[str]:
    """The post that a text is about: the first it names, 分管县长 being 副县长."""
    found = ROLE.search(plain)
    if found is None:
        return frozenset()
    deputy = DEPUTY.search(plain[: found.end()])
    return frozenset((f"副{found[0]}",)) if deputy else roles_in(found[0])


def roles_in(plain: str) -> frozenset[str]:
    """The posts a text names, 副县长 apart from 县长; the heads of units under one name."""
    return frozenset(HEADS if re.search(UNIT_HEAD, r) else r for r in ROLE.findall(plain))


def _acts(plain: str) -> tuple[str, ...]:
    """What a question asks to be done: the rules' own word if it uses one, else all it may mean."""
    literal = [w for act, _ in ACTS for w in act.split("|") if w.isalpha() and w in plain]
    exact = dict.fromkeys(word for word in literal if word not in SPOKEN_ACTS)
    rest = plain
    for word in exact:
        rest = rest.replace(word, " ")
    spoken = (
        act
        for act, said in ACTS
        if any(w in rest for w in (*said, *SPOKEN_ACTS & set(act.split("|"))))
    )
    return (*exact, *spoken)
