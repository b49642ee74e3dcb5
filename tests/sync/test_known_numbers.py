"""A number of somebody whom the desk does not hold is known without the server, and opens nobody's file."""

import random
from collections.abc import Generator
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import (
    AnyCommand,
    ChangeNumberKey,
    ErasePerson,
    IdentifyCaller,
    NoteContact,
    RegisterProvisionalPerson,
)
from app.domain.ids import Id
from app.domain.relative_commands import SayRelative, WithdrawRelative
from app.domain.relatives import RelativeRole
from app.domain.words import Channel, ErasureGround, Sex
from app.queries.caller_card import CallerCard, caller_card
from app.queries.earlier_calls import earlier_calls_of
from app.store import known_numbers, tables
from app.store.known_numbers import ensure_number_key
from app.store.rows import Rows
from sync.protocol.messages import SnapshotNumbers
from tests.sync.hospital import EST, PERSONS, PROTECTED, Hospital, SeededMint, Templates, TickingClock
from tests.sync.schedules import DESKS
from tests.sync.seats import Seat, Ways

AMINA = DESKS[0]
HELD, SHARED, ELSEWHERE, SECRET = (f"+3363998020{rank}" for rank in range(4))
NOBODY = "+33639980299"


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    """Amina's desk holds the first person; the third is another service's, who shares one number."""
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    ensure_number_key(house.engine, EST)
    with house.engine.begin() as connection:
        rows = Rows(connection, EST, position=0)
        for number, person in (
            (HELD, PERSONS[0]),
            (SHARED, PERSONS[0]),
            (SHARED, PERSONS[2]),
            (ELSEWHERE, PERSONS[2]),
            (SECRET, PROTECTED),
        ):
            rows.put(tables.person_number, number=number, person=person)
    yield house
    house.close()


@pytest.fixture
def seat(hospital: Hospital) -> Generator[Seat]:
    made = Seat(AMINA, hospital, SeededMint(random.Random(5)), Ways())
    yield made
    made.close()


def _card(seat: Seat, number: str) -> CallerCard:
    """What the call page shows of a call that the server did not see."""
    contact = SeededMint(random.Random(number)).new_id()
    seat.submit(
        NoteContact(
            contact=contact,
            channel=Channel.PHONE,
            service="cardiologie",
            number_raw=number,
            happened_at=seat.clock.now(),
        )
    )
    with seat.engine.connect() as here:
        card = caller_card(here, EST, contact, extension="", now=seat.clock.now())
    assert card is not None
    return card


def _shown(seat: Seat, number: str) -> tuple[bool, int, bool]:
    card = _card(seat, number)
    return card.is_known_elsewhere, len(card.candidates), card.opened is not None


def test_without_the_server_a_known_number_is_told_from_one_that_nobody_uses(seat: Seat) -> None:
    assert _shown(seat, ELSEWHERE) == (True, 0, False)
    assert _shown(seat, NOBODY) == (False, 0, False)
    assert _shown(seat, HELD) == (False, 1, True)


def test_the_only_one_held_of_those_who_share_a_number_is_not_opened(seat: Seat) -> None:
    assert _shown(seat, SHARED) == (True, 1, False)


@pytest.mark.parametrize(("number", "proposed"), [(HELD, 1), (SHARED, 0)])
def test_earlier_calls_of_a_number_that_somebody_elsewhere_shares_are_not_proposed(
    seat: Seat, number: str, proposed: int
) -> None:
    mint, contacts = SeededMint(random.Random(number)), list[Id]()
    for _ in range(2):
        noted = NoteContact(
            contact=mint.new_id(),
            channel=Channel.PHONE,
            service="cardiologie",
            number_raw=number,
            happened_at=seat.clock.now(),
        )
        seat.submit(noted)
        contacts.append(noted.contact)
    seat.submit(IdentifyCaller(contact=contacts[1], person=PERSONS[0]))
    with seat.engine.connect() as here:
        found = earlier_calls_of(here, EST, contacts[1], now=seat.clock.now())
    assert len(found.calls) == proposed


def test_a_protected_person_s_number_is_a_number_that_nobody_uses(seat: Seat) -> None:
    assert _shown(seat, SECRET) == (False, 0, False)


def test_a_number_that_is_new_to_the_house_comes_by_the_feed_and_leaves_with_its_person(
    hospital: Hospital, seat: Seat
) -> None:
    person = SeededMint(random.Random(9)).new_id()
    _tell(
        hospital,
        seat,
        RegisterProvisionalPerson(
            person=person,
            birth_name="NOUVEAU",
            first_given_name="Luc",
            birth_date="1990-01-01",
            sex=Sex.MALE,
            number_raw=NOBODY,
            service="imagerie",
        ),
    )
    assert _shown(seat, NOBODY) == (True, 0, False)
    _tell(hospital, seat, ErasePerson(person=person, ground=ErasureGround.REQUEST))
    assert _shown(seat, NOBODY) == (False, 0, False)
    assert _shown(seat, ELSEWHERE) == (True, 0, False)


def _close_to(person: Id, number: str = NOBODY) -> SayRelative:
    return SayRelative(
        person=person,
        full_name="Yann Le Gall",
        role=RelativeRole.TRUSTED,
        number_raw=number,
        source=Channel.DESK,
        since="2026-11-20",
    )


