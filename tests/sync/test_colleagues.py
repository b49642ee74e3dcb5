"""Living replicas hear of colleagues by the journal: their rows are the server’s, as a new one’s would be."""

import random
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.domain.commands import Commit, Promise, SeatAgent, UnseatAgent
from app.queries.house import read_house
from app.store import tables
from tests.sync.hospital import EST, PERSONS, SERVICES, Hospital, SeededMint, Templates, TickingClock
from tests.sync.schedules import DESKS
from tests.sync.seats import Seat, Ways

NAMES = ("Zora Benali", "Hugo Lambert", "Claire Morvan")
LOGINS = ("z.benali", "h.lambert", "amina")


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    yield house
    house.close()


@pytest.fixture
def seats(hospital: Hospital) -> Generator[list[Seat]]:
    mint = SeededMint(random.Random(3))
    made = [Seat(desk, hospital, mint, Ways()) for desk in DESKS]
    yield made
    for seat in made:
        seat.close()


def _catch_up(seat: Seat) -> None:
    while seat.pull(3):
        continue


def _agents(engine: sa.Engine) -> list[tuple[object, ...]]:
    """Every column but the position, which a snapshot does not tell."""
    columns = [column for column in tables.agent.c if column.name != "position"]
    with engine.connect() as connection:
        return sorted((tuple(row) for row in connection.execute(sa.select(*columns)).all()), key=str)


def _some_change(chance: random.Random) -> SeatAgent | UnseatAgent:
    who = chance.choice(LOGINS)
    if chance.random() < 0.3:
        return UnseatAgent(agent=who)
    extension = chance.choice(("", "4101", "4177"))
    return SeatAgent(
        agent=who, name=chance.choice(NAMES), service=chance.choice(SERVICES), extension=extension
    )


def test_after_any_changes_a_living_replica_has_the_servers_agents_and_a_new_one_too(
    hospital: Hospital, seats: list[Seat]
) -> None:
    chance, mint = random.Random(11), SeededMint(random.Random(12))
    before = _agents(hospital.engine)
    for turn in range(30):
        hospital.tell(_some_change(chance), mint.new_id())
        if turn % 5 == 0:
            for seat in seats:
                _catch_up(seat)
                assert _agents(seat.engine) == _agents(hospital.engine)
    seats[0].rebuild()
    assert _agents(seats[0].engine) == _agents(hospital.engine) != before


def test_a_colleague_who_leaves_is_no_longer_offered_at_a_desk(hospital: Hospital, seats: list[Seat]) -> None:
    mint, bruno = SeededMint(random.Random(12)), seats[1]
    hospital.tell(SeatAgent(agent="z.benali", name=NAMES[0], service="imagerie"), mint.new_id())
    _catch_up(bruno)
    assert _offered(bruno) == ["", "Zora Benali"]
    hospital.tell(UnseatAgent(agent="z.benali"), mint.new_id())
    assert _offered(bruno) == ["", "Zora Benali"]
    _catch_up(bruno)
    assert _offered(bruno) == [""]


def _offered(seat: Seat) -> list[str]:
    with seat.engine.connect() as here:
        return [name for _, name in read_house(here, EST).colleagues(seat.feed_desk.services)]


def test_whom_a_colleague_promised_something_comes_to_the_new_service(
    hospital: Hospital, seats: list[Seat]
) -> None:
    chloe, bruno, mint = seats[2], seats[1], SeededMint(random.Random(12))
    hospital.tell(SeatAgent(agent="chloe", name="Chloé", service="pediatrie"), mint.new_id())
    made = Promise(
        commitment=mint.new_id(), due_at=hospital.clock.now() + timedelta(hours=1), owner="pediatrie"
    )
    chloe.submit(Commit(promise=made, service="pediatrie", person=PERSONS[6]))
    chloe.send(9)
    _catch_up(bruno)
    assert not _holds(bruno, made.commitment)
    hospital.tell(SeatAgent(agent="chloe", name="Chloé", service="imagerie"), mint.new_id())
    _catch_up(bruno)
    assert _holds(bruno, made.commitment)


def _holds(seat: Seat, commitment: str) -> bool:
    with seat.engine.connect() as here:
        return here.execute(sa.select(tables.commitment).filter_by(id=commitment)).first() is not None
