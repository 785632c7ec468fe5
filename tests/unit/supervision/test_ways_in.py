"""What minutes, reports and mergers say, taken apart."""

from __future__ import annotations

from datetime import date

import pytest

from bot.adapters.chinese.item_sentence import read_sentence
from bot.adapters.chinese.merging import read_merging
from bot.adapters.chinese.minutes import read_minute
from bot.adapters.chinese.references import read_references
from bot.adapters.people import load_directory
from bot.core.supervision import ItemKind, ItemParts, Reference
from tests.unit.supervision.stage import MONDAY, ROOT

DIRECTORY = load_directory(ROOT / "demo" / "people" / "changle.yml")
MINUTE = """昌乐县人民政府第12次常务会议纪要
乐政纪〔2026〕12号
2026年11月20日,县长主持召开县政府第12次常务会议。会议议定以下事项：
（一）关于老旧小区改造。由住建局牵头，财政局、自然资源局配合，12月20日前拿出方案。
（二）关于供热保障。责任单位：综合行政执法局；完成时限：11月底前；内容：完成供热管网排查。
（三）会议要求，各级各部门要高度重视，加强领导。
（四）气象局要在2月30日前报送资料。"""


def points(text: str) -> list[tuple[str | None, str | None, date | None]]:
    minute = read_minute(text, MONDAY, DIRECTORY)
    return [(p.parts.lead_unit, p.parts.content, p.parts.deadline) for p in minute.points]


def test_each_numbered_point_of_a_minute_becomes_one_matter() -> None:
    text = (
        "会议议定: 一、由发改局牵头,财政局配合,于11月底前完成重点项目资金方案。"
        "二、教育局12月10日前报送校园安全整治情况;三、请水利局、农业农村局抓好冬季水利建设,"
        "12月底前完成。会议强调,要抓好落实。"
    )

    minute = read_minute(text, MONDAY, DIRECTORY)

    assert points(text) == [
        ("发展和改革局", "完成重点项目资金方案", date(2026, 11, 30)),
        ("教育和体育局", "报送校园安全整治情况", date(2026, 12, 10)),
        ("水利局", "抓好冬季水利建设", date(2026, 12, 31)),
    ]
    assert [p.parts.assist_units for p in minute.points] == [("财政局",), (), ("农业农村局",)]
    assert minute.skipped == ()


def test_the_head_of_a_minute_gives_its_points_source_and_link() -> None:
    minute = read_minute(MINUTE, MONDAY, DIRECTORY)

    assert [p.parts.source for p in minute.points[:2]] == ["常务会议", "常务会议"]
    assert minute.points[0].parts.links == (
        Reference("昌乐县人民政府第12次常务会议纪要", "乐政纪〔2026〕12号", date(2026, 11, 20)),
    )
    assert minute.points[0].parts.assist_units == ("财政局", "自然资源局")
    assert minute.points[1].parts.content == "关于供热保障，完成供热管网排查"


def test_a_point_that_cannot_be_used_says_why_and_keeps_its_words() -> None:
    [*_, last] = read_minute(MINUTE, MONDAY, DIRECTORY).points

    assert last.problem == "date_impossible"
    assert last.parts == ItemParts(content="气象局要在2月30日前报送资料。")


def test_a_point_without_a_unit_is_told_and_not_made_up() -> None:
    minute = read_minute(
        "1.应急局11月底前报结果 2.抓好森林防火 3.商务局年底前引进2.5亿元项目",
        MONDAY,
        DIRECTORY,
    )

    assert [p.parts.lead_unit for p in minute.points] == ["应急管理局", "商务局"]
    assert minute.points[1].parts.content == "引进2.5亿元项目"
    assert minute.skipped == ("抓好森林防火",)


