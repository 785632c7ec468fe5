from __future__ import annotations

import json
from typing import Any

import pytest

from bot.adapters.dingtalk.events import read_event, read_press
from bot.core.errors import RefusedError
from bot.core.messages import DIRECT
from bot.core.people import PersonId
from bot.core.platform_events import EventKind, PlatformEvent
from bot.services.channel_messages import Heard
from tests.fakes.clock import FakeClock
from tests.unit.dingtalk.payloads import CONFIG, ORG

NOW = FakeClock().now()
FINISHED = {
    "corpId": "dingcorp",
    "processInstanceId": "proc1",
    "processCode": "PROC-1",
    "type": "finish",
    "result": "agree",
    "staffId": "staff1",
}


def event(name: str, body: dict[str, Any]) -> PlatformEvent | None:
    return read_event(name, "e1", body, CONFIG, NOW)


def pressed(params: object, **changes: Any) -> dict[str, Any]:
    content = json.dumps({"cardPrivateData": {"actionIds": ["1"], "params": params}})
    return {
        "corpId": "dingcorp",
        "userId": "staff1",
        "userIdType": 1,
        "outTrackId": "card1",
        "spaceType": "IM_ROBOT",
        "spaceId": "staff1",
        "type": "actionCallback",
        "content": content,
        **changes,
    }


def press(body: dict[str, Any]) -> Heard | PlatformEvent:
    return read_press(body, "f1", CONFIG, NOW)


@pytest.mark.parametrize("name", ["bpms_instance_change", "bpms_task_change"])
def test_an_approval_that_moved_is_named(name: str) -> None:
    assert event(name, FINISHED) == PlatformEvent(
        "dingtalk", "changle:e1", ORG, EventKind.APPROVAL, name, ("proc1",), NOW
    )


@pytest.mark.parametrize(
    "body",
    [
        {"userId": ["staff1", "staff2"], "timeStamp": 1},
        {"UserId": ["staff1", "staff2"], "CorpId": "dingcorp", "EventType": "user_leave_org"},
    ],
)
def test_people_who_left_are_named_by_stream_and_http_alike(body: dict[str, Any]) -> None:
    left = event("user_leave_org", body)

    assert left is not None
    assert (left.kind, left.subjects) == (EventKind.PEOPLE, ("staff1", "staff2"))


def test_a_change_of_departments_concerns_all_people() -> None:
    changed = event("org_dept_modify", {"deptId": [1]})

    assert changed is not None
    assert (changed.kind, changed.subjects) == (EventKind.PEOPLE, ())


def test_what_concerns_nobody_is_passed_over() -> None:
    assert event("attendance_check_record", {"corpId": "dingcorp"}) is None


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("bpms_instance_change", FINISHED | {"corpId": "dingother"}, "corp_wrong"),
        ("user_leave_org", {"CorpId": "dingother", "UserId": ["staff1"]}, "corp_wrong"),
        ("bpms_instance_change", {"processInstanceId": 7}, "message_malformed"),
        ("", FINISHED, "message_malformed"),
    ],
)
def test_an_event_of_another_company_or_of_none_is_refused(
    name: str, body: dict[str, Any], code: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        event(name, body)

    assert refusal.value.code == code


def test_a_pressed_button_says_its_words_for_the_one_who_pressed() -> None:
    heard = press(pressed({"say": "确认请假"}))

    assert isinstance(heard, Heard)
    said = heard.incoming
    assert (said.person, said.text, said.conversation) == ("changle/staff1", "确认请假", DIRECT)
    assert said.message_id == "press:f1"


@pytest.mark.parametrize(
    "space",
    [
        {"spaceType": "IM_GROUP", "spaceId": "cidGroup"},
        {"spaceType": "im", "spaceId": "dtv1.card//IM_GROUP.cidGroup"},
    ],
)
def test_a_button_pressed_in_a_group_is_said_there(space: dict[str, str]) -> None:
    heard = press(pressed({"say": "签收"}, **space))

    assert isinstance(heard, Heard)
    assert heard.incoming.conversation == "cidGroup"


def test_a_judgement_is_an_event_that_pressing_again_repeats() -> None:
    first = press(pressed({"judge": "useful"}))
    again = read_press(pressed({"judge": "useful"}), "f2", CONFIG, NOW)

    assert isinstance(first, PlatformEvent)
    assert (first.kind, first.name) == (EventKind.FEEDBACK, "useful")
    assert first.subjects == ("card1", PersonId("changle/staff1"))
    assert again == first


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (pressed({"say": "同意"}, corpId="dingother"), "corp_wrong"),
        (pressed({"say": "同意"}, userId=None), "sender_outside"),
        (pressed({"say": "同意"}, outTrackId=3), "message_malformed"),
        (pressed({"say": 5}), "message_malformed"),
        (pressed([]), "message_malformed"),
        (pressed({}, content="{"), "message_malformed"),
        (pressed({}, content="[]"), "message_malformed"),
        (pressed({}, content={"cardPrivateData": 1}), "message_malformed"),
    ],
)
def test_a_press_that_is_none_of_ours_is_refused(body: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        press(body)

    assert refusal.value.code == code
