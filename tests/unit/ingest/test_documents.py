from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.core.people import OrgId
from bot.core.rules import Edition
from knowledge.ingest.documents import read_document, read_folder
from knowledge.ingest.errors import DocumentError

ORG = OrgId("anshan")
PAGE = """政府信息公开
安山县人民政府关于印发《安山县人民政府工作规则》的通知
安政发〔2024〕3号
各乡镇人民政府：
现印发给你们，请遵照执行。
安山县人民政府
2024年3月1日
安山县人民政府工作规则
第一章 总 则
一、为规范工作，制定本规则。
二、会议的任务是：
（一）研究大事；
（二）研究其他事项。
会议每月召开一次。
第二章
三、本规则自印发之日起施行，2019年2月3日印发的《安山县人民政府工作规则》同时废止。
附件：名单
主办：安山县人民政府 网站标识码：123
"""
Read = Callable[..., Edition]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(content: str | bytes, name: str = "rules.txt") -> Edition:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_document(path, ORG)

    return read


def test_a_document_is_read_with_its_particulars(read: Read) -> None:
    edition = read(PAGE)

    assert edition.id == "anshan-2024-03-01"
    assert edition.title == "安山县人民政府工作规则"
    assert edition.number == "安政发〔2024〕3号"
    assert edition.issuer == "安山县人民政府"
    assert (edition.adopted_day, edition.effective_day) == (date(2024, 3, 1), date(2024, 3, 1))
    assert edition.repeals == "2019年2月3日印发的《安山县人民政府工作规则》"
    assert edition.repealed_day is None


def test_articles_stand_in_chapters_and_end_before_the_attachments(read: Read) -> None:
    edition = read(PAGE)

    assert [(a.ordinal, a.chapter) for a in edition.articles] == [
        (1, "第一章 总则"),
        (2, "第一章 总则"),
        (3, "第二章"),
    ]
    assert edition.articles[-1].text.endswith("同时废止。")
    assert [(d.line, d.reason) for d in edition.defects] == [(15, "heading_name_lost")]


