"""Keeps, apart from the database and its backups, who may no longer come in."""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from sync.server.auth.withdrawals import WithdrawalRegister, withdrawn_in


def keeping(
    engine: sa.Engine, establishment: str, register: WithdrawalRegister
) -> Callable[[], Iterator[int]]:
    """The register says what the database says; one more or less is told."""

    def work() -> Iterator[int]:
        with engine.connect() as connection:
            now_out = withdrawn_in(connection, establishment)
        if register.keep(establishment, now_out):
            yield 1

    return work
