"""`GET /v1/feed` and `GET /v1/snapshot`: what a desk may know, live and whole."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Annotated

from litestar import get
from litestar.params import FromQuery, HeaderParameter, QueryParameter
from litestar.types import ASGIApp

from app.domain.roles import Action
from app.logs import fault, log
from app.queries.morning import begins_at
from app.store.reading import one_moment
from sync.protocol.messages import position_in
from sync.server.auth.accounts import Account
from sync.server.auth.tokens import SignedIn, why_out
from sync.server.feed.desk import Desk, sight
from sync.server.feed.sending import PieceByPiece
from sync.server.feed.snapshot import Snapshot
from sync.server.feed.stream import FeedStream
from sync.server.routes import Caller, Here, Premises, entitled, guarded

LONGEST_CURSOR = 100


@get("/v1/feed", media_type="text/event-stream", opt=entitled(Action.PERSONS), responses=guarded(400))
async def feed(
    here: Here,
    caller: Caller,
    after: FromQuery[str] = "",
    of_scope: Annotated[str, QueryParameter(name="scope")] = "",
    last_event_id: Annotated[str, HeaderParameter(name="Last-Event-ID")] = "",
) -> ASGIApp:
    """Stream pages, beats, and what ends them; resumed after a cursor, of the scope it was given for."""
    desk = _desk_of(caller.account)
    is_same = of_scope in ("", desk.scope)
    return FeedStream(
        desk,
        here.tail,
        epoch=here.epoch,
        position=await _resumed(here, last_event_id or after) if is_same else None,
        ends_at=caller.expires_at,
        why_out=partial(_why_out, here, caller),
        clock=here.clock,
        counts=here.counts,
    )


@get("/v1/snapshot", media_type="application/x-ndjson", opt=entitled(Action.PERSONS), responses=guarded(400))
async def snapshot(here: Here, caller: Caller) -> ASGIApp:
    """The desk's scope, line by line, from the cursor it stands for."""
    desk = _desk_of(caller.account)
    lines = await asyncio.to_thread(_snapshot, here, desk)
    # What can't be read at all is answered as a problem, before the first line leaves.
    first = await asyncio.to_thread(next, lines)
    return PieceByPiece(_each(first, lines), b"application/x-ndjson")


async def _each(first: bytes, lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    """A cut stream has no last line: the console never takes it for whole."""
    line: bytes | None = first
    while line is not None:
        yield line
        try:
            line = await asyncio.to_thread(next, lines, None)
        except Exception as error:  # noqa: BLE001 - whatever the database says
            log("feed").error("a snapshot can't be read to its end", **fault(error))
            return


def _desk_of(who: Account) -> Desk:
    return Desk(
        login=who.login,
        services=frozenset(who.services),
        extension=who.extension,
        **sight(who.role),
    )


def _why_out(here: Premises, caller: SignedIn) -> str:
    with here.engine.connect() as connection:
        return why_out(connection, here.establishment, caller, now=here.clock.now())


async def _resumed(here: Premises, cursor: str) -> int | None:
    position = position_in(cursor, here.epoch) if len(cursor) <= LONGEST_CURSOR else None
    if position is not None and position > here.tail.head:
        # Another process may have committed it: look, before the desk is told to begin again.
        await asyncio.to_thread(here.tail.pull)
    return position if position is not None and position <= here.tail.head else None


def _snapshot(here: Premises, desk: Desk) -> Iterator[bytes]:
    with one_moment(here.engine) as connection:
        now = here.clock.now()
        since = begins_at(connection, here.establishment, services=desk.services, now=now)
    return Snapshot(here.engine, here.establishment, desk, since=since).lines()
