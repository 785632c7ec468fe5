from __future__ import annotations

import pytest

from knowledge.answer.subjects import likeness, meetings_in


@pytest.mark.parametrize(
    ("question", "clause", "meeting", "post"),
    [
        ("县长办公会多久开一次", "县政府常务会议一般每月召开1次", -1, 0),
        ("常务会多久开一次", "县政府常务会议一般每月召开1次", 1, 0),
        ("副县长请假要提前几天", "部门主要负责人离开本县,应提前3天请假", 0, -1),
        ("分管县长外出提前几天", "副县长外出,应提前3天请假", 0, 1),
        ("公文几天送到", "有时限要求的,应提前3个工作日送达", 0, 0),
    ],
)
def test_a_clause_is_laid_down_for_one_meeting_or_post(
    question: str, clause: str, meeting: int, post: int
) -> None:
    found = likeness(question, clause, len(clause), lead="")

    assert (found.meeting, found.post) == (meeting, post)


def test_what_leads_to_a_clause_names_its_meeting() -> None:
    lead = "主任会议由办公室主任召集和主持。"

    assert likeness("主任会多久一次", "原则上每2个月召开1次", 5, lead).meeting == 1
    assert likeness("全体会多久一次", "原则上每2个月召开1次", 5, lead).meeting == -1


def test_spoken_names_of_meetings_are_those_of_the_rules() -> None:
    assert meetings_in("全会和常务会") == meetings_in("全体会议、常务会议")
