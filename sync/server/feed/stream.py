"""One desk's feed: catch-up and live are the same loop, and a dead desk delays nobody."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import msgspec
from litestar.types import Receive, Scope, Send

from app.logs import fault, log
from app.ports import Clock
from sync.protocol.messages import BEAT_SECONDS, Beat, Bye, cursor_of
from sync.server.feed.counts import Counts
from sync.server.feed.desk import Desk
from sync.server.feed.entries import FeedEntry
from sync.server.feed.sending import PieceByPiece
from sync.server.feed.tail import Tail

_encode = msgspec.json.Encoder().encode


class FeedStream:
    """An ASGI answer that streams server-sent events from a position on.

    `position` None says that the desk's cursor can't be resumed: it is told to take a snapshot.
    `why_out` is asked at every heartbeat, on a thread: a reason ends the feed.
    """

    def __init__(
        self,
        desk: Desk,
        tail: Tail,
        *,
        epoch: str,
        position: int | None,
        ends_at: datetime,
        why_out: Callable[[], str],
        clock: Clock,
        counts: Counts,
    ) -> None:
        self._desk = desk
        self._tail = tail
        self._epoch = epoch
        self._position = position
        self._ends_at = ends_at
        self._why_out = why_out
        self._reason = ""
        self._clock = clock
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream until the desk leaves, its session ends or the server stops."""
        with self._counts.feeds.track_inprogress():
            answer = PieceByPiece(self._events(), b"text/event-stream; charset=utf-8")
            await answer(scope, receive, send)

    async def _events(self) -> AsyncIterator[bytes]:
        if self._position is None:
            yield _event(b"snapshot", _encode(Beat(head=cursor_of(self._epoch, self._tail.head))))
            return
        yield self._beat(self._position, after=self._position)
        async for event in self._pages(self._position):
            yield event
        yield _event(b"bye", _encode(Bye(reason=self._why_it_ends())))

    async def _pages(self, position: int) -> AsyncIterator[bytes]:
        loop, told = asyncio.get_running_loop(), position
        beats_at = asks_at = loop.time() + BEAT_SECONDS
        while not self._is_over():
            if loop.time() >= asks_at:
                self._reason = await asyncio.to_thread(self._ask)
                asks_at = loop.time() + BEAT_SECONDS
                continue
            entries = await self._after(position)
            if entries:
                position = entries[-1].position
                if page := self._page(entries, after=told):
                    yield page
                    told = position
                    beats_at = loop.time() + BEAT_SECONDS
            if loop.time() >= beats_at:
                yield self._beat(position, after=told)
                told = position
                beats_at = loop.time() + BEAT_SECONDS
            if not entries and position >= self._tail.head:
                left = (self._ends_at - self._clock.now()).total_seconds()
                await self._tail.wait(min(beats_at - loop.time(), asks_at - loop.time(), left))

    async def _after(self, position: int) -> list[FeedEntry]:
        held = self._tail.held_after(position)
        return held if held is not None else await asyncio.to_thread(self._tail.read, position)

    def _page(self, entries: list[FeedEntry], *, after: int) -> bytes | None:
        seen = [body for entry in entries if (body := entry.encode_for(self._desk)) is not None]
        if not seen:
            return None
        head = cursor_of(self._epoch, entries[-1].position).encode()
        before = cursor_of(self._epoch, after).encode()
        data = b'{"entries":[' + b",".join(seen) + b'],"head":"' + head + b'","after":"' + before + b'"}'
        return _event(b"page", data, cursor=head)

    def _beat(self, position: int, *, after: int) -> bytes:
        head, before = cursor_of(self._epoch, position), cursor_of(self._epoch, after)
        return _event(b"beat", _encode(Beat(head=head, after=before)), cursor=head.encode())

    def _ask(self) -> str:
        try:
            return self._why_out()
        except Exception as error:  # noqa: BLE001 - a database that is away signs nobody out
            log("feed").error("a session can't be read", **fault(error))
            return ""

    def _is_over(self) -> bool:
        return bool(self._reason) or self._tail.is_stopped or self._clock.now() >= self._ends_at

    def _why_it_ends(self) -> str:
        return self._reason or ("server_stopping" if self._tail.is_stopped else "session_expired")


def _event(name: bytes, data: bytes, *, cursor: bytes = b"") -> bytes:
    identity = b"id: " + cursor + b"\n" if cursor else b""
    return b"event: " + name + b"\n" + identity + b"data: " + data + b"\n\n"
