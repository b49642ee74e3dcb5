"""What every act of a schedule plays on: chance, the hospital, the desks, and what was said so far."""

import random
from pathlib import Path

from app.domain.commands import (
    AnyCommand,
    PartCase,
    ReopenCommitment,
    UnlinkContact,
    WithdrawIdentification,
    WithdrawMotive,
)
from app.domain.errors import Refusal
from tests.sync.hospital import SeededMint, Templates, TickingClock
from tests.sync.schedules.desks import DESKS
from tests.sync.seats import Seat, Ways


class Stage:
    """One seed's house; `faults` holds what went wrong while it ran."""

    def __init__(self, seed: int, templates: Templates, folder: Path, ways: Ways) -> None:
        self.chance = random.Random(seed)
        self._mint = SeededMint(self.chance)
        self.hospital = ways.hospital(templates, folder, TickingClock())
        self.seats = [Seat(desk, self.hospital, self._mint, ways) for desk in DESKS]
        self.faults: list[str] = []
        self._calls: list[str] = []
        self._submitted: dict[str, AnyCommand] = {}
        self._forged: set[str] = set()
        self._is_restored = False

    def close(self) -> None:
        for seat in self.seats:
            seat.close()
        self.hospital.close()

    def _tell(self, command: AnyCommand) -> None:
        self.hospital.tell(command, self._mint.new_id())

    def _submit(self, seat: Seat, command: AnyCommand) -> str:
        seat.outbox.is_about_to_crash = self.chance.random() < 0.02
        try:
            command_id = seat.submit(command)
        except Refusal:
            seat.outbox.is_about_to_crash = False
            return ""
        seat.outbox.is_about_to_crash = False
        self._submitted[command_id] = command
        if command_id == undone_by(command):
            del self._submitted[command_id]
        return command_id


def undone_by(command: AnyCommand) -> str:
    """The command that one takes back."""
    match command:
        case WithdrawMotive():
            return command.log
        case ReopenCommitment() | PartCase() | WithdrawIdentification() | UnlinkContact():
            return command.act
        case _:
            return ""
