"""In a schedule: what is sent, lost, repeated, rebuilt and restored."""

from tests.sync.schedules.line import Line
from tests.sync.seats import Seat


class Network(Line):
    """The acts of a bad network, of desks that end and of a server that goes back."""

    def send(self, seat: Seat) -> None:
        seat.send(self.chance.randint(1, 4), is_answer_lost=self.chance.random() < 0.3)

    def send_again(self, seat: Seat) -> None:
        seat.send_again()

    def pull(self, seat: Seat) -> None:
        seat.outbox.is_about_to_crash = self.chance.random() < 0.03
        seat.pull(self.chance.randint(1, 6))
        seat.outbox.is_about_to_crash = False

    def restart(self, seat: Seat) -> None:
        seat.restart()

    def rebuild(self, seat: Seat) -> None:
        seat.rebuild(self._meanwhile)

    def _meanwhile(self) -> None:
        """What others do while a snapshot is on its way."""
        if self.chance.random() < 0.6:
            act = self.chance.choice(
                (self.call_arrives, self.call_moves, self.person_leaves, self._other_sends)
            )
            act(self.seats[0])

    def _other_sends(self, _seat: Seat) -> None:
        self.chance.choice(self.seats).send(self.chance.randint(1, 4), is_answer_lost=True)

    def resend_unseen(self, seat: Seat) -> None:
        seat.outbox.send_again_unseen(seat.feed_desk.login, self.hospital.clock.now())

    def back_up(self, _seat: Seat) -> None:
        self.hospital.back_up()

    def restore(self, _seat: Seat) -> None:
        self.hospital.restore()
        self._is_restored = True
        # Tokens went with the rest: the password is asked again.
        for seat in self.seats:
            seat.sit_again()

    def _drain(self) -> None:
        for _ in range(30):
            moved = False
            for seat in self.seats:
                seat.outbox.send_again_unseen(seat.feed_desk.login, self.hospital.clock.now())
                moved |= bool(seat.send(500))
                while seat.pull(50):
                    moved = True
            if not moved:
                return
        self.faults.append("it never comes to rest")
