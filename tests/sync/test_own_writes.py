"""Whoever comes back to a desk sees what they did there, whoever sat there meanwhile."""

import random
from collections.abc import Generator
from pathlib import Path

import pytest

from app.domain.commands import NoteContact
from app.domain.words import Channel
from sync.client.changes import Changes
from sync.client.desk import Desk
from sync.client.desk_tables import step_forward
from sync.client.outbox import Outbox
from sync.client.replica import Replica
from sync.client.replica_file import make_replica_tables
from sync.protocol.messages import CommandState, Page
from tests.sync.hospital import EST, OPENING, Hospital, SeededMint, Templates, TickingClock, open_quickly
from tests.sync.schedules import COLLEAGUES, DESKS
from tests.sync.seats import Seat, Ways

AMINA, ANNE = DESKS[0], COLLEAGUES[0]


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    yield house
    house.close()


def test_an_answer_that_comes_before_the_first_snapshot_is_kept_and_settles_nothing(tmp_path: Path) -> None:
    here, kept = open_quickly(tmp_path / "replica.db"), open_quickly(tmp_path / "desk.db")
    make_replica_tables(here)
    step_forward(kept)
    outbox = Outbox(kept, TickingClock())
    replica = Replica(here, EST, author=AMINA.login, outbox=outbox)
    mint = SeededMint(random.Random(1))
    desk = Desk(outbox, replica, author=AMINA.login, clock=TickingClock(), mint=mint)
    command_id, _ = desk.submit(_note(mint))
    outbox.note_answers([CommandState(id=command_id, state="done", position=3, refusal="", field="")])
    assert desk.apply(Page(entries=[], head=replica.cursor)) == Changes()
    assert outbox.size(AMINA.login) == 1
    here.dispose()
    kept.dispose()


def _note(mint: SeededMint) -> NoteContact:
    return NoteContact(
        contact=mint.new_id(),
        channel=Channel.DESK,
        service="cardiologie",
        text="Passage",
        happened_at=OPENING,
    )


def test_a_colleague_who_has_read_further_settles_nothing_of_mine(hospital: Hospital) -> None:
    mint = SeededMint(random.Random(1))
    seat = Seat(AMINA, hospital, mint, Ways())
    note = _note(mint)
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
