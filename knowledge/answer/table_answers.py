"""Answers from the decision tables: a row, the cases to choose from, or what is not written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.core.procedures import Fact, Procedures, Row, Table
from bot.core.rules import Answer, AnswerStatus, Citation, Edition
from bot.services.outside import ProcedureBook, Texts
from knowledge.answer.chains import span_of, told_of
from knowledge.answer.readers import Facts, TableQuestion
from knowledge.answer.shelf import cite_at, cite_row
from knowledge.answer.signing_lists import place_of, signed_by, signer_in
from knowledge.answer.table_questions import read_question, spellings
from knowledge.procedures.checker import standing
from knowledge.procedures.loader import RULE

SURE = 0.95  # the rows are proved; what is left is that a question was misread
OWN_RANK = "staff"  # whose leave is meant when nobody is named, where the rules know of staff
MEASURED = ("amount", "days")  # facts in numbers: between two rows of them lies a gap
SIGNING = ("document_signing", "minutes_signing")
LEAVES, NOTICES = "leave_approval", "leave_notice"
FEWEST, MOST = 2, 6  # cases to choose from
OTHERS = ("other_cases", "remaining_cases")  # what the second and the third choice are offered as


@dataclass(frozen=True)
class TableAnswers:
    """Asks the same tables that the workflows read; None where they do not clearly decide."""

    procedures: ProcedureBook
    texts: Texts
    _proofs: dict[tuple[str, str], tuple[Procedures, Procedures]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def answer(self, edition: Edition, question: str) -> Answer | None:
        """The tables' answer to a question of an office; None leaves it to the search."""
        for plain in spellings(question):
            if answer := self._signed(edition, plain) or self._answer(edition, plain):
                return answer
        return None

    def _answer(self, edition: Edition, plain: str) -> Answer | None:
        for asked in read_question(plain, edition):
            table = self._table(edition, asked.table)
            if table and table.rows:
                answer = self._decide(edition, table, asked)
                if answer or any(_fits(row, asked.facts) for row in table.rows):
                    return answer
            if table is None and (silent := self._unwritten(edition, asked)):
                return silent
        return None

    def stand_on(self, edition: Edition) -> bool:
        """Whether an edition is one that the office's tables quote."""
        written, kept = self._proved(edition)
        return any(table.rows and table == written.tables[n] for n, table in kept.tables.items())

    def _table(self, edition: Edition, name: str) -> Table | None:
        """The table, if all its rows stand on the edition."""
        written, kept = self._proved(edition)
        table = kept.tables.get(name)
        return table if table == written.tables.get(name) else None

    def _proved(self, edition: Edition) -> tuple[Procedures, Procedures]:
        """An office's tables, and what of them stands on the edition; proved once."""
        written, place = self.procedures.of(edition.org), (edition.id, edition.content_hash)
        proved = self._proofs.get(place)
        if proved is None or proved[0] is not written:
            proved = self._proofs[place] = written, standing(written, edition)
        return proved

    def _decide(self, edition: Edition, table: Table, asked: TableQuestion) -> Answer | None:
        if not asked.facts and not asked.is_bare:
            return None
        asked = _of_own_rank(table, asked)
        rows = [row for row in table.rows if _fits(row, asked.facts)]
        rules = [row for row in rows if _answers(row, asked.facts)]
        left_open = [row for row in rows if row.outcome.get("unwritten")]
        if left_open and not rules:
            return self._left_open(edition, left_open[0])
        if len(rules) == 1 and asked.reader.is_complete and asked.is_bare and not asked.facts:
            return self._answered(edition, asked, rules[0])
        usual = [row for row in rules if row.outcome.get("usual")]
        if usual and usual[0].conditions[0].fact in asked.facts:
            others = [row for row in rules if row is not usual[0]]
            return self._answered(edition, asked, usual[0], others)
        if _is_settled(rules, asked):
            if asked.reader.unmeasured and not rules[0].outcome.get("amount"):
                return self._unmeasured(edition, asked, rules[0])
            return self._answered(edition, asked, rules[0])
        if rules:
            return self._clarify(asked, rules) or self._only_beforehand(edition, asked, rules)
        return self._silent(edition, table, asked)

    def _answered(
        self, edition: Edition, asked: TableQuestion, row: Row, besides: Sequence[Row] = ()
    ) -> Answer:
        span = span_of(row, asked.plain)
        told = told_of(row, span)
        if row.outcome.get("damaged"):
            span = self.texts.say("rules.damaged_span", answer=span)
        steps = cite_at(edition, row.steps)
        citations = [cite_row(edition, row), *steps, *cite_at(edition, row.also)]
        citations += [cite_row(edition, other) for other in besides]
        unique, text = tuple(dict.fromkeys(citations)), self._text(row, told, steps)
        return Answer(AnswerStatus.ANSWERED, span, text, SURE, unique, steps=steps)

    def _signed(self, edition: Edition, plain: str) -> Answer | None:
        """What somebody signs, row by row."""
        whose = signer_in(plain)
        tables = [self._table(edition, name) for name in SIGNING if whose]
        rows = signed_by([row for table in tables if table for row in table.rows], whose)
        if not rows:
            return None
        steps = tuple(dict.fromkeys(cite_row(edition, row) for row in sorted(rows, key=place_of)))
        span = str(rows[0].outcome["answer"])
        citations = tuple(dict.fromkeys((cite_row(edition, rows[0]), *steps)))
        text = self._text(rows[0], span, steps)
        return Answer(AnswerStatus.ANSWERED, span, text, SURE, citations, steps=steps)

    def _left_open(self, edition: Edition, row: Row) -> Answer:
        """What the rules leave open, with what they say that comes nearest."""
        citations = [cite_row(edition, row), *cite_at(edition, row.also)]
        text = self.texts.say("rules.unwritten")
        return Answer(AnswerStatus.SILENT, "", text, SURE, tuple(dict.fromkeys(citations)))

    def _text(self, row: Row, told: str, steps: Sequence[Citation]) -> str:
        """The answer as people read it: a procedure with all its steps."""
        if not steps:
            key = "rules.damaged" if row.outcome.get("damaged") else "rules.answered"
            return self.texts.say(key, answer=told)
        lines = [
            self.texts.say("rules.step", number=number, quote=step.quote, label=step.label)
            for number, step in enumerate(steps, start=1)
        ]
        return self.texts.say("rules.stepped", answer=told, steps="\n".join(lines))

    def _only_beforehand(
        self, edition: Edition, asked: TableQuestion, rules: Sequence[Row]
    ) -> Answer | None:
        """Nobody is named, and for nobody a number of days is written."""
        is_measured = any(row.outcome.get("amount") for row in rules)
        if not asked.reader.unmeasured or not asked.is_bare or is_measured:
            return None
        return self._unmeasured(edition, asked, rules[0])

    def _unmeasured(self, edition: Edition, asked: TableQuestion, row: Row) -> Answer:
        """A number was asked for, and only words are written."""
        text = self.texts.say(str(asked.reader.unmeasured), answer=row.outcome["answer"])
        return Answer(AnswerStatus.SILENT, "", text, SURE, (cite_row(edition, row),))

    def _clarify(self, asked: TableQuestion, rules: Iterable[Row]) -> Answer | None:
        meeting = asked.facts.get("meeting")
        is_meeting_open = asked.facts.get("kind") == "meeting" and meeting is None
        cases = self._offered(asked, (_meetings if is_meeting_open else _cases)(rules))
        if len(cases) < FEWEST or not asked.is_bare or not self.texts.has(asked.option):
            return None
        options = tuple(self.texts.say(asked.option, case=c, meeting=meeting) for c in cases)
        text = self.texts.say("rules.clarify")
        return Answer(AnswerStatus.CLARIFY, "", text, SURE, options=options)

    def _offered(self, asked: TableQuestion, cases: Sequence[str]) -> Sequence[str]:
        """The commonest cases, which stand first in a table, and a way to the others."""
        subject, beside = asked.reader.subject, asked.reader.neighbour
        others = [self.texts.say(f"rules.{key}") + subject for key in OTHERS]
        page = next((n for n, said in enumerate(others, start=1) if said in asked.plain), 0)
        neighbours = [beside] if beside and not page and not asked.facts else []
        # Where a neighbour may stand on the first page, it holds one case less.
        size = MOST - 1 - bool(beside and not page)
        left = cases[max(0, page * (MOST - 1) - bool(beside)) :]
        if len(left) + len(neighbours) <= MOST or page == len(others):
            return [*left, *neighbours][:MOST]
        return [*left[:size], *neighbours, others[page]]

    def _silent(self, edition: Edition, table: Table, asked: TableQuestion) -> Answer | None:
        """Which cases are written, where the rules step over the one that was asked about."""
        nearest: list[Row] = []
        if asked.reader.tells_gaps:
            nearest = _neighbours(table, asked.facts) or _of_subject(table, asked)
        if not nearest:
            return self._unwritten(edition, asked) if asked.reader.nearest else None
        own = self._approvals(edition, asked.facts) if table.name == NOTICES else []
        citations = dict.fromkeys(cite_row(edition, row) for row in [*own, *nearest][:FEWEST])
        written = [row for row in table.rows if row in nearest]
        text = self.texts.say("rules.gap", cases="；".join(_cases(written)))
        return Answer(AnswerStatus.SILENT, "", text, SURE, tuple(citations))

    def _unwritten(self, edition: Edition, asked: TableQuestion) -> Answer | None:
        """Nothing is written of this side of a meeting: what is said of it otherwise."""
        meeting = asked.facts.get("meeting")
        tables = (self._table(edition, name) for name in asked.reader.nearest)
        about_all = meeting is None and asked.reader.tells_gaps
        rows = [
            row
            for table in tables
            if table
            for row in table.rows
            if about_all or _is_about(row, meeting)
        ]
        if not rows:
            return None
        text = self.texts.say("rules.unwritten")
        return Answer(AnswerStatus.SILENT, "", text, SURE, (cite_row(edition, rows[0]),))

    def _approvals(self, edition: Edition, facts: Facts) -> list[Row]:
        """What is written of the approval of a leave whose notice is not written."""
        table = self._table(edition, LEAVES)
        whole = facts | {"kind": "leave"}
        return [r for r in table.rows if _fits(r, whole) and _answers(r, whole)] if table else []