def test_the_number_of_somebody_close_to_a_person_elsewhere_is_known_until_nobody_close_has_it(
    hospital: Hospital, seat: Seat
) -> None:
    close = _close_to(PERSONS[2])
    first = _tell(hospital, seat, close)
    second = _tell(hospital, seat, msgspec.structs.replace(close, full_name="Anna Le Gall"))
    assert _shown(seat, NOBODY) == (True, 0, False)
    seat.rebuild()
    assert _shown(seat, NOBODY) == (True, 0, False)
    _tell(hospital, seat, WithdrawRelative(person=PERSONS[2], relative=first))
    assert _shown(seat, NOBODY) == (True, 0, False)
    _tell(hospital, seat, WithdrawRelative(person=PERSONS[2], relative=second))
    assert _shown(seat, NOBODY) == (False, 0, False)
    before = _marks(seat)
    seat.rebuild()
    assert _marks(seat) == before


def test_who_is_close_to_somebody_elsewhere_has_a_record_of_their_own_opened(
    hospital: Hospital, seat: Seat
) -> None:
    _tell(hospital, seat, _close_to(PERSONS[2], HELD))
    assert _shown(seat, HELD) == (False, 1, True)


def test_the_number_of_somebody_close_to_a_person_held_here_is_no_one_s_elsewhere(
    hospital: Hospital, seat: Seat
) -> None:
    _tell(hospital, seat, _close_to(PERSONS[0]))
    assert _shown(seat, NOBODY)[::2] == (False, False)


@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_nobody_is_known_to_be_close_to_a_protected_person(
    hospital: Hospital, seat: Seat, *, is_rebuilt: bool
) -> None:
    _tell(hospital, seat, _close_to(PROTECTED))
    if is_rebuilt:
        seat.rebuild()
    assert _shown(seat, NOBODY) == (False, 0, False)


def test_who_has_no_number_of_theirs_makes_no_number_known(hospital: Hospital, seat: Seat) -> None:
    told = RegisterProvisionalPerson(
        person=SeededMint(random.Random(9)).new_id(),
        birth_name="NOUVEAU",
        first_given_name="Luc",
        birth_date="1990-01-01",
        sex=Sex.MALE,
        number_raw="",
        service="imagerie",
    )
    before = _marks(seat)
    _tell(hospital, seat, told)
    assert _marks(seat) == before


def _marks(seat: Seat) -> int:
    with seat.engine.connect() as here:
        return here.execute(sa.select(sa.func.count()).select_from(tables.number_mark)).scalar_one()


def test_no_number_of_a_person_beyond_the_scope_is_in_the_replica(hospital: Hospital, seat: Seat) -> None:
    with seat.engine.connect() as here:
        numbers = set(here.execute(sa.select(tables.person_number.c.number)).scalars())
        marks = here.execute(sa.select(sa.func.count()).select_from(tables.number_mark)).scalar_one()
    assert ELSEWHERE not in numbers
    assert marks > len(numbers)
    lines = [line for line in hospital.snapshot(AMINA) if isinstance(line, SnapshotNumbers)]
    assert [len(line.pairs) for line in lines] == [12 * marks]


def test_numbers_are_read_piece_by_piece_none_twice_and_none_left_out(hospital: Hospital, seat: Seat) -> None:
    for number in (NOBODY, HELD, ELSEWHERE):
        _tell(hospital, seat, _close_to(PERSONS[2], number))
    with hospital.engine.connect() as connection:
        whole, found = (_read_by(connection, most) for most in (100, 2))
    assert found == whole == sorted(set(whole))
    assert len(whole) > 5


def _read_by(connection: sa.Connection, most: int) -> list[known_numbers.Pair]:
    after, found = ("", ""), list[known_numbers.Pair]()
    while some := known_numbers.read_numbers(connection, EST, after=after, most=most):
        found += some
        after = some[-1]
    return found


def test_a_house_without_a_key_says_nothing_of_other_numbers(hospital: Hospital, seat: Seat) -> None:
    with hospital.engine.begin() as connection:
        connection.execute(sa.delete(tables.number_key))
    seat.rebuild()
    assert _shown(seat, ELSEWHERE) == (False, 0, False)


def test_another_key_of_numbers_reaches_the_desk_with_numbers_hashed_by_it(
    hospital: Hospital, seat: Seat
) -> None:
    with seat.engine.connect() as here:
        before = set(here.execute(sa.select(tables.number_mark.c.mark)).scalars())
    _tell(hospital, seat, ChangeNumberKey(secret="5a" * 32))
    assert [_shown(seat, number)[0] for number in (ELSEWHERE, NOBODY)] == [True, False]
    with seat.engine.connect() as here:
        after = set(here.execute(sa.select(tables.number_mark.c.mark)).scalars())
        assert here.execute(sa.select(tables.number_key.c.secret)).scalar_one() == "5a" * 32
    assert len(before) == len(after) > 0
    assert before.isdisjoint(after)


def test_what_is_no_key_of_numbers_changes_nothing(hospital: Hospital) -> None:
    settled = hospital.tell(ChangeNumberKey(secret="z" * 64), SeededMint(random.Random(4)).new_id())
    assert (settled.refusal, settled.field) == ("value_unreadable", "secret")


def _tell(hospital: Hospital, seat: Seat, command: AnyCommand) -> Id:
    command_id = SeededMint(random.Random(str(command))).new_id()
    settled = hospital.tell(command, command_id)
    assert not settled.refusal
    while seat.pull(5):
        continue
    return command_id
