from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.errors import StaleIndexError
from bot.core.rules import Edition
from bot.settings import ROOT
from knowledge.answer.open_editions import FEW, KEPT, NEAREST, OpenEditions
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.procedures.loader import load_procedures
from knowledge.search.library import Library, load_library
from knowledge.search.words import shared_words
from tests.fakes.clock import FakeClock
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.rules import ORG, small_edition
from tests.unit.knowledge import office_tables

SUBJECTS = (
    "殡葬管理",
    "渔业捕捞",
    "犬只饲养",
    "城市绿化",
    "地名命名",
    "供暖用热",
    "燃气使用",
    "河道采砂",
    "档案查阅",
    "出租汽车",
    "食盐专营",
    "烟花燃放",
)


def laws() -> list[Edition]:
    """A law for each subject, more than are all searched."""
    return [law(number, subject) for number, subject in enumerate(SUBJECTS)]


def law(number: int, subject: str) -> Edition:
    texts = (
        ("总则", f"为了加强{subject}工作，制定本条例。"),
        ("许可", f"申请{subject}的，应当提前{number + 2}天报主管部门批准。"),
        ("附则", "本条例自公布之日起施行。"),
    )
    return replace(small_edition(texts), id=f"law-{number:02}", title=f"{subject}条例")


def opened(editions: Sequence[Edition], folder: Path) -> OpenEditions:
    return OpenEditions(editions, FakeEmbedder(), folder)


def ids(editions: Sequence[Edition]) -> list[str]:
    return [edition.id for edition in editions]


def test_of_many_documents_the_nearest_are_searched(tmp_path: Path) -> None:
    editions = laws()

    found = opened(editions, tmp_path).nearest(ORG, editions, "申请河道采砂要提前几天")

    assert ids(found)[0] == "law-07"
    assert len(found) == NEAREST


def test_a_few_documents_are_all_searched(tmp_path: Path) -> None:
    editions = laws()[:FEW]

    found = opened(editions, tmp_path).nearest(ORG, editions, "申请河道采砂要提前几天")

    assert ids(found) == ids(editions)


def test_a_document_that_is_named_comes_first(tmp_path: Path) -> None:
    editions = laws()

    question = "食盐专营条例里申请烟花燃放要提前几天"

    assert ids(opened(editions, tmp_path).nearest(ORG, editions, question))[0] == "law-10"


def test_what_is_not_in_force_is_left_out(tmp_path: Path) -> None:
    editions = laws()
    in_force = [edition for edition in editions if edition.id != "law-07"]

    found = opened(editions, tmp_path).nearest(ORG, in_force, "河道采砂条例怎么说")

    assert "law-07" not in ids(found)
    assert found


def test_one_of_many_documents_answers_in_its_own_words(tmp_path: Path) -> None:
    book = SearchingRuleBook(laws(), FakeEmbedder(), tmp_path, FakeClock(), YamlTexts())
    book.prepare()

    [citation] = book.answer(ORG, "申请河道采砂要提前几天报批").citations

    assert (citation.document, citation.article) == ("河道采砂条例", 2)
    assert "提前9天" in citation.quote


def test_the_offices_own_tables_decide_before_any_law(tmp_path: Path) -> None:
    own = office_tables.edition(office_tables.CHANGLE)
    editions = [own, *(replace(each, org=own.org) for each in laws())]
    procedures = load_procedures(ROOT / "knowledge" / "procedures")
    book = SearchingRuleBook(
        editions, FakeEmbedder(), tmp_path, FakeClock(), YamlTexts(), procedures=procedures
    )

    answer = book.answer(own.org, "县政府会议纪要谁签发")

    assert (answer.answer, answer.citations[0].document) == ("县长签发", own.title)


def test_a_library_read_from_disk_finds_what_the_one_that_was_built_finds(tmp_path: Path) -> None:
    editions, question = laws(), "犬只饲养由谁批准"
    built = opened(editions, tmp_path).nearest(ORG, editions, question)

    read = load_library(editions, "fake", tmp_path / f"{ORG}-library")

    assert ids(near(read, question)) == ids(built)


@pytest.mark.parametrize("model", ["fake", "other"])
def test_a_library_of_other_texts_or_of_another_model_is_refused(
    tmp_path: Path, model: str
) -> None:
    editions = laws()
    opened(editions, tmp_path).prepare(ORG, editions)
    wanted = editions if model == "other" else [*editions[:-1], law(40, "公共厕所")]

    with pytest.raises(StaleIndexError):
        load_library(wanted, model, tmp_path / f"{ORG}-library")


def test_a_library_is_built_anew_for_other_texts(tmp_path: Path) -> None:
    opened(laws(), tmp_path).prepare(ORG, laws())
    changed = [*laws()[:-1], law(40, "公共厕所")]

    found = opened(changed, tmp_path).nearest(ORG, changed, "公共厕所谁批准")

    assert ids(found)[0] == "law-40"


def test_only_so_many_documents_stay_open(tmp_path: Path) -> None:
    editions = [law(number, SUBJECTS[number % len(SUBJECTS)]) for number in range(KEPT + 1)]
    book = opened(editions, tmp_path)
    first = book.searcher(editions[0])
    again = book.searcher(editions[0])

    for edition in editions[1:]:
        book.searcher(edition)

    assert again is first
    assert book.searcher(editions[0]) is not first


def near(library: Library, question: str) -> list[Edition]:
    tokens = shared_words().of_question(question)
    among = set(ids(library.editions))
    return library.nearest(question, tokens, FakeEmbedder().query(question), among, NEAREST)
