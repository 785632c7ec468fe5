"""Questions about seals: who agrees to their use, who keeps them."""

from __future__ import annotations

import re

from knowledge.answer.readers import WHO, Facts, Reader, Vocabulary

SEAL = r"印章|公章|大章|大印|盖.{0,10}章|用印|盖印|用章|专用章|那[颗枚个]章|的大?章(?![程节])"
AGREED = r"批|同意|听谁|点头|准|签字|说了算|请示|拍板|[找问跟向]谁|[找问跟向]哪"
NOT_USE = (
    r"保管|掌管|管着|放|存|刻|启用|丢|遗失|销毁|制作|收回|合同|带[出走]|借|财务|电子|登记|台账|复印|申报表|介绍信"
    r"|哪里盖|去哪|到哪|(?:部门|局里?|我们|本|各|镇里?|街道|乡里?)(?:单位)?的?(?:公章|印章|章)"
)
MANY = 2
KEPT = r"保管|掌管|谁管|管着|管理|放|存|收着|拿着"
SEALS: Vocabulary = (
    ("副职印章", r"副{level}长(?:的|本人的?|那[颗枚个])?(?:印章|专用章|名章|章)"),
    (
        "首长印章",
        r"{level}长(?:的|本人的?|那[颗枚个])*(?:印章|专用章|名章|签名章|章|印)",
    ),
    (
        "办公室印章",
        r"(?:政府办公室|政府办|府办公室|府办|办公室)的?(?:那[颗枚个])?(?:公章|印章|大?章|大?印)",
    ),
    (
        "政府印章",
        r"(?:{level}|人民)*政府的?(?:那[颗枚个])?(?:公章|印章|大?章|大?印)",
    ),
)


def _used(plain: str, level: str) -> Facts | None:
    seals = _seals(plain, level)
    if len(seals) > 1:
        return None
    return {"seal": seals[0]} if seals else {}


def _kept(plain: str, level: str) -> Facts | None:
    seals = _seals(plain, level)
    return {"seal": seals[0] if seals else "政府印章"} if len(seals) < MANY else None


def _seals(plain: str, level: str) -> list[str]:
    """The seals that a question names; each is blanked where found: 副县长的章 is not 县长的章."""
    found = []
    for seal, said in SEALS:
        plain, times = re.subn(said.replace("{level}", level), "，", plain)
        found += [seal] * bool(times)
    return found


READERS = (
    Reader(
        "seal_use",
        says=(WHO, SEAL, AGREED),
        leaves=NOT_USE,
        facts=_used,
        bare=r"盖|用|才|可以|使用|印章|公章|大?章|大印|先|前|那[颗枚]",
        tells_gaps=True,
        is_complete=True,
    ),
    Reader(
        "seal_keeping",
        says=(f"{WHO}|哪", SEAL, KEPT),
        leaves=r"批|同意|登记|台账|合同|财务|部门|局|我们|几|多久",
        facts=_kept,
    ),
)
