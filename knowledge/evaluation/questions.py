"""The question sets that answers are measured on: one JSON object a line, a file an office."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bot.core.errors import ConfigurationError
from bot.core.people import OrgId


@dataclass(frozen=True)
class Question:
    """A question with its true answer; `article` None means that the rules do not say."""

    id: str
    org: OrgId
    kind: str  # who, whether, when_ahead...: what is asked for
    text: str
    article: int | None
    also_ok: tuple[int, ...]
    quote: str | None
    answer: str | None

    @property
    def is_answerable(self) -> bool:
        """Whether the rules answer it."""
        return self.article is not None

    def is_in(self, ordinal: int) -> bool:
        """Whether an article answers it."""
        return ordinal == self.article or ordinal in self.also_ok


def read_questions(folder: Path) -> list[Question]:
    """Read every `*.jsonl` of a folder; none if there is no such folder.

    Raises:
        ConfigurationError: a line is not a question ("question_broken").
    """
    questions = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                questions.append(_read(line, path, number))
    return questions


def _read(line: str, path: Path, number: int) -> Question:
    try:
        row = json.loads(line)
        return Question(
            id=row["id"],
            org=OrgId(row["doc"]),
            kind=row["type"],
            text=row["question"],
            article=row["article"],
            also_ok=tuple(row["also_ok"]),
            quote=row["quote"],
            answer=row["answer"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError("question_broken", file=str(path), line=number) from error
