"""What a day without the network left is sent in a time that grows as it does, and no faster."""

import random
from collections.abc import Collection, Generator
from pathlib import Path

import pytest

from app.domain.commands import CommandEnvelope, LogMotive, NoteContact
from app.domain.words import Channel, Outcome
from sync.client.changes import Changes
from sync.client.replica import Replica
from sync.protocol.messages import Page
from tests.sync.hospital import OPENING, Hospital, SeededMint, Templates, TickingClock
from tests.sync.schedules import DESKS
from tests.sync.seats import CrashingOutbox, Seat, Ways

AMINA = DESKS[0]
A_PAGE = 10


class CountingOutbox(CrashingOutbox):
    """Counts the commands handed out to be shown again."""

    handed = 0

    def waiting(self, author: str) -> list[CommandEnvelope]:
        return self._counted(super().waiting(author))

    def chosen(self, author: str, ids: Collection[str]) -> list[CommandEnvelope]:
        return self._counted(super().chosen(author, ids))

    def _counted(self, envelopes: list[CommandEnvelope]) -> list[CommandEnvelope]:
        self.handed += len(envelopes)
        return envelopes


class _ReplaysAll(Replica):
    """What the desk did before: each page takes all back and shows all again."""

    def apply(self, page: Page) -> Changes:
        changes = super().apply(page)
        self.replay()
        return changes


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    yield house
    house.close()


def _visit(mint: SeededMint) -> tuple[NoteContact, LogMotive]:
    contact = mint.new_id()
    note = NoteContact(
        contact=contact, channel=Channel.DESK, service="cardiologie", text="Passage", happened_at=OPENING
    )
    return note, LogMotive(
        contact=contact, motive="11", outcome=Outcome.DEALT_WITH, service="cardiologie", note="Vu"
    )


def _shown_again(hospital: Hospital, visits: int, replica: type[Replica] = Replica) -> int:
    """How many commands were replayed while that many visits were sent and came back."""
    mint = SeededMint(random.Random(visits))
    seat = Seat(AMINA, hospital, mint, Ways(outbox=CountingOutbox, replica=replica))
    for _ in range(visits):
        for command in _visit(mint):
            seat.submit(command)
    assert isinstance(seat.outbox, CountingOutbox)
    seat.outbox.handed = 0
    while seat.send(A_PAGE):
        seat.pull(A_PAGE)
    assert seat.outbox.size(AMINA.login) == 0
    assert sum(1 for row in seat.contacts() if row.body == "Passage" and row.motive == "11") >= visits
    seat.close()
    return seat.outbox.handed


def test_twice_as_many_commands_are_replayed_at_most_twice_as_often(hospital: Hospital) -> None:
    assert _shown_again(hospital, 20) <= 40
    assert _shown_again(hospital, 80) <= 160


def test_replaying_all_at_each_page_is_found_out(hospital: Hospital) -> None:
    assert _shown_again(hospital, 80, _ReplaysAll) > 1000


def test_a_page_about_others_replays_nothing(hospital: Hospital) -> None:
    mint = SeededMint(random.Random(3))
    mine = Seat(AMINA, hospital, mint, Ways(outbox=CountingOutbox))
    others = Seat(DESKS[2], hospital, mint, Ways())
    for command in (*_visit(mint), *_visit(mint)):
        mine.submit(command)
    for command in _visit(mint):
        others.submit(command)
    others.send(10)
    assert isinstance(mine.outbox, CountingOutbox)
    mine.outbox.handed = 0
    assert mine.pull(100)
    assert mine.outbox.handed == 0
    assert len([row for row in mine.contacts() if row.motive == "11"]) == 3
    for seat in (mine, others):
        seat.close()
