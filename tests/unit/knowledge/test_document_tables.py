"""What the tables on documents, seals, time limits and reports answer, and what they leave."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from bot.core.people import OrgId
from bot.core.rules import AnswerStatus
from knowledge.answer import (
    document_questions,
    form_questions,
    incoming_questions,
    limit_questions,
    seal_questions,
)
from knowledge.answer.table_questions import READERS
from tests.unit.knowledge.office_tables import (
    CHANGLE,
    FENGHUANG,
    ORGS,
    SHUANGTAIZI,
    XIANYANG,
    YUNYANG,
    ask,
    edition,
    tables,
)

# office, question -> article, the short answer
ANSWERED = [
    (CHANGLE, "涉及重大政策的公文谁签发", 60, "由县长签发"),
    (CHANGLE, "镇里报县政府的请示谁签", 53, "由主要负责人签发"),
    (CHANGLE, "专题会议纪要由谁审签", 50, "分管副县长审签"),
    (CHANGLE, "以县政府名义发的文谁审签", 60, "由分管副县长审签"),
    (CHANGLE, "全体会议的纪要先由谁审核", 50, "县政府办公室主任审核"),
    (CHANGLE, "规范性文件谁做合法性审核", 58, "县司法局"),
    (CHANGLE, "部门代拟的稿子谁把关", 58, "主要负责人严格审查把关"),
    (CHANGLE, "下级报送的公文由谁审批", 54, "根据县政府领导分工呈送审批"),
    (CHANGLE, "部门报来的文件是重大事项,谁审批", 54, "报县长审批"),
    (CHANGLE, "公文可以直接送给县长吗", 53, "不得直接报送县政府领导个人"),
    (CHANGLE, "想盖县政府的公章得找谁批", 63, "县长、副县长或县政府办公室主任同意"),
    (CHANGLE, "县长专用章由谁点头", 63, "县长或县长授权县政府办公室主任同意"),
    (CHANGLE, "文件要提前多久送到政府办公室", 59, "提前3个工作日"),
    (CHANGLE, "发文急件提前几天送府办", 59, "提前2个工作日"),
    (CHANGLE, "不急的文件提前几天送办公室", 59, "提前3个工作日"),
    (CHANGLE, "县长布置的工作多久答复", 90, "不超过5天"),
    (CHANGLE, "部门报上去的事,领导几天给意见", 90, "不超过3天"),
    (SHUANGTAIZI, "我们街道往上报的文谁来签", 47, "须由主要负责人签发"),
    (SHUANGTAIZI, "街道报区政府的文件谁签发", 47, "须由主要负责人签发"),
    (SHUANGTAIZI, "常务会议的纪要哪个部门起草", 39, "由区政府办公室起草"),
    (SHUANGTAIZI, "规范性文件由谁审查", 17, "区司法局"),
    (SHUANGTAIZI, "部门报来的重大事项公文谁审批", 47, "报区长审批"),
    (SHUANGTAIZI, "绝密的文件能不能直接报给领导", 46, "必须直接报送的绝密事项"),
    (SHUANGTAIZI, "兄弟单位会签文件几天内回", 48, "5个工作日内"),
    (SHUANGTAIZI, "部门来函征求意见多久回复", 48, "5个工作日内"),
    (SHUANGTAIZI, "常务会上通过的文件多久印发", 39, "会议结束后5个工作日内"),
    (SHUANGTAIZI, "工作日报什么时候报", 63, "当日报送编辑"),
    (SHUANGTAIZI, "区长批的速办件几天反馈", 64, "2个工作日内"),
    (SHUANGTAIZI, "一般件多久反馈", 64, "5个工作日内"),
    (SHUANGTAIZI, "复杂的事多久要有结果", 55, "1个月内"),
    (SHUANGTAIZI, "年初定的事什么时候销号", 55, "在年底清零销号"),
    (SHUANGTAIZI, "遇到突发事件向谁报告", 61, "要及时逐级请示报告"),
    (FENGHUANG, "专题会纪要谁初审", 7, "分管文秘工作副主任审核"),
    (FENGHUANG, "县长办公会的纪要谁起草", 7, "由文秘办及研究室起草"),
    (FENGHUANG, "督查通报谁审核", 30, "分管政务督查工作的副主任、主任"),
    (FENGHUANG, "督查通报谁来写", 30, "县政府督查室"),
    (FENGHUANG, "值班要情谁编辑", 47, "由县政府总值班室按期编辑"),
    (FENGHUANG, "政府公报由哪位领导审定", 18, "分管副主任审定"),
    (FENGHUANG, "以县政府名义发的重要文件谁审核", 17, "主任、分管副县长审核"),
    (FENGHUANG, "规范性文件的解读谁审", 49, "相关业务办室审核,分管副主任审定"),
    (FENGHUANG, "上级来的重要文件谁签批", 17, "逐级呈县长、分管副县长"),
    (FENGHUANG, "下级报上来的公文谁批", 17, "办公室主任、分管副县长审批"),
    (FENGHUANG, "收到的文件由谁登记编号", 12, "文秘办统一收文登记"),
    (FENGHUANG, "旧文件谁销毁", 23, "由文秘办安排专人"),
    (FENGHUANG, "盖县政府的章要哪个领导批准", 21, "经县人民政府领导审批同意"),
    (FENGHUANG, "府办的章谁同意才能盖", 21, "经县政府办副主任或主任审批同意"),
    (FENGHUANG, "县长的章谁同意才能用", 21, "请示县长本人同意"),
    (FENGHUANG, "县长专用章平时归谁保管", 21, "由文秘办机要员专人管理"),
    (FENGHUANG, "常务会议纪要几个小时出送审稿", 7, "36小时"),
    (FENGHUANG, "专题会议的纪要多久起草完", 7, "2天以内"),
    (FENGHUANG, "县长办公会纪要几天印发", 7, "会后5个工作日内"),
    (FENGHUANG, "计划外的督查要提前几天报", 32, "提前5个工作日"),
    (FENGHUANG, "会议材料提前几天送文秘办", 6, "提前1天"),
    (FENGHUANG, "发生突发事件报告谁", 46, "逐级报告总值班室主任"),
    (FENGHUANG, "出了较大事故向哪位领导报告", 46, "要报告常务副县长、县长"),
    (FENGHUANG, "值班工作归谁牵头", 43, "由县政府总值班室牵头负责"),
    (FENGHUANG, "值班一天值几个小时", 43, "24小时"),
    (FENGHUANG, "带班领导夜里可以回家吗", 45, "居家带班"),
    (FENGHUANG, "值班就一个人守着吗", 43, "执行正、副班制度"),
    (FENGHUANG, "带班的领导几点以后能在家里带班", 45, "当日晚8时后"),
    (FENGHUANG, "值班人员培训一年几次", 48, "不少于1次"),
    (FENGHUANG, "专项资金花2000元要填什么表", 64, "专项资金报账审批表"),
    (XIANYANG, "局里报市政府的请示谁签发", 54, "主要负责同志签发"),
    (XIANYANG, "以市政府名义发的文谁审核", 52, "经分管副市长审核"),
    (XIANYANG, "会后的新闻稿谁审定", 45, "秘书长或有关副秘书长审定"),
    (XIANYANG, "规范性文件草案谁审查", 26, "市政府法制办公室"),
    (XIANYANG, "下级报送的重大公文谁审批", 49, "报市长审批"),
    (XIANYANG, "材料能不能绕过办公室直接给领导", 48, "不得直接报送市政府领导同志"),
    (XIANYANG, "我们报的请示多久办复", 58, "10个工作日内"),
    (XIANYANG, "会签的文件几天内要回复", 58, "5个工作日内"),
    (XIANYANG, "出了事故第一时间报哪里", 66, "立即报告市政府总值班室"),
    (XIANYANG, "值班是24小时吗", 65, "24小时"),
    (YUNYANG, "县政府党组报县委的请示谁签", 53, "由县长审签"),
    (YUNYANG, "涉及重大事项的县政府公文谁审签", 53, "由县长审签"),
    (YUNYANG, "党政联合行文谁签发", 53, "关于党政联合行文办理程序的规定"),
    (YUNYANG, "乡镇报县政府的文件谁签", 54, "由其主要负责人审签"),
    (YUNYANG, "县政府办公室发的商洽函谁签", 53, "由县政府办公室主任审签"),
    (YUNYANG, "县长办公会的纪要谁审", 50, "常务副县长审核"),
    (YUNYANG, "规范性文件由谁起草", 19, "县政府指定一个部门"),
    (YUNYANG, "涉及几个部门的规范性文件谁起草", 19, "联合起草"),
    (YUNYANG, "规范性文件谁审核", 20, "县司法局合法性审查和县政府办公室完备性审核"),
    (YUNYANG, "领导交办的事能不能直接给领导送文件", 54, "领导同志交办事项"),
    (YUNYANG, "合法性审查要留多少天", 20, "不少于7个工作日"),
    (YUNYANG, "网上公开征求意见多少天", 25, "不少于30日"),
    (YUNYANG, "文件能过夜吗", 40, "文不过夜"),
    (YUNYANG, "一般的事几天办完", 40, "事不过周"),
    (YUNYANG, "三位副县长都管的文,会签完最后谁签", 53, "由县长或常务副县长审签"),
    (YUNYANG, "找市里部门批个事的文谁签", 53, "由分管副县长审签"),
    (YUNYANG, "印成纸的文件办公室收吗", 54, "不接收纸质文件"),
    (YUNYANG, "请示稿子跟别的局谈不拢该怎么报", 55, "列出各方理据"),
    (CHANGLE, "一份请示写三件事行吗", 53, "一文一事"),
    (CHANGLE, "报告后面附带一个请示可以吗", 53, "报告中不得夹带请示事项"),
    (CHANGLE, "帮县政府拟的文稿要附上什么", 58, "发文请示单"),
    (CHANGLE, "领导批文件要写哪些内容", 55, "应签署明确意见、姓名和日期"),
    (CHANGLE, "没上会的事想用县政府名义发文怎么办", 57, "应当先行书面请示"),
    (SHUANGTAIZI, "会签逾期不回复怎么办", 48, "视为无不同意见"),
    (SHUANGTAIZI, "来函会签的件来不及看完怎么办", 48, "主动与主办部门沟通"),
    (SHUANGTAIZI, "新出的政策由谁负责解读", 29, "谁起草、谁解读"),
    (SHUANGTAIZI, "会签时意见不一致怎么往上报", 48, "列明各方理据"),
    (FENGHUANG, "下面报的公文不规范怎么处理", 13, "及时退回报文单位"),
    (FENGHUANG, "阅知类的文领导圈阅是什么意思", 17, "视为已阅知"),
    (FENGHUANG, "传阅密件用什么袋子装", 22, "专用文件夹"),
    (XIANYANG, "领导签文件可以用铅笔吗", 50, "钢笔、毛笔或签字笔"),
    (XIANYANG, "文稿协商不成由谁来协调", 57, "分管副秘书长或秘书长"),
    (XIANYANG, "几家意见谈不拢最后听谁的", 57, "报市长审定"),
    (XIANYANG, "收到的请示到日子办不完怎么办", 58, "要向来文单位说明原因"),
]


@pytest.mark.parametrize(("org", "question", "article", "words"), ANSWERED)
def test_what_the_rules_say_of_documents_is_answered_from_its_row(
    org: str, question: str, article: int, words: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].article == article
    assert words in answer.answer
    assert answer.answer in answer.citations[0].quote
    assert all(citation.quote in edition(org).text for citation in answer.citations)


OPEN = [
    (CHANGLE, "盖公章找谁批"),
    (FENGHUANG, "公章谁同意才能用"),
    (FENGHUANG, "以县政府名义发文谁审核"),
    (FENGHUANG, "来文谁签批"),
    (FENGHUANG, "会议纪要多久印发"),
    (FENGHUANG, "会议纪要由谁审核"),
    (YUNYANG, "县政府的公文谁审签"),
    (YUNYANG, "以县政府办公室名义发文谁签"),
]


@pytest.mark.parametrize(("org", "question"), OPEN)
def test_a_fact_that_is_missing_is_asked_for_by_choices_that_are_answered(
    org: str, question: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.CLARIFY
    for option in answer.options:
        chosen = ask(org, option)
        assert chosen is not None, option
        assert chosen.status is AnswerStatus.ANSWERED, option


def test_the_commonest_six_are_offered_and_the_others_behind_them() -> None:
    first = ask(YUNYANG, "谁签发这个文件")

    assert first is not None
    assert len(first.options) == 6
    second = ask(YUNYANG, first.options[-1])
    assert second is not None
    assert len(second.options) == 6
    third = ask(YUNYANG, second.options[-1])
    assert third is not None
    offered = {*first.options[:-1], *second.options[:-1], *third.options}
    assert len(offered) > 12


# office, question -> article that is shown, words of what is said
NOT_WRITTEN = [
    (CHANGLE, "用县政府办公室的章要哪位领导同意", 63, "县政府印章；县长印章"),
    (FENGHUANG, "副县长的章谁批", 21, "县长专用章"),
    (CHANGLE, "县长办公会的纪要谁签发", 50, "全体会议的纪要；常务会议的纪要；专题会议的纪要"),
    (SHUANGTAIZI, "专题会议纪要谁签发", 39, "业务会议的纪要"),
    (XIANYANG, "业务会议纪要谁签发", 45, "专项会议的纪要"),
    (YUNYANG, "以县政府办公室名义发的一般文件谁签", 53, "县政府办公室发的日常回复公文"),
    (FENGHUANG, "常务会议纪要会后几天印发", 7, "专题会议纪要的印发"),
    (CHANGLE, "会签的文件几天内要回复", 59, "紧急发文"),
    (FENGHUANG, "请示几天给批复", 6, "常务会议议题材料送领导"),
    (SHUANGTAIZI, "征集社会公众意见要几天", 48, "征求意见的回复"),
    (YUNYANG, "会签文件多久回复", 20, "向社会公开征求意见"),
    (CHANGLE, "会议纪要会后几天印发", 50, "没有写明"),
    (XIANYANG, "常务会纪要多久印出来", 45, "没有写明"),
    (CHANGLE, "代拟稿征求意见多久反馈", 58, "限定期限内"),
    (XIANYANG, "紧急的请示多久能批复", 58, "急事急办、特事特办"),
    (YUNYANG, "规范性文件的合法性审查要几天", 20, "应当保证必要的审查时间"),
    (FENGHUANG, "专项资金500元要填表吗", 64, "1000元以上"),
]


@pytest.mark.parametrize(("org", "question", "article", "words"), NOT_WRITTEN)
def test_what_the_rules_step_over_is_said_not_to_be_written(
    org: str, question: str, article: int, words: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert answer.citations[0].article == article
    assert words in answer.text


def test_the_special_cases_of_a_usual_one_are_cited_beside_it() -> None:
    answer = ask(FENGHUANG, "突发事件应该报告哪些人")

    assert answer is not None
    assert any("常务副县长、县长" in citation.quote for citation in answer.citations[1:])


OWN = {  # those of the tables on documents that have cases to choose from
    reader.table
    for module in (
        document_questions,
        form_questions,
        incoming_questions,
        limit_questions,
        seal_questions,
    )
    for reader in module.READERS
} | {"incident_report"}


def _cases() -> Iterator[tuple[str, str, str]]:
    """Office, the question that offers a case, the quote of the case's row."""
    options = {r.table: f"rules.option_{r.option or r.table}" for r in READERS if r.table in OWN}
    for org, (name, key) in product(ORGS, options.items()):
        table = tables().procedures.of(OrgId(org)).tables.get(name)
        for row in table.rows if table else ():
            cases = row.outcome.get("case", ())
            for case in [cases] if isinstance(cases, str) else cases:
                yield org, tables().texts.say(key, case=case), row.quote