def _of_own_rank(table: Table, asked: TableQuestion) -> TableQuestion:
    """The question as a member of the office means it, where the rules count the staff's days."""
    facts = asked.facts
    counts = any(
        row.basis == RULE
        and any(c.fact == "rank" and OWN_RANK in c.values for c in row.conditions)
        and _tests(row, "days")
        for row in table.rows
    )
    if "rank" in facts or "days" not in facts or not counts:
        return asked
    return replace(asked, facts=facts | {"rank": OWN_RANK})


def _fits(row: Row, facts: Mapping[str, Fact]) -> bool:
    """Whether no known fact speaks against a row."""
    return all(c.holds(facts[c.fact]) for c in row.conditions if c.fact in facts)


def _answers(row: Row, facts: Mapping[str, Fact]) -> bool:
    """Whether a row is a rule in words, and about the kind of absence that is meant."""
    is_rule = row.basis == RULE and "answer" in row.outcome
    if facts.get("kind") == "meeting":
        return is_rule and (
            _is_about(row, facts["meeting"]) if "meeting" in facts else _tests(row, "meeting")
        )
    return is_rule and not (facts.get("kind") == "leave" and _tests(row, "meeting"))


def _is_settled(rules: Sequence[Row], asked: TableQuestion) -> bool:
    """Whether one rule is left, and what is not known would not lead away from it."""
    if len({(row.article, row.quote) for row in rules}) != 1:
        return False
    known = {*asked.facts} | ({"meeting"} if asked.reader.presumes_meeting else set())
    known |= {"rank"} if asked.facts.get("kind") == "meeting" else set()
    return all(condition.fact in known for condition in rules[0].conditions)


