"""Who is meant by a name or a post, and what happens where it is not clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.adapters.chinese.leave_reader import ChineseLeaveReader
from bot.adapters.texts import YamlTexts
from bot.core.errors import InvalidInputError, NotFoundError, RefusedError
from bot.core.people import Directory, PersonId
from bot.services.leave_asking import LeaveAsking
from bot.services.leave_drafts import find_stand_in
from tests.unit.leave.stage import directory, person

ASKER = person("changle/bureau_head")
READER = ChineseLeaveReader()
TODAY = date(2026, 11, 23)


def _two_of_one_name() -> Directory:
    """In Changle, with a second 樊讷言 in the finance bureau."""
    known = directory("changle")
    twin = replace(
        person("changle/bureau_staff"),
        id=PersonId("changle/twin"),
        unit="财政局",
        post="财政局科员",
    )
    return replace(known, people=(*known.people, twin))


@pytest.mark.parametrize(
    ("spoken", "user"),
    [
        ("樊讷言", "changle/bureau_staff"),
        ("发展和改革局科员", "changle/bureau_staff"),
        ("财政局局长", "changle/caizheng_head"),
        ("财政局长", "changle/caizheng_head"),
        ("财政局负责人", "changle/caizheng_head"),
        ("顾松筠局长", "changle/caizheng_head"),
        ("顾局长", "changle/caizheng_head"),
        ("郁望岱", "changle/deputy2"),
        ("副局长", None),  # the directory lists no deputy of the bureau
    ],
)
def test_a_stand_in_is_found_by_name_or_post_in_any_unit(spoken: str, user: str | None) -> None:
    assert find_stand_in(spoken, ASKER, directory("changle"), READER) == user


def test_two_of_one_name_are_told_apart_by_their_units() -> None:
    with pytest.raises(RefusedError) as refusal:
        find_stand_in("樊讷言", ASKER, _two_of_one_name(), READER)

    buttons = LeaveAsking(YamlTexts()).problem(refusal.value).buttons
    assert [button.title for button in buttons] == ["发展和改革局樊讷言", "财政局樊讷言"]


@pytest.mark.parametrize(
    ("said", "user"),
    [
        ("工作由发展和改革局樊讷言主持", "changle/bureau_staff"),
        ("工作由财政局樊讷言主持", "changle/twin"),
        ("工作由财政局的樊讷言主持", "changle/twin"),
        ("工作由县财政局樊讷言主持", "changle/twin"),
    ],
)
def test_a_button_that_names_the_unit_settles_it(said: str, user: str) -> None:
    spoken = READER.read(said, TODAY).stand_in

    assert spoken is not None
    assert find_stand_in(spoken, ASKER, _two_of_one_name(), READER) == user


@pytest.mark.parametrize(
    ("spoken", "error"),
    [("舒蘅芜", InvalidInputError), ("李四光", NotFoundError)],
)
def test_oneself_and_a_stranger_stand_in_for_nobody(spoken: str, error: type[RefusedError]) -> None:
    with pytest.raises(error):
        find_stand_in(spoken, ASKER, directory("changle"), READER)
