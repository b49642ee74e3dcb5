"""What a person lets us send: said, undone, stopped, and refused still after everything else is forgotten."""

from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.domain.commands import AnyCommand, ErasePerson, RegisterProvisionalPerson
from app.domain.consent import Basis, Choice, Informed, LegalForm, Point, Purpose, Verdict, may_send
from app.domain.consent_commands import LiftStop, RecordStop, SetLegalForm, SetPreference, WithdrawPreference
from app.domain.consent_facts import PreferenceSet
from app.domain.opening import Opening
from app.domain.relative_commands import SayRelative
from app.domain.relatives import RelativeRole
from app.domain.words import Channel, ErasureGround, Sex
from app.queries.addressee import read_addressee
from app.store import tables
from app.store.consents import read_stops
from app.store.engine import writing
from app.store.refusals import read_refusals
from app.usecases.consent import STOP_TASK, same_day
from tests.support.scene import (
    JEANNE,
    MARTINE,
    MARTINES_NUMBER,
    PAUL,
    SHARED_NUMBER,
    Scene,
)
from tests.sync.test_each_command import Follower

WHY = "Courrier reçu le 20 novembre"


def _says(
    choice: Choice,
    *,
    person: str = MARTINE,
    purpose: Purpose = Purpose.STAY,
    channel: Channel = Channel.SMS,
) -> SetPreference:
    return SetPreference(person=person, purposes=(purpose,), channels=(channel,), choice=choice, reason=WHY)


def _stop(scene: Scene, number: str = MARTINES_NUMBER, channel: Channel = Channel.SMS) -> RecordStop:
    return RecordStop(
        number_raw=number, channel=channel, service="orthopedie", commitment=scene.new_id(), contact=None
    )


def _verdict(
    scene: Scene,
    person: str = MARTINE,
    number: str = MARTINES_NUMBER,
    purpose: Purpose = Purpose.STAY,
    channel: Channel = Channel.SMS,
) -> Verdict:
    """As a sending will ask it, in its own transaction."""
    with writing(scene.engine) as connection:
        whom = read_addressee(connection, scene.establishment, person, number=number)
    assert whom is not None
    return may_send(purpose, channel, Point(address=number), whom, on=date(2026, 11, 24))


def _ok(scene: Scene, command: AnyCommand) -> str:
    command_id = scene.new_id()
    assert scene.run(command, command_id=command_id).refusal == ""
    return command_id


def _refused(scene: Scene, command: AnyCommand) -> tuple[str, str]:
    settled = scene.run(command)
    return settled.refusal, settled.field


def test_what_is_said_is_kept_with_its_law_who_when_and_how_the_person_was_told(scene: Scene) -> None:
    asked = SetPreference(
        person=MARTINE,
        purposes=(Purpose.STAY, Purpose.SATISFACTION),
        channels=(Channel.SMS,),
        choice=Choice.ALLOWED,
        source=Channel.DESK,
        informed=Informed.LEAFLET,
        informed_on="2026-11-20",
    )
    (fact,) = scene.facts(scene.run(asked))
    assert isinstance(fact, PreferenceSet)
    assert fact.bases == (Basis.CARE, Basis.CONSENT)
    row = scene.get(tables.preference, person=MARTINE, purpose="stay")
    assert (row.choice, row.basis, row.source, row.by) == ("allowed", "care", "desk", "c.morvan")
    assert (row.informed, row.informed_on, row.said_at) == ("leaflet", "2026-11-20", scene.clock.now())
    assert _verdict(scene, purpose=Purpose.SATISFACTION) is Verdict.YES


def test_the_legal_basis_is_that_of_the_establishments_own_form(scene: Scene) -> None:
    _ok(scene, SetLegalForm(form=LegalForm.PRIVATE))
    _ok(scene, _says(Choice.ALLOWED))
    assert scene.get(tables.preference, person=MARTINE).basis == "contract"


