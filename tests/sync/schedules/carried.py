"""In a schedule: something is promised at what is nobody's, then it is said whose it is, or taken back."""

from msgspec import UNSET

from app.domain.commands import IdentifyCaller, LogMotive, NoteContact, WithdrawIdentification
from app.domain.words import Channel, Outcome
from tests.sync.hospital import PERSONS, SERVICES
from tests.sync.schedules.callers import Callers
from tests.sync.schedules.promises import Promises
from tests.sync.seats import Seat


class Carried(Callers, Promises):
    """The acts that chance seldom makes meet."""

    def promise_before_a_name(self, seat: Seat) -> None:
        """A note of nobody's, promised something, then somebody's, and nobody's again or another's."""
        contact, service = self._mint.new_id(), self.chance.choice(sorted(seat.feed_desk.services))
        note = NoteContact(
            contact=contact, channel=Channel.DESK, service=service, happened_at=self.hospital.clock.now()
        )
        log = LogMotive(
            contact=contact,
            motive="14",
            outcome=Outcome.FOLLOW_UP,
            service=self.chance.choice((service, *SERVICES)),
            commitment=self._promise(),
            over=UNSET,
        )
        if not (self._submit(seat, note) and self._submit(seat, log)):
            return
        for _ in range(self.chance.randint(1, 2)):
            said = IdentifyCaller(contact=contact, person=self.chance.choice(PERSONS))
            if act := self._submit(seat, said):
                self._said.append((seat, WithdrawIdentification(contact=contact, act=act)))
        if self.chance.random() < 0.5:
            self.take_back(seat)
