"""What a desk keeps whoever sits there: `desk.db`, the thread that writes its files, its credential."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Protocol, TypeVar

import sqlalchemy as sa

from app.ports import Clock
from app.store.engine import writing
from sync.client.desk_tables import enrolment
from sync.client.files import DeskFiles
from sync.client.known_people import KnownPeople
from sync.client.outbox import Outbox
from sync.protocol.messages import CommandMessage, CommandState

T = TypeVar("T")


class Seated(Protocol):
    """Whoever sits here, on the store's thread."""

    def take(self) -> list[CommandMessage]:
        """The next commands to send."""
        ...

    def hear(self, states: list[CommandState]) -> None:
        """The server has these."""
        ...


class SharedDesk:
    """Outlives whoever signs in: the pump takes from here, and people come and go."""

    def __init__(self, files: DeskFiles, clock: Clock) -> None:
        self.files = files
        self.engine = files.open_desk()
        self._outbox = Outbox(self.engine, clock)
        self.people = KnownPeople(self.engine, files.lease.now)
        self._seated: Seated | None = None
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store")

    def write(self, act: Callable[[], T]) -> Future[T]:
        """Run something on the store's thread, the only one that writes these files."""
        return self._writer.submit(act)

    def seat(self, who: Seated | None) -> None:
        """Somebody sits down, or leaves; on the store's thread."""
        self._seated = who

    def take(self) -> list[CommandMessage]:
        """For the pump: the next batch, of every author."""
        return self.write(self._take).result()

    def answered(self, states: list[CommandState]) -> None:
        """For the pump: the server has these."""
        self.write(lambda: self._hear(states)).result()

    def credential(self) -> str:
        """For the pump: what lets this desk hand over; empty when it has to be enrolled."""
        return self.write(self._credential).result()

    def keep_credential(self, credential: str) -> None:
        """For the pump: this desk was enrolled, or, when empty, is no longer."""
        self.write(lambda: self._keep_credential(credential)).result()

    def renew_key(self, asked_of: Callable[[str], datetime], now: datetime) -> bool:
        """On the store's thread: put `desk.db` under a new key when it is time; whether it was.

        `asked_of` gives the latest order for a desk by its id. Raises what `DeskFiles.rekey` does.
        """
        asked_at = asked_of(self._credential().partition(".")[0])
        if not self.files.key_age().is_due(now, asked_at=asked_at):
            return False
        self.files.rekey(now, asked_at=asked_at)
        return True

    def close(self) -> None:
        """Finish what was begun, and let the files go."""
        self._writer.shutdown()
        self.engine.dispose()

    def _credential(self) -> str:
        with self.engine.connect() as connection:
            return connection.execute(sa.select(enrolment.c.credential)).scalar_one_or_none() or ""

    def _take(self) -> list[CommandMessage]:
        return self._outbox.to_send() if self._seated is None else self._seated.take()

    def _hear(self, states: list[CommandState]) -> None:
        if self._seated is None:
            self._outbox.note_answers(states)
        else:
            self._seated.hear(states)

    def _keep_credential(self, credential: str) -> None:
        with writing(self.engine) as connection:
            connection.execute(sa.delete(enrolment))
            if credential:
                connection.execute(sa.insert(enrolment), {"one": 1, "credential": credential})
