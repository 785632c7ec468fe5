"""What one sentence about leave says."""

from __future__ import annotations

from datetime import date

import pytest

from bot.adapters.chinese.leave_reader import ChineseLeaveReader
from bot.core.errors import InvalidInputError
from bot.core.leave import LeaveKind, LeaveParts, Span
from tests.unit.leave.stage import directory

TODAY = date(2026, 11, 23)
KNOWN = LeaveParts(
    kind=LeaveKind.BUSINESS_TRIP, span=Span(date(2026, 11, 25), date(2026, 11, 27)), place="南京"
)


def read(text: str, asked: str | None = None, said: LeaveParts | None = None) -> LeaveParts:
    return ChineseLeaveReader().read(text, TODAY, asked, said)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("我下周三到周五去南京出差", LeaveKind.BUSINESS_TRIP),
        ("后天到潍坊调研", LeaveKind.BUSINESS_TRIP),
        ("明天去市里开会,请假一天", LeaveKind.BUSINESS_TRIP),
        ("因公外出两天", LeaveKind.BUSINESS_TRIP),
        ("拟于12月8日赴广州参加文博会", LeaveKind.BUSINESS_TRIP),
        ("下周三去趟北京跑项目", LeaveKind.BUSINESS_TRIP),
        ("周五去济南参加同学婚礼", LeaveKind.PERSONAL),
        ("请年休假5天", LeaveKind.ANNUAL),
        ("我想休年假", LeaveKind.ANNUAL),
        ("下周休假", LeaveKind.ANNUAL),
        ("明天下午请半天事假", LeaveKind.PERSONAL),
        ("家里有急事,明天请假一天", LeaveKind.PERSONAL),
        ("孩子发烧,明天请一天假", LeaveKind.PERSONAL),
        ("我母亲住院,请三天假", LeaveKind.PERSONAL),
        ("请三天病假", LeaveKind.SICK),
        ("今天身体不舒服", LeaveKind.SICK),
        ("明天上午去医院看病", LeaveKind.SICK),
        ("结婚,请十天假", LeaveKind.MARRIAGE),
        ("请婚假", LeaveKind.MARRIAGE),
        ("12月1日起产假158天", LeaveKind.MATERNITY),
        ("我老婆生孩子,请陪产假15天", LeaveKind.MATERNITY),
        ("探亲假,回老家", LeaveKind.FAMILY_VISIT),
        ("去济南参加培训", LeaveKind.TRAINING),
        ("到党校学习一个月", LeaveKind.TRAINING),
        ("因私出国去日本", LeaveKind.PRIVATE_ABROAD),
        ("出国旅游", LeaveKind.PRIVATE_ABROAD),
        ("本周五的常务会议我参加不了,请假", LeaveKind.MEETING),
        ("周四的县政府常务会请假", LeaveKind.MEETING),
        ("我不能出席明天的全体会议", LeaveKind.MEETING),
        ("请护理假十天", LeaveKind.MATERNITY),
        ("独生子女护理假三天", LeaveKind.OTHER),
        ("请育儿假5天", LeaveKind.OTHER),
        ("明天调休一天", LeaveKind.OTHER),
        ("去省厅挂职锻炼半年", LeaveKind.OTHER),
        ("12月7日去青岛疗养五天", LeaveKind.OTHER),
        ("12月7日起工伤假一个月", LeaveKind.SICK),
        ("下周一公休", LeaveKind.ANNUAL),
        ("明天下乡", LeaveKind.BUSINESS_TRIP),
        ("周四去县里参会", LeaveKind.BUSINESS_TRIP),
        ("去省里参加培训班", LeaveKind.TRAINING),
        ("明天参加同学会", LeaveKind.PERSONAL),
        ("我要请假", None),
        ("明天请假一天", None),
    ],
)
def test_the_kind_is_named_or_follows_from_what_is_told(said: str, kind: LeaveKind | None) -> None:
    assert read(said).kind is kind


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("我下周三到周五去南京出差", "南京"),
        ("拟于12月7日赴北京参加招商活动", "北京"),
        ("后天到潍坊调研", "潍坊"),
        ("明天前往省政府汇报工作", "省政府"),
        ("12月1日去北京、上海考察", "北京、上海"),
        ("明天下午去医院看病", "医院"),
        ("到周五休年假", None),
        ("请假到12月5日", None),
        ("明天去参加培训", None),
        ("明天去看病", None),
        ("地点改成上海", "上海"),
        ("下周三休年假,不出县", "本地"),
        ("明天请事假,在家休息", "本地"),
        ("下周休假,哪也不去", "本地"),
        ("12月3日出差在外", None),
        ("在外地出差", "外地"),
        ("家里老人去世了,请丧假三天", None),
        ("12月20日到28日因公出访德国", "德国"),
        ("下周三去趟北京跑项目", "北京"),
    ],
)
def test_the_place_is_where_somebody_goes(said: str, place: str | None) -> None:
    assert read(said).place == place


