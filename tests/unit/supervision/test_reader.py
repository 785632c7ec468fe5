from __future__ import annotations

from datetime import date

import pytest

from bot.adapters.chinese.supervision_reader import ChineseSupervisionReader
from bot.adapters.people import load_directory
from bot.core.errors import InvalidInputError
from bot.core.people import Directory
from bot.core.supervision import ItemKind, ItemParts, ItemQuery, ItemState
from bot.services.supervision_words import deadline_words
from tests.unit.supervision.stage import MONDAY, ROOT, Stage

TODAY = date(2026, 11, 23)  # a Monday
READER = ChineseSupervisionReader()


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load_directory(ROOT / "demo" / "people" / "changle.yml")


def day(text: str) -> date:
    month, number = text.split("-")
    return date(2026, int(month), int(number))


@pytest.mark.parametrize(
    ("text", "content", "unit", "deadline"),
    [
        ("立项:发改局11月底前报送重点项目进展,速办", "报送重点项目进展", "发展和改革局", "11-30"),
        ("立项：发改局11月底前拨付1,000万元，速办", "拨付1,000万元", "发展和改革局", "11-30"),
        (
            "立项：教育局，12月10日前报校园情况（含民办）",
            "报校园情况（含民办）",
            "教育和体育局",
            "12-10",
        ),
        ("把河道清淤交给水利局办,12月10日前", "河道清淤", "水利局", "12-10"),
        ("立项:财政局今天下午5点前报国库余额,特急", "报国库余额", "财政局", "11-23"),
        ("立项:财政局12月5日17:30前报国库余额", "报国库余额", "财政局", "12-05"),
        ("请发改局月底前给我个说法", "给我个说法", "发展和改革局", "11-30"),
        ("立项:统计局11月30日前报数据;民政局配合", "报数据", "统计局", "11-30"),
        ("立项 教育局12月10日前报校园安全情况", "报校园安全情况", "教育和体育局", "12-10"),
        ("督办立项:水务局三天内上报河道清淤方案", "上报河道清淤方案", "水利局", "11-26"),
        ("新增督办:财政局下周五前拨付民生资金", "拨付民生资金", "财政局", "12-04"),
        ("登记一个督办 由卫健局办理 两周内报结果", "报结果", "卫生健康局", "12-07"),
        ("给人社局下个督办,年底前清零欠薪", "清零欠薪", "人力资源和社会保障局", "12-31"),
        ("交办文旅局 下周三之前拿出国庆活动方案", "拿出国庆活动方案", "文化和旅游局", "12-02"),
        ("督办:工信局5个工作日内反馈用电问题", "反馈用电问题", "工业和信息化局", "11-30"),
        ("立项:县发改局30日前报送总结", "报送总结", "发展和改革局", "11-30"),
        ("立项:乡村振兴局12月前报总结", "报总结", "乡村振兴局", "11-30"),
        ("督办立项:请民政局抓紧整改消防,期限11月28日", "抓紧整改消防", "民政局", "11-28"),
        ("立项:大数据中心 12.15前 完成政务云迁移", "完成政务云迁移", "大数据中心", "12-15"),
        ("立项:12月10日前由住建局检修供热管网", "检修供热管网", "住房和城乡建设局", "12-10"),
        ("把教育局校舍隐患整改列入督办,12月底前", "校舍隐患整改", "教育和体育局", "12-31"),
        ("立项:某某办12月10日前报送方案", "报送方案", "某某办", "12-10"),
        ("立项:县委组织部12月1日前报名单", "报名单", "县委组织部", "12-01"),
        ("立项:国网供电公司月底前改造线路", "改造线路", "国网供电公司", "11-30"),
        ("立项:报送财政局资金情况,由审计局牵头,12月5日前", "报送财政局资金情况", "审计局", "12-05"),
        (
            "立项:推进教育系统改革,发改局12月10日前报",
            "推进教育系统改革，报",
            "发展和改革局",
            "12-10",
        ),
    ],
)
def test_a_sentence_is_parted_into_unit_content_and_deadline(
    text: str, content: str, unit: str, deadline: str, directory: Directory
) -> None:
    parts = READER.read_item(text, TODAY, directory)

    assert (parts.content, parts.lead_unit, parts.deadline) == (content, unit, day(deadline))


