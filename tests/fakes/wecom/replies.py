"""How WeCom says yes and no: always HTTP 200, with an errcode."""

from __future__ import annotations

from typing import Any

from fastapi.responses import JSONResponse

BAD_PARAMETER = 40058


class SaysNoError(Exception):
    """An errcode other than 0."""

    def __init__(self, errcode: int, errmsg: str = "invalid") -> None:
        super().__init__(errmsg)
        self.errcode, self.errmsg = errcode, errmsg

    def response(self) -> JSONResponse:
        return JSONResponse({"errcode": self.errcode, "errmsg": self.errmsg})


def yes(**more: Any) -> dict[str, Any]:
    """The yes."""
    return {"errcode": 0, "errmsg": "ok"} | more
