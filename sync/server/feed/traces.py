"""Traces of what is read past the commands: written before the answer leaves, many at once."""

import threading

import msgspec
import sqlalchemy as sa

from app.store import access_log, journal
from app.store.access_log import Reading
from app.store.engine import writing
from sync.server.feed import origin


class Traces:
    """The readings of one establishment; those that wait for a writer go together with the next."""

    def __init__(self, engine: sa.Engine, establishment: str) -> None:
        self._engine = engine
        self._establishment = establishment
        self._writing = threading.Lock()
        self._waiting: list[Reading] = []

    def keep(self, reading: Reading) -> None:
        """Write a reading and where it was asked from, in any thread; it is on the disk when this returns."""
        reading = msgspec.structs.replace(reading, address=origin.address())
        self._waiting.append(reading)
        with self._writing:
            batch = self._waiting[:]
            if reading in batch:
                self._write(batch)
                del self._waiting[: len(batch)]

    def _write(self, batch: list[Reading]) -> None:
        with writing(self._engine) as connection:
            journal.lock(connection, self._establishment)
            access_log.append_readings(connection, self._establishment, batch)
