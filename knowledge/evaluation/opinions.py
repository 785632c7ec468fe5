"""What people said of the answers they got: 有用 or 没用, of one's own installation only."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.feedback import Told
from knowledge.evaluation.shares import Share
from knowledge.evaluation.tables import cell

MOST_LISTED = 20  # questions of one office


def opinions(told: Sequence[Told]) -> str:
    """A table of the offices, and the questions whose answers did not help; never published."""
    lines = [
        "### What people said of answers",
        "",
        "Pressed on the answer itself in the last three months: 有用 or 没用.",
        "",
        "| office | judged | useful |",
        "|---|---|---|",
    ]
    for each in told:
        share = Share(each.useful, each.useful + each.useless)
        lines.append(f"| {each.org} | {share.of} | {cell(share)} |")
    for each in told:
        if each.useless_questions:
            lines += ["", f"Not useful in {each.org}, latest first:", ""]
            lines += [f"- {question}" for question in each.useless_questions[:MOST_LISTED]]
    return "\n".join(lines)
