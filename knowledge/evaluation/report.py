"""A run written down: JSON for machines, Markdown and plots for people."""

from __future__ import annotations

import json
from pathlib import Path

from bot.core.errors import ConfigurationError
from knowledge.evaluation.evaluation import Evaluation
from knowledge.evaluation.misses import judged_misses, open_misses
from knowledge.evaluation.opinions import opinions
from knowledge.evaluation.plain import plain
from knowledge.evaluation.plots import draw
from knowledge.evaluation.tables import figures

BEGIN, END = "<!-- make eval: begin -->", "<!-- make eval: end -->"
JUDGED_FILE = "judged-misses.md"


def write_report(evaluation: Evaluation, folder: Path) -> str:
    """Write `eval.json`, `eval.md`, the plots and, apart, the misses of judged sets.

    Returns:
        The Markdown, which names no miss of a judged set.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = json.dumps(plain(evaluation), ensure_ascii=False, indent=1)
    (folder / "eval.json").write_text(written + "\n", encoding="utf-8")
    plots = {name: path.name for name, path in draw(evaluation, folder).items()}
    parts = [figures(evaluation, plots), open_misses(evaluation)]
    if evaluation.told:
        parts.append(opinions(evaluation.told))
    words = "\n\n".join(["## Evaluation", *parts]) + "\n"
    (folder / "eval.md").write_text(words, encoding="utf-8")
    (folder / JUDGED_FILE).write_text(judged_misses(evaluation) + "\n", encoding="utf-8")
    return words


def publish(evaluation: Evaluation, page: Path, folder: Path) -> None:
    """Put the figures between the two markers of a page, and the plots into a folder beside it.

    Raises:
        ConfigurationError: the page has no markers ("page_without_markers").
    """
    words = page.read_text(encoding="utf-8")
    before, begin, rest = words.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ConfigurationError("page_without_markers", page=page.name, begin=BEGIN, end=END)
    folder.mkdir(parents=True, exist_ok=True)
    drawn = draw(evaluation, folder)
    plots = {name: path.relative_to(page.parent).as_posix() for name, path in drawn.items()}
    shown = f"{BEGIN}\n\n{figures(evaluation, plots)}\n\n{END}"
    page.write_text(before + shown + after, encoding="utf-8")
