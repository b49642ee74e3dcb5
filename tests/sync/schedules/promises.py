"""In a schedule: promises are made, kept, postponed, and opened again."""

from datetime import timedelta
from pathlib import Path

from app.domain.commands import Commit, KeepCommitment, PostponeCommitment, Promise, ReopenCommitment
from app.domain.words import Reach
from tests.sync.hospital import PERSONS, Templates
from tests.sync.schedules.stage import Stage
from tests.sync.seats import Seat, Ways


class Promises(Stage):
    """The acts about promises."""

    def __init__(self, seed: int, templates: Templates, folder: Path, ways: Ways) -> None:
        super().__init__(seed, templates, folder, ways)
        self._promised: list[str] = []
        self._acts: list[tuple[Seat, str, str]] = []

    def commit(self, seat: Seat) -> None:
        promise = self._promise()
        command = Commit(
            promise=promise,
            service=self.chance.choice(sorted(seat.feed_desk.services)),
            person=self.chance.choice((*PERSONS[:4], None)),
            case=self.chance.choice((None, *(case.id for case in seat.cases()))),
        )
        self._submit(seat, command)

    def follow(self, seat: Seat) -> None:
        """Somebody keeps, tries or postpones a promise, which another desk may have closed."""
        if not self._promised:
            return
        commitment = self.chance.choice(self._promised[-6:])
        later = self.hospital.clock.now() + timedelta(days=self.chance.randint(1, 3))
        command = self.chance.choice(
            (
                KeepCommitment(commitment=commitment, how=self.chance.choice(list(Reach))),
                PostponeCommitment(commitment=commitment, due_at=later, reason="Attend"),
            )
        )
        command_id = self._submit(seat, command)
        if command_id:
            self._acts.append((seat, commitment, command_id))

    def undo_following(self, seat: Seat) -> None:
        own = [(commitment, act) for at, commitment, act in self._acts if at is seat]
        if own:
            commitment, act = self.chance.choice(own[-3:])
            self._submit(seat, ReopenCommitment(commitment=commitment, act=act))

    def _promise(self) -> Promise:
        self._promised.append(self._mint.new_id())
        due_at = self.hospital.clock.now() + timedelta(days=1)
        return Promise(commitment=self._promised[-1], due_at=due_at, owner="x")
