"""Where platforms call us: one address for each channel and office."""

from __future__ import annotations

from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Request, Response
from starlette.exceptions import HTTPException

from bot.api.deps import WiringDep
from bot.core.errors import NotFoundError
from bot.core.people import OrgId
from bot.services.channel_messages import refuse
from bot.services.doors import Door, Knock

router = APIRouter(prefix="/channels", tags=["channels"], include_in_schema=False)

MAX_BODY = 2**20  # bytes
THREADS = CapacityLimiter(16)  # apart from those in which pages wait: a platform waits 1.5 s


async def get_door(channel: str, org: str, wiring: WiringDep) -> Door:
    """The callback address of an office's bot; 404 where there is none.

    Async, as a platform does not wait for a thread until pages have left one.
    """
    door = wiring.doors.get((channel, org))
    if door is None:
        raise NotFoundError("channel_unknown")
    return door


@router.get("/{channel}/{org}")
@router.post("/{channel}/{org}")
async def receive(
    channel: str, org: str, request: Request, door: Annotated[Door, Depends(get_door)]
) -> Response:
    """Take what a platform sends, acknowledged once it is stored, or its question (GET)."""
    body = await _body(request, channel, org)
    knock = Knock(dict(request.headers), dict(request.query_params), body)
    reply = await to_thread.run_sync(door.answer, knock, limiter=THREADS)
    return Response(reply.content, media_type=reply.media_type)


async def _body(request: Request, channel: str, org: str) -> bytes:
    """The body, read no further than it may be long."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > MAX_BODY:
            refuse(channel, OrgId(org), "body_too_long")
            raise HTTPException(413)
    return bytes(read)
