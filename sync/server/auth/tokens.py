"""Opaque tokens: only their hash is stored, so that a stolen database opens nothing."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa

from app.logs import log
from app.store.tables import account, token
from sync.protocol.messages import ACCOUNT_CHANGED
from sync.server.auth.accounts import ACTIVE, WITHDRAWN, Account, to_account

ACCESS, REFRESH, MACHINE = "access", "refresh", "machine"
ACCESS_LIFE = timedelta(hours=1)
REFRESH_LIFE = timedelta(hours=72)
"""A replica is unreadable after 72 h without the server (rules R24)."""
REFRESH_GRACE = timedelta(minutes=1)
"""A refresh token used once still works this long: the reply that replaced it may be lost."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh access token with the token that renews it."""

    access: str
    refresh: str
    expires_at: datetime


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a token stands for, and until when; `token` is what is stored of it."""

    account: Account
    expires_at: datetime
    token: str


T = TypeVar("T")


class BySecret(Generic[T]):
    """Things that a secret opens, found without comparing secrets: only their digests are held."""

    def __init__(self, things: Mapping[str, T]) -> None:
        self._things = {hash_token(secret): thing for secret, thing in things.items()}

    def find(self, token: str) -> T | None:
        """What a secret opens."""
        return self._things.get(hash_token(token))


def hash_token(value: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(value.encode()).hexdigest()


def issue_pair(
    connection: sa.Connection, establishment: str, login: str, *, now: datetime, family: str = ""
) -> Pair:
    """Two new tokens, of a family that begins when none is named; those out of date are swept on the way."""
    connection.execute(sa.delete(token).where(token.c.expires_at <= now))
    make = partial(issue, connection, establishment, login, family=family or secrets.token_hex(8))
    return Pair(
        access=make(use=ACCESS, expires_at=now + ACCESS_LIFE),
        refresh=make(use=REFRESH, expires_at=now + REFRESH_LIFE),
        expires_at=now + ACCESS_LIFE,
    )


def issue(
    connection: sa.Connection,
    establishment: str,
    login: str,
    *,
    use: str,
    expires_at: datetime,
    family: str = "",
) -> str:
    """A new token, told once."""
    value = secrets.token_urlsafe(32)
    row = {
        "hash": hash_token(value),
        "establishment": establishment,
        "login": login,
        "use": use,
        "expires_at": expires_at,
        "family": family,
    }
    connection.execute(sa.insert(token), row)
    return value


_OF_TOKEN = (
    sa.select(account, token.c.expires_at, token.c.use, token.c.family, token.c.used_at)
    .join(
        account,
        sa.and_(account.c.establishment == token.c.establishment, account.c.login == token.c.login),
    )
    .where(
        token.c.hash == sa.bindparam("hash"),
        token.c.establishment == sa.bindparam("establishment"),
        token.c.expires_at > sa.bindparam("now"),
        account.c.state == ACTIVE,
    )
)


def _find(connection: sa.Connection, establishment: str, token: str, now: datetime) -> sa.Row[Any] | None:
    bound = {"hash": token, "establishment": establishment, "now": now}
    return connection.execute(_OF_TOKEN, bound).one_or_none()


def find_signed_in(
    connection: sa.Connection, establishment: str, value: str, *, now: datetime
) -> SignedIn | None:
    """Whom an access token stands for; None when it is unknown, out of date or taken back."""
    token = hash_token(value)
    row = _find(connection, establishment, token, now)
    if row is None or row.use not in (ACCESS, MACHINE):
        return None
    return SignedIn(account=to_account(row), expires_at=row.expires_at, token=token)


def why_out(connection: sa.Connection, establishment: str, who: SignedIn, *, now: datetime) -> str:
    """Why somebody is no longer signed in as he was; empty when nothing changed."""
    row = _find(connection, establishment, who.token, now)
    if row is None or row.use == WITHDRAWN:
        return "session_expired" if now >= who.expires_at else "access_withdrawn"
    return "" if to_account(row) == who.account else ACCOUNT_CHANGED


def renew(
    connection: sa.Connection, establishment: str, value: str, *, now: datetime
) -> tuple[Account, Pair] | None:
    """Exchange a refresh token for a new pair; None when it can't be.

    One that was exchanged before, and not just now, is in two hands: what came of it is closed.
    """
    stale = hash_token(value)
    row = _find(connection, establishment, stale, now)
    if row is None or row.use != REFRESH:
        return None
    if row.used_at is not None and now - row.used_at > REFRESH_GRACE:
        log("auth").warning("a token was used again, and its session is closed")
        connection.execute(sa.delete(token).filter_by(establishment=establishment, family=row.family))
        return None
    first_used = {"used_at": row.used_at or now}
    connection.execute(sa.update(token).where(token.c.hash == stale).values(first_used))
    return to_account(row), issue_pair(connection, establishment, row.login, now=now, family=row.family)


def is_withdrawn(connection: sa.Connection, establishment: str, value: str) -> bool:
    """Whether a token was taken back, which its holder must know: nothing may be read any more."""
    taken = sa.select(token.c.hash).filter_by(
        establishment=establishment, hash=hash_token(value), use=WITHDRAWN
    )
    return connection.execute(taken).first() is not None
