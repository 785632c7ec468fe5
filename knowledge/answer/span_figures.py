"""Figures on a piece of a clause: how well it would answer what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from knowledge.answer.asked import CLAUSES_KEPT, Asked, roles_in
from knowledge.answer.candidates import ACTORS, COUNTS, Candidate, Form, candidates_in
from knowledge.answer.linear import Figure, Linear
from knowledge.answer.subjects import meetings_in
from knowledge.answer.wanted import Wanted
from knowledge.search.segments import segments
from knowledge.search.words import normalise, pairs

VAGUE = re.compile(r"立即|及时|尽快|即时|定期|随时|根据需要|一个|一次")
LIMITED = re.compile(
    r"不(?:得|应|能)?(?:超过|少于|低于|多于|高于)|超过|至[多少]|最[多少长短高低]|以[上下内]|内|控制"
    r"|过半|原则上|限|应|须|只|[前底]"
)
NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千万半每]")
REACH = 8  # characters: 至少 may stand apart from its number
PERSON = re.compile(r"长[、,，]|主任|书记|负责(?:同志|人)|人员|委员")
DOES = re.compile(r"(?:要|应|须|原则上|牵头|统一|专人|定期)*([一-龥]{2})")
BEFORE_ACT = re.compile(r"^(?:[(（][^)）]*[)）])?(?:要|应|须|统一|牵头|具体|直接)*")
PARTED = re.compile(r"[、，,和及与]")
SEVERAL_OFF = 2  # by so many more or fewer a list is another than was asked for
SAID_AFTER = 3  # pairs of characters
FAR = 3.0  # standard deviations: about the nearest segment
SHORT, LONG, LONGER = 3, 24, 40  # characters


class ClauseView:
    """A clause seen with one question in mind.

    Figures come in three groups, so that what many pieces share is worked out once: what holds of
    a piece whatever is asked, what holds of its segment, and what is its own.
    """

    def __init__(
        self, asked: Asked, want: Wanted, clause: str, lead: str, meaning: Sequence[float]
    ) -> None:
        self._asked, self._want, self._clause, self._lead = asked, want, clause, lead
        self._meaning, self._nearest = meaning, max(meaning, default=0.0)
        self._said = [len(asked.tokens & said) for said in _segment_pairs(clause)]
        self._all = len(asked.tokens & _pairs(clause)) or 1
        self._shared = [said / self._all for said in self._said]
        worded = [
            sum(any(way in part for way in ways) for ways in asked.ways)
            for part in _segment_texts(clause)
        ]
        most = max(worded, default=0) or 1
        self._worded = [count / most for count in worded]

    def figures(self, candidate: Candidate) -> list[Figure]:
        """All figures on one piece, by name."""
        shape = shape_figures(self._want.kind, self._clause, candidate)
        return [*shape, *self._of_segment(candidate.segment), *self._own(candidate)]

    def scores(self, span: Linear) -> list[float]:
        """What every piece of the clause scores, in the order of `candidates_in`."""
        shapes = _shape_scores(span, self._want.kind, self._clause)
        segment = [span.score(self._of_segment(number)) for number in range(len(self._shared))]
        pieces = zip(candidates_in(self._clause), shapes, strict=True)
        return [s + segment[c.segment] + span.score(self._own(c)) for c, s in pieces]

    def _of_segment(self, number: int) -> list[Figure]:
        kind, meaning = self._want.kind, self._meaning[number] / FAR
        own, before = self._share(self._shared, number), self._share(self._shared, number - 1)
        after = self._share(self._shared, number + 1)
        worded_before = self._share(self._worded, number - 1)
        return [
            ("own", own),
            (f"{kind}.own", own),
            ("before", before),
            (f"{kind}.before", before),
            ("after", after),
            (f"{kind}.after", after),
            ("worded", self._worded[number]),
            ("worded_before", worded_before),
            (f"{kind}.worded_before", worded_before),
            ("meaning", meaning),
            (f"{kind}.meaning", meaning),
            ("meaning_most", float(self._meaning[number] == self._nearest)),
            ("meaning_before", self._share(self._meaning, number - 1) / FAR),
        ]

    @staticmethod
    def _share(shares: Sequence[float], number: int) -> float:
        """What a segment shares with the question; 0 before the first and after the last."""
        return shares[number] if 0 <= number < len(shares) else 0.0

    def _own(self, candidate: Candidate) -> list[Figure]:
        inside = len(self._asked.tokens & candidate.pairs)
        figures = [
            ("all_inside", float(bool(candidate.pairs) and inside >= 0.8 * len(candidate.pairs))),
            ("own_outside", (self._said[candidate.segment] - inside) / self._all),
            *self._wanted(candidate),
            *self._matter(candidate),
        ]
        text = self._clause[candidate.start : candidate.end]
        if candidate.form in ACTORS:
            figures += self._act(candidate, text)
        elif candidate.form in COUNTS:
            figures += self._count(candidate, text)
        elif candidate.form is Form.LIST and self._want.is_of_people:
            figures.append(("people", 1.0 if PERSON.search(text) else -1.0))
        return figures

    def _wanted(self, candidate: Candidate) -> Iterator[Figure]:
        want, text = self._want, self._clause[candidate.start : candidate.end]
        if want.verdict:
            yield f"{want.kind}.wanted", float(bool(want.verdict.search(text)))
        if want.is_of_whom:
            yield f"of_whom.{candidate.lead or candidate.form}", 1.0
        if want.is_last:
            yield "last", candidate.start / len(self._clause)
        if want.is_first and candidate.form in ACTORS:
            yield "first_place", candidate.start / len(self._clause)
        if want.nouns:
            yield "noun_after", float(any(candidate.after.startswith(n[:2]) for n in want.nouns))
            yield "noun", float(any(noun[:2] in text for noun in want.nouns))
            yield "noun_last", float(any(noun[0] == text[-1] for noun in want.nouns))
        if want.is_of_meeting:
            yield "of_meeting", float("会议" in text[-4:])
        if want.is_choice:
            yield "choice", sum(character in self._asked.plain for character in text) / len(text)
        if want.several:
            count = len(PARTED.findall(text)) + 1
            yield "several", float(count == want.several)
            yield "several_off", float(abs(count - want.several) > SEVERAL_OFF)

    def _matter(self, candidate: Candidate) -> Iterator[Figure]:
        """Whether what stands before is about the meeting or post that was asked about."""
        if not (self._want.meetings or self._want.subject):
            return
        meetings, roles = _said_before(self._clause, candidate.start)
        meetings, roles = meetings or meetings_in(self._lead), roles or roles_in(self._lead)
        if self._want.meetings and meetings:
            yield "meeting", 1.0 if self._want.meetings & meetings else -1.0
        if self._want.subject and roles:
            yield "post", 1.0 if self._want.subject & roles else -1.0

    def _act(self, candidate: Candidate, text: str) -> Iterator[Figure]:
        acts = self._asked.acts
        after = BEFORE_ACT.sub("", candidate.after)
        is_actor = candidate.form is Form.ACTOR
        does = any(re.match(a, after) if is_actor else re.search(a, text) for a in acts)
        yield "act", float(does)
        yield "act_exact", float(any(a.isalpha() and a in candidate.after for a in acts))
        said = len(self._asked.tokens & _pairs(candidate.after))
        yield "after_said", min(said, SAID_AFTER) / SAID_AFTER
        yield f"act.{candidate.form}", float(does)
        yield "no_act", float(bool(acts) and not does)
        if does and is_actor:
            yield "first_act", float(any(after.startswith(a.split("|")[0]) for a in acts))
            yield "act_last", self._want.is_last * candidate.start / len(self._clause)
        if not does and (done := DOES.match(candidate.after)):
            yield "does", float(done[1] in self._asked.tokens)
        yield "is_subject", float(bool(self._want.subject & roles_in(normalise(text))))

    def _count(self, candidate: Candidate, text: str) -> Iterator[Figure]:
        want = self._want
        if want.unit and NUMERAL.search(text):
            yield "unit", 1.0 if want.unit.search(text) else -1.0
        yield f"{want.kind}.every", float("每" in text)
        yield "vague", float(want.is_counted and bool(VAGUE.fullmatch(text)))
        if want.is_limit:
            around = self._clause[max(0, candidate.start - REACH) : candidate.end]
            yield "limited", float(bool(LIMITED.search(around)))


def shape_figures(kind: str, clause: str, candidate: Candidate) -> list[Figure]:
    """Figures on a piece that are the same whatever is said of the matter."""
    length = candidate.end - candidate.start
    return [
        (f"{kind}.{candidate.form}", 1.0),
        ("length", min(length, LONGER) / LONGER),
        (f"{kind}.length", min(length, LONGER) / LONGER),
        ("long", float(length > LONG)),
        ("longer", float(length > LONGER)),
        ("tiny", float(length < SHORT)),
        ("position", candidate.start / len(clause)),
        ("first", float(candidate.segment == 0)),
        ("condition", float(candidate.is_condition)),
        (f"{kind}.condition", float(candidate.is_condition)),
        (f"{kind}.verdict", candidate.verdict),
        (f"lead.{candidate.lead}", float(candidate.form in ACTORS)),
    ]


@lru_cache(CLAUSES_KEPT)
def _shape_scores(span: Linear, kind: str, clause: str) -> tuple[float, ...]:
    return tuple(span.score(shape_figures(kind, clause, c)) for c in candidates_in(clause))


@lru_cache(CLAUSES_KEPT)
def _segment_texts(clause: str) -> tuple[str, ...]:
    return tuple(normalise(clause[start:end]) for start, end in segments(clause))


@lru_cache(CLAUSES_KEPT)
def _segment_pairs(clause: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(pairs(text)) for text in _segment_texts(clause))


@lru_cache(CLAUSES_KEPT)
def _pairs(clause: str) -> frozenset[str]:
    return frozenset().union(*_segment_pairs(clause))


@lru_cache(CLAUSES_KEPT)
def _said_before(clause: str, end: int) -> tuple[frozenset[str], frozenset[str]]:
    said = normalise(clause[:end])
    return meetings_in(said), roles_in(said)
