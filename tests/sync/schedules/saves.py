"""In a schedule: what desks note, save of a contact, save twice and undo."""

from pathlib import Path

import msgspec
import sqlalchemy as sa
from msgspec import UNSET

from app.domain.commands import LogMotive, NoteContact, OpenPerson, WithdrawMotive
from app.domain.words import Channel, Outcome
from tests.sync.hospital import PERSONS, SERVICES, Templates
from tests.sync.schedules.network import Network
from tests.sync.schedules.promises import Promises
from tests.sync.seats import Seat, Ways


class Saves(Promises, Network):
    """The acts about contacts and demands."""

    def __init__(self, seed: int, templates: Templates, folder: Path, ways: Ways) -> None:
        super().__init__(seed, templates, folder, ways)
        self._logs: list[tuple[Seat, str, str]] = []
        self._minted: list[tuple[str, str]] = []

    def log(self, seat: Seat) -> None:
        contacts = seat.contacts()
        if not contacts:
            return
        contact = self.chance.choice(contacts[-8:])
        command = self._motive(seat, contact)
        command_id = self._submit(seat, command)
        if command_id:
            self._logs.append((seat, contact.id, command_id))

    def _motive(self, seat: Seat, contact: sa.Row[tuple[str]]) -> LogMotive:
        case, title = self._case(seat, contact)
        return LogMotive(
            contact=contact.id,
            motive=self.chance.choice(("11", "11", "11", "14")),
            outcome=self.chance.choice(list(Outcome)),
            service=self.chance.choice((*SERVICES, *SERVICES, *SERVICES, "inconnu")),
            case=case,
            case_title=title,
            note=self.chance.choice(("", "Rappeler demain")),
            commitment=self._promise() if self.chance.random() < 0.3 else None,
            keeps=tuple(self._promised[-1:]) if self.chance.random() < 0.2 else (),
            over=UNSET if self.chance.random() < 0.2 else contact.log,
        )

    def _case(self, seat: Seat, contact: sa.Row[tuple[str]]) -> tuple[str | None, str]:
        kind = self.chance.random()
        of_person = [case.id for case in seat.cases() if case.person == contact.person]
        if contact.person is None or kind < 0.15:
            return None, ""
        minted = [case for case, person in self._minted if person == contact.person]
        if minted and kind < 0.45:
            return self.chance.choice(minted), ""
        if of_person and kind < 0.55:
            return self.chance.choice(of_person), ""
        self._minted.append((self._mint.new_id(), contact.person))
        return self._minted[-1][0], "Renouveler l’ordonnance"

    def withdraw(self, seat: Seat) -> None:
        own = [(contact, log) for at, contact, log in self._logs if at is seat]
        if own:
            contact, log = self.chance.choice(own[-3:])
            self._submit(seat, WithdrawMotive(contact=contact, log=log))

    def undo_the_second(self, seat: Seat) -> None:
        """A save with a promise, a second without, which reaches the server and is undone.

        Chance seldom makes several saves of one contact meet.
        """
        contacts = seat.contacts()
        for promise in (self._promise(), None) if contacts else ():
            begun = self._motive(seat, contacts[-1])
            changed = {"service": SERVICES[0], "commitment": promise, "keeps": (), "over": UNSET}
            command_id = self._submit(seat, msgspec.structs.replace(begun, **changed))
            self.send(seat)
            if command_id:
                self._logs.append((seat, contacts[-1].id, command_id))
        self.withdraw(seat)

    def note(self, seat: Seat) -> None:
        self._submit(
            seat,
            NoteContact(
                contact=self._mint.new_id(),
                channel=self.chance.choice(list(Channel)),
                service=self.chance.choice(sorted(seat.feed_desk.services)),
                person=self.chance.choice((*PERSONS[:4], None)),
                text="Passage à l’accueil",
                happened_at=self.hospital.clock.now(),
            ),
        )

    def read(self, seat: Seat) -> None:
        self._submit(seat, OpenPerson(person=self.chance.choice(PERSONS), reason="rappel"))