def test_the_last_word_counts_and_undone_the_one_before_stands_again(scene: Scene) -> None:
    _ok(scene, _says(Choice.REFUSED))
    scene.clock.move(timedelta(minutes=1))
    act = _ok(scene, _says(Choice.ALLOWED))
    assert _verdict(scene) is Verdict.YES
    _ok(scene, WithdrawPreference(person=MARTINE, act=act))
    assert _verdict(scene) is Verdict.REFUSED
    assert _refused(scene, WithdrawPreference(person=MARTINE, act=act)) == ("already_changed", "act")


@pytest.mark.parametrize(
    ("informed_on", "code"), [("hier", "value_unreadable"), ("2026-11-25", "future_date")]
)
def test_a_day_that_cannot_be_is_refused_by_its_field(scene: Scene, informed_on: str, code: str) -> None:
    asked = SetPreference(
        person=MARTINE,
        purposes=(Purpose.STAY,),
        channels=(Channel.SMS,),
        choice=Choice.ALLOWED,
        informed=Informed.SPOKEN,
        informed_on=informed_on,
    )
    assert _refused(scene, asked) == (code, "informed_on")
    assert scene.count(tables.preference) == 0


def test_nobody_unknown_says_anything(scene: Scene) -> None:
    assert _refused(scene, _says(Choice.OPPOSED, person=scene.new_id())) == ("unknown_person", "person")


def test_of_a_human_recorded_twice_a_refusal_wins_until_they_say_otherwise(scene: Scene) -> None:
    _ok(scene, _says(Choice.ALLOWED, person=PAUL))
    _ok(scene, _says(Choice.OPPOSED, person=JEANNE))
    with writing(scene.engine) as connection:
        chosen = sa.update(tables.person).filter_by(establishment=scene.establishment, id=JEANNE)
        connection.execute(chosen.values(same_as=PAUL))
    assert _verdict(scene, PAUL, SHARED_NUMBER) is Verdict.OPPOSED
    scene.clock.move(timedelta(minutes=1))
    _ok(scene, _says(Choice.ALLOWED, person=PAUL))
    assert _verdict(scene, JEANNE, SHARED_NUMBER) is Verdict.YES


def test_a_stop_holds_for_everybody_of_the_number_and_makes_a_task_the_same_day(scene: Scene) -> None:
    _ok(scene, _stop(scene, SHARED_NUMBER))
    assert [_verdict(scene, one, SHARED_NUMBER) for one in (PAUL, JEANNE)] == [Verdict.STOPPED] * 2
    assert _verdict(scene, PAUL, SHARED_NUMBER, channel=Channel.RCS) is Verdict.YES
    assert _verdict(scene, PAUL, SHARED_NUMBER, purpose=Purpose.ANSWER) is Verdict.YES
    (task,) = scene.rows(tables.commitment)
    assert (task.what, task.owner, task.state, task.person) == (STOP_TASK, "orthopedie", "open", None)
    assert task.due_at.date() == scene.clock.now().date()


def test_the_stop_of_a_number_that_nobody_has_is_kept_as_a_mark_alone(scene: Scene) -> None:
    _ok(scene, _stop(scene, "+33639980099"))
    assert scene.count(tables.stop) == 0
    with scene.engine.connect() as connection:
        found = read_refusals(connection, scene.establishment, "+33639980099")
        other = read_refusals(connection, scene.establishment, "+33639980098")
    assert (found, other) == (frozenset({(Channel.SMS, None)}), frozenset())
    assert "639980099" not in repr(scene.rows(tables.refusal_mark))


NOBODYS = "+33639980099"


def _new_person(scene: Scene, number: str = NOBODYS) -> str:
    told = RegisterProvisionalPerson(
        person=scene.new_id(),
        birth_name="GOAZIOU",
        first_given_name="Anne",
        birth_date="1988-05-12",
        sex=Sex.FEMALE,
        number_raw=number,
        service="orthopedie",
    )
    _ok(scene, told)
    return told.person


@pytest.fixture
def desk(scene: Scene) -> Generator[Follower]:
    made = Follower(scene)
    yield made
    made.close()


Stops = tuple[tuple[str, Channel, datetime], ...]


