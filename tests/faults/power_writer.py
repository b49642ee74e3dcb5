"""Saves one command after the other and says so: what `tests.faults.power` traces and cuts the power of."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from app.clock import AnchoredClock, TimeOrderedMint
from app.dispatch import run_command
from app.domain.commands import CommandEnvelope, NoteContact
from app.domain.words import Channel
from app.store.engine import create_server_tables, make_durable, open_database
from sync.client.files import DeskFiles, open_encrypted
from sync.client.outbox import Outbox, Settlement
from tests.sync.hospital import EST, OPENING, lay_house

SAVES = 120
CHECKPOINT_EACH = 25
"""The reader lays the log into the file when nothing happens; here, as often."""
KEY = bytes(range(32))
FULL = "FULL"


def prepare(folder: Path) -> None:
    """Both files, empty but for the house, and on disk."""
    _files(folder).open_desk().dispose()
    server = _open_server(folder, FULL)
    create_server_tables(server)
    lay_house(server)
    server.dispose()


def kept_outbox(folder: Path) -> set[str]:
    """What a desk that opens again has, settled or not."""
    engine = _files(folder).open_desk()
    try:
        outbox = Outbox(engine, AnchoredClock(OPENING))
        # Of another journal, all is to be sent again: also what was settled.
        outbox.send_again_lost(epoch="another", head=0)
        return {message.id for message in outbox.to_send(SAVES)}
    finally:
        engine.dispose()


def open_server(folder: Path) -> sa.Engine:
    """The server's own way."""
    return _open_server(folder, FULL)


def save_in_outbox(folder: Path, synchronous: str) -> None:
    """At a desk, with or without the care the product takes."""
    path = folder / "desk.db"
    is_products = synchronous == FULL
    engine = _files(folder).open_desk() if is_products else open_encrypted(path, KEY, synchronous=synchronous)
    reader = open_encrypted(path, KEY, is_read_only=True)
    outbox = Outbox(engine, AnchoredClock(OPENING))
    for n, envelope in enumerate(_notes()):
        outbox.add(envelope)
        _say(envelope.id)
        if n % 3 == 0:
            outbox.settle([Settlement(id=envelope.id, epoch="e1", position=n + 1)])
        if n % CHECKPOINT_EACH == 0:
            with reader.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")


def save_in_journal(folder: Path, synchronous: str) -> None:
    """On a server of SQLite."""
    engine = _open_server(folder, synchronous)
    for envelope in _notes():
        run_command(engine, EST, envelope, desk="desk", clock=AnchoredClock(OPENING))
        _say(envelope.id)


WRITERS: dict[str, Callable[[Path, str], None]] = {"outbox": save_in_outbox, "journal": save_in_journal}


def _files(folder: Path) -> DeskFiles:
    return DeskFiles(folder, KEY, AnchoredClock(OPENING))


def _open_server(folder: Path, synchronous: str) -> sa.Engine:
    url = f"sqlite:///{folder / 'server.db'}"
    if synchronous == FULL:
        return open_database(url)
    engine = sa.create_engine(url)
    make_durable(engine, synchronous=synchronous)
    return engine


def _notes() -> list[CommandEnvelope]:
    mint = TimeOrderedMint()
    return [
        CommandEnvelope(
            id=mint.new_id(),
            made_at=OPENING,
            author="amina",
            body=NoteContact(
                contact=mint.new_id(), channel=Channel.DESK, service="cardiologie", happened_at=OPENING
            ),
        )
        for _ in range(SAVES)
    ]


def _say(command_id: str) -> None:
    os.write(1, command_id.encode() + b"\n")


if __name__ == "__main__":
    WRITERS[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
