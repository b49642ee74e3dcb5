"""What stands before every route: headers that browsers obey, and a request that must be whole in time."""

import asyncio
from typing import Any, ClassVar

from litestar.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.logs import log
from sync.server.feed import origin

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""What TLS 1.2 may use: a stolen key opens nothing of what was said before."""
_HEADERS = {
    b"cache-control": b"no-store",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
}
_ONLY_TLS = (b"strict-transport-security", b"max-age=31536000")


class Guarded:
    """An application whose every answer says what may be done with it; a route's own word stays."""

    def __init__(self, app: ASGIApp, *, is_tls: bool) -> None:
        self._app = app
        self._headers = [*_HEADERS.items(), *([_ONLY_TLS] if is_tls else [])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, knowing where it comes from, and complete the headers on the way out."""
        if scope["type"] == "http":
            origin.arrived(scope.get("client"))

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message["headers"])
                said = {name.lower() for name, _ in given}
                message["headers"] = given + [each for each in self._headers if each[0] not in said]
            await send(message)

        await self._app(scope, receive, send_guarded)


class PatientHttp(HttpToolsProtocol):
    """A connection that is closed when a request takes too long to come, or its head is too long."""

    patience_s: ClassVar[float] = 30
    most_head_bytes: ClassVar[int] = 64 * 1024
    _giving_up: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _is_in_head = True

    def connection_made(self, transport: Any) -> None:
        """Somebody is there, and is to ask something."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some more of it; nobody has said yet who asks, while it is the head."""
        self._head_bytes += len(data)
        super().data_received(data)
        if self._is_in_head and self._head_bytes > self.most_head_bytes:
            self._give_up()

    def on_headers_complete(self) -> None:
        """What follows is the body, which each route bounds."""
        self._is_in_head, self._head_bytes = False, 0
        super().on_headers_complete()

    def on_message_begin(self) -> None:
        """Another request begins on the same connection."""
        super().on_message_begin()
        self._wait()

    def on_message_complete(self) -> None:
        """All of the request is here; the answer may take what it needs."""
        self._wait_no_more()
        self._is_in_head, self._head_bytes = True, 0
        super().on_message_complete()

    def _wait(self) -> None:
        if self._giving_up is None:
            self._giving_up = self.loop.call_later(self.patience_s, self._give_up)

    def _wait_no_more(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None

    def _give_up(self) -> None:
        self.transport.close()
        log("server").warning("a request did not come in time, or in measure")
