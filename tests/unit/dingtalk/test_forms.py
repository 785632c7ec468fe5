"""DingTalk's description of a form."""

from __future__ import annotations

import json

from bot.adapters.channels.forms import Component, Holds
from bot.adapters.dingtalk.forms import components_of


def test_a_schema_is_read_with_its_options_in_either_shape() -> None:
    props = {"label": "请假类型", "required": True, "options": ["事假", '{"value": "病假"}']}
    content = {"items": [{"componentName": "DDSelectField", "props": props}]}
    fitting = [Component("请假类型", "DDSelectField", Holds.CHOICE, True, ("事假", "病假"))]

    assert components_of({"result": {"schemaContent": content}}) == fitting
    assert components_of({"result": {"schemaContent": json.dumps(content)}}) == fitting
