"""What is asked by a command as it came: to run it, to refuse it by its field, or to keep it for later."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias, cast

import msgspec

from app.dispatch import Asked
from app.domain.commands import (
    BreakGlass,
    CloseGlass,
    ErasePerson,
    ExportPerson,
    PublishNotice,
    RectifyPerson,
    SetNaming,
    SetOpeningHours,
    SetPlace,
    WithdrawNotice,
)
from app.domain.consent_commands import LiftStop, SetLegalForm
from app.domain.double_commands import (
    MergePersons,
    RejectDouble,
    SettleTriage,
    SignalDouble,
    UnmergePersons,
    WithdrawRejection,
)
from app.domain.ids import Id
from app.domain.roles import Action, Extent, who_may
from app.domain.words import Role
from app.store.held import Held
from app.store.journal import Entry, EntryScope
from app.usecases.desk import BY_PERSONS
from sync.protocol.messages import CommandMessage, to_envelope
from sync.server.auth.accounts import Account
from sync.server.auth.authors import Unanswered


class Rule(msgspec.Struct, frozen=True):
    """By which action of the table a command is asked, within which extents when some are named."""

    action: Action
    extents: tuple[Extent, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """Who may ask it."""
        return who_may(self.action, *self.extents)


RULES: Mapping[type, Rule] = {
    **dict.fromkeys(BY_PERSONS, Rule(Action.CONTACTS)),
    LiftStop: Rule(Action.WRITING),
    **dict.fromkeys((BreakGlass, CloseGlass), Rule(Action.GLASS)),
    **dict.fromkeys(
        (
            *(ErasePerson, ExportPerson, RectifyPerson),
            *(MergePersons, UnmergePersons, RejectDouble, WithdrawRejection, SettleTriage),
        ),
        Rule(Action.FILES, (Extent.DECIDE,)),
    ),
    SignalDouble: Rule(Action.FILES),
    SetPlace: Rule(Action.SETTINGS, (Extent.YES,)),
    SetLegalForm: Rule(Action.SETTINGS, (Extent.YES,)),
    SetNaming: Rule(Action.SETTINGS, (Extent.YES,)),
    SetOpeningHours: Rule(Action.SETTINGS, (Extent.YES,)),
    **dict.fromkeys((PublishNotice, WithdrawNotice), Rule(Action.SETTINGS)),
}
"""By what a command is asked; what only a line or a job says is not here."""
MAY_RUN: Mapping[type, frozenset[Role]] = {kind: rule.roles for kind, rule in RULES.items()}
"""Which roles may send which command."""


RoleOf: TypeAlias = Callable[[CommandMessage], Role]
"""The role by which a command is judged. Raises `_NotRun` or `Unanswered`."""


class Named(msgspec.Struct):
    """The least that makes a command answerable: its id; its kind is kept if it is one."""

    id: Id
    kind: msgspec.Raw = msgspec.Raw(b'""')


read_name = msgspec.json.Decoder(Named).decode
"""Raises what msgspec does."""
_read_message = msgspec.json.Decoder(CommandMessage).decode


class _NotRun(Exception):  # noqa: N818 - it becomes a refusal
    def __init__(self, code: str, field: str) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


def read_asked(name: Named, raw: bytes, role_of: RoleOf, *, by: str, now: datetime) -> Asked:
    """The command, or what became of it when it can't be read, may not be run or must wait.

    `by` is who hands it over: in the entry of a refusal, the author too when none is known.
    """
    author = by
    try:
        message = _read(raw)
        role = role_of(message)
        author = message.author
        envelope = to_envelope(message)
        _check_may_run(type(envelope.body), role)
    except Unanswered as why:
        return _held(name, raw, why.reason, by=by, now=now)
    except _NotRun as refusal:
        return _refused(name, refusal, author=author, by=by, now=now)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        code = "unknown_command" if str(error).startswith("Unknown command") else "malformed_command"
        refusal = _NotRun(code, field_of(error) or "body")
        return _refused(name, refusal, author=author, by=by, now=now)
    return envelope


def judge_again(raw: bytes, role_of: RoleOf, *, by: str, now: datetime) -> Asked:
    """A command that was held, for whose author an administrator answers now."""
    return read_asked(read_name(raw), raw, role_of, by=by, now=now)


def own_role(who: Account, message: CommandMessage) -> Role:
    """Somebody signed in sends for nobody else, and is judged as what he is now."""
    if message.author != who.login:
        raise _NotRun("author_mismatch", "author")
    return who.role


def _read(raw: bytes) -> CommandMessage:
    if b"\\u0000" in raw and (field := next(_nul_in(msgspec.json.decode(raw)), None)):
        raise _NotRun("malformed_command", field)
    return _read_message(raw)


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


def _check_may_run(kind: type, role: Role) -> None:
    if role not in MAY_RUN.get(kind, frozenset()):
        raise _NotRun("not_allowed", "kind")


def _held(name: Named, raw: bytes, reason: str, *, by: str, now: datetime) -> Held:
    return Held(
        command_id=name.id,
        command_kind=_kind_of(name),
        reason=reason,
        author=_read(raw).author,
        desk=by,
        received_at=now,
        message=raw,
    )


def _refused(name: Named, refusal: _NotRun, *, author: str, by: str, now: datetime) -> Entry:
    return Entry(
        command_id=name.id,
        command_kind=_kind_of(name),
        author=author,
        desk=by,
        at=now,
        scope=EntryScope(),
        refusal=refusal.code,
        field=refusal.field,
    )


def _kind_of(name: Named) -> str:
    """The kind as written, when it looks like one: it is kept in the journal for ever."""
    text = bytes(name.kind).decode("utf-8", "replace").strip('"')
    return text if _A_KIND.fullmatch(text) else ""


_A_KIND = re.compile(r"[A-Za-z]{1,64}")
_AT = re.compile(r"at `\$\.?([^`]*)`$")
_NAMED = re.compile(r"field `([^`]+)`")


def field_of(error: BaseException) -> str:
    """The field that a decoding error names, as a path from the command's body."""
    text = str(error)
    at, named = _AT.search(text), _NAMED.search(text)
    parts = [at.group(1) if at else "", named.group(1) if named else ""]
    return ".".join(filter(None, parts))[:200]
