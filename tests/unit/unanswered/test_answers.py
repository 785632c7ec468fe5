from __future__ import annotations

from datetime import date

import pytest

from bot.core.errors import InvalidInputError, NotAllowedError, NotFoundError
from bot.core.people import PersonId
from bot.core.rules import AnswerStatus
from bot.core.unanswered import GroupId, GroupState, GroupStateError
from bot.services.inbox import SecretTextError
from bot.services.office_answers import ReplyDraft
from tests.fakes.desks import CHANGLE
from tests.unit.unanswered.stage import LUNCH, TEXT, Stage, edition

REPLY = ReplyDraft(text="工作日中午十二点开饭")
CITED = ReplyDraft(text="十二时", article=3, quote=LUNCH)
QUESTION = "食堂几点开饭"
LODGING = "县政府办公室机关工作人员到县外出差期间住宾馆一晚上最多能报多少钱"
LODGING_TOO = LODGING.replace("报多少", "报销多少")  # alike, and not the same


def answered(stage: Stage, draft: ReplyDraft, *questions: str) -> GroupId:
    stage.ask(*questions or (QUESTION,))
    group = stage.groups()[0].group.id
    stage.desk.answer(stage.clerk, group, draft)
    return group


def test_an_answer_with_its_article_is_quoted_and_says_whose_it_is(stage: Stage) -> None:
    answered(stage, CITED)

    [answer] = stage.ask("请问食堂什么时候开饭？")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.answer == "十二时"
    [citation] = answer.citations
    assert (citation.quote, citation.item, citation.edition) == (LUNCH, "一", "first")
    assert answer.text == ("十二时。（昌乐县人民政府2026年11月23日答复，依据第三条第一项）")


def test_the_quote_is_the_answer_where_the_clerks_words_are_not_in_it(stage: Stage) -> None:
    answered(stage, ReplyDraft(text="中午开饭", article=3, quote=LUNCH))

    [answer] = stage.ask(QUESTION)
    assert answer.answer == LUNCH
    assert "单位答复（昌乐县人民政府，2026年11月23日，依据第三条第一项）：中午开饭" in answer.text


def test_a_reply_without_an_article_is_called_the_offices_own_and_cites_nothing(
    stage: Stage,
) -> None:
    answered(stage, REPLY)

    [answer] = stage.ask(QUESTION)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations == ()
    assert answer.text == (
        "单位答复（昌乐县人民政府，2026年11月23日，不是规则条文）：工作日中午十二点开饭"
    )


@pytest.mark.parametrize(
    "question",
    ["食堂周末几点开饭", "食堂几点关门", "食堂在哪里开饭", "二食堂几点开饭", "食堂几点不开饭"],
)
def test_another_question_does_not_get_the_answer(stage: Stage, question: str) -> None:
    answered(stage, REPLY)

    [answer] = stage.ask(question)
    assert answer.status is AnswerStatus.NOT_FOUND


def test_a_follow_up_does_not_get_the_answer_to_what_it_leans_on(stage: Stage) -> None:
    answered(stage, REPLY)

    found = stage.rule_desk.follow_up(CHANGLE, QUESTION, "那周末呢")
    assert found.answer.status is AnswerStatus.NOT_FOUND


def test_another_office_does_not_get_the_answer(stage: Stage) -> None:
    answered(stage, REPLY)

    [answer] = stage.ask(QUESTION, org=stage.person("yunyang/clerk1").org)
    assert answer.status is AnswerStatus.NOT_FOUND


def test_what_is_answered_is_not_kept_again(stage: Stage) -> None:
    answered(stage, REPLY)
    stage.ask(QUESTION)

    assert stage.only().count == 1


def test_the_rules_go_first(stage: Stage) -> None:
    answered(stage, REPLY)
    stage.rules.status = AnswerStatus.ANSWERED

    [answer] = stage.ask(QUESTION)
    assert answer.text == "规则没有写明。"  # what this rule book says, whatever its status


def test_a_wording_that_the_clerk_names_is_answered_too(stage: Stage) -> None:
    stage.ask(LODGING, LODGING_TOO)
    _, second = (question.id for question in stage.only().questions)
    group = stage.only().group.id

    view = stage.desk.answer(stage.clerk, group, ReplyDraft("300元", covers=(second,)))

    assert [view.is_covered(question) for question in view.questions] == [True, True]
    assert stage.ask(LODGING_TOO)[0].status is AnswerStatus.ANSWERED


def test_a_wording_that_the_clerk_did_not_name_stays_open(stage: Stage) -> None:
    answered(stage, REPLY, LODGING, LODGING_TOO)

    view = stage.only()
    assert [view.is_covered(question) for question in view.questions] == [True, False]
    assert stage.ask(LODGING_TOO)[0].status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (ReplyDraft(), "unanswered_text_missing"),
        (ReplyDraft(text=" "), "unanswered_text_missing"),
        (ReplyDraft(text="答" * 501), "unanswered_text_long"),
        (ReplyDraft(text="十二时", article=3), "unanswered_quote_missing"),
        (ReplyDraft(text="十二时", quote=LUNCH), "unanswered_article_missing"),
        (ReplyDraft(text="十二时", end_day=date(2026, 11, 22)), "unanswered_end_past"),
        (ReplyDraft(text="十二时", covers=(404,)), "unanswered_covers"),
    ],
)
def test_a_draft_that_cannot_be_approved_is_refused(
    stage: Stage, draft: ReplyDraft, code: str
) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        answered(stage, draft)

    assert refusal.value.code == code
    assert stage.only().group.state is GroupState.OPEN


