"""The number of whoever spoke for somebody leaves that person's record, on both ends (rules R9)."""

import random
from collections.abc import Generator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.domain.commands import (
    AnyCommand,
    IdentifyCaller,
    LogMotive,
    NoteContact,
    RegisterCall,
    RegisterProvisionalPerson,
    WithdrawMotive,
)
from app.domain.ids import Id, derived_id
from app.domain.words import CallerKind, Channel, Outcome, Proof, Protection, Sex
from app.queries.caller_card import CallerCard, caller_card
from app.store import tables
from app.store.engine import writing
from app.store.known_numbers import ensure_number_key, is_known_elsewhere
from tests.support.scene import MARTINE, Scene
from tests.support.stores import engine
from tests.sync.hospital import EST, Hospital, SeededMint, Templates, TickingClock
from tests.sync.schedules import DESKS
from tests.sync.seats import Seat, Ways
from tests.sync.seen import Comparison
from tests.sync.test_each_command import Follower

__all__ = ["engine"]

CALLING, TOLD = "+33639980088", "+33639980099"
CONFIRMED, *OTHER_IDS = (derived_id("number of speaker", name) for name in ("call", "called", "said"))
ANOTHER = pytest.mark.parametrize(
    "kind", [CallerKind.RELAY, CallerKind.RELATIVE, CallerKind.PROFESSIONAL], ids=str
)


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    return Scene(engine)


@pytest.fixture
def desk(scene: Scene) -> Generator[Follower]:
    made = Follower(scene)
    yield made
    made.close()


def new_person(
    person: Id, contact: Id | None, number: str = CALLING, service: str = "orthopedie"
) -> RegisterProvisionalPerson:
    return RegisterProvisionalPerson(
        person=person,
        birth_name="GOAZIOU",
        first_given_name="Anne",
        birth_date="1988-05-12",
        sex=Sex.FEMALE,
        number_raw=number,
        service=service,
        contact=contact,
    )


def written_down(scene: Scene, contact: Id, number: str = CALLING) -> Id:
    """Before it is said who speaks."""
    person = scene.new_id()
    assert scene.run(new_person(person, contact, number)).refusal == ""
    scene.run(IdentifyCaller(contact=contact, person=person))
    return person


def save_of(contact: Id, kind: CallerKind, service: str = "orthopedie") -> LogMotive:
    return LogMotive(
        contact=contact, motive="31", outcome=Outcome.FOLLOW_UP, service=service, caller_kind=kind
    )


def save(scene: Scene, contact: Id, kind: CallerKind) -> Id:
    settled = scene.run(save_of(contact, kind))
    assert settled.refusal == ""
    return settled.command_id


def numbers(scene: Scene, desk: Follower) -> list[tuple[str, ...]]:
    """Those of whoever is new, alike on both ends, and on a desk that begins now."""
    assert desk.follow()
    fresh = Follower(scene)
    assert desk.rows() == fresh.rows()
    fresh.close()
    chosen = sa.select(tables.person_number).where(tables.person_number.c.number.in_((CALLING, TOLD)))
    chosen = chosen.filter_by(establishment=scene.establishment)
    with scene.engine.connect() as server, desk.engine.connect() as here:
        held, known = ([tuple(row)[1:-1] for row in one.execute(chosen)] for one in (server, here))
    assert held == known
    return held


@ANOTHER
def test_the_number_of_who_spoke_for_somebody_leaves_the_record_and_comes_back_with_annuler(
    scene: Scene, desk: Follower, kind: CallerKind
) -> None:
    contact = scene.ring(CALLING)
    person = written_down(scene, contact)
    before = numbers(scene, desk)
    assert [row[1] for row in before] == [person]
    log = save(scene, contact, kind)
    assert numbers(scene, desk) == []
    card = caller_card_of(scene, scene.ring(CALLING))
    assert (card.candidates, card.opened) == ((), None)
    assert scene.run(WithdrawMotive(contact=contact, log=log)).refusal == ""
    assert numbers(scene, desk) == before


