"""In a schedule: somebody says whose a contact is, or that two are of the same person, or takes it back."""

from pathlib import Path

from app.domain.commands import (
    AnyCommand,
    IdentifyCaller,
    LinkContact,
    UnlinkContact,
    WithdrawIdentification,
)
from app.domain.words import Proof
from tests.sync.hospital import PERSONS, Templates
from tests.sync.schedules.stage import Stage
from tests.sync.seats import Seat, Ways


class Callers(Stage):
    """The acts of a schedule that identify, link and undo."""

    def __init__(self, seed: int, templates: Templates, folder: Path, ways: Ways) -> None:
        super().__init__(seed, templates, folder, ways)
        self._said: list[tuple[Seat, AnyCommand]] = []

    def identify(self, seat: Seat) -> None:
        """A contact that this desk holds concerns somebody."""
        contacts = seat.contacts()
        if not contacts:
            return
        proofs = self.chance.choice(((), (Proof.BIRTH_DATE,), (Proof.BIRTH_DATE, Proof.BIRTH_NAME)))
        contact = self.chance.choice(contacts[-6:]).id
        command = IdentifyCaller(contact=contact, person=self.chance.choice(PERSONS), proofs=proofs)
        if act := self._submit(seat, command):
            self._said.append((seat, WithdrawIdentification(contact=contact, act=act)))

    def link(self, seat: Seat) -> None:
        """Two of the last contacts are of the same person."""
        contacts = [row.id for row in seat.contacts()][-6:]
        if len(contacts) < 2:
            return
        contact, other = self.chance.sample(contacts, 2)
        if act := self._submit(seat, LinkContact(contact=contact, other=other)):
            self._said.append((seat, UnlinkContact(contact=contact, act=act)))

    def take_back(self, seat: Seat) -> None:
        """Somebody takes back what they said of whose a contact is."""
        own = [command for at, command in self._said if at is seat]
        if own:
            self._submit(seat, self.chance.choice(own[-3:]))
