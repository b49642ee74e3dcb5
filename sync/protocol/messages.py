"""The envelopes of the wire; what they hold are the domain's own commands and facts."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from app.domain.command import misdated
from app.domain.commands import AnyCommand, CommandEnvelope
from app.store.bundles import Bundle

MAX_COMMANDS = 500
MAX_BODY_BYTES = 1024 * 1024
PAGE_ENTRIES = 1000
BEAT_SECONDS = 5
SILENCE_SECONDS = 15
PART_PERSONS = 100
PART_NUMBERS = 20_000
MAX_LINE_BYTES = 64 * 1024 * 1024
ACCOUNT_CHANGED = "account_changed"
"""Code of a goodbye: the role, the services or the extension are others now."""
ACCESS_WITHDRAWN = "access_withdrawn"
"""Code of a refusal to renew, and of a goodbye: the account was closed or its tokens taken back."""


VERSION_APART = "version_apart"
"""Code of every answer to a console too many versions away."""


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser brought back from the identity provider, with the secret that the code is tied to.

    `redirect` is the console's own address of that moment, `http://127.0.0.1:PORT/`.
    """

    code: str
    verifier: str
    redirect: str


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What `POST /v1/session` takes; `refresh` instead of the password renews a session.

    `granted` instead of login and password is a sign-in at the identity provider, and needs a
    `sitting_key`: the public half, in hexadecimal, of the Ed25519 key that will sign what is done.
    """

    login: str = ""
    password: str = ""
    refresh: str = ""
    sitting_key: str = ""
    granted: Granted | None = None


class OpenIdWay(msgspec.Struct, frozen=True, kw_only=True):
    """An identity provider as a console shows it, and all that a browser has to be sent there with."""

    name: str
    issuer: str
    authorize: str
    client_id: str
    scope: str
    acr: str = ""


class WaysIn(msgspec.Struct, frozen=True, kw_only=True):
    """What `GET /v1/session` answers: how one may sign in here."""

    openid: OpenIdWay | None = None


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """What a signed-in person receives: tokens, and what the console needs of the account.

    A password given with a `sitting_key` also opens a sitting, which proves what its author does.
    """

    token: str
    refresh: str
    expires_at: datetime
    establishment: str
    establishment_name: str
    establishment_short_name: str
    login: str
    name: str
    role: str
    services: tuple[str, ...]
    service_name: str
    extension: str
    sitting: str = ""


class CommandMessage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One command on the wire; its body is decoded strictly by its kind.

    `sent_at` is the same clock as `made_at`, so that a wrong one still tells how long ago it was.
    `tag` is its author's sitting's, for a desk that hands over what others did at it.
    """

    id: str
    kind: str
    made_at: datetime
    sent_at: datetime | None = None
    author: str
    body: msgspec.Raw
    sitting: str = ""
    tag: str = ""


class CommandBatch(msgspec.Struct, frozen=True, kw_only=True):
    """What `POST /v1/commands` takes: each one read by itself, so that one fault stops no other."""

    commands: list[msgspec.Raw]


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """What `POST /v1/desks` answers, once: the desk's own credential, for `Authorization: Desk`."""

    credential: str


class CommandState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one command, and where the journal holds it.

    A replica that has passed `position` settles the command even when its entry never came: it
    was in a snapshot, or had nothing for this desk. What is `held` is kept by the server, not run,
    and has no position yet: an administrator has it in a list, with the reason given as `refusal`.
    """

    id: str
    state: Literal["done", "refused", "held"]
    position: int = 0
    refusal: str = ""
    field: str = ""


class EntryMessage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One journal entry as a desk may see it; facts are decoded one by one, leniently.

    `numbers` are the keyed hashes of what is new to the house, `dropped` of what is nobody's after all.
    """

    position: int
    command_id: str
    facts: list[msgspec.Raw] = []
    bundles: list[Bundle] = []
    gone: list[str] = []
    numbers: bytes = b""
    dropped: bytes = b""
    refusal: str = ""
    field: str = ""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Entries in order, and the cursor that stands after the last one read.

    `after` is the cursor told before it on the same feed: a console that stands before that missed something.
    """

    entries: list[EntryMessage]
    head: str
    after: str = ""


class Beat(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing new: the cursor, so that what was filtered out is not read again; `after` as in a page."""

    head: str
    after: str = ""


class Bye(msgspec.Struct, frozen=True, kw_only=True):
    """The server ends the feed, and says why.

    `server_stopping`, `session_expired`, `access_withdrawn` (account closed, token taken back),
    `account_changed` (role, services or extension).
    """

    reason: str


Cell: TypeAlias = str | int | None
"""One value as it is stored: times in microseconds since 1970."""


class SnapshotStart(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="start"):
    """The first line: the cursor from which the feed goes on, and what the rows' values are.

    `persons` are those to come; `beyond` counts those of the scope that are too many to be held;
    `scope` is given back with each cursor, so that a scope that changed meanwhile is seen.
    """

    cursor: str
    columns: dict[str, tuple[str, ...]]
    persons: int
    beyond: int = 0
    scope: str = ""


class SnapshotPart(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="part"):
    """Some rows by table, true as of a position: the house, today's calls, then whole persons."""

    as_of: int
    rows: dict[str, list[tuple[Cell, ...]]]


class SnapshotNumbers(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="numbers"):
    """Numbers that somebody uses, and who, as keyed hashes of twelve bytes (rules R24)."""

    pairs: bytes


class SnapshotEnd(msgspec.Struct, frozen=True, kw_only=True, tag_field="line", tag="end"):
    """The last line: without it, what came is not whole."""


SnapshotLine: TypeAlias = SnapshotStart | SnapshotPart | SnapshotNumbers | SnapshotEnd


def to_message(envelope: CommandEnvelope) -> CommandMessage:
    """A command as it travels."""
    return CommandMessage(
        id=envelope.id,
        kind=type(envelope.body).__name__,
        made_at=envelope.made_at,
        author=envelope.author,
        body=msgspec.Raw(msgspec.json.encode(envelope.body)),
    )


def to_envelope(message: CommandMessage) -> CommandEnvelope:
    """A command as the use cases take it.

    Raises `msgspec.ValidationError`, which names the field, when the kind is unknown or the body
    is not of that kind, or tells of a moment that no clock shows.
    """
    fields = {
        "id": message.id,
        "made_at": message.made_at,
        "sent_at": message.sent_at,
        "author": message.author,
        "body": _body(message),
    }
    return msgspec.convert(fields, _ENVELOPE.type, from_attributes=True)


def _body(message: CommandMessage) -> AnyCommand:
    read = _READ.get(message.kind)
    if read is None:
        raise msgspec.ValidationError(f"Unknown command `{message.kind}` - at `$.kind`")
    body = read(message.body)
    if field := next(misdated(body), None):
        raise msgspec.ValidationError(f"A moment of another age - at `$.{field}`")
    return body


# Learnt here, before there are threads: two that need a type of msgspec's at first together end the process.
_ENVELOPE = msgspec.json.Decoder(CommandEnvelope)
_READ: dict[str, Callable[[msgspec.Raw], AnyCommand]] = {
    kind.__name__: msgspec.json.Decoder(kind).decode for kind in AnyCommand.__args__
}


def cursor_of(epoch: str, position: int) -> str:
    """An opaque place in one journal."""
    return f"{epoch}.{position}"


def position_in(cursor: str, epoch: str) -> int | None:
    """The position a cursor stands for, or None when it is not of this epoch."""
    of_epoch, _, position = cursor.rpartition(".")
    return int(position) if of_epoch == epoch and position.isdecimal() else None