@pytest.mark.parametrize("again", [CallerKind.RELATIVE, CallerKind.RELAY, CallerKind.UNKNOWN], ids=str)
def test_annuler_of_a_second_save_leaves_the_number_where_the_first_one_put_it(
    scene: Scene, desk: Follower, again: CallerKind
) -> None:
    contact = scene.ring(CALLING)
    written_down(scene, contact)
    save(scene, contact, CallerKind.RELATIVE)
    second = save(scene, contact, again)
    assert scene.run(WithdrawMotive(contact=contact, log=second)).refusal == ""
    assert numbers(scene, desk) == []


def test_annuler_of_a_save_that_gave_the_number_back_sets_it_aside_again(
    scene: Scene, desk: Follower
) -> None:
    contact = scene.ring(CALLING)
    person = written_down(scene, contact)
    save(scene, contact, CallerKind.RELATIVE)
    second = save(scene, contact, CallerKind.PATIENT)
    assert [row[1] for row in numbers(scene, desk)] == [person]
    assert scene.run(WithdrawMotive(contact=contact, log=second)).refusal == ""
    assert numbers(scene, desk) == []


def caller_card_of(scene: Scene, contact: Id) -> CallerCard:
    with scene.engine.connect() as connection:
        card = caller_card(connection, scene.establishment, contact, extension="4101", now=scene.clock.now())
    assert card is not None
    return card


@pytest.mark.parametrize("kind", [CallerKind.PATIENT, CallerKind.UNKNOWN], ids=str)
def test_the_number_of_who_speaks_for_nobody_else_stays(
    scene: Scene, desk: Follower, kind: CallerKind
) -> None:
    contact = scene.ring(CALLING)
    person = written_down(scene, contact)
    save(scene, contact, kind)
    assert [row[1] for row in numbers(scene, desk)] == [person]


def test_a_number_that_was_told_and_not_called_from_stays(scene: Scene, desk: Follower) -> None:
    contact = scene.ring(CALLING)
    written_down(scene, contact, TOLD)
    save(scene, contact, CallerKind.RELAY)
    assert [row[0] for row in numbers(scene, desk)] == [TOLD]


def test_another_call_takes_back_nothing_that_it_did_not_put_there(scene: Scene, desk: Follower) -> None:
    person = written_down(scene, scene.ring(CALLING))
    later = scene.ring(CALLING)
    scene.run(IdentifyCaller(contact=later, person=person))
    save(scene, later, CallerKind.RELAY)
    assert [row[1] for row in numbers(scene, desk)] == [person]


@pytest.mark.parametrize(
    ("kind", "proofs", "left"),
    [
        (CallerKind.PATIENT, (), 1),
        (CallerKind.UNKNOWN, (Proof.BIRTH_DATE, Proof.BIRTH_NAME), 1),
        (CallerKind.UNKNOWN, (), 0),
        (CallerKind.RELAY, (Proof.BIRTH_DATE, Proof.BIRTH_NAME), 0),
    ],
)
def test_a_number_from_which_the_patient_called_too_is_theirs(
    scene: Scene, desk: Follower, kind: CallerKind, proofs: tuple[Proof, ...], left: int
) -> None:
    contact = scene.ring(CALLING)
    person = written_down(scene, contact)
    told = IdentifyCaller(contact=scene.ring(CALLING), person=person, proofs=proofs, caller_kind=kind)
    assert scene.run(told).refusal == ""
    save(scene, contact, CallerKind.RELAY)
    assert len(numbers(scene, desk)) == left


def test_a_save_written_anew_says_whose_the_number_is(scene: Scene, desk: Follower) -> None:
    contact = scene.ring(CALLING)
    written_down(scene, contact)
    found: list[int] = []
    for kind in (
        CallerKind.RELAY,
        CallerKind.RELAY,
        CallerKind.UNKNOWN,
        CallerKind.PATIENT,
        CallerKind.RELATIVE,
    ):
        save(scene, contact, kind)
        found.append(len(numbers(scene, desk)))
    assert found == [0, 0, 0, 1, 0]


