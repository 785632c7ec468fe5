from __future__ import annotations

import pytest

from bot.adapters.wecom.xml import DEEPEST, MOST_ELEMENTS, read_xml
from bot.core.errors import InvalidInputError

BOMB = """<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><xml><Content>&b;</Content></xml>"""
OUTSIDE = """<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><A>&f;</A></xml>"""
BARE_TYPE = '<!DOCTYPE xml SYSTEM "http://127.0.0.1:1/x.dtd"><xml><A>1</A></xml>'


def test_fields_are_read_by_their_path() -> None:
    fields = read_xml("<xml><A><![CDATA[ 甲 ]]></A><B><C>1</C></B></xml>")

    assert (fields.text("A"), fields.text("B/C"), fields.text("B"), fields.text("D")) == (
        "甲",
        "1",
        "",
        "",
    )


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        OUTSIDE,
        BARE_TYPE,
        "",
        "xml",
        "<xml><A></xml>",
        "<other/>",
        "<xml><A>1</A><A>2</A></xml>",
        f"<xml>{'<a>' * DEEPEST}{'</a>' * DEEPEST}</xml>",
        f"<xml><a>{'<b/>' * MOST_ELEMENTS}</a></xml>",
        "<xml>" + "<a>" * 100_000,
    ],
)
def test_what_is_more_than_fields_and_texts_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_xml(text)

    assert refused.value.code == "message_malformed"
