"""What we file, put into the components of an office's form."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.channels.forms import (
    Component,
    FormNames,
    Holds,
    Known,
    Misfit,
    filled_in,
    misfits,
)
from bot.core.approvals import ApprovalRequest
from bot.core.people import OrgId, PersonId

FORM = FormNames("编号", "其他", {"类型": "请假类型", "事由": "请假事由"})
REQUEST = ApprovalRequest(
    "leave:1",
    OrgId("changle"),
    PersonId("changle/a"),
    "请假",
    (("类型", "事假"), ("地点", "南京"), ("提示", "未满三天")),
    (PersonId("changle/b"),),
)
FITTING = [
    Component("编号", "TextField", Holds.TEXT),
    Component("其他", "TextareaField", Holds.TEXT),
    Component("请假类型", "DDSelectField", Holds.CHOICE, options=("事假", "病假")),
    Component("请假事由", "TextField", Holds.TEXT),
]
KNOWN = Known({"类型": ["事假", "病假"]}, "时间")


def values(form: FormNames = FORM) -> dict[str, str]:
    return filled_in(REQUEST, "leave:1 x", form, "无")


def test_every_field_stands_somewhere() -> None:
    assert values() == {
        "编号": "leave:1 x",
        "请假类型": "事假",
        "请假事由": "无",
        "其他": "地点：南京\n提示：未满三天",
    }


def test_fields_of_one_component_stand_below_one_another() -> None:
    form = replace(FORM, components={"地点": "事项", "提示": "事项", "类型": "其他"})

    assert values(form) == {"编号": "leave:1 x", "事项": "南京\n未满三天", "其他": "事假"}


def test_a_form_that_fits_has_no_misfits() -> None:
    assert misfits(FITTING, FORM, KNOWN) == []


def test_each_misfit_names_its_component() -> None:
    components = [
        Component("编号", "NumberField"),
        Component("请假类型", "DDSelectField", Holds.CHOICE, options=("事假",)),
        Component("请假事由", "TextField", Holds.TEXT),
        Component("附件", "DDAttachment", required=True),
    ]

    assert misfits(components, FORM, KNOWN) == [
        Misfit("kind", "编号", "NumberField"),
        Misfit("missing", "其他"),
        Misfit("option", "请假类型", "病假"),
        Misfit("required", "附件"),
    ]


def test_a_choice_is_none_for_what_can_be_anything() -> None:
    components = [
        *FITTING[:3],
        Component("请假事由", "DDSelectField", Holds.CHOICE, options=("有事",)),
    ]

    assert misfits(components, FORM, KNOWN) == [Misfit("kind", "请假事由", "DDSelectField")]


def test_days_and_kind_may_share_a_component_that_takes_a_leave() -> None:
    form = FormNames("编号", "其他", {"类型": "假", "时间": "假"})
    leave = Component("假", "Vacation", Holds.LEAVE, options=("事假", "病假"))

    assert misfits([*FITTING[:2], leave], form, KNOWN) == []
    assert misfits([*FITTING[:2], leave], replace(form, components={"时间": "假"}), KNOWN) == [
        Misfit("kind", "假", "Vacation")
    ]


def test_days_are_not_put_where_something_else_is_awaited() -> None:
    span = Component("请假类型", "Date-Range", Holds.SPAN)

    assert misfits([*FITTING[:2], FITTING[3], span], FORM, KNOWN) == [
        Misfit("kind", "请假类型", "Date-Range")
    ]