def test_of_who_was_protected_since_another_person_s_save_says_nothing(scene: Scene) -> None:
    contact = scene.ring(CALLING)
    person = written_down(scene, contact)
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    with writing(scene.engine) as connection:
        hidden = sa.update(tables.person).filter_by(establishment=scene.establishment, id=person)
        connection.execute(hidden.values(protection=Protection.PROTECTED))
    settled = scene.run(save_of(contact, CallerKind.RELAY))
    assert person not in scene.entry(settled).scope.persons


@pytest.fixture
def hospital(tmp_path: Path) -> Generator[Hospital]:
    house = Hospital(Templates(tmp_path), tmp_path, TickingClock())
    ensure_number_key(house.engine, EST)
    yield house
    house.close()


class Both:
    """Amina's desk, where somebody is written down during a call, and that of another service."""

    def __init__(self, hospital: Hospital) -> None:
        mint = SeededMint(random.Random(7))
        self._hospital = hospital
        self.seats = [Seat(who, hospital, mint, Ways()) for who in (DESKS[0], DESKS[2])]
        self.contact, self.person = mint.new_id(), mint.new_id()
        service = next(iter(DESKS[0].services))
        called = NoteContact(
            contact=self.contact,
            channel=Channel.PHONE,
            service=service,
            number_raw=CALLING,
            happened_at=hospital.clock.now(),
        )
        self.do(called)
        self.do(new_person(self.person, self.contact, service=service))
        self.do(IdentifyCaller(contact=self.contact, person=self.person))

    def do(self, command: AnyCommand) -> Id:
        return self.seats[0].submit(command)

    def deliver(self) -> None:
        self.seats[0].send(9)
        for seat in self.seats:
            while seat.pull(9):
                continue
            assert Comparison(seat, self._hospital).faults() == []

    def known(self) -> list[bool]:
        """Whether each desk knows the number as somebody's."""
        found: list[bool] = []
        for seat in self.seats:
            with seat.engine.connect() as here:
                found.append(is_known_elsewhere(here, EST, CALLING, held=()))
        return found

    def held(self) -> list[str]:
        """Whose it is at Amina's desk."""
        with self.seats[0].engine.connect() as here:
            chosen = sa.select(tables.person_number.c.person).filter_by(number=CALLING)
            return list(here.execute(chosen).scalars())


@pytest.fixture
def both(hospital: Hospital) -> Generator[Both]:
    made = Both(hospital)
    yield made
    for seat in made.seats:
        seat.close()


def test_a_desk_without_the_server_takes_the_number_off_and_puts_it_back(both: Both) -> None:
    assert both.held() == [both.person]
    log = both.do(save_of(both.contact, CallerKind.RELAY, "cardiologie"))
    assert both.held() == []
    both.do(WithdrawMotive(contact=both.contact, log=log))
    assert both.held() == [both.person]
    both.deliver()
    assert both.held() == [both.person]


def test_no_desk_knows_the_number_any_more_as_somebody_s(both: Both) -> None:
    both.deliver()
    assert both.known() == [True, True]
    log = both.do(save_of(both.contact, CallerKind.RELAY, "cardiologie"))
    both.deliver()
    assert (both.held(), both.known()) == ([], [False, False])
    both.do(WithdrawMotive(contact=both.contact, log=log))
    both.deliver()
    assert (both.held(), both.known()) == ([both.person], [True, True])


def test_the_server_alone_knows_that_the_number_was_confirmed(both: Both, hospital: Hospital) -> None:
    both.deliver()
    at = hospital.clock.now()
    call = RegisterCall(contact=CONFIRMED, queue="file-imagerie", number_raw=CALLING, arrived_at=at)
    said = IdentifyCaller(contact=CONFIRMED, person=both.person, caller_kind=CallerKind.PATIENT)
    for command, its_id in ((call, OTHER_IDS[0]), (said, OTHER_IDS[1])):
        assert hospital.tell(command, its_id).refusal == ""
    both.do(save_of(both.contact, CallerKind.RELAY, "cardiologie"))
    assert both.held() == []
    both.deliver()
    assert both.held() == [both.person]