@pytest.mark.parametrize(
    ("said", "stand_in"),
    [
        ("我去南京出差,工作由副局长主持", "副局长"),
        ("期间工作由郁望岱同志主持", "郁望岱"),
        ("明天请假,工作交给卞北辰", "卞北辰"),
        ("请年休假5天,由匡采薇代管", "匡采薇"),
        ("代理人是褚思齐", "褚思齐"),
        ("明天出差,请褚思齐代班", "褚思齐"),
        ("AB角是郁望岱", "郁望岱"),
        ("明天请假,褚思齐替我", "褚思齐"),
        ("没有代理人", ""),
        ("明天请一天事假", None),
    ],
)
def test_the_stand_in_is_taken_as_spoken(said: str, stand_in: str | None) -> None:
    assert read(said).stand_in == stand_in


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("因家里装修,周三请事假一天", "家里装修"),
        ("孩子发烧,明天请一天假", "孩子发烧"),
        ("家里有急事,明天请假一天", "家里有急事"),
        ("周四的县政府常务会请假,因在省里开会", "县政府常务会,在省里开会"),
        ("下周一到周五去济南参加培训,工作交给卞北辰", "参加培训"),
        ("明天请事假,事由是办理房产过户", "办理房产过户"),
        ("明天下午请半天事假", None),
        ("请育儿假5天", "育儿假"),
        ("家里老人去世了,请丧假三天", "丧假,家里老人去世了"),
        ("我老婆生孩子,请陪产假15天", "陪产假"),
        ("工伤假,12月7日起一个月", "工伤假"),
        ("明天调休一天", "调休"),
        ("明天下乡", "下乡"),
        ("我下周三到周五去南京出差,工作由副局长主持", None),
    ],
)
def test_the_reason_is_what_else_is_told(said: str, reason: str | None) -> None:
    assert read(said).reason == reason


@pytest.mark.parametrize(
    ("said", "urgent"),
    [("紧急,明天出差", True), ("家里有急事", True), ("不急", False), ("明天", None)],
)
def test_urgency_is_only_what_is_said(said: str, urgent: bool | None) -> None:
    assert read(said).urgent is urgent


