"""The two shapes in which DingTalk says no."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi.responses import JSONResponse


class SaysNoError(Exception):
    """An error of the new API (`/v1.0`): HTTP 4xx or 5xx with code and message."""

    def __init__(self, code: str, message: str = "", status: int = 400, **more: Any) -> None:
        super().__init__(code)
        self.code, self.message, self.status, self.more = code, message or code, status, more

    def response(self) -> JSONResponse:
        body = {"code": self.code, "message": self.message, "requestid": str(uuid.uuid4()).upper()}
        return JSONResponse(body | self.more, self.status)


class OldSaysNoError(Exception):
    """An error of the old API (oapi): HTTP 200 with errcode."""

    def __init__(self, errcode: int, errmsg: str, **more: Any) -> None:
        super().__init__(errmsg)
        self.errcode, self.errmsg, self.more = errcode, errmsg, more

    def response(self) -> JSONResponse:
        body = {"errcode": self.errcode, "errmsg": self.errmsg, "request_id": uuid.uuid4().hex}
        return JSONResponse(body | self.more)


def old_yes(**more: Any) -> dict[str, Any]:
    """The old API's yes."""
    return {"errcode": 0, "errmsg": "ok", "request_id": uuid.uuid4().hex} | more
