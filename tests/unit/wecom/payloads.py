"""What WeCom sends, fields as its pages show them."""

from __future__ import annotations

from typing import Any

from bot.adapters.wecom.config import SmartBot, WeComConfig
from bot.core.people import OrgId

ORG = OrgId("changle")
TOKEN, KEY = "token", "0123456789012345678901234567890123456789abc"
BOT_TOKEN, BOT_KEY = "bot-token", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
CORP, AGENT = "wwcorp", 1000002
CONFIG = WeComConfig(
    org=ORG,
    corp_id=CORP,
    agent_id=AGENT,
    app_secret="secret",
    callback_token=TOKEN,
    aes_key=KEY,
    bot=SmartBot("bot1", callback_token=BOT_TOKEN, aes_key=BOT_KEY),
)


def xml(**fields: object) -> str:
    """Fields as an app is sent them; a text in CDATA, as WeCom writes it."""
    return f"<xml>{''.join(_element(name, value) for name, value in fields.items())}</xml>"


def said(text: str = "纪要谁签发", **changes: object) -> str:
    """A text that somebody writes to the app."""
    fields: dict[str, object] = {
        "ToUserName": CORP,
        "FromUserName": "staff1",
        "CreateTime": 1795395600,
        "MsgType": "text",
        "Content": text,
        "MsgId": "4567890123456",
        "AgentID": AGENT,
    }
    return xml(**(fields | changes))


def happened(event: str, **fields: object) -> str:
    """An event of the app."""
    common = {
        "ToUserName": CORP,
        "FromUserName": "sys",
        "CreateTime": 1795395600,
        "MsgType": "event",
        "Event": event,
    }
    return xml(**(common | fields))


def approval(number: str = "202611230001", status: int = 2) -> str:
    """A change of an approval; the app it names is WeCom's own."""
    changed = {"SpNo": number, "SpName": "请假", "SpStatus": status, "TemplateId": "T1"}
    return happened("sys_approval_change", AgentID=3010040, ApprovalInfo=changed)


def bot_said(said: str = "纪要谁签发", /, **changes: Any) -> dict[str, Any]:
    """A text in a direct chat with the smart bot."""
    return {
        "msgid": "CAIQ16HMjQYY/NGagIOAgAMgq4KM0AI=",
        "aibotid": "bot1",
        "chattype": "single",
        "from": {"userid": "staff1"},
        "response_url": "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=c1",
        "msgtype": "text",
        "text": {"content": said},
        **changes,
    }


def bot_said_in_group(said: str = "@规矩 纪要谁签发", /, **changes: Any) -> dict[str, Any]:
    """A text in a group that calls the smart bot; its name stays in the text."""
    return bot_said(said, **({"chattype": "group", "chatid": "chat1"} | changes))


def bot_happened(kind: str, told: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An event of the smart bot."""
    return {
        "msgid": "event1",
        "create_time": 1795395600,
        "aibotid": "bot1",
        "from": {"userid": "staff1"},
        "chattype": "single",
        "msgtype": "event",
        "event": {"eventtype": kind, kind: told},
        **changes,
    }


def _element(name: str, value: object) -> str:
    if isinstance(value, dict):
        inner = "".join(_element(key, each) for key, each in value.items())
    else:
        inner = str(value) if isinstance(value, int) else f"<![CDATA[{value}]]>"
    return f"<{name}>{inner}</{name}>"
