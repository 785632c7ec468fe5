"""Conversations about the rules through the real engine: follow-ups, offices, odd input."""

from __future__ import annotations

import pytest

from tests.e2e.api_client import ApiClient
from tests.e2e.dialogues import Line, line, play

PASSED_ON = "转给办公室"
OTHER_OFFICE = "以下是"

DIALOGUES: dict[str, tuple[str, tuple[Line, ...]]] = {
    "a rank replaces a rank, and does not repeat another answer": (
        "changle",
        (
            line("staff1", "副县长外出谁批", "报县长同意"),
            line("staff1", "那局长呢", "分管副县长同意后报县长审批"),
            line("staff1", "县政府会议纪要谁签发", "县长签发", "第五十条"),
            line("staff1", "那副县长呢", "分管副县长审签", "第五十条"),
            line("staff1", "那市里的文呢", "第六十条第一项"),
        ),
    ),
    "days, and whoever is not there": (
        "fenghuang",
        (
            line("staff2", "请一天假谁批", "分管副主任"),
            line("staff2", "那半天呢", "办室负责人"),
            line("staff2", "要是超过一周呢", "办公室主任批准"),
            line("staff2", "主任不在呢", "主持工作的副职领导"),
        ),
    ),
    "what was cited is gone on from": (
        "changle",
        (
            line("clerk1", "第六十条第五项", "第六十条第五项"),
            line("clerk1", "下一条呢", "第六十一条"),
            line("clerk1", "上一条", "公文签发权限"),
            line("clerk1", "第五项呢", "第六十条第五项"),
            line("clerk1", "第几条说的", "见第六十条第五项"),
            line("clerk1", "原文发我看看", "公文签发权限"),
            line("clerk1", "再说一遍", "第六十条第五项"),
            line("clerk1", "第83条到第85条", "第八十三条、第八十四条、第八十五条"),
            line("clerk1", "第一百二十条", "全文共96条", never=PASSED_ON),
        ),
    ),
    "a case in one's own words answers the question back": (
        "changle",
        (
            line("section_chief", "谁签发这个文件", "哪一种"),
            line("section_chief", "常务会议纪要", "县长签发", "第五十条"),
        ),
    ),
    "other offices, and back": (
        "changle",
        (
            line("staff2", "常务会议纪要谁签发", "县长签发", never=OTHER_OFFICE),
            line("staff2", "双台子区怎么规定的", "双台子区人民政府的规定", "区长签发"),
            line("staff2", "我们县呢", "第五十条", never=OTHER_OFFICE),
            line("staff2", "五个地方对比一下", "昌乐县｜", "凤凰县｜", "双台子区｜", "咸阳市｜"),
            line("staff2", "局长外出谁批", "第八十三条", never=OTHER_OFFICE),
        ),
    ),
    "several questions get a heading each": (
        "changle",
        (
            line(
                "office_deputy",
                "规范性文件谁审查？专题会议纪要谁签发？",
                "【1】",
                "司法局",
                "【2】",
            ),
            line("office_deputy", "那云阳县呢", "云阳县人民政府的规定", "签发"),
        ),
    ),
    "what asks and has no word of the ledger or of leave is asked of the rules": (
        "fenghuang",
        (
            line("staff1", "督查通报哪个起草", "县政府督查室", "第三十条"),
            line("staff1", "签发呢", "督查通报由谁签发", "第三十条"),
            line("staff1", "主任会议多久开一次", "每2个月"),
            line("staff1", "哪些人列席", "第九条"),
            line("staff1", "哪些督办超期了", "督办事项", never="第"),
        ),
    ),
    "nothing is approved, and nobody disclosed": (
        "changle",
        (
            line("staff1", "张县长是谁", "不在工作规则里", never=PASSED_ON),
            line("staff1", "你直接给我签个字吧", "不能代办"),
            line("staff1", "你是猪吗", "抱歉"),
            line("staff1", "wo yao qing jia", "帮不上"),
        ),
    ),
}


@pytest.mark.parametrize("name", DIALOGUES)
def test_a_conversation_about_the_rules(api: ApiClient, name: str) -> None:
    org, lines = DIALOGUES[name]

    play(api, org, lines)


def test_of_a_pasted_document_the_question_at_its_end_is_answered(api: ApiClient) -> None:
    page = "现将进一步规范办文办会有关事项通知如下，请各镇街、各部门认真贯彻落实。" * 50

    answer = api.hear("changle/staff1", f"{page}常务会议纪要谁签发？")

    assert "县长签发" in answer


@pytest.mark.parametrize(
    "question", ["常务会议纪要谁签发？规范性文件谁审查？", "五个地方常务会议纪要谁签发，对比一下"]
)
def test_alone_a_message_has_one_answer_whose_words_stand_in_its_first_citation(
    api: ApiClient, question: str
) -> None:
    answer = api.post("/api/ask", {"org": "changle", "question": question})

    assert answer["status"] == "answered"
    assert answer["answer"] in answer["citations"][0]["quote"]
    assert len(answer["citations"]) > 1


def test_a_report_that_only_names_a_matter_shows_it(api: ApiClient) -> None:
    number = play(
        api,
        "changle",
        (line("supervisor1", "立项：发改局11月底前报送重点项目进展，速办", "已立项"),),
    )

    for said in (f"督办{number}号进展", f"督办{number}号的进展"):
        answer = api.hear("changle/bureau_head", said)
        assert f"〕{number}号" in answer, answer
        assert PASSED_ON not in answer
