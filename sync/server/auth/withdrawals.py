"""Remembers outside the database who may no longer come in: a restored backup would let them in again."""

import os
from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.ports import Clock
from app.store.account_tables import account, desk, token
from app.store.engine import writing
from sync.server.auth.accounts import DISABLED, WITHDRAWN, disable_account
from sync.server.auth.desks import revoke_desk


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """Accounts closed, desks revoked, tokens taken back; of a token what is stored, which opens nothing."""

    accounts: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()


_decode = msgspec.json.Decoder(dict[str, Withdrawn]).decode


class WithdrawalRegister:
    """One file, always whole: what holds now, by establishment. It goes with no backup."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Withdrawn]:
        """What was withdrawn in each establishment."""
        if not self._path.exists():
            return {}
        return _decode(self._path.read_bytes())

    def keep(self, establishment: str, withdrawn: Withdrawn) -> bool:
        """On the disk when this returns; answers whether anything was new."""
        known = self.read()
        if known.get(establishment, Withdrawn()) == withdrawn:
            return False
        self._path.parent.mkdir(parents=True, exist_ok=True)
        made = self._path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(msgspec.json.encode(known | {establishment: withdrawn}))
            file.flush()
            os.fsync(file.fileno())
        made.replace(self._path)
        return True


def withdrawn_in(connection: sa.Connection, establishment: str) -> Withdrawn:
    """What the database holds of them."""

    def ids(column: sa.Column[str], is_out: sa.ColumnElement[bool]) -> tuple[str, ...]:
        out = sa.select(column).where(column.table.c.establishment == establishment, is_out)
        return tuple(sorted(connection.execute(out).scalars()))

    return Withdrawn(
        accounts=ids(account.c.login, account.c.state == DISABLED),
        desks=ids(desk.c.id, desk.c.revoked_at.is_not(None)),
        tokens=ids(token.c.hash, token.c.use == WITHDRAWN),
    )


def withdraw_again(
    engine: sa.Engine, establishment: str, register: WithdrawalRegister, *, clock: Clock
) -> Withdrawn:
    """Close, revoke and take back what a restored database lets in; answers what it did."""
    known = register.read().get(establishment, Withdrawn())
    with writing(engine) as connection:
        there = withdrawn_in(connection, establishment)
        accounts = set(known.accounts) - set(there.accounts)
        desks, tokens = set(known.desks) - set(there.desks), set(known.tokens) - set(there.tokens)
        return Withdrawn(
            tokens=tuple(one for one in sorted(tokens) if _take_back(connection, establishment, one)),
            accounts=tuple(
                one for one in sorted(accounts) if disable_account(connection, establishment, one)
            ),
            desks=tuple(
                one for one in sorted(desks) if revoke_desk(connection, establishment, one, now=clock.now())
            ),
        )


def _take_back(connection: sa.Connection, establishment: str, stored: str) -> bool:
    mine = sa.update(token).filter_by(establishment=establishment, hash=stored)
    return connection.execute(mine.values(use=WITHDRAWN)).rowcount == 1
