from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import NotFoundError
from bot.core.rules import AnswerStatus
from bot.core.unanswered import GroupId, GroupState, Meaning, OfficeAnswer, QuestionGroup
from bot.services.storage import UnitOfWorkFactory
from tests.contract.samples import CLERK, DAY, MINUTE, MONDAY, NOW, ORG, OTHER_ORG

MEANING = Meaning("食堂何时开饭", "fake", "AACAPw==")
GROUP = QuestionGroup(
    GroupId(1), ORG, "食堂几点开饭", AnswerStatus.SILENT, 60, NOW, CLERK, MONDAY + 3 * DAY
)
ANSWER = OfficeAnswer(
    text="由县长签发",
    by=CLERK,
    at=NOW,
    edition="changle-2022",
    wordings=(MEANING,),
    article=60,
    item="五",
    quote="由县长签发",
    end_day=MONDAY + 365 * DAY,
)


def test_questions_are_listed_latest_first(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.unanswered.add(ORG, "谁批", AnswerStatus.SILENT, 60, NOW)
        uow.unanswered.add(ORG, "几点下班", AnswerStatus.NOT_FOUND, None, NOW + MINUTE)
        uow.unanswered.add(OTHER_ORG, "谁批", AnswerStatus.SILENT, 1, NOW)
        latest, first = uow.unanswered.listing(ORG)

    assert (latest.question, latest.status, latest.nearest_article, latest.asked_at) == (
        "几点下班",
        AnswerStatus.NOT_FOUND,
        None,
        NOW + MINUTE,
    )
    assert (first.question, first.nearest_article) == ("谁批", 60)


def test_questions_wait_oldest_first_until_they_are_placed(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        for org, question in ((ORG, "食堂几点开饭"), (ORG, "谁批"), (OTHER_ORG, "谁批")):
            uow.unanswered.add(org, question, AnswerStatus.NOT_FOUND, None, NOW)
        uow.commit()
    with new() as uow:
        uow.unanswered.hold(ORG)
        first, second = uow.unanswered.unsorted(ORG)
        uow.unanswered.add_group(GROUP)
        placed = replace(first, question="***几点开饭", group_id=GROUP.id, meaning=MEANING)
        uow.unanswered.place(placed)
        uow.commit()

    with new() as uow:
        assert uow.unanswered.unsorted(ORG) == [second]
        assert uow.unanswered.in_groups([GROUP.id]) == {GROUP.id: [placed]}


def test_a_group_has_no_questions_until_they_are_placed(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.unanswered.add_group(GROUP)

        assert uow.unanswered.in_groups([GROUP.id]) == {GROUP.id: []}
        assert uow.unanswered.in_groups([]) == {}


def test_a_group_keeps_all_that_is_known_of_it(new: UnitOfWorkFactory) -> None:
    answered = GROUP.answered(ANSWER)
    with new() as uow:
        uow.unanswered.add_group(GROUP)
        uow.commit()
    with new() as uow:
        before = uow.unanswered.group(ORG, GROUP.id)
        uow.unanswered.update_group(answered)
        uow.commit()

    with new() as uow:
        assert before == GROUP
        assert uow.unanswered.group(ORG, GROUP.id) == answered


def test_groups_are_listed_by_office_and_state_oldest_first(new: UnitOfWorkFactory) -> None:
    second = replace(GROUP, id=GroupId(2), state=GroupState.DISMISSED)
    with new() as uow:
        for group in (GROUP, second, replace(GROUP, id=GroupId(3), org=OTHER_ORG)):
            uow.unanswered.add_group(group)

        assert uow.unanswered.groups(ORG) == [GROUP, second]
        assert uow.unanswered.groups(ORG, [GroupState.DISMISSED]) == [second]
        assert uow.unanswered.groups(ORG, [GroupState.EXPIRED]) == []


def test_ids_of_groups_are_not_given_twice(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        rolled_back = uow.unanswered.next_group_id()
    with new() as uow:
        assert uow.unanswered.next_group_id() != rolled_back


def test_another_offices_group_is_unknown(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.unanswered.add_group(GROUP)

        with pytest.raises(NotFoundError) as refusal:
            uow.unanswered.group(OTHER_ORG, GROUP.id)
        with pytest.raises(NotFoundError):
            uow.unanswered.update_group(replace(GROUP, id=GroupId(404)))

    assert refusal.value.code == "unanswered_unknown"
