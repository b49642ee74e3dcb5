"""In a schedule: two records are regrouped, parted, told apart, and what came meanwhile is sorted.

The server alone decides: what a desk asks goes straight there, is lost, repeated, or heard long after.
"""

from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from app.domain.double_commands import (
    DoubleCommand,
    MergePersons,
    RejectDouble,
    SettleTriage,
    UnmergePersons,
    WithdrawRejection,
)
from app.store import tables
from sync.protocol.messages import CommandMessage, to_envelope
from tests.sync.hospital import PERSONS, Templates
from tests.sync.schedules.desks import DECIDERS
from tests.sync.schedules.stage import Stage
from tests.sync.seats import Seat, Ways

Owned: TypeAlias = frozenset[tuple[str, str | None]]
"""Contacts and promises, each with the record under which it is written."""


class Doubles(Stage):
    """The acts of whoever answers for identities, and of whoever tries to."""

    def __init__(self, seed: int, templates: Templates, folder: Path, ways: Ways) -> None:
        super().__init__(seed, templates, folder, ways)
        self._decided: list[tuple[Seat, CommandMessage]] = []
        self._beyond: set[str] = set()
        self.hospital.let_decide(DECIDERS)

    def merge(self, seat: Seat) -> None:
        person, into = self.chance.sample(PERSONS[:5], 2)
        self._decide(seat, MergePersons(person=person, into=into))

    def part_persons(self, seat: Seat) -> None:
        """Mostly somebody who was regrouped."""
        merged = sorted(self.hospital.pointers())
        person = self.chance.choice(merged if merged and self.chance.random() < 0.8 else PERSONS)
        self._decide(seat, UnmergePersons(person=person))

    def tell_apart(self, seat: Seat) -> None:
        person, other = self.chance.sample(PERSONS, 2)
        self._decide(seat, RejectDouble(person=person, other=other))

    def tell_apart_no_more(self, seat: Seat) -> None:
        """« Annuler », also of what was refused, lost, or decided otherwise since."""
        said = [(message.id, to_envelope(message).body) for _, message in self._decided[-20:]]
        apart = [(act, body) for act, body in said if isinstance(body, RejectDouble)]
        if apart:
            act, body = self.chance.choice(apart)
            self._decide(seat, WithdrawRejection(person=body.person, other=body.other, act=act))

    def sort_out(self, seat: Seat) -> None:
        """Something that came to both at once is of one of them."""
        with self.hospital.engine.connect() as connection:
            waiting = connection.execute(sa.select(tables.triage).order_by(tables.triage.c.item)).all()
        if waiting:
            one = self.chance.choice(waiting)
            person = self.chance.choice((one.person, one.was))
            self._decide(seat, SettleTriage(item=one.item, person=person))

    def decide_again(self, _seat: Seat) -> None:
        """The network repeats a decision, however many others were made since."""
        if self._decided:
            seat, message = self.chance.choice(self._decided[-6:])
            self._hand_over(seat, message)

    def _decide(self, seat: Seat, command: DoubleCommand) -> None:
        if self.chance.random() < 0.85:
            seat = next(filter(_may_decide, self.seats), seat)
        message = seat.said(command)
        self._decided.append((seat, message))
        if not _may_decide(seat):
            self._beyond.add(message.id)
        if self.chance.random() < 0.9:
            self._hand_over(seat, message)

    def _hand_over(self, seat: Seat, message: CommandMessage) -> None:
        """A pointer is all that a decision sets: nothing of the past is written anew."""
        before = self._owned()
        seat.hand(message)
        if before != self._owned() and not isinstance(to_envelope(message).body, SettleTriage):
            self.faults.append(f"{message.id} moved {sorted(self._owned() ^ before, key=str)}")

    def _owned(self) -> Owned:
        of = (tables.contact.c, tables.commitment.c)
        with self.hospital.engine.connect() as connection:
            return frozenset(
                (row.id, row.person)
                for column in of
                for row in connection.execute(sa.select(column.id, column.person))
            )

    def _check_decided(self) -> None:
        """Nobody decided who may not."""
        done = {entry.command_id for entry in self.hospital.entries() if not entry.refusal}
        self.faults += [f"{one} was decided by somebody who may not" for one in sorted(self._beyond & done)]


def _may_decide(seat: Seat) -> bool:
    return seat.feed_desk.login in DECIDERS
