"""Bulletins drawn up from what the real desk has written down."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.adapters.calendars import OfficeCalendars
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.xlsx import XlsxWriter
from bot.core.errors import InvalidInputError
from bot.core.supervision_report import Bulletin, Figure
from bot.services.bulletin_words import BulletinWords
from bot.services.bulletins import BulletinDesk
from bot.services.reminder_plans import ReminderPlans
from tests.unit.supervision.stage import CHANGLE, SHUANGTAIZI, Stage

NUMBER = re.compile(r"督〔\d+〕\d+号")


@pytest.fixture
def desk(stage: Stage) -> BulletinDesk:
    return BulletinDesk(
        stage.database.unit_of_work,
        stage.clock,
        OfficeCalendars(PublishedCalendar(), {}),
        ReminderPlans(stage.desk.procedures, stage.rules),
        XlsxWriter(),
        stage.texts,
    )


@pytest.fixture
def october(stage: Stage, desk: BulletinDesk) -> Bulletin:
    """Four matters of October, told on Monday, 2 November."""
    stage.at(2026, 10, 12, 9)
    for text in (
        "立项:财政局10月20日前报送资金方案",
        "立项:财政局10月22日前报送=SUM(A1)报表",
        "立项:教育局10月23日前报送排查报告",
        "立项:民政局11月4日前报送名单",
    ):
        stage.register(text)
    stage.at(2026, 10, 20, 9)
    take(stage, "caizheng_head", "督办1号已办结", "督办2号收到,马上办")
    take(stage, "supervisor1", "督办1号销号")
    stage.at(2026, 10, 26, 9)
    take(stage, "jiaoyu_head", "督办3号已办结")
    take(stage, "supervisor1", "退回督办3号")
    stage.at(2026, 11, 2, 9)
    return desk.draw_up(CHANGLE, desk.month("2026-10"))


def take(stage: Stage, post: str, *texts: str) -> None:
    person = stage.person(post)
    for text in texts:
        step = stage.desk.report
        if "销号" in text:
            step = stage.desk.close
        elif "退回" in text:
            step = stage.desk.send_back
        elif "收到" in text:
            step = stage.desk.sign
        step(person, text, stage.turn())


def text_of(bulletin: Bulletin, stage: Stage) -> str:
    return BulletinWords(bulletin, stage.texts).text()


def test_the_text_has_the_form_of_a_bulletin(october: Bulletin, stage: Stage) -> None:
    lines = text_of(october, stage).splitlines()

    assert lines[0] == "关于2026年10月督查事项办理情况的通报"
    assert lines[1] == "各承办单位："
    assert [line for line in lines if line.startswith(("一、", "二、", "三、", "四、"))] == [
        "一、总体情况",
        "二、办结情况",
        "三、存在问题",
        "四、下步要求",
    ]
    assert lines[-3:-1] == ["县政府督查室", "2026年11月1日"]
    assert lines[-1].startswith("口径：")


def test_the_text_tells_the_figures_of_the_ledger(october: Bulletin, stage: Stage) -> None:
    text = text_of(october, stage)

    assert "交办4件，办结销号1件（其中按时1件、逾期0件），退回1件" in text
    assert "到期应办结3件，已办结1件，办结率33.3%，按时办结率33.3%" in text
    assert "财政局：交办2件，到期应办结2件，已办结1件（按时1件），超期1件" in text
    assert "督〔2026〕2号 报送=SUM" in text
    assert "时限2026年10月22日，超期10天）" in text
    assert "3天内到期的1件" in text


def test_every_number_in_the_text_is_one_of_the_reports(october: Bulletin, stage: Stage) -> None:
    told = set(NUMBER.findall(text_of(october, stage)))

    assert told <= {case.item.number for case in october.report.cases}
    assert told == {"督〔2026〕2号", "督〔2026〕3号", "督〔2026〕4号"}


def test_the_workbook_traces_every_figure_to_its_items(
    october: Bulletin, desk: BulletinDesk
) -> None:
    book = load_workbook(BytesIO(desk.workbook(october)))

    rows = list(book["数字对应事项"].iter_rows(min_row=2, values_only=True))
    units = {row[0]: row for row in book["单位情况"].iter_rows(min_row=2, values_only=True)}
    header = [cell.value for cell in book["单位情况"][1]]
    for unit, figure, count, numbers in rows:
        assert len(NUMBER.findall(numbers)) == count == units[unit][header.index(figure)]
    assert len(list(book["台账"].rows)) == 1 + len(october.report.cases)
    assert "f" not in {cell.data_type for row in book["台账"].rows for cell in row}


def test_a_unit_sees_its_own_figures_alone(stage: Stage, desk: BulletinDesk) -> None:
    stage.register("立项:财政局11月30日前报送资金方案")
    stage.register("立项:教育局11月30日前报送排查报告")

    own = desk.draw_up_for(stage.person("caizheng_head"))
    whole = desk.draw_up_for(stage.person("head"))
    nobody = desk.draw_up_for(stage.person("staff1"))

    assert own.report.units == ("财政局",)
    assert whole.report.count(Figure.ASSIGNED) == 2
    assert nobody.report.cases == ()


def test_another_offices_items_are_in_no_figure(stage: Stage, desk: BulletinDesk) -> None:
    stage.register("立项:财政局11月30日前报送资金方案")

    assert desk.draw_up(SHUANGTAIZI).report.cases == ()


def test_a_month_told_later_is_told_the_same(
    october: Bulletin, stage: Stage, desk: BulletinDesk
) -> None:
    stage.at(2026, 11, 9, 9)
    take(stage, "caizheng_head", "督办2号已办结")
    take(stage, "supervisor1", "督办2号销号")

    assert text_of(desk.draw_up(CHANGLE, desk.month("2026-10")), stage) == text_of(october, stage)


def test_the_month_before_is_compared_with(
    october: Bulletin, stage: Stage, desk: BulletinDesk
) -> None:
    stage.at(2026, 11, 30, 18)

    text = text_of(desk.draw_up(CHANGLE), stage)

    assert "与上期相比：交办减少4件，办结减少1件，超期增加1件" in text
    assert "按时办结率由33.3%变为0.0%" in text


@pytest.mark.parametrize("month", ["2026-13", "十月", "2026", "2026-1", "2026-10-01"])
def test_a_month_that_cannot_be_read_is_refused(desk: BulletinDesk, month: str) -> None:
    with pytest.raises(InvalidInputError, match="report_month_unreadable"):
        desk.month(month)


@pytest.mark.usefixtures("october")
def test_the_bulletin_goes_out_once_from_the_first_working_day(
    stage: Stage, desk: BulletinDesk
) -> None:
    moments = [(2026, 11, 1, 9), (2026, 11, 2, 8), (2026, 11, 2, 9), (2026, 11, 2, 9, 1)]
    told = []

    for moment in [*moments, (2026, 11, 20, 9)]:
        stage.at(*moment)
        desk.tick()
        told.append(len(pushed(stage, "head")))

    assert told == [0, 0, 1, 1, 1]
    [text] = pushed(stage, "supervisor1")
    assert text.startswith("关于2026年10月督查事项办理情况的通报")
    assert "/supervision/changle?month=2026-10" in text
    assert not NUMBER.search(text)
    assert pushed(stage, "caizheng_head") == pushed(stage, "staff1") == []


@pytest.mark.usefixtures("october")
def test_a_bulletin_that_was_missed_is_still_sent_in_its_month(
    stage: Stage, desk: BulletinDesk
) -> None:
    stage.at(2026, 11, 18, 9)

    desk.tick()

    assert len(pushed(stage, "head")) == 1


def test_a_month_without_matters_is_not_told_of(stage: Stage, desk: BulletinDesk) -> None:
    stage.at(2026, 11, 2, 9)

    desk.tick()

    assert pushed(stage, "head") == []


def pushed(stage: Stage, post: str) -> list[str]:
    texts = [push.message.text for push in stage.pushes(post)]
    return [text for text in texts if "通报" in text]


def test_the_first_day_of_a_year_looks_back_on_december(desk: BulletinDesk, stage: Stage) -> None:
    stage.at(2026, 1, 5, 9)

    assert desk.draw_up(CHANGLE).previous.period.first == date(2025, 12, 1)