@pytest.mark.parametrize(
    ("text", "lead", "assisting"),
    [
        ("立项:住建局牵头,城管局配合,月底前摸排", "住房和城乡建设局", ("综合行政执法局",)),
        (
            "督办:教育局会同/配合 财政局、人社局月底前排查",
            "教育和体育局",
            ("财政局", "人力资源和社会保障局"),
        ),
        ("立项:司法局牵头会同公安局、信访局排查", "司法局", ("公安局", "信访局")),
        ("建一个督办 主办住建局 协办交通局 内容是改造", "住房和城乡建设局", ("交通运输局",)),
        ("立项:水利局治理河道,配合单位:生态环境局、红河镇", "水利局", ("生态环境局", "红河镇")),
        ("立项:发改局、财政局11月底前报送计划", "发展和改革局", ("财政局",)),
        ("立项:商务局配合文旅局办好展会", "文化和旅游局", ("商务局",)),
        ("立项:水利局12月底前治理红河镇段河道", "水利局", ()),
    ],
)
def test_units_lead_or_assist_as_they_are_called(
    text: str, lead: str, assisting: tuple[str, ...], directory: Directory
) -> None:
    parts = READER.read_item(text, TODAY, directory)

    assert (parts.lead_unit, parts.assist_units) == (lead, assisting)


@pytest.mark.parametrize(
    ("text", "kind", "urgent", "source"),
    [
        ("立项:发改局月底前报送进展,速办", ItemKind.FAST, None, None),
        ("立项:发改局月底前报送进展,一般", ItemKind.ORDINARY, None, None),
        ("立项:工信局长期推进纾困", ItemKind.LONG, None, None),
        ("立项:民政局报方案,复杂,特急", ItemKind.COMPLEX, True, None),
        ("立项:应急局报送应急预案和紧急通知", None, None, None),
        ("立项:财政局报送一般公共预算执行情况", None, None, None),
        ("县长批示:生态环境局一个月内解决异味,请立项", None, None, "县长批示"),
        ("常务会定的事,司法局12月5日前报告,立项", None, None, "常务会议"),
        ("立项:根据专题会议要求,交通局月底前修路", None, None, "专题会议"),
        ("立项:县政府工作报告任务,商务局年底前引进项目", None, None, "政府工作报告"),
        ("今年政府工作报告任务立项:文旅局建成景区", None, None, "政府工作报告"),
        ("立项:人大建议第15号,农业农村局下月10日前答复", None, None, "人大建议第15号"),
        ("立项:发改局12月底前起草政府工作报告", None, None, None),
    ],
)
def test_kind_urgency_and_source_are_read_where_they_stand_apart(
    text: str, kind: ItemKind | None, urgent: bool | None, source: str | None, directory: Directory
) -> None:
    parts = READER.read_item(text, TODAY, directory)

    assert (parts.kind, parts.urgent, parts.source) == (kind, urgent, source)


@pytest.mark.parametrize("text", ["立项", "我要登记一个督办事项", "新增督办", ""])
def test_what_is_not_said_stays_unsaid(text: str, directory: Directory) -> None:
    assert READER.read_item(text, TODAY, directory) == ItemParts()


@pytest.mark.parametrize("sign", ["；", "\n"])
def test_two_items_in_one_sentence_are_not_mixed(sign: str, directory: Directory) -> None:
    text = f"立项：统计局11月30日前报数据{sign}民政局12月1日前报名单"

    with pytest.raises(InvalidInputError) as refusal:
        READER.read_item(text, TODAY, directory)

    assert refusal.value.code == "item_several"


def test_the_day_of_a_meeting_is_no_deadline(directory: Directory) -> None:
    text = "立项:按11月20日常务会议要求,教育局每两周报进展,长期"

    assert READER.read_item(text, TODAY, directory).deadline is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("签收督办3号", (2026, 3)),
        ("3号督办怎么样了", (2026, 3)),
        ("督〔2026〕15号", (2026, 15)),
        ("督[2026]15号", (2026, 15)),
        ("督（2026）15号", (2026, 15)),
        ("督办３号", (2026, 3)),
        ("督(2025)15号到哪一步了", (2025, 15)),
        ("督2026-15号", (2026, 15)),
        ("督办第十二号已办结", (2026, 12)),
        ("督办3号延期", (2026, 3)),
        ("第3号完成了", (2026, 3)),
        ("第3号地块已完成征收", None),
        ("已按第12号文件办结", None),
        ("督办2026年3号已完成80%", (2026, 3)),
        ("签收3号", (2026, 3)),
        ("3号已办结", (2026, 3)),
        ("督办事项5", (2026, 5)),
        ("督办5个事项", None),
        ("申请延期到12月3号", None),
        ("我的督办", None),
        ("3号前能办完", None),
        ("督办-1号销号", (2026, 1)),
        ("督办#12号", (2026, 12)),
        ("把22号催一下", (2026, 22)),
    ],
)
def test_items_are_named_in_many_ways(text: str, number: tuple[int, int] | None) -> None:
    assert READER.read_number(text, TODAY) == number


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("督办3号已完成80%,下周报送", 80),
        ("督办３号完成８０％，下周报送", 80),
        ("督办3号 80%", 80),
        ("进度百分之八十", 80),
        ("已完成八成", 80),
        ("办了差不多六成,下周拿初稿", 60),
        ("完成七成五", 75),
        ("完成一半了", 50),
        ("完成百分之百", 100),
        ("完成85.5%", 85),
        ("已完成三分之一", 33),
        ("办得差不多了,八成", 80),
        ("办得差不多了,大概80%吧", 80),
        ("按计划推进,增长8%,下周报", None),
        ("财政收入增长5%,已完成60%", 60),
        ("财政收入增长5%", None),
        ("督办80号正在办", None),
        ("项目已经完成招标", None),
        ("专班已成立", None),
    ],
)
def test_progress_is_the_share_of_the_work(text: str, percent: int | None) -> None:
    assert READER.read_progress(text) == percent


