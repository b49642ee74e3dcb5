"""`POST /v1/commands`: each command atomic by itself, in order; what can't be read is refused by name."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any, cast

import msgspec
from litestar import Request, post
from litestar.exceptions import ClientException, HTTPException

from app.dispatch import Asked, Settled
from app.domain.commands import ErasePerson
from app.domain.ids import Id
from app.domain.words import Role
from app.ports import Clock
from app.store.journal import Entry, EntryScope
from app.usecases.desk import BY_PERSONS
from sync.protocol.messages import (
    MAX_BODY_BYTES,
    MAX_COMMANDS,
    CommandBatch,
    CommandMessage,
    CommandState,
    to_envelope,
)
from sync.server.auth.accounts import Account
from sync.server.routes import Caller, Here, Premises

MAY_RUN = {
    kind: frozenset({Role.RECEPTIONIST, Role.SECRETARY, Role.NURSE, Role.SUPERVISOR}) for kind in BY_PERSONS
} | {ErasePerson: frozenset({Role.SUPERVISOR})}
"""Which roles may send which command; what only a line or a job says is not here."""


class _Named(msgspec.Struct):
    """The least that makes a command answerable: its id; its kind is kept if it is one."""

    id: Id
    kind: msgspec.Raw = msgspec.Raw(b'""')


class _NotRun(Exception):  # noqa: N818 - it becomes a refusal
    def __init__(self, code: str, field: str) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


@post("/v1/commands", status_code=202, request_max_body_size=MAX_BODY_BYTES)
async def take_commands(request: Request[Any, Any, Any], here: Here, caller: Caller) -> list[CommandState]:
    """Run the commands of `{commands: [{id, kind, made_at, author, body}]}`."""
    named = _read_batch(await request.body())
    return await asyncio.to_thread(_run_all, here, caller.account, named)


def _read_batch(body: bytes) -> list[tuple[_Named, bytes]]:
    """The commands as they came, each with its id; or a 4xx and nothing was run."""
    try:
        batch = msgspec.json.decode(body, type=CommandBatch)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable(_field_of(error) or "commands") from error
    if len(batch.commands) > MAX_COMMANDS:
        raise HTTPException(
            f"`commands` holds more than {MAX_COMMANDS}", status_code=413, extra={"field": "commands"}
        )
    return [(_name_of(raw, at), bytes(raw)) for at, raw in enumerate(batch.commands)]


def _name_of(raw: msgspec.Raw, at: int) -> _Named:
    try:
        return msgspec.json.decode(raw, type=_Named)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable(f"commands[{at}].id") from error


def _unreadable(field: str) -> ClientException:
    return ClientException(f"`{field}` can't be read; nothing was run", extra={"field": field})


def _run_all(here: Premises, who: Account, named: list[tuple[_Named, bytes]]) -> list[CommandState]:
    asked = [_asked(name, raw, who, here.clock) for name, raw in named]
    return [_state(settled) for settled in here.intake.run_all(asked, desk=who.login)]


def _asked(name: _Named, raw: bytes, who: Account, clock: Clock) -> Asked:
    """The command, or the entry of its refusal when it can't be read or is not its author's to send."""
    try:
        message = _read(raw)
        _check_author(message, who)
        envelope = to_envelope(message)
        _check_may_run(type(envelope.body), who.role)
    except _NotRun as refusal:
        return _refused(name, who, refusal, clock)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        code = "unknown_command" if str(error).startswith("Unknown command") else "malformed_command"
        return _refused(name, who, _NotRun(code, _field_of(error) or "body"), clock)
    return envelope


def _read(raw: bytes) -> CommandMessage:
    if b"\\u0000" in raw and (field := next(_nul_in(msgspec.json.decode(raw)), None)):
        raise _NotRun("malformed_command", field)
    return msgspec.json.decode(raw, type=CommandMessage)


def _nul_in(value: Any, field: str = "") -> Iterator[str]:
    """The fields whose text holds a NUL, which PostgreSQL can't keep."""
    match value:
        case str() if "\0" in value:
            yield field or "body"
        case dict():
            for name, inner in cast("dict[str, Any]", value).items():
                yield from _nul_in(inner, name)
        case list():
            for inner in cast("list[Any]", value):
                yield from _nul_in(inner, field)
        case _:
            return


def _check_author(message: CommandMessage, who: Account) -> None:
    if message.author != who.login:
        raise _NotRun("author_mismatch", "author")


def _check_may_run(kind: type, role: Role) -> None:
    if role not in MAY_RUN.get(kind, frozenset()):
        raise _NotRun("not_allowed", "kind")


def _refused(name: _Named, who: Account, refusal: _NotRun, clock: Clock) -> Entry:
    return Entry(
        command_id=name.id,
        command_kind=_kind_of(name),
        author=who.login,
        desk=who.login,
        at=clock.now(),
        scope=EntryScope(),
        refusal=refusal.code,
        field=refusal.field,
    )


def _kind_of(name: _Named) -> str:
    """The kind as written, when it looks like one: it is kept in the journal for ever."""
    text = bytes(name.kind).decode("utf-8", "replace").strip('"')
    return text if _A_KIND.fullmatch(text) else ""


_A_KIND = re.compile(r"[A-Za-z]{1,64}")
_AT = re.compile(r"at `\$\.?([^`]*)`$")
_NAMED = re.compile(r"field `([^`]+)`")


def _field_of(error: BaseException) -> str:
    """The field that a decoding error names, as a path from the command's body."""
    text = str(error)
    at, named = _AT.search(text), _NAMED.search(text)
    parts = [at.group(1) if at else "", named.group(1) if named else ""]
    return ".".join(filter(None, parts))[:200]


def _state(settled: Settled) -> CommandState:
    return CommandState(
        id=settled.command_id,
        state="refused" if settled.refusal else "done",
        position=settled.position,
        refusal=settled.refusal,
        field=settled.field,
    )
