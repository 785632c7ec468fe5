from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.secrecy import secrecy_mark

MARKED = [
    "机密★1年",
    "绝密★长期 关于某事项的报告",
    "秘密★10年\n昌乐县人民政府文件",
    "秘 密 ★ 5 年",
    "機密★三年",
    "絕密★長期",
    "机\u200b密★1年",
    "秘\u2060密\ufeff★",
    "机密☆1年",
    "机密*1年",
    "＊绝密＊",
    "机密１年",
    "密级:机密",
    "密级：秘密",
    "密 级 ： 绝密",
    "【机密】关于召开会议的通知",
    "（秘密）会议记录",
    "[绝密]",
    "机密\n关于人事安排的请示",
    "绝 密\n关于人事安排的请示",
    "机 密  关于人事安排的请示",
    "绝密:本周行程",
    "帮我看看这份文件:秘密★5年 县政府常务会议",
    "★机密",
    "机密⭐️20年",
    "祕密★1年",
]

UNMARKED = [
    "绝密级事项怎么报送",
    "机密文件能不能走OA",
    "涉密公文怎么办理",
    "保守国家秘密法是哪年的",
    "工作人员要保守秘密,谁负责检查?",
    "秘密级和机密级文件分别由谁管",
    "请问秘密文件谁签发",
    "开会内容要保密吗",
    "我们单位机密室在哪",
    "县政府会议纪要谁签发",
    "国家秘密载体怎么销毁",
    "机密级的文件传阅要登记吗",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_secrecy_mark_is_found_in_every_disguise(text: str) -> None:
    assert secrecy_mark(text) is not None


@pytest.mark.parametrize("text", UNMARKED)
def test_speaking_of_secrets_is_no_mark(text: str) -> None:
    assert secrecy_mark(text) is None


@pytest.mark.parametrize("path", sorted(Path("knowledge/documents").glob("*/*.txt")), ids=str)
def test_published_rules_bear_no_mark(path: Path) -> None:
    assert secrecy_mark(path.read_text(encoding="utf-8")) is None
