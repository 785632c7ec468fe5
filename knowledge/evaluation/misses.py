"""What went wrong, case by case where it may be seen, and in numbers where it may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from knowledge.evaluation.conversation import Played
from knowledge.evaluation.evaluation import DialogueSet, Evaluation, QuestionSet
from knowledge.evaluation.measure import Outcome
from knowledge.evaluation.plain import missed, missed_turns

WARNING = """\
# Misses of the judged half

For whoever checks the figures. Whoever tunes must not read on: a question that was looked at to
repair it is no longer unseen; it has to move to the fit half, and another to be written."""


def open_misses(evaluation: Evaluation) -> str:
    """Misses of the sets that were seen while tuning in full; of judged sets only how many."""
    lines: list[str] = []
    for one in evaluation.questions:
        lines += _counted(one) if one.source.is_judged else _listed(one)
    for dialogues in evaluation.dialogues:
        judged = dialogues.source.is_judged
        lines += _counted_dialogues(dialogues) if judged else _listed_dialogues(dialogues)
    return "\n".join(lines)


def judged_misses(evaluation: Evaluation) -> str:
    """The misses of judged sets, for a file of their own."""
    lines = [WARNING, ""]
    for one in evaluation.questions:
        lines += _listed(one) if one.source.is_judged else ()
    for dialogues in evaluation.dialogues:
        lines += _listed_dialogues(dialogues) if dialogues.source.is_judged else ()
    return "\n".join(lines)


def _counted(one: QuestionSet) -> Iterator[str]:
    yield f"### Misses, {one.source.name}: {len(one.misses)} of {len(one.outcomes)}"
    yield ""
    yield "Only counted, by office and kind: who tunes must not see them."
    yield ""
    yield from _table(one.misses)
    yield ""


def _table(misses: Sequence[Outcome]) -> Iterator[str]:
    counts = Counter((str(miss.question.org), miss.question.kind) for miss in misses)
    orgs, kinds = (sorted({pair[place] for pair in counts}) for place in (0, 1))
    yield "| kind | " + " | ".join([*orgs, "all"]) + " |"
    yield "|---|" + "---:|" * (len(orgs) + 1)
    for kind in kinds:
        row = [counts[org, kind] for org in orgs]
        yield f"| {kind} | " + " | ".join(map(str, [*row, sum(row)])) + " |"


def _listed(one: QuestionSet) -> Iterator[str]:
    yield f"### Misses, {one.source.name}: {len(one.misses)} of {len(one.outcomes)}"
    yield ""
    yield "| question | kind | asked | true | found | said | answer |"
    yield "|---|---|---|---|---|---|---|"
    yield from map(_miss, one.misses)
    yield ""


def _miss(outcome: Outcome) -> str:
    row = missed(outcome)
    article, words = row["true"]
    found = ", ".join(map(str, row["articles"]))
    said = f"{row['status']} ({row['confidence']:.2f})"
    true = f"{article or '-'} {words or ''}"
    return _row([row["id"], row["kind"], row["question"], true, found, said, row["answer"]])


def _counted_dialogues(one: DialogueSet) -> Iterator[str]:
    turns = [turn for played in one.misses for turn in missed_turns(played)]
    kinds = Counter(turn["kind"] for turn in turns)
    yield f"### Dialogues with a wrong turn, {one.source.name}: {_so_many(one)}"
    yield ""
    yield "Wrong turns by kind: " + (", ".join(f"{k} {n}" for k, n in sorted(kinds.items())) or "-")
    yield ""


def _listed_dialogues(one: DialogueSet) -> Iterator[str]:
    yield f"### Dialogues with a wrong turn, {one.source.name}: {_so_many(one)}"
    yield ""
    yield "| dialogue | turn | kind | said | true | heard | quoted |"
    yield "|---|---|---|---|---|---|---|"
    yield from _turns(one.misses)
    yield ""


def _turns(misses: Iterable[Played]) -> Iterator[str]:
    for turn in (turn for played in misses for turn in missed_turns(played)):
        statuses, parts = turn["true"]
        true = "/".join(statuses) + " " + "; ".join(_part(*part) for part in parts)
        heard, quoted = ", ".join(turn["heard"]), ", ".join(map(str, turn["articles"]))
        yield _row([turn["id"], str(turn["turn"]), turn["kind"], turn["said"], true, heard, quoted])


def _part(org: str, articles: Sequence[int], answer: str | None) -> str:
    return f"{org} {'/'.join(map(str, articles)) or '-'} {answer or ''}".rstrip()


def _so_many(one: DialogueSet) -> str:
    return f"{len(one.misses)} of {len(one.played)}"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "/").split()) for cell in cells) + " |"
