"""Commands kept whole and not run, because nobody may yet answer for them: the administrator's list."""

from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from app.store.account_tables import held_command
from app.store.prepared import Prepared
from app.store.tables import journal


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A command as it came, and why it waits: `message` may be personal, the rest is not."""

    command_id: str
    command_kind: str
    reason: str
    author: str
    desk: str
    received_at: datetime
    message: bytes


_FIND = Prepared(
    sa.select(held_command.c.reason).where(
        held_command.c.establishment == sa.bindparam("establishment"),
        held_command.c.id == sa.bindparam("id"),
    )
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


def let_go(connection: sa.Connection, establishment: str, command_id: str) -> None:
    """It was run: the journal has it."""
    connection.execute(sa.delete(held_command).filter_by(establishment=establishment, id=command_id))


def _held(row: sa.Row[Any]) -> Held:
    return Held(
        command_id=row.id,
        command_kind=row.command_kind,
        reason=row.reason,
        author=row.author,
        desk=row.desk,
        received_at=row.received_at,
        message=bytes(row.message),
    )