def test_each_item_is_a_clause_of_its_own(read: Read) -> None:
    article = read(PAGE).article(2)

    assert article is not None
    assert [(clause.item, clause.text) for clause in article.clauses] == [
        (None, "会议的任务是："),
        ("一", "研究大事；"),
        ("二", "研究其他事项。"),
        (None, "会议每月召开一次。"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_usual_encodings_give_the_same_text(read: Read, encoding: str) -> None:
    assert read(PAGE.encode(encoding)).text == PAGE


def test_windows_line_ends_change_no_article(read: Read) -> None:
    edition = read(PAGE.replace("\n", "\r\n"))

    assert len(edition.articles) == 3
    assert edition.articles[0].text == "为规范工作，制定本规则。"
    assert edition.number == "安政发〔2024〕3号"


def test_a_web_page_is_read_without_its_menus(read: Read) -> None:
    body = "".join(f"<p>&#12288;&nbsp;{line}</p>" for line in PAGE.splitlines())
    page = f"<html><head><title>一、二</title></head><body><nav>首页</nav>{body}<footer>页脚"

    edition = read(page + "</footer><script>var a='四、';</script></body></html>", "rules.html")

    assert [article.ordinal for article in edition.articles] == [1, 2, 3]
    assert "首页" not in edition.text
    assert all(edition.text[a.start :].startswith(a.text) for a in edition.articles)


def test_a_menu_that_never_ends_hides_no_article(read: Read) -> None:
    lines = PAGE.replace("\n", "<br>")

    edition = read(f"<body><header>首页{lines}</body>", "rules.htm")

    assert len(edition.articles) == 3


def test_markdown_headings_are_chapters(read: Read) -> None:
    chapter = "## 第一章 总则\n\n第一条 **会议**从简。\n\n第二条 从速。\n"
    source = f"# 安山县会议办法\n<!-- 草稿 -->\n{chapter}"

    edition = read(source, "meetings.md")

    assert edition.title == "安山县会议办法"
    assert edition.id.startswith("anshan-meetings-")
    assert [(a.ordinal, a.text, a.chapter) for a in edition.articles] == [
        (1, "会议从简。", "第一章 总则"),
        (2, "从速。", "第一章 总则"),
    ]


def test_an_empty_number_field_is_reported_and_the_number_taken_from_the_text(read: Read) -> None:
    edition = read("文 号： | \n" + PAGE)

    assert edition.number == "安政发〔2024〕3号"
    assert (1, "number_field_empty") in [(d.line, d.reason) for d in edition.defects]


def test_a_lost_number_stays_empty_and_is_reported(read: Read) -> None:
    edition = read(PAGE.replace("安政发〔2024〕3号\n", ""))

    assert edition.number == ""
    assert "document_number_missing" in [defect.reason for defect in edition.defects]


def test_damaged_numbers_stay_as_they_stand_and_are_reported(read: Read) -> None:
    damaged = PAGE.replace("〔2024〕3号", "〔20243").replace("2024年3月1日", "202431")

    edition = read(damaged.replace("每月召开一次", "每年召开12次"))

    assert edition.number == "安政发〔20243"
    assert edition.effective_day is None
    assert edition.id == f"anshan-{edition.content_hash[:8]}"
    assert {(d.line, d.reason) for d in edition.defects} >= {
        (3, "document_number_damaged"),
        (7, "day_damaged"),
        (14, "number_digits_lost"),
    }
    assert "每年召开12次" in edition.articles[1].text


def test_a_page_that_says_repealed_gives_an_edition_never_in_force(read: Read) -> None:
    edition = read("效力状态： | 废止 |\n" + PAGE)

    assert not edition.in_force(date(2024, 6, 1))


def test_a_day_named_in_the_text_is_the_day_it_takes_effect(read: Read) -> None:
    edition = read(PAGE.replace("自印发之日起", "自2024年5月1日起"))

    assert (edition.adopted_day, edition.effective_day) == (date(2024, 3, 1), date(2024, 5, 1))


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (PAGE.encode()[:-80] + b"\xff" + PAGE.encode()[-80:], 16, "encoding"),
        (b"\x89PNG\r\n\x1a\n\0\0", 3, "binary"),
        (b"", 1, "no_articles"),
        ("一篇没有条文的通知。\n".encode(), 2, "no_articles"),
    ],
)
def test_a_broken_document_is_refused_by_file_line_and_reason(
    read: Read, content: bytes, line: int, reason: str
) -> None:
    with pytest.raises(DocumentError) as refusal:
        read(content)

    assert refusal.value.code == "document_broken"
    assert str(refusal.value.details["file"]).endswith("rules.txt")
    assert (refusal.value.details["line"], refusal.value.details["reason"]) == (line, reason)


def test_an_unknown_kind_of_file_is_refused_by_name(read: Read) -> None:
    with pytest.raises(DocumentError) as refusal:
        read(PAGE, "rules.wps")

    assert refusal.value.code == "document_format"
    assert str(refusal.value.details["file"]).endswith("rules.wps")


def test_one_broken_document_stops_no_other(tmp_path: Path) -> None:
    for org, content in (("anshan", PAGE.encode()), ("beishan", b"\xff\xff\xff")):
        (tmp_path / org).mkdir()
        (tmp_path / org / "rules.txt").write_bytes(content)
    (tmp_path / "anshan" / ".hidden").touch()

    ingested = read_folder(tmp_path)

    assert [edition.org for edition in ingested.editions] == ["anshan"]
    assert [str(f.details["file"]).endswith("beishan/rules.txt") for f in ingested.failures] == [
        True
    ]


def test_the_same_document_in_two_formats_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "anshan").mkdir()
    for name in ("rules.htm", "rules.txt"):
        (tmp_path / "anshan" / name).write_text(PAGE.replace("\n", "\n\n"), encoding="utf-8")
    (tmp_path / "anshan" / "rules.htm").write_text(f"<pre>{PAGE}</pre>".replace("\n", "<br>"))

    ingested = read_folder(tmp_path)

    assert len(ingested.editions) == 1
    assert [failure.details["reason"] for failure in ingested.failures] == ["edition_twice"]
