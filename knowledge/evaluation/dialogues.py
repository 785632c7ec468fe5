"""Dialogues and what each turn should bring: one JSON object a line, a file an office."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.errors import ConfigurationError
from bot.core.people import OrgId
from bot.core.rules import AnswerStatus

REFUSALS = frozenset({AnswerStatus.SILENT, AnswerStatus.NOT_FOUND})


@dataclass(frozen=True)
class Part:
    """An article to be quoted, with the words to be heard; one of several, or of one."""

    org: OrgId
    articles: tuple[int, ...]  # any of them; none: this office's rules do not say
    answer: str | None = None


@dataclass(frozen=True)
class Expected:
    """What one turn says and should bring.

    `statuses` are those that are right; none for small talk, which wants no rule at all. `parts`
    are all to be answered: the questions of one message, or the offices side by side.
    """

    say: str
    kind: str
    org: OrgId  # whose rules are to answer
    statuses: frozenset[AnswerStatus]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Dialogue:
    """What one person says, turn by turn, in one conversation."""

    id: str
    org: OrgId
    user: str
    turns: tuple[Expected, ...]


def read_dialogues(folder: Path) -> list[Dialogue]:
    """Read every `*.jsonl` of a folder; none if there is no such folder.

    Raises:
        ConfigurationError: a line is not a dialogue ("dialogue_broken").
    """
    return [
        _read(line, path, number)
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    ]


def _read(line: str, path: Path, number: int) -> Dialogue:
    try:
        row = json.loads(line)
        org = OrgId(row["org"])
        turns = tuple(_turn(turn, org) for turn in row["turns"])
        return Dialogue(row["id"], org, row["user"], turns)
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError("dialogue_broken", file=str(path), line=number) from error


def _turn(row: Mapping[str, Any], own: OrgId) -> Expected:
    org = OrgId(row.get("org") or own)
    statuses = [row["status"], *row.get("also_status", ())]
    return Expected(
        say=row["say"],
        kind=row["kind"],
        org=org,
        statuses=frozenset(AnswerStatus(status) for status in statuses if status),
        parts=tuple(_parts(row, org)),
    )


def _parts(row: Mapping[str, Any], org: OrgId) -> Iterator[Part]:
    articles, answers = row.get("articles"), row.get("answers")
    if isinstance(articles, dict):  # of each office
        for other, article in articles.items():
            yield Part(OrgId(other), () if article is None else (int(article),))
    elif articles:  # of each question
        for article, answer in zip(articles, answers or [None] * len(articles), strict=True):
            yield Part(org, (int(article),), answer)
    else:
        also = [int(article) for article in row["also_ok"]]
        own = [] if row["article"] is None else [int(row["article"])]
        yield Part(org, (*own, *also), row["answer"])
