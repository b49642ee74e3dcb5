"""Begins another life of a journal that was put back: consoles send again, the forgotten are forgotten."""

from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.clock import MachineClock, TimeOrderedMint
from app.dispatch import run_command
from app.store import tables
from app.store.engine import writing
from app.store.erasure_register import ErasureRegister, back_again, declared_erasures
from app.store.reading import read_establishments
from sync.server.bootstrap import house
from sync.server.bootstrap.backups.archive import SavedHouse
from sync.server.bootstrap.backups.verified import verified_houses
from sync.server.jobs.erasures import erase_again


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What a database holds once it is restored, and whom it had to forget again."""

    houses: tuple[SavedHouse, ...]
    erased: tuple[str, ...]


def begin_again(engine: sa.Engine, register: ErasureRegister) -> Begun:
    """Name the journals anew, forget again whoever was erased since, and verify. Raises `Failed`."""
    mint, clock = TimeOrderedMint(), MachineClock()
    with writing(engine) as connection:
        connection.execute(sa.delete(tables.lease))
        houses = read_establishments(connection)
        for establishment in houses:
            house.set_house_words(connection, establishment, epoch=mint.new_id())
    erased: list[str] = []
    for establishment in houses:
        with engine.connect() as connection:
            back = back_again(connection, establishment, register)
        for one in back:
            command = erase_again(one, clock=clock, mint=mint)
            run_command(engine, establishment, command, desk=command.author, clock=clock)
            erased.append(one.person)
    with engine.connect() as connection:
        return Begun(houses=verified_houses(connection), erased=tuple(erased))


def remember_erasures(engine: sa.Engine, register: ErasureRegister) -> None:
    """Keep beside the database what its journals declare erased, before it is replaced."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table(tables.house_fact.name):
            return
        for establishment in read_establishments(connection):
            register.add(declared_erasures(connection, establishment))


def register_of(data_dir: Path) -> ErasureRegister:
    """The register of this installation, apart from its backups."""
    return ErasureRegister(data_dir / "erased.jsonl")
