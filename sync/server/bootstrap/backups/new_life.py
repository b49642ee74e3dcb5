"""Begins another life of a journal that was put back: the forgotten stay so, and who was let out."""

from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.clock import MachineClock, TimeOrderedMint
from app.dispatch import run_command
from app.domain.commands import CommandEnvelope, UnseatAgent
from app.store import tables
from app.store.engine import writing
from app.store.erasure_register import ErasureRegister, back_again, declared_erasures
from app.store.reading import read_establishments
from sync.server.auth.withdrawals import WithdrawalRegister, Withdrawn, withdraw_again, withdrawn_in
from sync.server.bootstrap import house
from sync.server.bootstrap.backups.archive import SavedHouse
from sync.server.bootstrap.backups.verified import verified_houses
from sync.server.jobs.erasures import AUTHOR, erase_again


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What a database holds once it is restored, whom it had to forget and what it had to withdraw again."""

    houses: tuple[SavedHouse, ...]
    erased: tuple[str, ...]
    withdrawn: tuple[Withdrawn, ...]


def begin_again(engine: sa.Engine, data_dir: Path) -> Begun:
    """Name the journals anew, forget and withdraw again what was since, and verify. Raises `Failed`."""
    mint, clock = TimeOrderedMint(), MachineClock()
    with writing(engine) as connection:
        connection.execute(sa.delete(tables.lease))
        houses = read_establishments(connection)
        for establishment in houses:
            house.set_house_words(connection, establishment, epoch=mint.new_id())
    erased: list[str] = []
    withdrawn: list[Withdrawn] = []
    for establishment in houses:
        with engine.connect() as connection:
            back = back_again(connection, establishment, register_of(data_dir))
        for one in back:
            command = erase_again(one, clock=clock, mint=mint)
            run_command(engine, establishment, command, desk=command.author, clock=clock)
            erased.append(one.person)
        withdrawn.append(withdraw_again(engine, establishment, withdrawals_of(data_dir), clock=clock))
        for login in withdrawn[-1].accounts:
            command = CommandEnvelope(
                id=mint.new_id(), made_at=clock.now(), author=AUTHOR, body=UnseatAgent(agent=login)
            )
            run_command(engine, establishment, command, desk=AUTHOR, clock=clock)
    with engine.connect() as connection:
        return Begun(houses=verified_houses(connection), erased=tuple(erased), withdrawn=tuple(withdrawn))


def remember(engine: sa.Engine, data_dir: Path) -> None:
    """Keep beside the database what its journals declare erased, and who may no longer come in."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table(tables.house_fact.name):
            return
        for establishment in read_establishments(connection):
            register_of(data_dir).add(declared_erasures(connection, establishment))
            withdrawals_of(data_dir).keep(establishment, withdrawn_in(connection, establishment))


def register_of(data_dir: Path) -> ErasureRegister:
    """The register of this installation, apart from its backups."""
    return ErasureRegister(data_dir / "erased.jsonl")


def withdrawals_of(data_dir: Path) -> WithdrawalRegister:
    """The same of who may no longer come in."""
    return WithdrawalRegister(data_dir / "withdrawn.json")