def _cases(rows: Iterable[Row]) -> list[str]:
    """The cases of rows, in words, each once."""
    named = (row.outcome.get("case", ()) for row in rows)
    return list(dict.fromkeys(c for n in named for c in ((n,) if isinstance(n, str) else n)))


def _meetings(rows: Iterable[Row]) -> list[str]:
    """The meetings that rows are laid down for, each once."""
    named = (c.values for row in rows for c in row.conditions if c.fact == "meeting")
    return sorted({str(meeting) for values in named for meeting in values})


def _neighbours(table: Table, facts: Facts) -> list[Row]:
    """The rules that name other numbers of what was asked about, nearest first."""
    fact = next((name for name in MEASURED if name in facts), None)
    if fact is None:
        return []
    others = {name: value for name, value in facts.items() if name != fact}
    found = {
        row.quote: (_distance(row, fact, float(facts[fact])), row)
        for row in table.rows
        if _fits(row, others)
        and _answers(row, facts)
        and any(c.fact == fact for c in row.conditions)
    }
    return [row for _, row in sorted(found.values(), key=lambda near: near[0])]


def _of_subject(table: Table, asked: TableQuestion) -> list[Row]:
    """The rules on the subject that is asked about, a row's first fact; else on all others."""
    if not asked.is_bare:
        return []
    rules = [row for row in table.rows if _answers(row, asked.facts)]
    named = [row for row in rules if row.conditions[0].fact in asked.facts]
    own = [row for row in named if row.conditions[0].holds(asked.facts[row.conditions[0].fact])]
    return own or (named if asked.reader.is_complete else [])


def _tests(row: Row, fact: str) -> bool:
    return any(condition.fact == fact for condition in row.conditions)


def _distance(row: Row, fact: str, value: float) -> float:
    tested = next(c for c in row.conditions if c.fact == fact)
    return max((tested.least or 0.0) - value, value - (tested.most or float("inf")), 0.0)


def _is_about(row: Row, meeting: Fact | None) -> bool:
    return any(c.fact == "meeting" and meeting in c.values for c in row.conditions)
