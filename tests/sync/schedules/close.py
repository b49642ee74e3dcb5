"""In a schedule: somebody is said to be close to a person, or no longer is, with a server and without."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from app.domain.facts import PersonErased
from app.domain.relative_commands import RelativeCommand, SayRelative, WithdrawRelative
from app.domain.relative_facts import RelativeSaid, RelativeWithdrawn
from app.domain.relatives import RelativeRole
from app.store import tables
from app.store.journal import Entry
from sync.protocol.messages import CommandMessage
from tests.sync.hospital import NUMBERS, PERSONS, Templates
from tests.sync.schedules.stage import Stage
from tests.sync.seats import Seat, Ways


class Close(Stage):
    """The acts about relatives: the server alone runs them, at once or long after, and once."""

    def __init__(self, seed: int, templates: Templates, folder: Path, ways: Ways) -> None:
        super().__init__(seed, templates, folder, ways)
        self._close: list[tuple[str, str]] = []
        self._asked: list[tuple[Seat, CommandMessage]] = []

    def say_relative(self, seat: Seat) -> None:
        """Often of a number that is a patient's own too."""
        command = SayRelative(
            person=self.chance.choice(PERSONS),
            full_name=self.chance.choice(("Yann Le Gall", "Anne Quéméneur")),
            role=self.chance.choice(list(RelativeRole)),
            number_raw=self.chance.choice((*NUMBERS, "")),
            is_not_informed=self.chance.random() < 0.2,
        )
        self._close.append((command.person, self._ask_server(seat, command)))

    def withdraw_relative(self, seat: Seat) -> None:
        """Of one that somebody said, under this record's id or that of one regrouped with it."""
        if self._close:
            person, relative = self.chance.choice(self._close[-6:])
            person = self.chance.choice((person, person, *PERSONS))
            self._ask_server(seat, WithdrawRelative(person=person, relative=relative))

    def ask_again(self, _seat: Seat) -> None:
        """The network repeats what was asked of a relative."""
        if self._asked:
            seat, message = self.chance.choice(self._asked[-6:])
            seat.hand(message)

    def _ask_server(self, seat: Seat, command: RelativeCommand) -> str:
        message = seat.said(command)
        self._asked.append((seat, message))
        if self.chance.random() < 0.8:
            seat.hand(message)
        return message.id


def untrue_relatives(entries: list[Entry], server: sa.Connection) -> Iterator[str]:
    """Whoever was said to be close stands until withdrawn, or until the person is erased."""
    told: set[tuple[str, str]] = set()
    for fact in (fact for entry in entries for fact in entry.facts):
        match fact:
            case RelativeSaid():
                told.add((fact.person, fact.relative))
            case RelativeWithdrawn():
                told.discard((fact.person, fact.relative))
            case PersonErased():
                told = {one for one in told if one[0] != fact.person}
            case _:
                continue
    _r = tables.relative.c
    standing = sa.select(_r.person, _r.id).where(_r.withdrawn_at.is_(None))
    held = {(row.person, row.id) for row in server.execute(standing)}
    if held != told:
        yield f"relatives: told {sorted(told - held)}, held {sorted(held - told)} too many"
