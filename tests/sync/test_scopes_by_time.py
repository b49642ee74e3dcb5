"""After the night that reviews the scopes, a replica that followed the feed equals a fresh snapshot."""

import random
import uuid
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.store import tables
from app.store.rows import Rows
from sync.server.feed.counts import Counts
from sync.server.feed.intake import Intake
from sync.server.feed.reader import read_feed_entries
from sync.server.feed.tail import Tail
from sync.server.jobs.scopes import Scopes
from tests.sync.hospital import (
    EST,
    PERSONS,
    PROTECTED,
    SERVICES,
    Hospital,
    SeededMint,
    Templates,
    TickingClock,
)
from tests.sync.schedules import DESKS
from tests.sync.seats import Seat, Ways

DAY = timedelta(days=1)
Held = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    _lay_visits(house)
    yield house
    house.close()


@pytest.fixture
def seats(hospital: Hospital) -> Generator[list[Seat]]:
    mint = SeededMint(random.Random(3))
    made = [Seat(desk, hospital, mint, Ways()) for desk in DESKS]
    yield made
    for seat in made:
        seat.close()


def _night(hospital: Hospital) -> int:
    tail = Tail(lambda after: read_feed_entries(hospital.engine, EST, after=after), head=hospital.head())
    intake = Intake(hospital.engine, EST, tail, clock=hospital.clock, counts=Counts())
    return sum(Scopes(hospital.engine, EST, intake, clock=hospital.clock, page=2)())


def _lay_visits(hospital: Hospital) -> None:
    """Each person has appointments in some of the services, in the months to come."""
    chance = random.Random(7)
    with hospital.engine.begin() as connection:
        rows = Rows(connection, EST, position=0)
        for number, person in enumerate((*PERSONS, *PERSONS)):
            rows.put(
                tables.appointment,
                id=str(uuid.UUID(int=0x9000 + number)),
                person=person,
                service=chance.choice(SERVICES),
                at=hospital.clock.now() + chance.uniform(0, 200) * DAY,
            )


def _catch_up(seat: Seat) -> None:
    while seat.pull(3):
        continue


def _held(seat: Seat) -> Held:
    with seat.engine.connect() as here:
        return {
            table.name: sorted(
                tuple(map(str, row))
                for row in here.execute(sa.select(*_told(table)).where(table.c[column].is_not(None)))
            )
            for table, column in tables.OF_PERSON.items()
        }


def _told(table: sa.Table) -> list[sa.Column[object]]:
    return [column for column in table.c if column.name != "position"]


def test_night_after_night_what_a_desk_holds_is_what_it_would_begin_with(
    hospital: Hospital, seats: list[Seat]
) -> None:
    assert _night(hospital) == 0
    moved = [0, 0]
    for _ in range(9):
        hospital.clock.sleep(25 * DAY)
        before = _scopes(hospital)
        _night(hospital)
        after = _scopes(hospital)
        moved = [moved[0] + len(after - before), moved[1] + len(before - after)]
        for seat in seats:
            _catch_up(seat)
            followed = _held(seat)
            seat.rebuild()
            assert followed == _held(seat)
    assert min(moved) > 5, "somebody must enter and leave, or this shows nothing"


def test_a_desk_that_was_told_of_no_goodbye_would_be_found_out(hospital: Hospital, seats: list[Seat]) -> None:
    assert _night(hospital) == 0
    hospital.clock.sleep(100 * DAY)
    assert _night(hospital) > 0
    bruno = seats[1]
    without_the_feed = _held(bruno)
    bruno.rebuild()
    assert without_the_feed != _held(bruno)
    assert PROTECTED not in {row[1] for row in _held(seats[0])["person"]}


def _scopes(hospital: Hospital) -> set[tuple[str, str]]:
    with hospital.engine.connect() as connection:
        return {(row.person, row.service) for row in connection.execute(sa.select(tables.person_scope))}
