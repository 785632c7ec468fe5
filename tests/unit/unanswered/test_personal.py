from __future__ import annotations

import pytest

from bot.core.personal import masked


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我电话13800138000,找谁报销", "我电话***,找谁报销"),
        ("我电话138 0013 8000", "我电话***"),
        ("我电话+86-138-0013-8000", "我电话***"),
        ("我电话１３８００１３８０００", "我电话***"),
        ("身份证370725199001011234的人能报吗", "身份证***的人能报吗"),
        ("身份证37072519900101123X能报吗", "身份证***能报吗"),
        ("身份证370725 19900101 123x能报吗", "身份证***能报吗"),
        ("打0536-6221234没人接", "打***没人接"),
        ("卡号6222020200112233445能退吗", "卡号***能退吗"),
        ("发到zhang.san@example.gov.cn行不行", "发到***行不行"),
        ("晏晓岚的假谁批", "***的假谁批"),
    ],
)
def test_what_belongs_to_a_person_is_masked(said: str, kept: str) -> None:
    assert masked(said, ["晏晓岚"]) == kept


@pytest.mark.parametrize(
    "said",
    [
        "报8000块谁批",
        "乐政发〔2022〕7号第60条",
        "2026年11月23日前报10000元以上的谁批",
        "20261123001号督办件怎么办",
        "3,000至30,000元谁批",
    ],
)
def test_what_the_question_is_about_is_left(said: str) -> None:
    assert masked(said, ["晏晓岚"]) == said


def test_a_name_of_one_character_is_no_name() -> None:
    assert masked("高级职称怎么评", ["高"]) == "高级职称怎么评"