@pytest.mark.parametrize("text", ["已完成130%", "完成-5%", "完成百分之一百二十"])
def test_progress_outside_0_to_100_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        READER.read_progress(text)

    assert refusal.value.code == "progress_percent"


@pytest.mark.parametrize("text", ["报进展", "督办3号进展", "我来报一下督办3号的进展", "更新进度"])
def test_a_report_without_anything_reported_is_asked_for(text: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        READER.read_progress(text)

    assert refusal.value.code == "progress_missing"


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("督办3号已办结", True),
        ("督办3号办完了,申请销号", True),
        ("督办3号已完成,请审核", True),
        ("督办3号全部完成", True),
        ("督办3号已落实到位", True),
        ("督办3号完成了", True),
        ("督办3号已完成，请审核", True),
        ("督办3号已补办完毕", True),
        ("督办3号已补办", False),
        ("督办3号已完成80%", False),
        ("督办3号已完成招标", False),
        ("督办3号尚未办结", False),
        ("督办3号预计下周办结", False),
        ("督办3号还没有完成", False),
    ],
)
def test_a_report_is_done_only_when_the_whole_is(text: str, done: bool) -> None:
    assert READER.read_completion(text) is done


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("督办3号申请延期到12月15日", date(2026, 12, 15)),
        ("督办30号延期至下周五", date(2026, 12, 4)),
        ("督办3号延期到月底", date(2026, 11, 30)),
        ("督办3号延长5天", date(2026, 12, 5)),
        ("3号督办想延期一周", date(2026, 12, 7)),
        ("督办3号延期五个工作日", date(2026, 12, 7)),
        ("月底完不成,能不能延到12月20日", date(2026, 12, 20)),
        ("督办3号11月30日办不完,把期限改到12月5日", date(2026, 12, 5)),
        ("督办3号申请延期", None),
    ],
)
def test_an_extension_leads_to_a_date_or_on_from_the_deadline(
    text: str, until: date | None
) -> None:
    assert READER.read_extension(text, TODAY, date(2026, 11, 30)) == until


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("同意督办3号延期", True),
        ("批准督办3号延期到12月10日", True),
        ("可以", True),
        ("不同意督办3号延期", False),
        ("督办3号不予延期", False),
        ("驳回督办5号的延期申请", False),
        ("按原定时限办", False),
        ("督办3号能不能延期", None),
        ("督办3号申请延期,请批准", None),
        ("督办3号进行中", None),
    ],
)
def test_a_decision_is_a_yes_or_a_no_and_a_question_neither(
    text: str, decision: bool | None
) -> None:
    assert READER.read_decision(text) is decision


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("哪些督办超期了", ItemQuery(overdue=True)),
        ("我的督办", ItemQuery(mine=True)),
        ("我们局有几个没办", ItemQuery(mine=True)),
        ("发改局手上有几件事", ItemQuery(unit="发展和改革局")),
        ("本周到期的督办", ItemQuery(due_from=TODAY, due_to=day("11-29"))),
        ("下周到期的有哪些", ItemQuery(due_from=day("11-30"), due_to=day("12-06"))),
        ("今天到期的", ItemQuery(due_from=TODAY, due_to=TODAY)),
        ("三天内到期的", ItemQuery(due_from=TODAY, due_to=day("11-26"))),
        ("下月到期的", ItemQuery(due_from=day("12-01"), due_to=day("12-31"))),
        ("月底到期的督办有哪些", ItemQuery(due_to=day("11-30"))),
        ("还没签收的督办", ItemQuery(state=ItemState.UNSIGNED)),
        ("等着销号的督办", ItemQuery(state=ItemState.IN_REVIEW)),
        ("待审核的督办", ItemQuery(undecided=True)),
        ("待审核的延期申请", ItemQuery(extension_asked=True)),
        ("已经销号的督办", ItemQuery(state=ItemState.CLOSED)),
        ("列出所有督办", ItemQuery(everything=True)),
        ("速办件还剩几件", ItemQuery(kind=ItemKind.FAST)),
        ("看看督办台账", ItemQuery()),
    ],
)
def test_a_question_narrows_the_ledger(text: str, query: ItemQuery, directory: Directory) -> None:
    assert READER.read_query(text, TODAY, directory) == query


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("督办3号已完成80%,下周报送", "已完成80%,下周报送"),
        ("督〔2026〕3号进展： 已完成80%， 见表", "已完成80%， 见表"),
        ("@小规 督办3号完成了", "完成了"),
        ("汇报督办6号 已完成拆除12户", "汇报 已完成拆除12户"),
        ("方案已报县长", "方案已报县长"),
        ("督办3号", "督办3号"),
    ],
)
def test_the_words_of_a_report_leave_its_number_out(text: str, said: str) -> None:
    assert READER.read_words(text) == said


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("退回督办1号,材料不全", "材料不全"),
        ("督办2号佐证不足,退回", "佐证不足"),
        ("督办7号情况不实,打回重办", "情况不实"),
        ("审核不合格,督办8号退回", "审核不合格"),
        ("退回督〔2026〕3号 缺验收单", "缺验收单"),
        ("不同意督办3号延期,按原时限办", "按原时限办"),
        ("督办2号重复了,取消", "重复了"),
        ("退回督办3号", ""),
        ("不同意督〔2026〕3号延期", ""),
        ("撤销督办5号", ""),
    ],
)
def test_a_refusal_says_why_where_it_does(text: str, reason: str) -> None:
    assert READER.read_reason(text) == reason


