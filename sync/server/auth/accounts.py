"""The accounts of an establishment: who may sign in, as what, for which services."""

from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.commands import SeatAgent
from app.domain.words import Role
from app.store.account_tables import account, account_past, token
from sync.server.auth.passwords import hash_password

ACTIVE, DISABLED = "active", "disabled"
WITHDRAWN = "withdrawn"
"""Use of a token that was taken back: it opens nothing, and whoever shows it is told why."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in person: the first service is the one shown."""

    login: str
    name: str
    role: Role
    services: tuple[str, ...]
    extension: str


def to_account(row: sa.Row[Any]) -> Account:
    """An account as stored."""
    return Account(
        login=row.login,
        name=row.name,
        role=Role(row.role),
        services=tuple(row.services.split()),
        extension=row.extension,
    )


def put_account(connection: sa.Connection, establishment: str, who: Account, *, password: str) -> None:
    """Create the account, or give it another password, role, services and extension."""
    key = {"establishment": establishment, "login": who.login}
    connection.execute(sa.delete(account).filter_by(**key))
    connection.execute(
        sa.insert(account),
        key
        | {
            "name": who.name,
            "password_hash": hash_password(password),
            "role": who.role.value,
            "services": " ".join(who.services),
            "extension": who.extension,
            "state": ACTIVE,
        },
    )


def seat_of(who: Account) -> SeatAgent:
    """What tells every desk who that is: what they do by telephone is theirs, under their name."""
    service = who.services[0] if who.services else ""
    return SeatAgent(agent=who.login, name=who.name, service=service, extension=who.extension)


def change_account(
    connection: sa.Connection, establishment: str, who: Account, *, password: str, now: datetime
) -> None:
    """Put an account, and remember which role it had: what was done before is judged by that one."""
    known = find_account(connection, establishment, who.login)
    if known is not None and known.role != who.role:
        past = {"establishment": establishment, "login": who.login, "until": now, "role": known.role}
        connection.execute(sa.insert(account_past), past)
    put_account(connection, establishment, who, password=password)


def role_at(connection: sa.Connection, establishment: str, who: Account, at: datetime) -> Role:
    """The role that an account had at a moment."""
    later = (
        sa.select(account_past.c.role)
        .filter_by(establishment=establishment, login=who.login)
        .where(account_past.c.until > at)
        .order_by(account_past.c.until)
        .limit(1)
    )
    return Role(connection.execute(later).scalar_one_or_none() or who.role)


def find_account(connection: sa.Connection, establishment: str, login: str) -> sa.Row[Any] | None:
    """The account of a login, also when disabled."""
    found = sa.select(account).filter_by(establishment=establishment, login=login)
    return connection.execute(found).one_or_none()


def list_accounts(connection: sa.Connection, establishment: str) -> list[sa.Row[Any]]:
    """All accounts, by login."""
    return list(
        connection.execute(
            sa.select(account).filter_by(establishment=establishment).order_by(account.c.login)
        )
    )


def disable_account(connection: sa.Connection, establishment: str, login: str) -> bool:
    """Close an account and take its tokens back; False when there is none."""
    key = {"establishment": establishment, "login": login}
    revoke(connection, establishment, login)
    done = connection.execute(sa.update(account).filter_by(**key).values(state=DISABLED))
    return done.rowcount == 1


def revoke(connection: sa.Connection, establishment: str, login: str) -> int:
    """Take back every token of a login; answers how many."""
    mine = (token.c.establishment == establishment) & (token.c.login == login)
    taken = sa.update(token).where(mine, token.c.use != WITHDRAWN).values(use=WITHDRAWN)
    return connection.execute(taken).rowcount
