"""Whoever comes back to a desk sees what they did there, whoever sat there meanwhile."""

import random
from collections.abc import Generator
from pathlib import Path

import pytest

from app.domain.commands import NoteContact
from app.domain.words import Channel
from tests.sync.hospital import OPENING, Hospital, SeededMint, Templates, TickingClock
from tests.sync.schedules import COLLEAGUES, DESKS
from tests.sync.seats import Seat, Ways

AMINA, ANNE = DESKS[0], COLLEAGUES[0]


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    yield house
    house.close()


def test_a_colleague_who_has_read_further_settles_nothing_of_mine(hospital: Hospital) -> None:
    mint = SeededMint(random.Random(1))
    seat = Seat(AMINA, hospital, mint, Ways())
    note = NoteContact(
        contact=mint.new_id(),
        channel=Channel.DESK,
        service="cardiologie",
        text="Passage",
        happened_at=OPENING,
    )
    seat.submit(note)
    seat.send(10)
    seat.sit_down(ANNE)
    seat.send(10)
    while seat.pull(50):
        pass
    seat.sit_down(AMINA)
    assert seat.contact(note.contact) is not None
    while seat.pull(50):
        pass
    assert seat.contact(note.contact) is not None
    assert seat.outbox.size(AMINA.login) == 0
    seat.close()
