"""In a schedule: what one desk saves twice of a contact, and undoes."""

from abc import abstractmethod
from typing import Any

import msgspec
from msgspec import UNSET

from app.domain.commands import AnyCommand, LogMotive, Promise
from tests.sync.hospital import SERVICES
from tests.sync.seats import Seat


class Saves:
    """The act that makes several saves of one contact meet, which chance seldom does."""

    _logs: list[tuple[Seat, str, str]]

    @abstractmethod
    def _submit(self, seat: Seat, command: AnyCommand) -> str: ...

    @abstractmethod
    def _motive(self, seat: Seat, contact: Any) -> LogMotive: ...

    @abstractmethod
    def _promise(self) -> Promise: ...

    @abstractmethod
    def send(self, seat: Seat) -> None:
        """What waits reaches the server."""

    @abstractmethod
    def withdraw(self, seat: Seat) -> None:
        """One of the last saves is undone."""

    def undo_the_second(self, seat: Seat) -> None:
        """A save with a promise, a second without, which reaches the server and is undone."""
        contacts = seat.contacts()
        for promise in (self._promise(), None) if contacts else ():
            begun = self._motive(seat, contacts[-1])
            changed = {"service": SERVICES[0], "commitment": promise, "keeps": (), "over": UNSET}
            command_id = self._submit(seat, msgspec.structs.replace(begun, **changed))
            self.send(seat)
            if command_id:
                self._logs.append((seat, contacts[-1].id, command_id))
        self.withdraw(seat)