@pytest.mark.parametrize(("org", "question", "quote"), list(_cases()))
def test_every_case_that_may_be_offered_is_answered_from_its_own_row(
    org: str, question: str, quote: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.citations[0].quote == quote


LEFT = [
    (CHANGLE, "谁批准刻新的印章"),
    (CHANGLE, "县长的章丢了找谁"),
    (CHANGLE, "我们局的公章谁批"),
    (CHANGLE, "县政府的公章谁保管"),
    (CHANGLE, "用印要不要登记"),
    (CHANGLE, "文件几天内归档"),
    (CHANGLE, "县长安排的调研什么时候回"),
    (CHANGLE, "部门报上去的议题领导几天内给意见"),
    (CHANGLE, "县长交办的事没按时回复怎么办"),
    (CHANGLE, "上级来文谁批"),
    (CHANGLE, "报给市里的材料谁审核"),
    (CHANGLE, "规范性文件谁解释"),
    (CHANGLE, "规范性文件的公平竞争审查谁做"),
    (CHANGLE, "可以直接给县长打电话吗"),
    (CHANGLE, "区政府公文谁签发"),
    (CHANGLE, "发生突发事件报告谁"),
    (SHUANGTAIZI, "盖公章找谁批"),
    (SHUANGTAIZI, "速办件没按时反馈怎么罚"),
    (SHUANGTAIZI, "处分决定谁签发"),
    (FENGHUANG, "县政府印章、县长专用章谁批"),
    (FENGHUANG, "合同盖章谁批"),
    (FENGHUANG, "印章登记台账谁管"),
    (FENGHUANG, "人大议案谁签发"),
    (FENGHUANG, "督查方案谁审核"),
    (FENGHUANG, "党组会纪要多久印发"),
    (FENGHUANG, "常务会议纪要多久归档"),
    (FENGHUANG, "计划内的督查提前几天通知"),
    (FENGHUANG, "谁向县长报告突发事件"),
    (FENGHUANG, "突发事件由谁牵头处置"),
    (FENGHUANG, "值班费谁批"),
    (FENGHUANG, "值班人员晚上能回家吗"),
    (FENGHUANG, "涉密文件由谁销毁"),
    (FENGHUANG, "专项资金2万元谁审批"),
    (XIANYANG, "请示要提前几天报"),
    (XIANYANG, "请示件多久没答复要说明原因"),
    (XIANYANG, "局里的规范性文件报备案后谁审查"),
    (XIANYANG, "突发事件由谁负责处置"),
    (YUNYANG, "合法性审查几天前要报材料"),
    (YUNYANG, "文件压缩到多少字"),
    (YUNYANG, "领导签文件用什么笔"),
    (CHANGLE, "文件格式怎么排"),
    (FENGHUANG, "谁圈阅文件"),
    (XIANYANG, "毛笔字比赛谁批"),
    (XIANYANG, "领导班子意见不统一听谁的"),
    (YUNYANG, "纸质档案收在哪"),
    (YUNYANG, "征求意见大家都不同意怎么办"),
    (FENGHUANG, "圈阅的文件放哪里"),
    (XIANYANG, "纸质文件收不收"),
    (XIANYANG, "家里两口子谈不拢怎么办"),
    (SHUANGTAIZI, "年终总结怎么写"),
    (YUNYANG, "信息公开申请多久答复"),
    (YUNYANG, "劳动合同谁签"),
    (YUNYANG, "会议纪要谁盖章"),
]


@pytest.mark.parametrize(("org", "question"), LEFT)
def test_what_only_sounds_alike_is_left_to_the_search(org: str, question: str) -> None:
    assert ask(org, question) is None


@pytest.mark.parametrize("org", [CHANGLE, SHUANGTAIZI, FENGHUANG, XIANYANG, YUNYANG])
def test_minutes_are_offered_beside_documents(org: str) -> None:
    answer = ask(org, "谁签发这个文件")

    assert answer is not None
    assert "会议纪要由谁签发？" in answer.options


def test_what_no_article_gives_a_signer_is_left_open_with_what_comes_nearest() -> None:
    answer = ask(SHUANGTAIZI, "规范性文件谁签发")

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert [citation.label for citation in answer.citations] == [
        "第四十九条第五项",
        "第三十八条第六项",
    ]


# office, question -> article, words of the answer
COUNTERSIGNED = [
    (CHANGLE, "会签找谁", 60, "其他副县长"),
    (SHUANGTAIZI, "请示涉及别的部门找谁会签", 48, "相关部门负责人"),
    (FENGHUANG, "上会议题找谁会签", 6, "与相关部门"),
    (YUNYANG, "规范性文件要谁会签", 53, "分管副县长"),
    (YUNYANG, "请示涉及别的部门找谁会签", 55, "主办和协办部门主要负责人"),
]


@pytest.mark.parametrize(("org", "question", "article", "words"), COUNTERSIGNED)
def test_whoever_signs_besides_is_told_by_the_kind_of_paper(
    org: str, question: str, article: int, words: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.citations[0].article == article
    assert words in answer.answer


def test_where_nobody_is_named_who_signs_besides_that_is_said() -> None:
    answer = ask(XIANYANG, "会签找谁")

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert answer.citations[0].article == 58


def test_no_signer_of_another_paper_is_named_for_appointments() -> None:
    answer = ask(FENGHUANG, "任命干部的文谁签发")

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert answer.citations[0].article == 17