def test_of_two_days_it_is_asked_which_one_counts(directory: Directory) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        READER.read_item("立项:水利局11月30日前报方案,12月15日前完成清淤", TODAY, directory)

    assert refusal.value.code == "item_deadline_which"
    assert refusal.value.details == {"days": (day("11-30"), day("12-15"))}


def test_the_day_that_is_called_the_deadline_counts(directory: Directory) -> None:
    text = "立项:水利局11月30日前报方案,12月15日前完成清淤,时限2026年12月15日"

    parts = READER.read_item(text, TODAY, directory)

    assert parts.deadline == day("12-15")
    assert parts.content == "11月30日前报方案，12月15日前完成清淤"


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        ("立项:财政局每周报送资金拨付进度", ItemKind.LONG, "每周报送资金拨付进度"),
        ("立项:统计局每月5日前报送数据", ItemKind.LONG, "每月5日前报送数据"),
        ("立项:财政局12月10日前报送每月的拨付进度", None, "报送每月的拨付进度"),
    ],
)
def test_what_is_reported_again_and_again_has_no_end(
    text: str, kind: ItemKind | None, content: str, directory: Directory
) -> None:
    parts = READER.read_item(text, TODAY, directory)

    assert (parts.kind, parts.content) == (kind, content)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("给我盯一下住建局的老旧小区改造,月底前要见效果", "老旧小区改造，见效果"),
        ("立项,承办单位住建局,完成时限12月20日,内容老旧小区改造", "老旧小区改造"),
    ],
)
def test_a_unit_leads_what_it_is_watched_for(text: str, content: str, directory: Directory) -> None:
    parts = READER.read_item(text, TODAY, directory)

    assert (parts.lead_unit, parts.content) == ("住房和城乡建设局", content)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("每周报送", 7),
        ("每星期反馈", 7),
        ("每两周报", 14),
        ("每半个月报送", 15),
        ("每旬报送", 10),
        ("每个月通报", 30),
        ("每季度报送", 91),
        ("长期推进", None),
    ],
)
def test_a_repeated_report_has_the_rhythm_that_is_said(
    said: str, days: int | None, stage: Stage
) -> None:
    item = stage.register(f"立项:财政局{said}资金拨付进度")

    assert (item.kind, item.cycle) == (ItemKind.LONG, days)


def test_an_item_tells_its_own_rhythm(stage: Stage) -> None:
    item = stage.register("立项:财政局每周报送资金拨付进度")

    assert deadline_words(item, MONDAY, stage.texts) == "长期推进，每周反馈进展（到时提醒）"