def _shown(scene: Scene, desk: Follower, *persons: str) -> list[Stops]:
    """What each record shows as stopped, at the server and at a desk of the service."""
    assert desk.follow()
    with scene.engine.connect() as server, desk.engine.connect() as here:
        there, found = (
            [read_stops(one, scene.establishment, person) for person in persons] for one in (server, here)
        )
    assert there == found
    return found


def test_a_stop_said_before_anybody_had_the_number_is_on_the_record_that_takes_it(
    scene: Scene, desk: Follower
) -> None:
    said_at = scene.clock.now()
    _ok(scene, _stop(scene, NOBODYS))
    scene.clock.move(timedelta(days=3))
    person, other = _new_person(scene), _new_person(scene)
    stopped = ((NOBODYS, Channel.SMS, said_at),)
    assert _shown(scene, desk, person, other) == [stopped, stopped]
    scene.clock.move(timedelta(minutes=1))
    _ok(scene, _lift(person, NOBODYS))
    assert _shown(scene, desk, person, other) == [(), ()]
    assert _verdict(scene, person, NOBODYS) is Verdict.YES
    assert _shown(scene, desk, _new_person(scene)) == [()]


def test_what_was_refused_by_who_is_erased_is_no_stop_of_who_takes_the_number(
    scene: Scene, desk: Follower
) -> None:
    _ok(scene, _says(Choice.OPPOSED))
    _ok(scene, ErasePerson(person=MARTINE, ground=ErasureGround.REQUEST))
    assert scene.count(tables.refusal_mark) == 1
    assert _shown(scene, desk, _new_person(scene, MARTINES_NUMBER)) == [()]


def _lift(person: str = MARTINE, number: str = MARTINES_NUMBER, said_on: str = "") -> LiftStop:
    return LiftStop(person=person, number=number, channel=Channel.SMS, source=Channel.LETTER, said_on=said_on)


def test_a_lifted_stop_is_kept_with_who_asked_and_a_later_one_counts_again(scene: Scene) -> None:
    _ok(scene, _stop(scene))
    scene.clock.move(timedelta(minutes=1))
    _ok(scene, _lift(said_on="2026-11-20"))
    assert _verdict(scene) is Verdict.YES
    row = scene.get(tables.stop, person=MARTINE)
    assert (row.lifted_on, row.lifted_source, row.lifted_basis) == ("2026-11-20", "letter", "consent")
    assert (row.lifted_by, row.lifted_at) == ("c.morvan", scene.clock.now())
    scene.clock.move(timedelta(minutes=1))
    _ok(scene, _stop(scene))
    assert _verdict(scene) is Verdict.STOPPED
    assert [one.lifted_at is None for one in sorted(scene.rows(tables.stop), key=_said_at)] == [False, True]


def _said_at(row: Any) -> datetime:
    return row.stopped_at


def test_who_shares_the_number_lifts_it_for_both_and_their_own_refusal_stands(scene: Scene) -> None:
    _ok(scene, _says(Choice.REFUSED, person=JEANNE))
    _ok(scene, _stop(scene, SHARED_NUMBER))
    _ok(scene, _lift(PAUL, SHARED_NUMBER))
    assert _verdict(scene, PAUL, SHARED_NUMBER) is Verdict.YES
    assert _verdict(scene, JEANNE, SHARED_NUMBER) is Verdict.REFUSED


def test_only_who_has_the_number_lifts_its_stop_and_on_a_day_that_was(scene: Scene) -> None:
    _ok(scene, _stop(scene))
    assert _refused(scene, _lift(PAUL)) == ("already_changed", "number")
    assert _refused(scene, _lift(said_on="2026-11-25")) == ("future_date", "said_on")
    assert _refused(scene, _lift(said_on="hier")) == ("value_unreadable", "said_on")
    assert _verdict(scene) is Verdict.STOPPED
    _ok(scene, _lift())
    assert _refused(scene, _lift()) == ("already_changed", "number")


def test_what_is_no_number_or_no_service_is_refused_by_its_field(scene: Scene) -> None:
    assert _refused(scene, _stop(scene, "STOP")) == ("number_unreadable", "number_raw")
    asked = RecordStop(
        number_raw=MARTINES_NUMBER, channel=Channel.SMS, service="nowhere", commitment=scene.new_id()
    )
    assert _refused(scene, asked) == ("unknown_service", "service")


