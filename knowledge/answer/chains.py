"""Which step of a chain of people is asked for: the first, the last, or one beside the rule."""

from __future__ import annotations

import re

from bot.core.procedures import Row

ASKED = r"(?:谁|哪|什么人|(?:什么|啥)领导)"
STEPS: tuple[tuple[str, str], ...] = (  # the field of a row's outcome, what is said for it
    (
        "first",
        rf"(?<![事预优领原首])先(?![进行期后锋]).{{0,8}}{ASKED}|{ASKED}.{{0,2}}先|第一道|头一道",
    ),
    ("last", r"最后|最终"),
    ("overseer", r"统筹"),  # of a meeting, which others serve
)
# Whom else: a row names those that its own case needs, and of others nothing.
BESIDE = re.compile(
    rf"还(?:要|得|需|须|应)?[跟向找给报].{{0,6}}{ASKED}|还(?:要|得|需|须|应)?{ASKED}"
    rf"|另外.{{0,3}}[跟向找给报].{{0,4}}{ASKED}|除了.{{1,14}}{ASKED}|必要时|如有需要"
    rf"|(?:批|(?<!会)签|审|同意)[完了过].{{0,4}}{ASKED}"
)


def span_of(row: Row, plain: str) -> str:
    """What of a row answers: its step that the question asks for, else its whole answer."""
    asked = [field for field, said in STEPS if re.search(said, plain)]
    if len(asked) == 1 and asked[0] in row.outcome:
        return str(row.outcome[asked[0]])
    return str(row.outcome["answer"])


def told_of(row: Row, span: str) -> str:
    """What people are told: the whole chain where the short answer is its end."""
    is_whole = span == row.outcome["answer"]
    return str(row.outcome.get("in_full", span)) if is_whole else span