@pytest.mark.parametrize(
    ("answer", "asked", "parts"),
    [
        ("南京", "place", LeaveParts(place="南京")),
        ("去南京吧", "place", LeaveParts(place="南京")),
        ("就在本地", "place", LeaveParts(place="本地")),
        ("没有", "stand_in", LeaveParts(stand_in="")),
        ("不用", "stand_in", LeaveParts(stand_in="")),
        ("副局长", "stand_in", LeaveParts(stand_in="副局长")),
        ("让匡采薇代", "stand_in", LeaveParts(stand_in="匡采薇")),
        ("家里有事", "reason", LeaveParts(reason="家里有事")),
        ("下午要开家长会", "reason", LeaveParts(reason="下午要开家长会")),
        ("看病就医", "reason", LeaveParts(reason="看病就医")),
        ("2天", "reason", LeaveParts(span=Span(date(2026, 11, 25), date(2026, 11, 26)), days=2)),
        ("不出县", "place", LeaveParts(place="本地")),
        (
            "周四到周五",
            "stand_in",
            LeaveParts(span=Span(date(2026, 11, 26), date(2026, 11, 27))),
        ),
        ("病假", "kind", LeaveParts(kind=LeaveKind.SICK)),
        ("事", "kind", LeaveParts(kind=LeaveKind.PERSONAL)),
    ],
)
def test_a_bare_answer_fills_the_part_that_was_asked(
    answer: str, asked: str, parts: LeaveParts
) -> None:
    assert read(answer, asked, KNOWN) == parts


def test_a_reason_given_where_the_place_was_asked_is_no_place() -> None:
    said = LeaveParts(kind=LeaveKind.PERSONAL, span=KNOWN.span)

    assert read("家里有事", "place", said) == LeaveParts(reason="家里有事")


def test_a_meeting_is_on_a_day_and_not_in_a_week() -> None:
    first = read("下周常务会我去不了")
    second = read("周三上午", "span", first)

    assert (first.kind, first.span) == (LeaveKind.MEETING, None)
    assert second.span == Span(date(2026, 12, 2), date(2026, 12, 2), ends_am=True)


@pytest.mark.parametrize("cause", ["陪领导下乡", "因为陪领导下乡"])
def test_a_cause_told_later_joins_the_meeting(cause: str) -> None:
    said = LeaveParts(kind=LeaveKind.MEETING, span=KNOWN.span, reason="常务会议")

    assert read(cause, None, said).reason == "常务会议,陪领导下乡"
    assert read("修改", None, said).reason is None


def test_where_somebody_is_instead_does_not_replace_the_meeting() -> None:
    said = LeaveParts(kind=LeaveKind.MEETING, span=KNOWN.span, reason="常务会我去不了,身体不适")

    assert read("要去省里开会", None, said).reason is None


@pytest.mark.parametrize("said", ["修改", "确认提交", "改时间", "改事由", "病假要什么材料"])
def test_words_about_the_form_say_nothing_about_the_leave(said: str) -> None:
    assert read(said, None, KNOWN) == LeaveParts()


def test_what_is_readable_beside_an_impossible_day_is_kept() -> None:
    with pytest.raises(InvalidInputError) as refusal:
        read("2月30日去南京出差")

    assert refusal.value.details["parts"] == LeaveParts(kind=LeaveKind.BUSINESS_TRIP, place="南京")


@pytest.mark.parametrize(
    ("org", "place", "is_outside"),
    [
        ("changle", "南京", True),
        ("changle", "潍坊", True),
        ("changle", "市里", True),
        ("changle", "市发改委", True),
        ("changle", "省财政厅", True),
        ("changle", "老家", True),
        ("changle", "昌乐县城", False),
        ("changle", "昌乐", False),
        ("changle", "红河镇", False),
        ("changle", "营丘", False),
        ("changle", "县医院", False),
        ("changle", "本地", False),
        ("changle", "银行", False),
        ("shuangtaizi", "盘锦", False),
        ("shuangtaizi", "沈阳", True),
        ("xianyang", "西安", True),
        ("xianyang", "市里", False),
        ("yunyang", "重庆", True),
        ("yunyang", "万州", True),
        ("fenghuang", "阿拉营镇", False),
        ("fenghuang", "吉首", True),
    ],
)
def test_a_place_that_is_neither_the_area_nor_a_town_of_it_is_outside(
    org: str, place: str, is_outside: bool
) -> None:
    assert ChineseLeaveReader().is_out_of_area(place, directory(org)) is is_outside
