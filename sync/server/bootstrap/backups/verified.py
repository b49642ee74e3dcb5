"""Follows every journal and access log of a database before it is called saved, or restored."""

import sqlalchemy as sa

from app.store import access_log, journal
from app.store.reading import read_establishments
from sync.server.bootstrap.backups.archive import SavedHouse
from sync.server.bootstrap.telling import Failed


def verified_houses(connection: sa.Connection) -> tuple[SavedHouse, ...]:
    """Where each establishment's journal stands; raises `Failed` at the first altered entry or read."""
    return tuple(_verified(connection, house) for house in read_establishments(connection))


def _verified(connection: sa.Connection, establishment: str) -> SavedHouse:
    if fault := journal.verify(connection, establishment):
        raise Failed(f"{establishment}: entry {fault.position} is not what it was: {fault.reason}.")
    if fault := access_log.verify(connection, establishment):
        raise Failed(f"{establishment}: read {fault.position} is not what it was: {fault.reason}.")
    head = journal.head(connection, establishment)
    return SavedHouse(establishment, head.position, head.hash)
