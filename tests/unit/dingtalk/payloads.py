"""What DingTalk sends when somebody talks to the robot, fields as seen in real logs."""

from __future__ import annotations

from typing import Any

from bot.adapters.dingtalk.config import DingTalkConfig
from bot.core.people import OrgId

ORG = OrgId("changle")
CONFIG = DingTalkConfig(
    org=ORG,
    corp_id="dingcorp",
    app_key="dingkey",
    app_secret="secret",
    robot_code="dingkey",
)
BOT = "$:LWCP_v1:$robot"


def said(text: str = "纪要谁签发", **changes: Any) -> dict[str, Any]:
    """A text in a direct chat."""
    return {
        "conversationId": "cidDirect",
        "chatbotCorpId": "dingcorp",
        "chatbotUserId": BOT,
        "msgId": "msg1",
        "senderNick": "某甲",
        "isAdmin": False,
        "senderStaffId": "staff1",
        "sessionWebhookExpiredTime": 1795401000000,
        "createAt": 1795395600000,
        "senderCorpId": "dingcorp",
        "conversationType": "1",
        "senderId": "$:LWCP_v1:$staff1",
        "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=abc",
        "robotCode": "dingkey",
        "msgtype": "text",
        "text": {"content": text},
        **changes,
    }


def said_in_group(text: str = " 纪要谁签发", **changes: Any) -> dict[str, Any]:
    """A text in a group, with our robot called; DingTalk has cut its name and left a space."""
    group = {
        "conversationType": "2",
        "conversationId": "cidGroup",
        "conversationTitle": "督查群",
        "isInAtList": True,
        "atUsers": [{"dingtalkId": BOT}],
    }
    return said(text, **(group | changes))


def quoting(text: str, quote: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A text that answers another message."""
    quote = {"msgId": "msg0", "senderId": "$:LWCP_v1:$staff2", "createdAt": 1795395500000} | quote
    part = {"content": text, "isReplyMsg": True, "repliedMsg": quote}
    return said_in_group(**changes) | {"text": part}
