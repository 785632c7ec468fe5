"""The dialogues of our own: well formed, and their answers quoted word for word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core.people import OrgId
from bot.core.rules import Edition
from knowledge.ingest.documents import read_folder

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "dialogues"
HALVES = ("fit", "judged")
ORGS = ("changle", "fenghuang", "shuangtaizi", "xianyang", "yunyang")
STATUSES = {"answered", "clarify", "silent", "not_found", None}


@pytest.fixture(scope="module")
def editions() -> dict[OrgId, Edition]:
    """The published documents, by office."""
    return {
        edition.org: edition for edition in read_folder(ROOT / "knowledge" / "documents").editions
    }


def test_every_article_exists_and_holds_its_answer(editions: dict[OrgId, Edition]) -> None:
    for name, turn, org in _turns():
        for ordinal, answer in _claims(turn):
            article = editions[OrgId(org)].article(ordinal)

            assert article is not None, name
            assert answer is None or answer in article.text, name


def test_every_compared_article_exists_in_its_office(editions: dict[OrgId, Edition]) -> None:
    for name, turn, _ in _turns():
        for org, ordinal in turn["articles"].items() if "compare" in turn else ():
            assert ordinal is None or editions[OrgId(org)].article(ordinal) is not None, name


def test_a_turn_names_an_article_if_and_only_if_it_is_answered() -> None:
    for name, turn, _ in _turns():
        has_article = turn["article"] is not None or "articles" in turn

        assert turn["status"] in STATUSES, name
        assert has_article == (turn["status"] == "answered"), name


def test_the_next_article_follows_the_one_before() -> None:
    for name, turn, before in _pairs():
        if turn["kind"] == "next":
            assert turn["article"] == before[-1]["article"] + 1, name


def test_what_is_cited_was_answered_before() -> None:
    for name, turn, before in _pairs():
        if turn["kind"] == "cite":
            assert turn["article"] in _articles(before), name


def test_each_office_has_dialogues_of_two_to_five_turns_each_with_a_name_of_its_own() -> None:
    dialogues = [dialogue for half in HALVES for org in ORGS for dialogue in _read(half, org)]
    names = [dialogue["id"] for dialogue in dialogues]

    assert all(len(_read("fit", org)) >= 10 for org in ORGS)
    assert all(2 <= len(dialogue["turns"]) <= 5 for dialogue in dialogues)
    assert len(set(names)) == len(names)


def test_every_dialogue_is_led_by_somebody_of_its_office() -> None:
    for org in ORGS:
        people = yaml.safe_load(
            (ROOT / "demo" / "people" / f"{org}.yml").read_text(encoding="utf-8")
        )
        known = {f"{org}/{person['id']}" for person in people["people"]}

        assert {d["user"] for half in HALVES for d in _read(half, org)} <= known


def _read(half: str, org: str) -> list[dict[str, Any]]:
    path = HERE / half / f"{org}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def _turns() -> list[tuple[str, dict[str, Any], str]]:
    """Every turn with a name for it and the office whose rules must answer."""
    return [
        (f"{dialogue['id']}: {turn['say']}", turn, turn.get("org", org))
        for half in HALVES
        for org in ORGS
        for dialogue in _read(half, org)
        for turn in dialogue["turns"]
    ]


def _pairs() -> list[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """Every turn but the first of a dialogue, with the turns before it."""
    return [
        (f"{dialogue['id']}: {turn['say']}", turn, dialogue["turns"][:number])
        for half in HALVES
        for org in ORGS
        for dialogue in _read(half, org)
        for number, turn in enumerate(dialogue["turns"])
        if number
    ]


def _articles(turns: list[dict[str, Any]]) -> set[int | None]:
    """The articles that some turns name."""
    known = [turn.get("articles") or turn["article"] for turn in turns]
    return {
        article
        for named in known
        for article in (named.values() if isinstance(named, dict) else _as_list(named))
    }


def _claims(turn: dict[str, Any]) -> list[tuple[int, str | None]]:
    """The articles that a turn names, each with its answer."""
    claims: list[tuple[int, str | None]] = [(ordinal, None) for ordinal in turn["also_ok"]]
    if turn["article"] is not None:
        claims.append((turn["article"], turn["answer"]))
    if "answers" in turn:
        claims.extend(zip(turn["articles"], turn["answers"], strict=True))
    return claims


def _as_list(ordinals: int | list[int] | None) -> list[int | None]:
    return [*ordinals] if isinstance(ordinals, list) else [ordinals]
