"""Commands kept whole and not run, because nobody may yet answer for them: the administrator's list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from app.store.account_tables import held_command
from app.store.prepared import Prepared
from app.store.tables import commitment, contact, journal, person


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A command as it came, and why it waits: `message` may be personal, the rest is not."""

    command_id: str
    command_kind: str
    reason: str
    author: str
    desk: str
    address: str = ""
    received_at: datetime
    message: bytes


_FIND = Prepared(
    sa.select(held_command.c.reason).where(
        held_command.c.establishment == sa.bindparam("establishment"),
        held_command.c.id == sa.bindparam("id"),
    )
)
_ALL = Prepared(
    sa.select(held_command.c.id, held_command.c.message).where(
        held_command.c.establishment == sa.bindparam("establishment")
    )
)
_KNOWN = tuple(
    Prepared(
        sa.select(table.c.id).where(
            table.c.establishment == sa.bindparam("establishment"), table.c.id == sa.bindparam("id")
        )
    )
    for table in (person, contact, commitment)
)
_KEEP = Prepared(sa.insert(held_command))


def keep(connection: sa.Connection, establishment: str, held: Held) -> bool:
    """Keep a command for good, once; answers whether it is new."""
    if _FIND.first(connection, establishment=establishment, id=held.command_id) is not None:
        return False
    row = msgspec.structs.asdict(held)
    _KEEP.run(connection, row | {"establishment": establishment, "id": row.pop("command_id")})
    return True


def read_all(connection: sa.Connection, establishment: str) -> list[Held]:
    """What waits, oldest first: a command that was run since is none of it."""
    run = sa.and_(
        journal.c.establishment == held_command.c.establishment,
        journal.c.command_id == held_command.c.id,
    )
    waiting = (
        sa.select(held_command)
        .outerjoin(journal, run)
        .where(held_command.c.establishment == establishment, journal.c.position.is_(None))
        .order_by(held_command.c.received_at, held_command.c.id)
    )
    return [_held(row) for row in connection.execute(waiting)]


def find(connection: sa.Connection, establishment: str, command_id: str) -> Held | None:
    """One that was kept."""
    chosen = sa.select(held_command).filter_by(establishment=establishment, id=command_id)
    row = connection.execute(chosen).one_or_none()
    return None if row is None else _held(row)


def forget_about(connection: sa.Connection, establishment: str, subjects: Iterable[str]) -> None:
    """Delete what is about these persons, contacts or promises, also once it was run."""
    for each in find_about(connection, establishment, subjects):
        let_go(connection, establishment, each)


def find_about(connection: sa.Connection, establishment: str, subjects: Iterable[str]) -> set[str]:
    """The ids of what is about these persons, contacts or promises.

    So is what is about a contact that is known only by such a command: nothing else says whose it is.
    """
    kept = {row.id: _named(row.message) for row in _ALL.all(connection, establishment=establishment)}
    about, gone = set(subjects), set[str]()
    while more := {each for each, named in kept.items() if each not in gone and about & named}:
        gone |= more
        minted = set[str]().union(*(kept[each] for each in more)) - about
        about |= {each for each in minted if not _is_known(connection, establishment, each)}
    return gone


class _Message(msgspec.Struct, frozen=True):
    """As much of a command as tells whom it is about, whatever its kind."""

    body: dict[str, Any]


_read_message = msgspec.json.Decoder(_Message).decode


def _named(message: bytes) -> set[str]:
    try:
        body = _read_message(message).body
    except msgspec.MsgspecError:
        return set()
    named = (body.get(field) for field in ("person", "contact", "commitment"))
    return {each for each in named if isinstance(each, str)}


def _is_known(connection: sa.Connection, establishment: str, subject: str) -> bool:
    """Whether the server has this person, contact or promise, which is then not only here."""
    bound = {"establishment": establishment, "id": subject}
    return any(one.first(connection, **bound) is not None for one in _KNOWN)


def let_go(connection: sa.Connection, establishment: str, command_id: str) -> None:
    """It was run: the journal has it."""
    connection.execute(sa.delete(held_command).filter_by(establishment=establishment, id=command_id))


def count_run(connection: sa.Connection, establishment: str) -> int:
    """How many their desk sent again since, and were run then."""
    chosen = sa.select(sa.func.count()).select_from(held_command).where(*_run_since(establishment))
    return connection.execute(chosen).scalar_one()


def let_go_of_run(connection: sa.Connection, establishment: str) -> int:
    """Delete those that `count_run` counts; how many."""
    return connection.execute(sa.delete(held_command).where(*_run_since(establishment))).rowcount


def _run_since(establishment: str) -> tuple[sa.ColumnElement[bool], ...]:
    run = sa.select(journal.c.command_id).where(
        journal.c.establishment == establishment, journal.c.command_id == held_command.c.id
    )
    return held_command.c.establishment == establishment, run.exists()


def _held(row: sa.Row[Any]) -> Held:
    return Held(
        command_id=row.id,
        command_kind=row.command_kind,
        reason=row.reason,
        author=row.author,
        desk=row.desk,
        address=row.address,
        received_at=row.received_at,
        message=bytes(row.message),
    )
