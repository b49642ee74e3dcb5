"""What must hold while a schedule runs, once all was sent, and at rest."""

from pathlib import Path

import sqlalchemy as sa

from app.domain.commands import AnyCommand, LogMotive, NoteContact, WithdrawMotive
from tests.sync.hospital import Templates
from tests.sync.humans import split_humans, untrue_pointers
from tests.sync.marks import untrue_marks
from tests.sync.schedules.close import untrue_relatives
from tests.sync.schedules.stage import Stage
from tests.sync.seats import Seat, Ways
from tests.sync.seen import Comparison
from tests.sync.stories import untrue_stories

STATES = ("", "queued", "ringing", "in_call", "ended")


class Checks(Stage):
    """The oracle: each broken promise is a sentence of `faults`."""

    def __init__(self, seed: int, templates: Templates, folder: Path, ways: Ways) -> None:
        super().__init__(seed, templates, folder, ways)
        self._seen: dict[tuple[str, str, str], str] = {}

    def _check_while_running(self, seat: Seat) -> None:
        for contact in seat.contacts():
            self._check_never_back(seat, contact)
        self._check_own_writes(seat)
        self._check_own_alone(seat)

    def _check_never_back(self, seat: Seat, contact: sa.Row[tuple[str]]) -> None:
        # A restored server is another journal: what it lost is lost, and its line is not heard again.
        key = (seat.desk.replica.cursor.partition(".")[0], seat.feed_desk.login, contact.id)
        seen = self._seen.get(key, "")
        if STATES.index(contact.state) < STATES.index(seen):
            self.faults.append(f"{key} went back from {seen} to {contact.state}")
        self._seen[key] = contact.state

    def _check_own_writes(self, seat: Seat) -> None:
        """The last save of a contact is shown until the journal, as read here, says otherwise."""
        waiting = seat.outbox.waiting(seat.feed_desk.login)
        withdrawn = {e.body.log for e in waiting if isinstance(e.body, WithdrawMotive)}
        last = {e.body.contact: e for e in waiting if isinstance(e.body, LogMotive)}
        for contact, envelope in last.items():
            body = envelope.body
            row = seat.contact(contact)
            if row is None or envelope.id in withdrawn or _may_be_of_another(body):
                continue
            if row.log != envelope.id:
                self.faults.append(f"{seat.feed_desk.login} no longer sees its own save {envelope.id}")

    def _check_own_alone(self, seat: Seat) -> None:
        """What another person left here is not shown before the journal tells it."""
        if self._is_restored:
            return
        for envelope in seat.waiting_of_others():
            note = envelope.body
            is_shown = isinstance(note, NoteContact) and seat.contact(note.contact) is not None
            if is_shown and not self.hospital.has(envelope.id):
                self.faults.append(f"{seat.feed_desk.login} is shown {envelope.id} of {envelope.author}")

    def _check_delivered(self) -> None:
        """Whoever sits there now, all that was done is sent, and nobody was made to say anything."""
        held = {entry.command_id for entry in self.hospital.entries()}
        if not self._is_restored:
            self.faults += [f"{one} was not sent" for one in self._submitted if one not in held]
        self.faults += [f"{one} was forged and run" for one in sorted(self._forged & held)]

    def _check_once(self) -> None:
        held = [entry.command_id for entry in self.hospital.entries()]
        for command_id in self._submitted:
            if held.count(command_id) != 1:
                self.faults.append(f"{command_id} is {held.count(command_id)} times in the journal")

    def _check_at_rest(self) -> None:
        entries = self.hospital.entries()
        people = [entry for entry in entries if entry.author != "line"]
        if len(people) != len({entry.command_id for entry in people}):
            self.faults.append("a command ran twice")
        with self.hospital.engine.connect() as server:
            self.faults += untrue_stories(entries, self._submitted, server)
            self.faults += untrue_pointers(entries, server)
            self.faults += untrue_marks(server)
            self.faults += untrue_relatives(entries, server)
            self.faults += split_humans("server", server, server)
            for seat in self.seats:
                with seat.engine.connect() as here:
                    self.faults += split_humans(seat.feed_desk.login, server, here)
        for seat in self.seats:
            self.faults += Comparison(seat, self.hospital).faults()


def _may_be_of_another(body: AnyCommand) -> bool:
    """A demand or a promise whose person is another one, once a server was restored: a desk refuses it."""
    return isinstance(body, LogMotive) and bool(body.case or body.keeps)
