"""Sends a long answer piece by piece, and gives up a console that left or reads nothing."""

from collections.abc import AsyncIterator

import anyio
from litestar.types import Receive, Scope, Send

from app.logs import log
from sync.protocol.messages import SILENCE_SECONDS


class PieceByPiece:
    """An ASGI answer made of pieces, each asked for when the one before it is on its way."""

    def __init__(self, pieces: AsyncIterator[bytes], content_type: bytes) -> None:
        self._pieces = pieces
        self._headers = [
            (b"content-type", content_type),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the last piece, or until the console leaves."""
        async with anyio.create_task_group() as group:
            group.start_soon(_leave_with_the_desk, receive, group.cancel_scope)
            await self._send_all(send)
            group.cancel_scope.cancel()

    async def _send_all(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        async for piece in self._pieces:
            with anyio.move_on_after(SILENCE_SECONDS) as patience:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            if patience.cancelled_caught:
                log("feed").warning("a console reads nothing and is given up")
                return
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _leave_with_the_desk(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
    scope.cancel()
