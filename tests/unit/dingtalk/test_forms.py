"""What we file, put into the components of an office's form."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.adapters.dingtalk.config import FormNames
from bot.adapters.dingtalk.forms import Component, Misfit, components_of, filled_in, misfits
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
    Component("编号", "TextField"),
    Component("其他", "TextareaField"),
    Component("请假类型", "DDSelectField", options=("事假", "病假")),
    Component("请假事由", "TextField"),
]
CHOICES = {"类型": ["事假", "病假"]}


def values(form: FormNames = FORM) -> dict[str, str]:
    return {each["name"]: each["value"] for each in filled_in(REQUEST, "leave:1 x", form, "无")}


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
    assert misfits(FITTING, FORM, CHOICES) == []


def test_each_misfit_names_its_component() -> None:
    components = [
        Component("编号", "NumberField"),
        Component("请假类型", "DDSelectField", options=("事假",)),
        Component("请假事由", "TextField"),
        Component("附件", "DDAttachment", required=True),
    ]

    assert misfits(components, FORM, CHOICES) == [
        Misfit("kind", "编号", "NumberField"),
        Misfit("missing", "其他"),
        Misfit("option", "请假类型", "病假"),
        Misfit("required", "附件"),
    ]


def test_a_choice_is_none_for_what_can_be_anything() -> None:
    components = [*FITTING[:3], Component("请假事由", "DDSelectField", options=("有事",))]

    assert misfits(components, FORM, CHOICES) == [Misfit("kind", "请假事由", "DDSelectField")]


def test_a_schema_is_read_with_its_options_in_either_shape() -> None:
    props = {"label": "请假类型", "required": True, "options": ["事假", '{"value": "病假"}']}
    content = {"items": [{"componentName": "DDSelectField", "props": props}]}
    fitting = [Component("请假类型", "DDSelectField", True, ("事假", "病假"))]

    assert components_of({"result": {"schemaContent": content}}) == fitting
    assert components_of({"result": {"schemaContent": json.dumps(content)}}) == fitting
