"""Traces of what is read past the commands: written before the answer leaves, many at once."""

import threading

import sqlalchemy as sa

from app.store import access_log, journal
from app.store.access_log import Searched
from app.store.engine import writing


class Traces:
    """The searches of one establishment; those that wait for a writer go together with the next."""

    def __init__(self, engine: sa.Engine, establishment: str) -> None:
        self._engine = engine
        self._establishment = establishment
        self._writing = threading.Lock()
        self._waiting: list[Searched] = []

    def keep(self, search: Searched) -> None:
        """Write a search, from any thread; it is on the disk when this returns."""
        self._waiting.append(search)
        with self._writing:
            batch = self._waiting[:]
            if search in batch:
                self._write(batch)
                del self._waiting[: len(batch)]

    def _write(self, batch: list[Searched]) -> None:
        with writing(self._engine) as connection:
            journal.lock(connection, self._establishment)
            access_log.append_searches(connection, self._establishment, batch)