@pytest.mark.parametrize(
    ("ground", "survives"),
    [(ErasureGround.REQUEST, True), (ErasureGround.MISTAKE, False), (ErasureGround.RETENTION, False)],
)
def test_what_was_refused_outlives_an_erasure_that_was_asked_for_and_no_other(
    scene: Scene, ground: ErasureGround, *, survives: bool
) -> None:
    _ok(scene, _says(Choice.OPPOSED))
    _ok(scene, _says(Choice.ALLOWED, channel=Channel.RCS))
    _ok(scene, ErasePerson(person=MARTINE, ground=ground))
    assert (scene.count(tables.preference), scene.count(tables.stop)) == (0, 0)
    marks = repr(scene.rows(tables.refusal_mark))
    assert MARTINES_NUMBER[3:] not in marks
    assert MARTINE not in marks
    again = scene.new_person("DUBREUIL")
    assert _verdict(scene, again) is (Verdict.REFUSED if survives else Verdict.YES)
    assert _verdict(scene, again, channel=Channel.RCS) is Verdict.YES
    assert _verdict(scene, again, "+33639980098") is Verdict.YES


def test_whom_time_let_go_leaves_no_mark_of_a_stop(scene: Scene) -> None:
    _ok(scene, _stop(scene))
    assert scene.count(tables.refusal_mark) == 1
    _ok(scene, ErasePerson(person=MARTINE, ground=ErasureGround.RETENTION))
    assert scene.count(tables.refusal_mark) == 0


def test_what_one_of_a_shared_number_refused_does_not_silence_the_other_once_erased(scene: Scene) -> None:
    _ok(scene, _says(Choice.OPPOSED, person=PAUL))
    _ok(scene, ErasePerson(person=PAUL, ground=ErasureGround.REQUEST))
    assert _verdict(scene, JEANNE, SHARED_NUMBER) is Verdict.YES


def test_what_somebody_close_to_another_refused_does_not_silence_the_other_once_erased(scene: Scene) -> None:
    _ok(scene, _says(Choice.OPPOSED))
    close = SayRelative(
        person=PAUL,
        full_name="Martine Dubreuil",
        role=RelativeRole.PARENTAL_AUTHORITY,
        number_raw=MARTINES_NUMBER,
    )
    _ok(scene, close)
    _ok(scene, ErasePerson(person=MARTINE, ground=ErasureGround.REQUEST))
    assert _verdict(scene, PAUL, MARTINES_NUMBER) is Verdict.YES


def test_who_is_erased_under_two_ids_leaves_the_refusals_of_both(scene: Scene) -> None:
    _ok(scene, _says(Choice.OPPOSED, person=PAUL))
    with writing(scene.engine) as connection:
        chosen = sa.update(tables.person).filter_by(establishment=scene.establishment, id=JEANNE)
        connection.execute(chosen.values(same_as=PAUL))
    _ok(scene, ErasePerson(person=PAUL, ground=ErasureGround.REQUEST))
    assert _verdict(scene, scene.new_person("DUBREUIL"), SHARED_NUMBER) is Verdict.REFUSED


def test_a_death_a_second_before_sends_nothing(scene: Scene) -> None:
    assert _verdict(scene) is Verdict.YES
    with writing(scene.engine) as connection:
        chosen = sa.update(tables.person).filter_by(establishment=scene.establishment, id=MARTINE)
        connection.execute(chosen.values(deceased_on="2026-11-24"))
    assert _verdict(scene) is Verdict.DECEASED


@pytest.mark.parametrize(
    ("hour", "due"),
    [(9, "17:00"), (16, "17:00"), (18, "22:59")],
)
def test_a_task_of_the_day_is_due_when_its_service_closes_or_when_the_day_does(hour: int, due: str) -> None:
    opening = Opening(hours="1-5 08:00-12:00 13:00-18:00")
    at = datetime(2026, 11, 24, hour, tzinfo=UTC)
    assert same_day(at, opening).strftime("%H:%M") == due
