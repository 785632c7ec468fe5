from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.errors import ConfigurationError
from bot.core.people import OrgId
from bot.core.rules import AnswerStatus
from knowledge.evaluation.conversation import Cited, Judge, Reply, Said, dialogue_figures, play
from knowledge.evaluation.dialogues import Dialogue, Expected, Part, read_dialogues
from knowledge.evaluation.shares import Share

OWN, OTHER = OrgId("qingshan"), OrgId("lvshui")
MINUTES = Cited("qingshan-2020-01-01", 5, "常务会议纪要由县长签发")
TEXTS = YamlTexts()
SILENT = TEXTS.say("rules.silent")
CLARIFY = TEXTS.say("rules.clarify")
NEAREST = TEXTS.say("rules.nearest", quote="县长签发", document="规则", number="", label="", day="")

ANSWERED = Said("县长签发。", citations=(MINUTES,))
ASKED_BACK = Said(CLARIFY, buttons=2)
REFUSED = Said(f"{SILENT}\n{NEAREST}", citations=(MINUTES,))
SMALL_TALK = Said("不客气。")


class FakeAssistant:
    """Answers by a list, and remembers what was said to it."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.heard: list[tuple[str, str, str]] = []

    def say(self, user: str, conversation: str, text: str) -> Reply:
        self.heard.append((user, conversation, text))
        return self.replies.pop(0)


def expected(
    *statuses: str, kind: str = "ask", parts: tuple[Part, ...] = (Part(OWN, (5,), "县长签发"),)
) -> Expected:
    """A turn whose right answer is the fifth article, unless told otherwise."""
    wanted = frozenset(AnswerStatus(status) for status in statuses)
    return Expected("纪要谁签发", kind, OWN, wanted, parts)


def is_right(turn: Expected, *reply: Said) -> bool:
    return Judge(TEXTS).turn(turn, reply).is_right


def test_an_answer_is_right_that_quotes_the_article_and_holds_the_words() -> None:
    assert is_right(expected("answered"), ANSWERED)


@pytest.mark.parametrize(
    "said",
    [
        Said("县长签发。", citations=(Cited("qingshan-2020-01-01", 6, "县长签发"),)),
        Said("副县长。", citations=(Cited("qingshan-2020-01-01", 5, "副县长签批"),)),
        Said("县长签发。", citations=(Cited("lvshui-2020-01-01", 5, "县长签发"),)),
        Said("县长签发。"),
        REFUSED,
        ASKED_BACK,
    ],
    ids=["another article", "other words", "another office", "no quote", "refused", "asked back"],
)
def test_no_other_reply_is_the_right_answer(said: Said) -> None:
    assert not is_right(expected("answered"), said)


def test_an_answer_to_what_the_rules_leave_open_is_wrong() -> None:
    assert not is_right(expected("silent", "not_found", parts=()), ANSWERED)


def test_a_refusal_that_shows_the_nearest_article_is_still_a_refusal() -> None:
    assert is_right(expected("silent", parts=()), REFUSED)


def test_a_question_back_is_right_only_where_one_is_wanted() -> None:
    assert is_right(expected("clarify"), ASKED_BACK)
    assert not is_right(expected("silent"), ASKED_BACK)


def test_an_answer_is_accepted_where_a_question_back_is_only_one_way() -> None:
    assert is_right(expected("clarify", "answered"), ANSWERED)


def test_thanks_want_no_rule() -> None:
    thanks = expected(parts=())

    assert is_right(thanks, SMALL_TALK)
    assert not is_right(thanks, ANSWERED)
    assert not is_right(thanks, REFUSED)


def test_a_turn_that_fails_is_wrong_whatever_was_wanted() -> None:
    assert not is_right(expected(parts=()))


def test_every_question_of_one_message_is_to_be_answered() -> None:
    both = expected("answered", parts=(Part(OWN, (5,), "县长签发"), Part(OWN, (7,), "三天")))
    second = Said("三天。", citations=(Cited("qingshan-2020-01-01", 7, "提前三天"),))

    assert is_right(both, ANSWERED, second)
    assert not is_right(both, ANSWERED)


def test_offices_side_by_side_are_each_to_be_quoted_or_said_to_be_silent() -> None:
    compared = expected(
        "answered", parts=(Part(OWN, (5,)), Part(OTHER, (9,)), Part(OrgId("c"), ()))
    )
    other = Cited("lvshui-2021-01-01", 9, "主任签发")
    wrong = Cited("c-2021-01-01", 1, "总则")

    assert is_right(compared, Said(f"县长签发；主任签发；{SILENT}", citations=(MINUTES, other)))
    assert not is_right(compared, Said("县长签发；总则", citations=(MINUTES, other, wrong)))
    assert not is_right(compared, Said("县长签发", citations=(MINUTES,)))


def test_each_dialogue_is_led_in_a_conversation_of_its_own() -> None:
    turns = (expected("clarify"), expected("answered"))
    dialogues = [Dialogue(name, OWN, "qingshan/staff1", turns) for name in ("a", "b")]
    assistant = FakeAssistant([ASKED_BACK], [ANSWERED], [ANSWERED], [ANSWERED])

    played = play(dialogues, assistant, Judge(TEXTS), "run")

    conversations = [conversation for _, conversation, _ in assistant.heard]
    assert conversations == ["eval-run-a", "eval-run-a", "eval-run-b", "eval-run-b"]
    assert [one.is_right for one in played] == [True, False]


def test_turns_and_whole_dialogues_are_counted_by_kind() -> None:
    turns = (expected("clarify", kind="clarify"), expected("answered", kind="button"))
    dialogues = [Dialogue(name, OWN, "qingshan/staff1", turns) for name in ("a", "b")]
    assistant = FakeAssistant([ASKED_BACK], [ANSWERED], [ANSWERED], [ANSWERED])

    found = dialogue_figures(play(dialogues, assistant, Judge(TEXTS), "run"))

    assert found.turns == Share(3, 4)
    assert found.whole == Share(1, 2)
    assert found.kinds == {"button": Share(2, 2), "clarify": Share(1, 2)}


def test_a_dialogue_is_read_with_all_it_leaves_out(tmp_path: Path) -> None:
    row = {
        "id": "d1",
        "org": OWN,
        "user": "qingshan/staff1",
        "turns": [
            {"say": "谢谢", "kind": "thanks", "status": None, "article": None, "also_ok": []}
            | {"answer": None},
            {"say": "别的县呢", "kind": "compare", "status": "answered", "article": None}
            | {"also_ok": [], "answer": None, "articles": {"lvshui": 9, "qingshan": None}},
            {"say": "谁签发？几天？", "kind": "several", "status": "answered", "article": None}
            | {"also_ok": [], "answer": None, "articles": [5, 7], "answers": ["县长", "三天"]},
        ],
    }
    (tmp_path / "qingshan.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")

    [dialogue] = read_dialogues(tmp_path)

    thanks, compare, several = dialogue.turns
    assert thanks.statuses == frozenset()
    assert compare.parts == (Part(OTHER, (9,)), Part(OWN, ()))
    assert several.parts == (Part(OWN, (5,), "县长"), Part(OWN, (7,), "三天"))


def test_a_broken_dialogue_is_named_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_text('\n{"id": 1}\n', encoding="utf-8")

    with pytest.raises(ConfigurationError, match="dialogue_broken") as refusal:
        read_dialogues(tmp_path)

    assert refusal.value.details["line"] == 2
