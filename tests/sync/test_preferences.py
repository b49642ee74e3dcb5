"""What is said offline of what may be sent: shown at once, undone as it was, the same at both ends."""

import random
from collections.abc import Generator
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from app.dispatch import run_command
from app.domain.commands import CommandEnvelope
from app.domain.consent import Choice, Purpose
from app.domain.consent_commands import RecordStop, SetPreference, WithdrawPreference
from app.domain.words import Channel
from app.store import tables
from app.store.consents import read_preferences, read_stops
from app.usecases.consent import STOP_TASK
from tests.sync.hospital import (
    EST,
    NUMBERS,
    PERSONS,
    PROTECTED,
    Hospital,
    SeededMint,
    Templates,
    TickingClock,
)
from tests.sync.schedules import DESKS
from tests.sync.seats import Seat, Ways

STEPS = 60


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    yield house
    house.close()


def _held(seat: Seat) -> list[str]:
    """Whom a desk holds."""
    with seat.engine.connect() as connection:
        return sorted(set(connection.execute(sa.select(tables.person.c.id)).scalars()) & set(PERSONS))


def _said(engine: sa.Engine, person: str) -> set[tuple[object, ...]]:
    with engine.connect() as connection:
        chosen = sa.select(tables.preference).filter_by(establishment=EST, person=person)
        rows = connection.execute(chosen).mappings()
        return {tuple(value for name, value in row.items() if name != "position") for row in rows}


def _says(person: str, choice: Choice, channel: Channel = Channel.SMS) -> SetPreference:
    return SetPreference(person=person, purposes=(Purpose.STAY,), channels=(channel,), choice=choice)


def _tasks(seat: Seat) -> list[str]:
    """What this desk was asked to see to."""
    with seat.engine.connect() as connection:
        return [
            what
            for what in connection.execute(sa.select(tables.commitment.c.what)).scalars()
            if what == STOP_TASK
        ]


def _settle(*seats: Seat) -> None:
    for seat in seats:
        while seat.send(50):
            pass
    for seat in seats:
        while seat.pull(50):
            pass


def test_an_opposition_said_offline_is_shown_at_once_and_undone_before_it_left(hospital: Hospital) -> None:
    seat = Seat(DESKS[0], hospital, SeededMint(random.Random(1)), Ways())
    person = _held(seat)[0]
    before = _said(seat.engine, person)
    act = seat.submit(_says(person, Choice.OPPOSED))
    with seat.engine.connect() as connection:
        (shown,) = read_preferences(connection, EST, person)
    assert shown.choice is Choice.OPPOSED
    seat.submit(WithdrawPreference(person=person, act=act))
    assert _said(seat.engine, person) == before
    assert seat.outbox.size(DESKS[0].login) == 0
    seat.close()


def test_a_stop_reaches_the_desks_that_hold_whoever_uses_the_number_and_no_other(hospital: Hospital) -> None:
    mint = SeededMint(random.Random(1))
    with hospital.engine.begin() as connection:
        row = {"establishment": EST, "person": PROTECTED, "service": "cardiologie"}
        connection.execute(sa.insert(tables.person_scope), row)
    seats = [Seat(desk, hospital, mint, Ways()) for desk in DESKS]
    body = RecordStop(
        number_raw=NUMBERS[0], channel=Channel.SMS, service="cardiologie", commitment=mint.new_id()
    )
    now = hospital.clock.now()
    envelope = CommandEnvelope(id=mint.new_id(), made_at=now, author="line:sms", body=body)
    settled = run_command(hospital.engine, EST, envelope, desk="line:sms", clock=hospital.clock)
    assert settled.refusal == ""
    # Who also uses the number may not be known of (R5): told to who may, and nothing is taken from others.
    assert PERSONS[len(NUMBERS)] == PROTECTED
    told: set[str] = set()
    for seat in seats:
        sent = msgspec.json.encode(hospital.page(seat.feed_desk, seat.desk.replica.cursor, 100))
        _settle(seat)
        with seat.engine.connect() as connection:
            stopped = {one for one in _held(seat) if read_stops(connection, EST, one)}
        users = {PERSONS[0]} if seat.feed_desk.is_unaware else {PERSONS[0], PROTECTED}
        assert stopped == users & set(_held(seat))
        assert not (seat.feed_desk.is_unaware and PROTECTED.encode() in sent)
        told |= stopped
        assert bool(_tasks(seat)) == ("cardiologie" in seat.feed_desk.services)
        seat.close()
    assert told == {PERSONS[0], PROTECTED}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_two_desks_say_and_undo_offline_both_hold_what_the_server_holds(
    seed: int, hospital: Hospital
) -> None:
    chance = random.Random(seed)
    mint = SeededMint(chance)
    seats = [Seat(desk, hospital, mint, Ways()) for desk in (DESKS[0], DESKS[2])]
    acts: list[tuple[Seat, WithdrawPreference]] = []
    for _ in range(STEPS):
        seat = chance.choice(seats)
        person = chance.choice(_held(seat))
        match chance.randrange(5):
            case 0:
                seat.send(chance.randint(1, 3), is_answer_lost=chance.random() < 0.3)
            case 1:
                seat.pull(chance.randint(1, 4))
            case 2 if own := [undo for at, undo in acts if at is seat]:
                seat.submit(chance.choice(own[-3:]))
            case _:
                said = _says(person, chance.choice(list(Choice)), chance.choice((Channel.SMS, Channel.EMAIL)))
                acts.append((seat, WithdrawPreference(person=person, act=seat.submit(said))))
    # The comparison can fail: before what waits has left, both ends differ.
    assert [1 for at in seats for one in _held(at) if _said(at.engine, one) != _said(hospital.engine, one)]
    _settle(*seats)
    _settle(*seats)
    spoken = 0
    for seat in seats:
        for person in _held(seat):
            assert _said(seat.engine, person) == _said(hospital.engine, person)
            spoken += len(_said(hospital.engine, person))
        seat.close()
    assert spoken > STEPS // 4
