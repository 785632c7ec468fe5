"""Which decision tables a question is for, and the facts it states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.rules import Edition
from knowledge.answer import (
    document_questions,
    duty_questions,
    field_questions,
    form_questions,
    incoming_questions,
    large_meeting_questions,
    leave_questions,
    limit_questions,
    meeting_questions,
    seal_questions,
    spending_questions,
    topic_questions,
)
from knowledge.answer.chains import BESIDE
from knowledge.answer.readers import Reader, TableQuestion
from knowledge.search.words import normalise, shared_words

LONGEST = 60  # characters: a longer text tells a story, of which the patterns read scraps
LEVEL = re.compile(r"([县区市])人民政府")
READERS: tuple[Reader, ...] = (  # in this order
    leave_questions.MEETING_ABSENCE,
    leave_questions.ABSENCE,
    *seal_questions.READERS,
    *limit_questions.READERS,
    *topic_questions.PAPER_READERS,
    *document_questions.READERS,
    *incoming_questions.READERS,
    *form_questions.READERS,
    *duty_questions.READERS,
    *meeting_questions.READERS,
    *large_meeting_questions.READERS,
    *topic_questions.READERS,
    *field_questions.READERS,
    *leave_questions.READERS,
    *spending_questions.READERS,
)


def spellings(question: str) -> Iterator[str]:
    """A question as it is typed, then with its typing errors mended, without spaces."""
    plain = "".join(normalise(question).split())
    yield plain
    corrected = "".join(normalise(shared_words().corrected(question)).split())
    if corrected != plain:
        yield corrected


def read_question(plain: str, edition: Edition) -> Iterator[TableQuestion]:
    """The tables that a question to an office is clearly for, the likeliest first."""
    level = LEVEL.search(edition.title)
    if level is None or len(plain) > LONGEST or BESIDE.search(plain):
        return
    for reader in READERS:
        if found := reader.read(plain, level[1]):
            yield found