@pytest.mark.parametrize(
    ("article", "quote", "code"),
    [(3, "午餐于十三时供应", "quote_gone"), (4, LUNCH, "article_unknown")],
)
def test_a_quote_that_does_not_stand_in_its_article_is_refused(
    stage: Stage, article: int, quote: str, code: str
) -> None:
    with pytest.raises(NotFoundError) as refusal:
        answered(stage, ReplyDraft(text="十三时", article=article, quote=quote))

    assert refusal.value.code == code


def test_a_reply_with_a_secrecy_mark_is_refused(stage: Stage) -> None:
    with pytest.raises(SecretTextError):
        answered(stage, ReplyDraft(text="机密★1年 十二点"))


@pytest.mark.parametrize("user", ["changle/staff1", "changle/head", "changle/supervisor1"])
def test_only_a_clerk_answers(stage: Stage, user: str) -> None:
    stage.ask(QUESTION)
    group = stage.only().group.id

    with pytest.raises(NotAllowedError):
        stage.desk.answer(stage.person(user), group, REPLY)
    with pytest.raises(NotAllowedError):
        stage.desk.dismiss(stage.person(user), group)


def test_another_offices_clerk_does_not_find_the_group(stage: Stage) -> None:
    stage.ask(QUESTION)

    with pytest.raises(NotFoundError) as refusal:
        stage.desk.answer(stage.person("yunyang/clerk1"), stage.only().group.id, REPLY)

    assert refusal.value.code == "unanswered_unknown"


def test_an_answer_expires_with_its_edition_and_the_owner_hears_of_it(stage: Stage) -> None:
    answered(stage, CITED)
    stage.rules.in_force = edition("second")

    [refused] = stage.ask(QUESTION)
    stage.desk.tick()

    assert refused.status is AnswerStatus.NOT_FOUND  # at once, not only at the next tick
    assert stage.pushes()[-1].key.startswith("unanswered:1:expired:")
    assert "unanswered.expired" in stage.audit()


def test_an_answer_expires_when_its_quote_is_gone(stage: Stage) -> None:
    answered(stage, CITED)
    stage.rules.in_force = edition("first", TEXT.replace("十二时", "十三时"))
    stage.desk.tick()

    assert stage.only().group.state is GroupState.EXPIRED


def test_an_answer_expires_after_its_own_last_day(stage: Stage) -> None:
    answered(stage, ReplyDraft(text="十二点", end_day=date(2026, 11, 24)))

    stage.pass_days(1)
    on_the_day = stage.ask(QUESTION)[0].status
    stage.pass_days(1)

    assert on_the_day is AnswerStatus.ANSWERED
    assert stage.only().group.state is GroupState.EXPIRED
    assert stage.ask(QUESTION)[0].status is AnswerStatus.NOT_FOUND


def test_a_reply_without_an_article_lasts_a_year_and_one_with_it_as_long_as_the_edition(
    stage: Stage,
) -> None:
    answered(stage, REPLY)
    stage.ask("午餐供应到几时为止呢")
    second = stage.groups(GroupState.OPEN)[0].group.id
    cited = stage.desk.answer(stage.clerk, second, CITED).group.answer

    reply = stage.groups()[0].group.answer
    assert reply is not None
    assert cited is not None
    assert (reply.end_day, cited.end_day) == (date(2027, 11, 23), None)


def test_a_question_asked_again_opens_the_expired_group(stage: Stage) -> None:
    group = answered(stage, CITED)
    stage.rules.in_force = edition("second")
    stage.desk.tick()
    stage.ask(QUESTION)

    view = stage.only()
    assert (view.group.id, view.group.state, view.count) == (group, GroupState.OPEN, 2)


def test_a_group_that_was_answered_is_reopened_before_it_is_answered_anew(stage: Stage) -> None:
    group = answered(stage, REPLY)

    with pytest.raises(GroupStateError):
        stage.desk.answer(stage.clerk, group, REPLY)
    stage.desk.reopen(stage.clerk, group)

    assert stage.ask(QUESTION)[0].status is AnswerStatus.NOT_FOUND
    stage.desk.answer(stage.clerk, group, CITED)
    assert stage.ask(QUESTION)[0].answer == "十二时"


def test_a_group_is_handed_to_a_clerk_only_who_is_told(stage: Stage) -> None:
    stage.ask(QUESTION)
    group = stage.only().group.id

    with pytest.raises(InvalidInputError, match="unanswered_owner"):
        stage.desk.assign(stage.clerk, group, PersonId("changle/staff1"))
    view = stage.desk.assign(stage.clerk, group, stage.clerk.id, date(2026, 12, 1))

    assert view.group.due_day == date(2026, 12, 1)
    assert stage.pushes()[-1].key == "unanswered:1:assigned:changle/clerk1:2026-12-01"


def test_every_step_is_audited_without_words(stage: Stage) -> None:
    group = answered(stage, CITED)
    stage.desk.reopen(stage.clerk, group)
    stage.desk.dismiss(stage.clerk, group)

    with stage.database.unit_of_work() as uow:
        rows = uow.audit.listing(CHANGLE)
    assert [row.action for row in rows] == [
        "unanswered.dismissed",
        "unanswered.reopened",
        "unanswered.answered",
    ]
    assert rows[-1].details == {"article": 3, "edition": "first"}


@pytest.mark.parametrize("user", ["changle/clerk1", "changle/head"])
def test_clerks_and_leaders_see_what_waits(stage: Stage, user: str) -> None:
    stage.ask(QUESTION)

    assert [view.group.question for view in stage.desk.to_do(stage.person(user))] == [QUESTION]


def test_others_do_not(stage: Stage) -> None:
    with pytest.raises(NotAllowedError):
        stage.desk.to_do(stage.person("changle/staff1"))
