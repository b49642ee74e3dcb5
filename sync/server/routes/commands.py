"""`POST /v1/commands`: each command atomic by itself, in order; what can't be read is refused by name."""

import asyncio
from functools import partial
from typing import Any

import msgspec
from litestar import Request, post
from litestar.exceptions import ClientException, HTTPException

from app.dispatch import Settled
from sync.protocol.messages import (
    MAX_BODY_BYTES,
    MAX_COMMANDS,
    CommandBatch,
    CommandState,
)
from sync.server.auth.authors import Authors
from sync.server.auth.desks import EnrolledDesk
from sync.server.auth.judging import Named, field_of, own_role, read_asked, read_name
from sync.server.auth.tokens import SignedIn
from sync.server.routes import Here, Open, Premises, Sender, entitled, guarded

_read_commands = msgspec.json.Decoder(CommandBatch).decode


@post(
    "/v1/commands",
    status_code=202,
    request_max_body_size=MAX_BODY_BYTES,
    opt=entitled(Open.SIGNED_IN),
    responses=guarded(400, 413),
)
async def take_commands(request: Request[Any, Any, Any], here: Here, sender: Sender) -> list[CommandState]:
    """Run the commands of `{commands: [{id, kind, made_at, author, body}]}`."""
    named = _read_batch(await request.body())
    return await asyncio.to_thread(_run_all, here, sender, named)


def _read_batch(body: bytes) -> list[tuple[Named, bytes]]:
    """The commands as they came, each with its id; or a 4xx and nothing was run."""
    try:
        batch = _read_commands(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable(field_of(error) or "commands") from error
    if len(batch.commands) > MAX_COMMANDS:
        raise HTTPException(
            f"`commands` holds more than {MAX_COMMANDS}", status_code=413, extra={"field": "commands"}
        )
    return [(_name_of(raw, at), bytes(raw)) for at, raw in enumerate(batch.commands)]


def _name_of(raw: msgspec.Raw, at: int) -> Named:
    try:
        return read_name(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable(f"commands[{at}].id") from error


def _unreadable(field: str) -> ClientException:
    return ClientException(f"`{field}` can't be read; nothing was run", extra={"field": field})


def _run_all(
    here: Premises, sender: SignedIn | EnrolledDesk, named: list[tuple[Named, bytes]]
) -> list[CommandState]:
    now = here.clock.now()
    if isinstance(sender, SignedIn):
        who = sender.account
        by = who.login
        asked = [read_asked(name, raw, partial(own_role, who), by=by, now=now) for name, raw in named]
    else:
        by = sender.id
        with here.engine.connect() as connection:
            authors = Authors(connection, here.establishment, received_at=now)
            asked = [read_asked(name, raw, authors.role_of, by=by, now=now) for name, raw in named]
    return [_state(settled) for settled in here.intake.run_all(asked, desk=by)]


def _state(settled: Settled) -> CommandState:
    refused_or_done = "done" if settled.is_done else "refused"
    return CommandState(
        id=settled.command_id,
        state="held" if settled.is_held else refused_or_done,
        position=settled.position,
        refusal=settled.refusal,
        field=settled.field,
    )
