"""Conversations about leave that went well, each with the record that has to come of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Turn = tuple[str, tuple[str, ...]]  # what is said, and what the answer has to hold


@dataclass(frozen=True)
class Dialogue:
    """What one person says, and the leave that is then on record (None: none is)."""

    user: str
    turns: tuple[Turn, ...]
    record: dict[str, Any] | None = None
    approvers: tuple[str | None, ...] = ()  # None: outside the platform
    articles: tuple[int, ...] = ()
    warnings: tuple[str, ...] = field(default=())


def says(*texts: str) -> tuple[Turn, ...]:
    return tuple((text, ()) for text in texts)


def day(first: str, last: str | None = None) -> dict[str, str]:
    return {"first_day": f"2026-{first}", "last_day": f"2026-{last or first}"}


FILED: Turn = ("确认提交", ("编号", "审批人"))
OFFICE_HABIT = ("rule_silent",)

DIALOGUES = (
    # One sentence, and every part of it
    Dialogue(
        "changle/jiaoyu_head",
        (("我下周三到周五去南京出差,工作由副局长主持", ("南京", "副局长", "县长")), FILED),
        {
            "kind": "出差",
            **day("12-02", "12-04"),
            "days": 3,
            "place": "南京",
            "tell": ["县政府办公室"],
        },
        ("changle/deputy2", "changle/head"),
        (83, 83),
    ),
    Dialogue(
        "changle/office_deputy",
        (("12月1日至5日年休假", ("共5天，其中工作日4天",)), FILED),
        {"kind": "年休假", **day("12-01", "12-05"), "days": 5, "working_days": 4},
        ("changle/office_director",),
        warnings=OFFICE_HABIT,
    ),
    Dialogue(
        "changle/section_chief",
        (("下周一到周三年休假", ("11月30日", "12月2日")), FILED),
        {"kind": "年休假", **day("11-30", "12-02"), "days": 3, "place": ""},
        ("changle/office_deputy", "changle/office_director"),
        warnings=OFFICE_HABIT,
    ),
    Dialogue(
        "changle/staff2",
        (
            ("明天下午请半天事假", ("事由",)),
            ("家里有事", ("共0.5天",)),
            FILED,
        ),
        {"kind": "事假", **day("11-24"), "first_half": "pm", "days": 0.5, "reason": "家里有事"},
        ("changle/section_chief", "changle/office_deputy"),
        warnings=OFFICE_HABIT,
    ),
    Dialogue(
        "changle/town_head",
        (("下周三去潍坊开会,报备", ("潍坊（外出，离开本地）",)), FILED),
        {"kind": "出差", **day("12-02"), "place": "潍坊", "out_of_area": True},
        ("changle/head",),
        (83, 83),
    ),
    Dialogue(
        "changle/office_director",
        (("12月8日到9日去济南培训", ("学习培训",)), FILED),
        {"kind": "学习培训", **day("12-08", "12-09"), "place": "济南"},
        ("changle/head",),
        (83, 83),
    ),
    # Parts asked for one after the other
    Dialogue(
        "changle/clerk1",
        (
            ("我想请假", ("哪一种假",)),
            ("事假", ("从哪天到哪天",)),
            ("后天", ("事由",)),
            ("2天", ("事由",)),
            ("搬家", ("11月25日", "11月26日", "搬家")),
            FILED,
        ),
        {"kind": "事假", **day("11-25", "11-26"), "days": 2, "reason": "搬家"},
        ("changle/section_chief", "changle/office_deputy"),
        warnings=OFFICE_HABIT,
    ),
    Dialogue(
        "changle/supervisor1",
        (("请病假三天", ("从哪天开始",)), ("明天", ("11月24日", "11月26日")), FILED),
        {"kind": "病假", **day("11-24", "11-26"), "days": 3, "materials": []},
        ("changle/ducha_chief", "changle/office_director"),
        warnings=OFFICE_HABIT,
    ),
    Dialogue(
        "changle/bureau_staff",
        (
            ("因私出国", ("从哪天到哪天",)),
            ("2月30日到3月5日", ("没有这个日期",)),
            ("12月10日到20日", ("去哪里",)),
            ("日本", ("日本（外出，离开本地）",)),
            FILED,
        ),
        {"kind": "因私出国", **day("12-10", "12-20"), "place": "日本", "out_of_area": True},
        ("changle/bureau_head",),
        warnings=OFFICE_HABIT,
    ),
    Dialogue(
        "shuangtaizi/bureau_head",
        (
            ("下周去沈阳学习培训三天", ("从哪天开始",)),
            ("周三", ("12月2日", "12月4日")),
            FILED,
        ),
        {"kind": "学习培训", **day("12-02", "12-04"), "place": "沈阳"},
        ("shuangtaizi/deputy1", "shuangtaizi/head"),
        (65, 49),
    ),
    Dialogue(
        "shuangtaizi/jiaoyu_head",
        (
            ("明天请事假一天", ("去哪里",)),
            ("家里有事", ("去哪里",)),
            ("确认", ("去哪里",)),
            ("不出市", ("家里有事",)),
            FILED,
        ),
        {"kind": "事假", **day("11-24"), "reason": "家里有事", "out_of_area": False},
        ("shuangtaizi/head",),
        (49,),
    ),
    # Corrections, before and after the summary
    Dialogue(
        "changle/caizheng_head",
        (
            ("我下周三去南京出差", ("12月2日",)),
            ("改成三天", ("12月4日",)),
            ("不对,是下下周二", ("12月8日", "12月10日")),
            ("地点是济南", ("济南",)),
            ("修改", ("要改哪一项",)),
            ("确认", ("12月8日", "济南")),
            FILED,
        ),
        {"kind": "出差", **day("12-08", "12-10"), "place": "济南"},
        ("changle/deputy1", "changle/head"),
        (83, 83),
    ),
    Dialogue(
        "changle/shuili_head",
        (
            ("我下周三到周五去南京出差", ()),
            ("修改", ("要改哪一项",)),
            ("改时间", ("哪天",)),
            ("12月7日下午到8日", ("12月7日（周一）下午",)),
            FILED,
        ),
        {**day("12-07", "12-08"), "first_half": "pm", "days": 1.5},
        ("changle/deputy2", "changle/head"),
        (83, 83),
    ),
    Dialogue(
        "fenghuang/staff2",
        (
            ("病假一天,明天,感冒", ("医院证明",)),
            ("不对,是后天", ("11月25日",)),
            ("改成两天", ("11月26日", "办公室主任")),
            FILED,
        ),
        {"kind": "病假", **day("11-25", "11-26"), "materials": ["医院证明"]},
        ("fenghuang/office_director",),
        (78, 78, 78, 78),
        ("certificate_missing",),
    ),
    Dialogue(
        "yunyang/jiaoyu_head",
        (
            ("我下周三到周五去南京出差,工作由副主任主持", ("副主任",)),
            ("把地点改成成都", ("成都",)),
            ("把主持工作的人换成凌牧之", ("凌牧之",)),
            FILED,
        ),
        {**day("12-02", "12-04"), "place": "成都", "stand_in": "yunyang/caizheng_head"},
        ("yunyang/deputy2", "yunyang/head"),
        (59,),
    ),
    Dialogue(
        "changle/minzheng_head",
        (
            ("12月5日到12月1日请年休假", ("结束时间早于开始时间",)),
            ("12月1日到12月5日", ("12月1日", "12月5日")),
            FILED,
        ),
        {"kind": "年休假", **day("12-01", "12-05")},
        ("changle/deputy2", "changle/head"),
        (83, 83),
    ),
    Dialogue(
        "changle/wenlv_head",
        (
            ("拟于12月8日赴广州参加文博会,工作由副局长王明主持", ("广州", "副局长王明")),
            ("再加一天", ("12月8日（周二）至12月9日",)),
            ("没问题,提交吧", ("编号",)),
        ),
        {"kind": "出差", **day("12-08", "12-09"), "place": "广州", "reason": "参加文博会"},
        ("changle/deputy2", "changle/head"),
        (83, 83),
    ),
    Dialogue("changle/shangwu_head", (("帮张伟请假,明天事假一天", ("本人",)), ("确认", ()))),
    # Interruptions
    Dialogue(
        "changle/keji_head",
        (
            ("我要出差", ("从哪天到哪天",)),
            ("我是谁", ("桑琅然", "从哪天到哪天")),
            ("下周三", ("去哪里",)),
            ("县政府常务会议纪要谁签发", ("县长签发", "去哪里")),
            ("去青岛", ("青岛",)),
            ("到周五", ("12月4日",)),
            FILED,
        ),
        {"kind": "出差", **day("12-02", "12-04"), "place": "青岛"},
        ("changle/deputy2", "changle/head"),
        (83, 83),
    ),
    Dialogue(
        "changle/ziran_head",
        (("我要出差", ()), ("算了", ("没有提交",)), ("确认", ("没有等您确认",))),
    ),
    Dialogue(
        "changle/zhujian_head",
        (("12月14日到16日年休假", ()), ("不用了", ("没有提交",)), ("确认", ("没有等您确认",))),
    ),
    # Notice, stand-ins, length
    Dialogue(
        "yunyang/town_head",
        (
            ("后天去重庆出差一天", ("由谁主持",)),
            ("郁芷若", ("不能由本人",)),
            ("张三丰", ("没有找到",)),
            ("没有代理人", ("提前3天", "现在提前2天", "没有写明")),
            FILED,
        ),
        {**day("11-25"), "place": "重庆", "stand_in": None, "urgent": False},
        ("yunyang/deputy2", "yunyang/head"),
        (59,),
        ("notice_short", "stand_in_missing"),
    ),
    Dialogue(
        "fenghuang/bureau_head",
        (
            ("紧急,明天去长沙出差两天", ("紧急的理由",)),
            ("省厅临时通知开会", ("提前2个工作日", "按紧急事项办理")),
            FILED,
        ),
        {**day("11-24", "11-25"), "urgent": True, "tell": ["县政府总值班室"]},
        ("fenghuang/deputy1",),
        (26,),
        ("notice_short",),
    ),
    Dialogue(
        "fenghuang/jiaoyu_head",
        (("后天到吉首出差", ("吉首",)), FILED),
        {**day("11-25"), "out_of_area": True},
        ("fenghuang/deputy2",),
        (26,),
    ),
    Dialogue(
        "fenghuang/deputy1",
        (("下周三休年假一天", ("去哪里",)), ("不出县", ("本地",)), FILED),
        {"kind": "年休假", **day("12-02"), "out_of_area": False, "tell": []},
        ("fenghuang/head",),
        warnings=OFFICE_HABIT,
    ),
    Dialogue(
        "fenghuang/clerk1",
        (("明天请一天半事假,家里装修", ("暂按2天",)), FILED),
        {**day("11-24", "11-25"), "last_half": "am", "days": 1.5, "reason": "家里装修"},
        ("fenghuang/office_director",),
        (78, 78, 78),
        OFFICE_HABIT,
    ),
    Dialogue(
        "xianyang/bureau_head",
        (("12月1日至7日去北京学习", ("市委书记",)), FILED),
        {**day("12-01", "12-07"), "tell": ["市政府办公室"]},
        ("xianyang/deputy1", "xianyang/head", None),
        (65,),
    ),
    Dialogue(
        "xianyang/jiaoyu_head",
        (("12月1日至6日去北京学习", ()), FILED),
        {**day("12-01", "12-06"), "tell": []},
        ("xianyang/deputy2", "xianyang/head"),
        (65,),
    ),
    Dialogue(
        "xianyang/deputy1",
        (("12月20日到28日因公出访德国", ("德国",)), FILED),
        {"kind": "出差", **day("12-20", "12-28"), "place": "德国"},
        ("xianyang/head", None),
        (65, 65),
    ),
    Dialogue(
        "changle/office_deputy",
        (("11月16日到17日请病假", ("已经过去",)), FILED),
        {"kind": "病假", **day("11-16", "11-17")},
        ("changle/office_director",),
        warnings=("past_start", "rule_silent"),
    ),
    # Meetings
    Dialogue(
        "changle/gongan_head",
        (
            ("下周常务会我去不了", ("哪天的会议",)),
            ("周三上午", ("12月2日（周三）上午",)),
            ("要去省里开会", ("常务会",)),
            FILED,
        ),
        {"kind": "会议请假", **day("12-02"), "last_half": "am", "tell": ["县政府办公室"]},
        ("changle/head",),
        (49,),
    ),
    Dialogue(
        "shuangtaizi/deputy1",
        (("下周二的区政府常务会我不能参加,要到市里开会", ("会议请假",)), FILED),
        {"kind": "会议请假", **day("12-01")},
        ("shuangtaizi/head",),
        (39,),
    ),
    Dialogue(
        "shuangtaizi/bureau_staff",
        (
            ("常务会议请假", ("哪天的会议",)),
            ("下周二", ("12月1日",)),
            ("陪领导下乡", ("常务会议,陪领导下乡",)),
            FILED,
        ),
        {"kind": "会议请假", **day("12-01"), "reason": "常务会议,陪领导下乡"},
        ("shuangtaizi/office_director", "shuangtaizi/head"),
        (39,),
    ),
    Dialogue(
        "yunyang/caizheng_head",
        (("明天上午的县政府常务会议我去不了,在重庆出差", ("会议请假",)), FILED),
        {"kind": "会议请假", **day("11-24"), "last_half": "am"},
        ("yunyang/office_director", "yunyang/head"),
        (49,),
    ),
)
