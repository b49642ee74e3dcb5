"""In a schedule: people come and go at a desk, and a thief speaks from it."""

from app.domain.commands import NoteContact
from app.domain.words import Channel
from sync.server.feed.desk import Desk as FeedDesk
from tests.sync.hospital import AGENTS, OPENING
from tests.sync.schedules.desks import COLLEAGUES, DESKS
from tests.sync.schedules.stage import Stage
from tests.sync.seats import Seat


class Sharing(Stage):
    """The acts of desks where several sit."""

    def change_person(self, seat: Seat) -> None:
        """Whoever sits here leaves, and the other one sits down; what waits stays."""
        pair = next(pair for pair in zip(DESKS, COLLEAGUES, strict=True) if seat.feed_desk in pair)
        self._sit_down(seat, pair[seat.feed_desk == pair[0]])

    def _sit_down(self, seat: Seat, who: FeedDesk) -> None:
        if seat.feed_desk != who:
            seat.close()
            seat.sit_down(who)

    def forge(self, seat: Seat) -> None:
        """A thief of the desk, who sat there himself, speaks for somebody else."""
        victim = self.chance.choice([who for who in AGENTS if who != seat.feed_desk.login])
        note = NoteContact(
            contact=self._mint.new_id(), channel=Channel.DESK, service="imagerie", happened_at=OPENING
        )
        self._forged.add(seat.forge(note, author=victim))
