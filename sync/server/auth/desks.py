"""Desks and who sat there: a desk hands over what was done at it, a sitting proves by whom."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from app.store.account_tables import desk, sitting
from sync.server.auth.tokens import hash_token

SITTING_KEPT = timedelta(days=366)
"""What a desk did in a year's outage can still be proved to be its author's."""
_KEY_BYTES = 32
_ID_BYTES = 8


class Revoked(Exception):  # noqa: N818 - what an administrator decided, until an administrator says otherwise
    """This desk's credential was taken back."""


class EnrolledDesk(msgspec.Struct, frozen=True, kw_only=True):
    """A desk, as its credential tells: it may hand commands over, and read nothing."""

    id: str


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's stay at a desk, from a password on: the key that checks what was signed there."""

    id: str
    login: str
    public_key: str
    began_at: datetime


def enrol(connection: sa.Connection, establishment: str, login: str, *, now: datetime) -> str:
    """A new desk's credential, told once; only its hash is stored."""
    desk_id, secret = secrets.token_hex(_ID_BYTES), secrets.token_urlsafe(_KEY_BYTES)
    row = {
        "establishment": establishment,
        "id": desk_id,
        "secret_hash": hash_token(secret),
        "enrolled_by": login,
        "enrolled_at": now,
    }
    connection.execute(sa.insert(desk), row)
    return f"{desk_id}.{secret}"


def find_desk(connection: sa.Connection, establishment: str, credential: str) -> EnrolledDesk | None:
    """Which desk a credential is of; None when it is unknown. Raises `Revoked` to who holds the secret."""
    desk_id, _, secret = credential.partition(".")
    chosen = sa.select(desk).filter_by(establishment=establishment, id=desk_id)
    row = connection.execute(chosen).one_or_none()
    if row is None or not hmac.compare_digest(row.secret_hash, hash_token(secret)):
        return None
    if row.revoked_at is not None:
        raise Revoked
    return EnrolledDesk(id=row.id)


def list_desks(connection: sa.Connection, establishment: str) -> list[sa.Row[Any]]:
    """Every desk ever enrolled, oldest first."""
    chosen = sa.select(desk).filter_by(establishment=establishment).order_by(desk.c.enrolled_at, desk.c.id)
    return list(connection.execute(chosen))


def revoke_desk(connection: sa.Connection, establishment: str, desk_id: str, *, now: datetime) -> bool:
    """Take a desk's credential back; False when there is none to take."""
    mine = sa.update(desk).filter_by(establishment=establishment, id=desk_id, revoked_at=None)
    return connection.execute(mine.values(revoked_at=now)).rowcount == 1


def readmit_desk(connection: sa.Connection, establishment: str, desk_id: str) -> bool:
    """Let a revoked desk hand over again, with the credential it kept; False when there is none."""
    known = sa.update(desk).filter_by(establishment=establishment, id=desk_id)
    revoked = known.where(desk.c.revoked_at.is_not(None))
    return connection.execute(revoked.values(revoked_at=None)).rowcount == 1


def begin_sitting(
    connection: sa.Connection, establishment: str, login: str, *, public_key: str, now: datetime
) -> Sitting:
    """Somebody sits down with a key of their own; sittings too old to prove anything are swept on the way."""
    old = sitting.c.began_at < now - SITTING_KEPT
    connection.execute(sa.delete(sitting).where(sitting.c.establishment == establishment, old))
    begun = Sitting(id=secrets.token_hex(_ID_BYTES), login=login, public_key=public_key, began_at=now)
    row = {"establishment": establishment} | msgspec.structs.asdict(begun)
    connection.execute(sa.insert(sitting), row)
    return begun


def find_sitting(connection: sa.Connection, establishment: str, sitting_id: str) -> Sitting | None:
    """A sitting by its id."""
    chosen = sa.select(sitting).filter_by(establishment=establishment, id=sitting_id)
    row = connection.execute(chosen).one_or_none()
    if row is None:
        return None
    return Sitting(id=row.id, login=row.login, public_key=row.public_key, began_at=row.began_at)
