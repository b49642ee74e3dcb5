"""What break-glass opened is at one desk, for its time, and nowhere else; then it is gone, server or none."""

import random
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.dispatch import run_command
from app.domain.access import OPEN_FOR
from app.domain.commands import BreakGlass, CloseGlass, CommandEnvelope
from app.domain.words import Role
from app.queries.person_rows import read_persons
from app.store import tables
from sync.server.feed.desk import Desk as FeedDesk
from sync.server.feed.desk import sight
from tests.sync.hospital import EST, PERSONS, PROTECTED, Hospital, SeededMint, Templates, TickingClock
from tests.sync.seats import Seat, Ways

STRANGER = PERSONS[5]
"""Held by no service."""
SERVICE = frozenset({"cardiologie"})
WHY = "Convocation demandée par le service"
GLASS = SeededMint(random.Random(11)).new_id()


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    yield house
    house.close()


class Desks:
    """The same service's receptionist, colleague, nurse and supervisor."""

    def __init__(self, hospital: Hospital) -> None:
        self.hospital = hospital
        self._mint = SeededMint(random.Random(5))
        self.seats = {
            login: Seat(_desk(login, role), hospital, self._mint, Ways())
            for login, role in (
                ("amina", Role.RECEPTIONIST),
                ("bruno", Role.RECEPTIONIST),
                ("chloe", Role.NURSE),
                ("anne", Role.SUPERVISOR),
            )
        }

    def run(self, body: BreakGlass | CloseGlass, *, by: str = "amina") -> str:
        """Something asked of the server, and every desk brought up to it."""
        now = self.hospital.clock.now()
        envelope = CommandEnvelope(id=self._mint.new_id(), made_at=now, author=by, body=body)
        settled = run_command(self.hospital.engine, EST, envelope, desk=by, clock=self.hospital.clock)
        self.pull()
        return settled.refusal

    def pull(self) -> None:
        """Every desk reads what it has not."""
        for seat in self.seats.values():
            seat.pull(100)

    def seeing(self, person: str) -> set[str]:
        """Whose desk shows this person."""
        return {login for login, seat in self.seats.items() if _persons(seat, person)}

    def holding(self, person: str) -> set[str]:
        """Whose files have anything of this person."""
        return {login for login, seat in self.seats.items() if _is_in_files(seat, person)}


def _desk(login: str, role: Role) -> FeedDesk:
    return FeedDesk(login=login, services=SERVICE, extension="", **sight(role))


def _persons(seat: Seat, person: str) -> list[str]:
    with seat.engine.connect() as connection:
        return [row.id for row in read_persons(connection, EST, [person], now=seat.clock.now())]


def _is_in_files(seat: Seat, person: str) -> bool:
    with seat.engine.connect() as connection:
        return any(
            connection.execute(sa.select(table.c.establishment).where(table.c[column] == person)).first()
            for table, column in tables.OF_PERSON.items()
        )


def _told(seat: Seat) -> list[tuple[str, str, bool]]:
    with seat.engine.connect() as connection:
        rows = connection.execute(sa.select(tables.glass)).all()
    return [(row.by, row.reason, row.closed_at is not None) for row in rows]


@pytest.fixture
def desks(hospital: Hospital) -> Generator[Desks]:
    made = Desks(hospital)
    yield made
    for seat in made.seats.values():
        seat.close()


@pytest.mark.parametrize("person", [PROTECTED, STRANGER])
def test_what_one_person_opened_is_at_that_desk_alone_until_it_is_over(desks: Desks, person: str) -> None:
    assert desks.holding(person) == set()
    assert desks.run(BreakGlass(glass=GLASS, person=person, reason=WHY)) == ""
    assert desks.seeing(person) == desks.holding(person) == {"amina"}
    desks.hospital.clock.sleep(OPEN_FOR)
    desks.run(CloseGlass(glass=GLASS), by="job:glasses")
    assert desks.holding(person) == set()


def test_the_supervisor_is_told_who_and_why_and_the_colleagues_are_not(desks: Desks) -> None:
    desks.run(BreakGlass(glass=GLASS, person=PROTECTED, reason=WHY))
    assert _told(desks.seats["anne"]) == _told(desks.seats["amina"]) == [("amina", WHY, False)]
    assert _told(desks.seats["bruno"]) == _told(desks.seats["chloe"]) == []
    desks.hospital.clock.sleep(OPEN_FOR)
    desks.run(CloseGlass(glass=GLASS), by="job:glasses")
    assert _told(desks.seats["anne"]) == [("amina", WHY, True)]


def test_a_replica_made_meanwhile_holds_it_too_and_the_supervisors_knows_of_it(desks: Desks) -> None:
    desks.run(BreakGlass(glass=GLASS, person=PROTECTED, reason=WHY))
    for seat in desks.seats.values():
        seat.rebuild()
    assert desks.seeing(PROTECTED) == desks.holding(PROTECTED) == {"amina"}
    assert _told(desks.seats["anne"]) == [("amina", WHY, False)]


@pytest.mark.parametrize("person", [PROTECTED, STRANGER])
def test_without_the_server_it_leaves_the_desk_all_the_same(desks: Desks, person: str) -> None:
    amina = desks.seats["amina"]
    desks.run(BreakGlass(glass=GLASS, person=person, reason=WHY))
    desks.hospital.clock.sleep(OPEN_FOR - timedelta(minutes=5))
    assert not amina.desk.forget_over()
    desks.hospital.clock.sleep(timedelta(minutes=5))
    assert person in amina.desk.forget_over().persons
    assert desks.holding(person) == set()


def test_whom_the_service_holds_besides_stays_when_it_is_over(desks: Desks) -> None:
    desks.run(BreakGlass(glass=GLASS, person=PERSONS[0], reason=WHY))
    desks.hospital.clock.sleep(OPEN_FOR)
    assert not desks.seats["amina"].desk.forget_over()
    desks.run(CloseGlass(glass=GLASS), by="job:glasses")
    assert desks.seeing(PERSONS[0]) == {"amina", "bruno", "chloe", "anne"}
