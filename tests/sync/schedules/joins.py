"""In a schedule: somebody joins demands that are about the same thing, or takes it back."""

from pathlib import Path

from app.domain.commands import JoinCase, PartCase
from tests.sync.hospital import Templates
from tests.sync.schedules.stage import Stage
from tests.sync.seats import Seat, Ways


class Joins(Stage):
    """The acts of a schedule that join and part."""

    def __init__(self, seed: int, templates: Templates, folder: Path, ways: Ways) -> None:
        super().__init__(seed, templates, folder, ways)
        self._joins: list[tuple[Seat, str, str]] = []

    def join(self, seat: Seat) -> None:
        """A demand or a contact of a person is about another demand that this desk holds."""
        cases = seat.cases()
        if not cases:
            return
        case = self.chance.choice(cases)
        others = [one.id for one in cases if one.person == case.person and one.id != case.id]
        joined = self.chance.choice(others) if others and self.chance.random() < 0.7 else None
        before = joined or None
        contacts = tuple(
            row.id
            for row in (seat.contact(known.id) for known in seat.contacts())
            if row is not None and row.person == case.person and row.case_id == before
        )
        command = JoinCase(case=case.id, joined=joined, contacts=contacts[:3])
        command_id = self._submit(seat, command)
        if command_id:
            self._joins.append((seat, case.id, command_id))

    def part(self, seat: Seat) -> None:
        """Somebody takes a join of theirs back."""
        own = [(case, act) for at, case, act in self._joins if at is seat]
        if own:
            case, act = self.chance.choice(own[-3:])
            self._submit(seat, PartCase(case=case, act=act))