@pytest.mark.parametrize(
    "text",
    [
        "统计局11月30日前报数据;民政局12月1日前报名单",
        "统计局11月30日前报数据\n民政局12月1日前报名单",
        "①统计局11月30日前报数据②民政局12月1日前报名单",
        "(1)统计局11月30日前报数据 (2)民政局12月1日前报名单",
        "一是由统计局11月30日前报数据;二是由民政局12月1日前报名单",
        "第一,统计局11月30日前报数据。第二,民政局12月1日前报名单。",
    ],
)
def test_points_are_told_apart_however_they_are_marked(text: str) -> None:
    assert points(text) == [
        ("统计局", "报数据", date(2026, 11, 30)),
        ("民政局", "报名单", date(2026, 12, 1)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "立项:发改局11月底前报送进展,责任人舒蘅芜,督办人:冉紫芝",
            ItemParts(
                "报送进展",
                "发展和改革局",
                deadline=date(2026, 11, 30),
                person="舒蘅芜",
                supervisor="冉紫芝",
            ),
        ),
        (
            "县长批示(乐政批〔2026〕3号),11月20日交办,发改局12月5日前报送方案",
            ItemParts(
                "报送方案",
                "发展和改革局",
                deadline=date(2026, 12, 5),
                source="县长批示",
                assigned_day=date(2026, 11, 20),
                links=(Reference("乐政批〔2026〕3号", "乐政批〔2026〕3号"),),
            ),
        ),
        (
            "根据《县政府第12次常务会议纪要》,财政局12月10日前拨付资金",
            ItemParts(
                "拨付资金",
                "财政局",
                deadline=date(2026, 12, 10),
                links=(Reference("县政府第12次常务会议纪要"),),
            ),
        ),
        (
            "立项:发改局11月底前报送《重点项目实施方案》",  # what is to be made is no source
            ItemParts("报送《重点项目实施方案》", "发展和改革局", deadline=date(2026, 11, 30)),
        ),
        ("710督办:发改委拿出方案", ItemParts("拿出方案", "发展和改革局", kind=ItemKind.OTHER)),
        (
            "年初确定的事项,教育局建成两所学校,立项",
            ItemParts("建成两所学校", "教育和体育局", source="年初确定"),
        ),
    ],
)
def test_a_sentence_tells_people_papers_and_the_day_of_assignment(
    text: str, expected: ItemParts
) -> None:
    assert read_sentence(text, MONDAY, DIRECTORY) == expected


@pytest.mark.parametrize(
    ("text", "items", "main"),
    [
        ("督办5号并入督办3号", [5], 3),
        ("把5号并到督办3号", [5], 3),
        ("督〔2026〕5号并案到督〔2026〕3号", [5], 3),
        ("将督办十二号归并到督办三号", [12], 3),
        ("督办5号、6号合并到督办3号", [5, 6], 3),
        ("3号与5号并案,以3号为主", [5], 3),
        ("督办3号和5号并案", [3, 5], None),
        ("督办5号并案", [5], None),
    ],
)
def test_a_merger_names_what_is_given_up_and_the_main_item(
    text: str, items: list[int], main: int | None
) -> None:
    wish = read_merging(text, 2026)

    assert [name.serial for name in wish.items] == items
    assert (wish.main.serial if wish.main else None, wish.undo) == (main, False)


@pytest.mark.parametrize("text", ["撤销督办5号的并案", "督办5号不并案了,单独督办", "取消5号并案"])
def test_a_merger_may_be_taken_back(text: str) -> None:
    wish = read_merging(text, 2026)

    assert ([name.serial for name in wish.items], wish.undo) == ([5], True)


def test_the_year_of_an_items_number_is_kept() -> None:
    wish = read_merging("督〔2025〕40号并入督办3号", 2026)

    assert [*wish.items, wish.main] == [(2025, 40), (2026, 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已办结,《验收报告》(乐政办〔2026〕12号)", [("验收报告", "乐政办〔2026〕12号", "")]),
        ("完成80%,附件:验收清单", [("验收清单", "", "")]),
        (
            "进度50%,材料:现场照片 https://oa.example/x?a=1,下周报",
            [("现场照片", "", "https://oa.example/x?a=1")],
        ),
        ("已按乐政发〔2026〕9号办理", [("乐政发〔2026〕9号", "乐政发〔2026〕9号", "")]),
        ("督〔2026〕5号已完成80%,下周报送《总结》", []),
        ("已完成80%", []),
    ],
)
def test_a_report_names_its_evidence(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(r.title, r.number, r.url) for r in read_references(text)] == expected
